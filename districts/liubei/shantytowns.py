"""Shantytown renewal: the tasks of 2021 and 2022, their starts verified, and the grades given."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from .clock import DAY, WORKING_DAY, at, in_hours
from .places import ROOT, community_at
from .writing import Item, Steps, Writer

NAME = "shantytowns"
BODIES: dict[str, str] = {}
ROLES = (("demo.renewal", "renewal-clerk", NAME), ("demo.verifier", "start-verifier", NAME))
TARGETS = (("shantytowns.start-rate", "100"),)
TASK, GRADE = f"{NAME}.task", f"{NAME}.grade"
HOMES = {
    2021: (96, 120, 64, 210, 88, 150, 72, 48, 132),
    2022: (160, 84, 240, 56, 128, 192, 75, 110, 144, 63, 98, 290),
}
"""Homes of each task by the year in which it was to start; the last of 2021 was never verified."""

TAKEN_OUT = 180
EXPECTED = {
    "shantytowns.start-rate": Fraction(100),
    "shantytowns.start-rate-by-task": Fraction(100),
    "shantytowns.homes-started": Fraction(sum(HOMES[2022])),
    "shantytowns.grades": Fraction(1),
}


def make(rng: random.Random) -> Iterator[Item]:
    """Every task of 2022 started, one at the second try; of 2021 one never; one taken out of the plan."""
    writer = Writer(rng, "housing-bureau", "demo.renewal")
    number = 0
    for year, tasks in HOMES.items():
        for n, homes in enumerate(tasks):
            number += 1
            yield from _task(writer, year, number, n, homes)
    payload = _payload(2022, 90, TAKEN_OUT)
    out = {
        "officer": "demo.verifier",
        "reason": "规划道路穿越,调出年度任务(演示)",
        "approval": "演示批文〔2022〕36号",
    }
    steps: Steps = [(at(date(2022, 7, 19)), "take_out", dict(out))]
    yield from writer.works(TASK, _place(90), payload, steps, at(date(2022, 1, 12)))
    twice = writer.write(at(date(2022, 1, 14)), "open", TASK, _place(91), payload=_payload(2022, 91, 84))
    yield twice
    yield writer.void(at(date(2022, 2, 15)), twice, "与已登记任务重复,作废(演示)")
    for year, level in ((2021, "good"), (2022, "excellent")):
        said = {"title": f"{year}年度城镇保障性安居工程考核", "year": year, "level": level}
        day = date(2022, 1, 25) if year == 2021 else date(2022, 12, 28)
        yield writer.write(
            at(day, 600), "open", GRADE, ROOT, payload={**said, "document": f"演示通报〔{year}〕(合成)"}
        )


def _place(number: int) -> str:
    return community_at(number * 13)


def _payload(year: int, number: int, homes: int) -> dict[str, object]:
    return {
        "name": f"演示棚改任务{number:02d}号",
        "start_by": f"{year}-12-31",
        "homes": homes,
        "mode": "cash" if number % 4 == 2 else "built",
    }


def _task(writer: Writer, year: int, number: int, n: int, homes: int) -> Iterator[Item]:
    """One task: reported, verified some days later (one late, one refused first), built within two years."""
    started = in_hours(at(date(year, 3, 7) + timedelta(days=n * 20), 560))
    verified = in_hours(started, WORKING_DAY * (19 if n == 5 else 4 + n % 6))
    officer: dict[str, object] = {"officer": "demo.verifier"}
    steps: Steps = [(started, "start", {})]
    if n == 3:
        refuse = officer | {"reason": "现场未施工,不予认定(演示)"}
        steps += [(verified, "refuse", refuse), (verified + 20 * DAY, "start", {})]
        verified += 27 * DAY
    if (year, n) != (2021, len(HOMES[2021]) - 1):
        evidence = officer | {"evidence": f"演示施工许可或协议{number:03d}号"}
        if n == 6:
            evidence |= writer.late(verified, "认定表迟交,次月补录(演示)")
        steps.append((verified, "verify", evidence))
        if year == 2021 and n != 7:
            done = verified + (400 + n * 25) * DAY
            steps.append((done, "complete", {}))
    wrong = (year, n) == (2022, 8)
    payload = _payload(year, number, homes + 12 if wrong else homes)
    works = list(writer.works(TASK, _place(number), payload, steps, at(date(year, 1, 11), 540 + n)))
    yield from works
    if wrong:
        yield writer.amend(writer.next_month(started), works[0], "按批复更正套数(演示)", homes=homes)
