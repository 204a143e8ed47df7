"""Parking: stretches of bays, bollards, frontages with their duty, and violations put right or fined."""

from __future__ import annotations

import random
from collections.abc import Generator, Iterator
from datetime import date, timedelta
from fractions import Fraction

from .clock import DAY, at, in_hours
from .exact import shared
from .places import COMMUNITIES, GRID_CODES, community_at
from .writing import Item, Late, Steps, Writer

NAME = "parking-order"
BODIES: dict[str, str] = {}
ROLES = (
    ("demo.parking", "parking-clerk", NAME),
    ("demo.traffic", "traffic-police", NAME),
    ("demo.frontage", "frontage-clerk", NAME),
    ("demo.street", "street-officer", NAME),
)
TARGETS: tuple[tuple[str, str], ...] = ()
STRETCH, BOLLARDS, FRONTAGE, VIOLATION = (
    f"{NAME}.{record}" for record in ("stretch", "bollards", "frontage", "violation")
)
BAYS = {2021: (48, 2_904), 2022: (410, 31_268)}
"""Year → stretches drawn, and the bays that they have together."""

SITES, FRONTAGES, VIOLATIONS = 483, 2 * len(COMMUNITIES), 260
EXPECTED = {
    "parking-order.bays": Fraction(BAYS[2022][1]),
    "parking-order.bollards": Fraction(SITES),
    "parking-order.frontage-duty": Fraction(FRONTAGES),
}
CHANGED = (11, 60, 121)
"""Frontages whose shop changed in the middle of the year."""


def make(rng: random.Random) -> Iterator[Item]:
    """Everything of the programme, one kind of record after the other."""
    clerk = Writer(rng, "urban-management", "demo.parking")
    number = 0
    for year, (count, total) in BAYS.items():
        shares = [20 + rng.random() * 110 for _ in range(count)]
        for n, some in enumerate(shared(total, shares)):
            number += 1
            yield from _stretch(clerk, year, number, n, some)
    yield from _bollards(clerk)
    for n in range(FRONTAGES):
        yield from _frontage(clerk, n)
    for n in range(VIOLATIONS):
        yield from _violation(clerk, n)


