"""Community organisations: 73 incubated in 2022, 46 in 2021, what they did, what came of the others."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from .clock import DAY, at, in_hours
from .places import COMMUNITIES
from .writing import Item, Late, Steps, Writer

NAME = "social-organisations"
BODIES = {"civil-affairs-bureau": "民政局"}
ROLES = (
    ("demo.community", "community-worker", NAME),
    ("demo.incubator", "incubator", NAME),
    ("demo.subdistrict", "subdistrict-office", NAME),
    ("demo.civil", "civil-clerk", NAME),
)
TARGETS: tuple[tuple[str, str], ...] = ()
ORGANISATION, ACTIVITY = f"{NAME}.organisation", f"{NAME}.activity"
FILED = {2021: 46, 2022: 73}
DISSOLVED = (5, 23)
"""Of those filed in 2021, by number, dissolved in 2022."""

EXPECTED = {
    "social-organisations.incubated": Fraction(FILED[2022]),
    "social-organisations.standing": Fraction(sum(FILED.values()) - len(DISSOLVED)),
}
INCUBATING, LEFT, DOUBLED = 11, 5, 3
KINDS = (("service", "志愿服务队"), ("mutual", "邻里互助会"), ("culture", "文艺队"), ("mediation", "议事会"))
TOPICS = ("elderly", "children", "environment", "harmony")


def make(rng: random.Random) -> Iterator[Item]:
    """Those filed with their reviews and activities; those still incubating, gone, or entered twice."""
    writer = Writer(rng, "civil-affairs-bureau", "demo.community")
    number = 0
    for year, count in FILED.items():
        for n in range(count):
            number += 1
            yield from _filed(writer, year, number, n, count)
    for n in range(INCUBATING + LEFT + DOUBLED):
        number += 1
        yield from _otherwise(writer, number, n)


def _said(number: int) -> tuple[str, dict[str, object]]:
    area, name, _, _ = COMMUNITIES[number * 3 % len(COMMUNITIES)]
    kind, title = KINDS[number % 4]
    return area, {"name": f"演示{name}{title}{number:03d}", "kind": kind, "members": 5 + number * 7 % 31}


def _filed(writer: Writer, year: int, number: int, n: int, count: int) -> Iterator[Item]:
    area, payload = _said(number)
    filed = in_hours(at(date(year, 3, 15), 550) + n * 275 * DAY // count)
    admitted = filed - (60 + n * 7 % 80) * DAY
    found = admitted - (12 + n % 20) * DAY
    filing: dict[str, object] = {"officer": "demo.subdistrict", "filing": f"演示备〔{year}〕{number:03d}号"}
    late: Late = writer.late(filed, "备案材料补正,次月补录(演示)") if n % 41 == 17 else {}
    steps: Steps = [(admitted, "admit", {"officer": "demo.incubator"}), (filed, "file", filing | late)]
    civil: dict[str, object] = {"officer": "demo.civil"}
    if year == 2021:
        steps.append((at(date(2022, 3, 1 + n % 20), 600), "review", civil | {"grade": "aab"[n % 3]}))
        if n in DISSOLVED:
            steps.append(
                (at(date(2022, 8, 3 + n % 9), 600), "dissolve", civil | {"reason": "成员流失,自行解散(演示)"})
            )
        elif n % 9 == 4:
            steps.append(
                (
                    at(date(2022, 5, 6 + n % 9), 600),
                    "register",
                    civil | {"registration": f"演示证{number:03d}"},
                )
            )
    works = list(writer.works(ORGANISATION, area, payload, steps, found))
    yield from works
    if n % 37 == 20:
        office = writer.colleague("demo.subdistrict")
        yield office.amend(writer.next_month(filed), works[0], "成员人数核实后更正(演示)", members=9)
    last = date(2022, 7, 25) if year == 2021 and n in DISSOLVED else date(2022, 12, 30)
    yield from _activities(writer, works[0], late.get("entered", filed), last)


def _activities(writer: Writer, opening: Item, since: int, last: date) -> Iterator[Item]:
    """An activity every two months or so, mostly at weekends."""
    rng = writer.rng
    office = writer.colleague("demo.subdistrict")
    second = max(since, at(date(2022, 1, 2), 0)) // DAY * DAY + 9 * DAY
    while second < at(last, 0):
        day = second // DAY
        weekend = day - (day + 2) % 7 + 5 if rng.random() < 0.7 else day
        held = max(weekend, day) * DAY + (570 + int(rng.random() * 400)) * 60
        if held < at(last, 0):
            payload: dict[str, object] = {
                "organisation": opening[1]["id"], "topic": TOPICS[int(rng.random() * 4)],
                "served": 12 + int(rng.random() * 70),
            }  # fmt: skip
            item = writer.write(held, "open", ACTIVITY, str(opening[1]["area"]), payload=payload)
            yield item
            chance = rng.random()
            if chance < 0.01:
                yield office.void(held + 3 * DAY, item, "同一活动重复登记,作废(演示)")
            elif chance < 0.03:
                yield office.amend(writer.next_month(held), item, "签到表复核后更正人次(演示)", served=20)
        second += (45 + int(rng.random() * 40)) * DAY


def _otherwise(writer: Writer, number: int, n: int) -> Iterator[Item]:
    area, payload = _said(number)
    found = in_hours(at(date(2022, 9, 5) + timedelta(days=5 * n), 600))
    steps: Steps = [(found + 15 * DAY, "admit", {"officer": "demo.incubator"})]
    if INCUBATING <= n < INCUBATING + LEFT:
        steps.append(
            (found + 34 * DAY, "leave", {"officer": "demo.incubator", "reason": "自愿退出孵化(演示)"})
        )
    if n >= INCUBATING + LEFT:
        steps = []
    works = list(writer.works(ORGANISATION, area, payload, steps, found))
    yield from works
    if not steps:
        office = writer.colleague("demo.subdistrict")
        yield office.void(found + 6 * DAY, works[0], "重复登记,作废(演示)")
