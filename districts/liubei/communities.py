"""Renewal projects of old housing estates, and the grades given for the work."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from .clock import DAY, at
from .places import community_at
from .writing import Item, Steps, Writer

PROJECT = "old-communities.project"
STARTED = {2021: 18, 2022: 60}
PLANNED, CANCELLED, TWICE = 6, 2, 2
GRADES = (("grade", "优秀等次"), ("commendation", "督查激励通报表扬"), ("fund", "专项资金奖励"))


def communities(rng: random.Random) -> Iterator[Item]:
    """60 projects started in 2022 and 18 in 2021, some late, some planned or cancelled, and three grades."""
    writer = Writer(rng, "housing-bureau", "demo.housing")
    number = 0
    for year, count in STARTED.items():
        for n in range(count):
            number += 1
            start = at(date(year, 3, 1) + timedelta(days=n % 60 * 3 + int(rng.random() * 3)), 545 + n)
            yield from _project(writer, number, start)
    for n in range(PLANNED + TWICE):
        number += 1
        opened = at(date(2022, 10, 10) + timedelta(days=n * 6), 560)
        item = writer.write(opened, "open", PROJECT, _place(number), payload=_payload(rng, number))
        yield item
        if n < CANCELLED:
            yield writer.write(
                opened + 40 * DAY, "step", PROJECT, _place(number),
                record=item[1]["id"], step="cancel", reason="居民意愿未达比例,取消(演示)",
            )  # fmt: skip
        elif n >= PLANNED:
            yield writer.void(writer.next_month(opened), item, "与已登记项目重复,作废")
    for kind, title in GRADES:
        yield writer.write(
            at(date(2022, 11, 20)), "open", "old-communities.grade", _place(1)[:6],
            payload={"title": title, "kind": kind},
        )  # fmt: skip


def _place(number: int) -> str:
    return community_at(number * 7)


def _payload(rng: random.Random, number: int) -> dict[str, object]:
    households = 60 + int(rng.random() * 300)
    return {
        "name": f"演示老旧小区改造{number:03d}号",
        "buildings": 2 + households // 40,
        "households": households,
        "budget": f"{households * (9_200 + number % 9 * 300)}.00",
    }


def _project(writer: Writer, number: int, start: int) -> Iterator[Item]:
    """One that started: most completed within the year, some late, most handed over afterwards."""
    rng = writer.rng
    payload = _payload(rng, number)
    households = int(str(payload["households"]))
    late = number < STARTED[2021] and number % 7 == 5
    unfinished = number % 8 == 7
    length = 366 + number if late else 90 + int(rng.random() * 150)
    done = start + length * DAY
    complete: dict[str, object] = {"paid": f"{households * 9_000}.00"}
    if number % 19 == 4:
        complete |= writer.late(done, "监理单位迟交竣工资料,补录(演示)")
    steps: Steps = [(start, "start", {})]
    if not unfinished:
        steps.append((done, "complete", complete))
        if number % 3:
            steps.append((done + (75 + int(rng.random() * 45)) * DAY, "hand_over", {}))
    opened = start - (30 + int(rng.random() * 30)) * DAY
    works = list(writer.works(PROJECT, _place(number), payload, steps, opened))
    yield from works
    if number % 13 == 6:
        yield writer.amend(
            writer.next_month(start), works[0], "入户核实后更正户数(演示)", households=households + 4
        )