def _stretch(clerk: Writer, year: int, number: int, n: int, bays: int) -> Iterator[Item]:
    """Drawn, opened some days later, reviewed in December; a few removed, corrected, or entered late."""
    drawn = in_hours(at(date(year, 1, 6), 520) + n * 318 * DAY // (48 if year == 2021 else 410))
    place = COMMUNITIES[number * 7 % len(COMMUNITIES)]
    hours = ("全天", "19:00-次日7:30", "7:30-22:00")[n % 3]
    police: dict[str, object] = {"officer": "demo.traffic"}
    opening = police | {"hours": hours}
    opened = drawn + (4 + n % 9) * DAY
    late: Late = clerk.late(opened, "启用验收表迟交,次月补录(演示)") if n % 101 == 50 else {}
    steps: Steps = [(opened, "open_up", opening | late)]
    if n % 67 == 33:
        steps.append(
            (late.get("entered", opened) + 90 * DAY, "remove", police | {"reason": "影响通行,撤除(演示)"})
        )
    elif n % 3 == 0 and opened < at(date(year, 9, 1)):
        steps.append((at(date(year, 12, 1 + n % 20), 620), "review", police | {"hours": hours}))
    wrong = n % 97 == 20
    payload: dict[str, object] = {
        "road": f"演示{place[1]}路段{number:03d}", "kind": ("street", "pavement", "street", "lot")[n % 4],
        "bays": bays + 10 if wrong else bays,
    }  # fmt: skip
    works = list(clerk.works(STRETCH, place[0], payload, steps, drawn))
    yield from works
    if wrong:
        yield clerk.amend(drawn + 20 * DAY, works[0], "现场复核后更正泊位数(演示)", bays=bays)


def _bollards(clerk: Writer) -> Iterator[Item]:
    for n in range(SITES + 4):
        second = in_hours(at(date(2022, 2, 8), 530) + n * 300 * DAY // SITES)
        place = COMMUNITIES[n * 5 % len(COMMUNITIES)]
        late: Late = clerk.late(second, "施工单位迟交点位表,次月补录(演示)") if n % 151 == 75 else {}
        payload = {"place": f"演示{place[1]}违停桩{n + 1:03d}", "posts": 3 + n % 8}
        item = clerk.write(second, "open", BOLLARDS, place[0], payload=payload, **late)
        yield item
        if n >= SITES:
            yield clerk.void(item[0] + 2 * DAY, item, "与相邻点位重复登记,作废(演示)")
        elif n % 29 == 7 and not late:
            yield clerk.write(
                second + 18 * DAY, "step", BOLLARDS, place[0], record=item[1]["id"], step="mend"
            )


def _frontage(clerk: Writer, n: int) -> Iterator[Item]:
    """A duty of one frontage; where the shop changed, one ends with its second round and the next begins."""
    office = clerk.colleague("demo.frontage")
    place = community_at(n)
    first, last = date(2022, 1, 1), date(2023, 12, 31)
    half = first + timedelta(days=181)
    if n in CHANGED:
        record = yield from _signed(office, n, place, "原", first, half)
        yield office.write(at(half, 1050), "step", FRONTAGE, place, record=record, step="end")
        first = half + timedelta(days=1)
    yield from _signed(office, n, place, "", first, last)


def _signed(
    office: Writer, n: int, place: str, mark: str, first: date, last: date
) -> Generator[Item, None, object]:
    """A duty with this year's inspections, some not done. Gives the record."""
    rng, street = office.rng, office.colleague("demo.street")
    payload: dict[str, object] = {
        "party": f"演示{mark}店铺{n + 1:03d}", "address": f"演示路{n * 2 + 1}号",
        "signed_on": first.isoformat(), "until": last.isoformat(),
    }  # fmt: skip
    item = office.write(at(first, 0), "open", FRONTAGE, place, entered=at(first, 545), payload=payload)
    yield item
    until = min(last, date(2022, 12, 31))
    for turn in range(((until - first).days + 1) // 91):
        if rng.random() < 0.04:
            continue
        day = first + timedelta(days=turn * 91 + int(rng.random() * 90))
        yield street.write(
            at(day, 560 + int(rng.random() * 400)), "step", FRONTAGE, place,
            record=item[1]["id"], step="patrol", payload={"on": day.isoformat()},
        )  # fmt: skip
    return item[1]["id"]


def _violation(clerk: Writer, n: int) -> Iterator[Item]:
    """Warned, then put right within hours or fined the next day; a few fines corrected or taken back."""
    street = clerk.colleague("demo.street")
    found = in_hours(at(date(2022, 1, 5), 515) + n * 355 * DAY // VIOLATIONS, int(clerk.rng.random() * 60))
    kind = ("parking", "trading", "parking", "frontage")[n % 4]
    steps: Steps = [(found + 300, "warn", {})]
    close: dict[str, object] = {"officer": "demo.frontage"}
    if n % 8 == 3:
        fine = {"fine": f"{50 + n % 4 * 50}.00", "reason": "逾时未改正(演示)"}
        steps.append((found + DAY, "fine", dict(fine)))
        close["paid_on"] = (date(2022, 1, 8) + timedelta(days=n * 355 // VIOLATIONS)).isoformat()
        steps.append((found + 6 * DAY, "close", close))
    else:
        steps += [(found + 300 + 60 * (5 + n % 90), "put_right", {}), (found + 2 * DAY, "close", close)]
    works = list(street.works(VIOLATION, GRID_CODES[n * 41 % len(GRID_CODES)], {"kind": kind}, steps, found))
    yield from works
    office = clerk.colleague("demo.frontage")
    if n % 64 == 3:
        yield office.amend(found + 9 * DAY, works[0], "罚款数额抄录有误,更正(演示)", fine="50.00")
    elif n % 80 == 41:
        yield office.void(found + 4 * DAY, works[0], "同一行为重复登记,作废(演示)")
