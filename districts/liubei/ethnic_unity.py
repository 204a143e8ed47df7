"""Demonstration areas and units of ethnic unity. Units are fictional but for the district itself."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction

from .clock import DAY, at
from .places import ROOT, community_at
from .writing import Item, Steps, Writer

NAME = "ethnic-unity"
DESIGNATION = "ethnic-unity.designation"
BODIES: Mapping[str, str] = {"ethnic-affairs-bureau": "民族宗教事务局"}
ROLES = (("demo.ethnic", "ethnic-clerk", NAME),)
TARGETS: tuple[tuple[str, str], ...] = ()
UNITS = {2021: 5, 2022: 7}
REVOKED = 2  # the number of the unit that lost its name
EXPECTED: Mapping[str, Fraction] = {
    "ethnic-unity.designations": Fraction(1 + sum(UNITS.values()) - 1),
    "ethnic-unity.pending": Fraction(1),
    "ethnic-unity.well-founded": Fraction(100),
}


def make(rng: random.Random) -> Iterator[Item]:
    """The district named by the region in 2021 and pending with the nation; twelve units, one revoked."""
    writer = Writer(rng, "ethnic-affairs-bureau", "demo.ethnic")
    regional = list(
        writer.works(
            DESIGNATION, ROOT, {"holder": "柳北区", "kind": "area", "level": "region"},
            _named(at(date(2021, 1, 11)), 2026), at(date(2021, 1, 11)),
        )
    )  # fmt: skip
    yield from regional
    start = at(date(2022, 3, 21))
    pending: Steps = [(at(date(2022, 8, 15)), "inspect", {}), (at(date(2022, 12, 26)), "publicise", {})]
    national: dict[str, object] = {
        "holder": "柳北区",
        "kind": "area",
        "level": "national",
        "rests_on": regional[0][1]["id"],
    }
    yield from writer.works(DESIGNATION, ROOT, national, pending, start)
    number = 0
    for year, count in UNITS.items():
        for n in range(count):
            number += 1
            yield from _unit(writer, number, at(date(year, 2, 1) + timedelta(days=19 * n), 600))
    yield from _otherwise(writer)


def _named(start: int, until: int) -> Steps:
    """Inspected, publicised and named for five years."""
    return [
        (start + 30 * DAY, "inspect", {}),
        (start + 62 * DAY, "publicise", {}),
        (start + 75 * DAY, "name_it", {"valid_until": f"{until}-12-31"}),
    ]


def _unit(writer: Writer, number: int, start: int) -> Iterator[Item]:
    steps = _named(start, 2026)
    if number == REVOKED:
        steps.append((at(date(2022, 11, 7)), "revoke", {"reason": "单位撤并(演示)"}))
    elif number == 3:
        steps.append((at(date(2022, 9, 19)), "renew", {"valid_until": "2027-12-31"}))
    if number == 8:
        second, step, said = steps[-1]
        late = writer.late(second, "命名文件寄达较晚,补录(演示)")
        steps[-1] = second, step, {**said, **late}
    payload: dict[str, object] = {"holder": f"演示示范单位{number:02d}号", "kind": "unit", "level": "city"}
    works = list(writer.works(DESIGNATION, community_at(number * 5), payload, steps, start))
    yield from works
    if number == 6:
        yield writer.amend(
            writer.next_month(works[-1][0]), works[0], "名称更正(演示)", holder="演示示范单位06号(更名)"
        )


def _otherwise(writer: Writer) -> Iterator[Item]:
    """One declined at the inspection, and one handed in twice."""
    start = at(date(2022, 4, 6))
    payload: dict[str, object] = {"holder": "演示示范单位未通过", "kind": "unit", "level": "city"}
    steps: Steps = [(start + 25 * DAY, "decline", {"reason": "测评得分未达标(演示)"})]
    yield from writer.works(DESIGNATION, community_at(3), payload, steps, start)
    item = writer.write(start + DAY, "open", DESIGNATION, community_at(3), payload=payload)
    yield item
    yield writer.void(start + 3 * DAY, item, "同一申报重复登记,作废(演示)")
