"""Urban villages: three projects of the published report at their stages, and each resettlement home.

Homes are chosen in turn by an order that is written down; some are given up and chosen again.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from .clock import DAY, WORKING_DAY, at, to_second, to_working
from .places import ROOT
from .writing import Item, Steps, Writer

NAME = "urban-villages"
BODIES: dict[str, str] = {}
ROLES = (("demo.village", "village-clerk", NAME), ("demo.choice", "choice-steward", NAME))
TARGETS: tuple[tuple[str, str], ...] = ()
BAILU, BAISHA, OPEN, KEPT = 1786, 612, 14, 4
"""Homes handed over in 白露村 and in the second phase of 白沙村; homes chosen and waiting, and held back."""

EXPECTED = {
    "urban-villages.homes-delivered": Fraction(BAILU + BAISHA),
    "urban-villages.homes-chosen": Fraction(BAILU + BAISHA + OPEN),
    "urban-villages.projects": Fraction(2),
    "urban-villages.projects-delivered": Fraction(1),
}
PROJECT, HOME = f"{NAME}.project", f"{NAME}.home"
IN_BAILU, IN_BAISHA, IN_MACHANG = f"{ROOT}007003", f"{ROOT}002005", f"{ROOT}008002"


def make(rng: random.Random) -> Iterator[Item]:
    """The projects, and the homes of the two where homes were chosen."""
    writer = Writer(rng, "housing-bureau", "demo.village")
    bailu = list(
        _project(writer, "白露村城中村改造项目", "白露村", IN_BAILU, BAILU + OPEN, (
            (date(2020, 12, 20), "acquire"), (date(2021, 1, 18), "start"), (date(2022, 4, 20), "complete"),
            (date(2022, 7, 12), "finish_choice"),
        ))
    )  # fmt: skip
    baisha = list(
        _project(writer, "白沙村城中村改造项目二期", "白沙村", IN_BAISHA, BAISHA, (
            (date(2020, 12, 15), "acquire"), (date(2021, 1, 11), "start"), (date(2022, 2, 25), "complete"),
            (date(2022, 4, 22), "finish_choice"), (date(2022, 9, 28), "hand_over"),
        ))
    )  # fmt: skip
    yield from bailu
    yield from baisha
    yield from _project(writer, "马厂村城中村改造项目", "马厂村", IN_MACHANG, 940, (
        (date(2022, 5, 30), "acquire"), (date(2022, 10, 18), "start"),
    ))  # fmt: skip
    yield from _planned(writer)
    yield from _homes(writer, bailu[0], "白露村", BAILU, OPEN, KEPT, date(2022, 5, 5), date(2022, 8, 1))
    yield from _homes(writer, baisha[0], "白沙村", BAISHA, 0, 0, date(2022, 3, 10), date(2022, 6, 6))


def _project(
    writer: Writer, name: str, village: str, area: str, homes: int, stages: tuple[tuple[date, str], ...]
) -> Iterator[Item]:
    more: dict[str, dict[str, object]] = {
        "acquire": {"signed": homes}, "complete": {"filing": f"演示备案{village}"},
    }  # fmt: skip
    steps: Steps = [(at(day, 600), step, more.get(step, {})) for day, step in stages]
    opened = at(date(2020, 12, 7), 540) if stages[0][0].year == 2020 else at(date(2021, 9, 1), 540)
    payload: dict[str, object] = {
        "name": name,
        "village": village,
        "households": homes,
        "land": f"{homes // 8}.00",
    }
    yield from writer.works(PROJECT, area, payload, steps, opened)


def _planned(writer: Writer) -> Iterator[Item]:
    """Two villages of our own that are still planned, one corrected; and one project entered twice."""
    for n in range(3):
        second = at(date(2022, 6, 6 + n), 560)
        payload: dict[str, object] = {
            "name": f"演示村城中村改造项目{n + 1}",
            "village": "演示村",
            "households": 120 + n,
        }
        item = writer.write(second, "open", PROJECT, IN_MACHANG, payload=payload)
        yield item
        if n == 1:
            yield writer.amend(writer.next_month(second), item, "入户核实后更正户数(演示)", households=131)
        elif n == 2:
            yield writer.void(writer.next_month(second), item, "与已登记项目重复,作废(演示)")


def _homes(
    writer: Writer, project: Item, village: str, delivered: int, waiting: int,
    kept: int, listed: date, from_day: date,
) -> Iterator[Item]:  # fmt: skip
    """Homes listed in a week, chosen one after the other by turn, and handed over in the order of choice."""
    record, area = project[1]["id"], str(project[1]["area"])
    count = delivered + waiting
    rooms = list(range(count + kept))
    writer.rng.shuffle(rooms)
    choosing, handing = to_working(at(listed, 520)) + 3 * WORKING_DAY, to_working(at(from_day, 520))
    for n, room in enumerate(rooms):
        opened = at(listed, 510) + room * 20
        size = ("58.60", "78.35", "98.20", "118.75")[room % 4]
        payload: dict[str, object] = {
            "project": record,
            "building": f"{room // 120 + 1}",
            "room": f"{room % 120 // 4 + 1}{room % 4 + 1:02d}",
            "size": "88.20" if n % 301 == 150 else size,
        }
        steps: Steps = []
        turn = choosing + n * WORKING_DAY * (25 if delivered > 1_000 else 24) // count
        steward: dict[str, object] = {"officer": "demo.choice"}
        chooses = steward | {"household": f"演示{village}户{n + 1:04d}", "turn": n + 1}
        if n >= count:
            steps.append((to_second(turn) + 60, "withhold", steward | {"reason": "留作机动房源(演示)"}))
        else:
            if n % 37 == 20:
                other = chooses | {"household": f"演示{village}户{n + 9001}"}
                steps.append((to_second(turn), "choose", other))
                again = steward | {"reason": "楼层不合意,弃选(演示)"}
                steps.append((to_second(turn) + 20, "give_up", again))
            steps.append((to_second(turn) + 40, "choose", chooses))
        if n < delivered:
            second = to_second(handing + n * 12)
            late = writer.late(second, "交房单纸质留存,次月补录(演示)")
            steps.append((second, "deliver", late if n % 149 == 70 else {}))
        works = list(writer.works(HOME, area, payload, steps, opened))
        yield from works
        if n % 301 == 150:
            yield writer.amend(works[-1][0] + 3 * DAY, works[0], "面积按测绘报告更正(演示)", size=size)
    wrong = writer.write(
        at(listed, 1000), "open", HOME, area,
        payload={"project": record, "building": "99", "room": "101", "size": "78.35"},
    )  # fmt: skip
    yield wrong
    yield writer.void(at(listed, 1000) + 5 * DAY, wrong, "楼栋号误录,作废(演示)")
