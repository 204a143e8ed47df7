"""Doses of vaccine over two years: who got which dose when, packed into integers until they are written."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from .clock import DAY, day_number, ulid, wall
from .persons import community, who
from .places import COMMUNITIES
from .quantities import Courses

FIRST_DAY = date(2020, 12, 15)
LAST_DAY = date(2022, 12, 31)
# Relative numbers of first doses by month from December 2020: staff first, the spring and summer of 2021 for
# adults, its autumn for children, then the rest.
WAVES = (5, 10, 10, 40, 90, 140, 190, 130, 110, 70, 50, 40, 20, 15, 10, 10, 15, 10, 10, 6, 5, 5, 4, 4, 6)
# Vaccine, doses of the full course.
VACCINES = (("adenovirus", 1), ("inactivated", 2), ("protein", 3))
_MODES = ("fixed",) * 17 + ("mobile",) * 2 + ("home",)
_PLACES = len(COMMUNITIES)
_WRONG = {"fixed": "mobile", "mobile": "fixed", "home": "mobile"}
NOBODY = 1 << 22
"""Persons from here on are mistaken registrations: none of them got a dose."""


def _day_pool() -> list[int]:
    pool: list[int] = []
    day = FIRST_DAY
    while day <= LAST_DAY:
        month = (day.year - 2020) * 12 + day.month - 12
        pool.extend([day_number(day)] * (WAVES[month] // (2 if day.weekday() > 4 else 1) + 1))
        day += timedelta(days=1)
    return pool


def _until(pool: list[int], days_left: int) -> int:
    last = day_number(LAST_DAY) - days_left
    return sum(1 for day in pool if day <= last)


def plan(courses: Courses, rng: random.Random) -> Iterator[tuple[int, int, int, int]]:
    """Second, person, dose number and index of the vaccine of each dose, person by person."""
    pool = _day_pool()
    # (persons, vaccine, least and most days to each further dose)
    groups = (
        (courses.boosted_one, 0, ((180, 240),)),
        (courses.one_dose - courses.boosted_one, 0, ()),
        (courses.boosted_two, 1, ((21, 45), (180, 235))),
        (courses.two_dose - courses.boosted_two, 1, ((21, 45),)),
        (courses.three_dose, 2, ((28, 45), (28, 60))),
        (courses.begun_two, 1, ()),
        (courses.begun_three, 2, ((28, 45),)),
    )
    person = 0
    draw = rng.random
    for persons, vaccine, gaps in groups:
        usable = _until(pool, sum(most for _, most in gaps))
        for _ in range(persons):
            day = pool[int(draw() * usable)]
            yield day * DAY + 30_600 + int(draw() * 32_000), person, 1, vaccine
            for number, (least, most) in enumerate(gaps, 2):
                day += least + int(draw() * (most - least + 1))
                yield day * DAY + 30_600 + int(draw() * 32_000), person, number, vaccine
            person += 1


def delay(person: int, number: int) -> int:
    """Seconds from the dose to its entry: one in some 300 is entered the next day, a few weeks later."""
    mark = person * 7 + number
    return DAY if mark % 331 == 0 else 0 if mark % 20_011 else 41 * DAY


def corrected(person: int, number: int) -> bool:
    """Whether the dose's site was noted wrongly and is corrected later."""
    return (person * 5 + number) % 3_989 == 0


def mistaken(person: int) -> bool:
    """Whether somebody who was never there was registered first, in this person's place, and voided."""
    return person % 2_003 == 7


def entry(
    second: int, person: int, number: int, vaccine: int, wrong: bool, rng: random.Random
) -> dict[str, object]:
    """The entry of a dose, its site noted as it was or `wrong`; `second` is when it was recorded."""
    waited = delay(person, number)
    happened = second - waited
    name, full = VACCINES[vaccine]
    residence, _, _, town = community(person)
    if (person + number) % 16 == 0:  # given in a town other than where the person lives
        town = COMMUNITIES[(person * 31 + 29) % _PLACES][3]
    when = wall(happened)
    mode = _MODES[(person * 13 + number * 5) % 20]
    sent: dict[str, object] = {
        "id": ulid(happened, rng),
        "kind": "open",
        "type": "vaccination.dose",
        "happened": when,
        "recorded": when if happened == second else wall(second),
        "area": town,
        "body": "health-bureau",
        "officer": "demo.vaccinator",
        "payload": {
            "person": who(person),
            "residence": residence,
            "vaccine": name,
            "dose_number": number,
            "completes": number == full,
            "mode": _WRONG[mode] if wrong else mode,
        },
    }
    if waited > DAY:
        sent["reason"] = "流动接种点离线登记,补录(演示)"
    return sent


def correction(
    second: int, person: int, number: int, said: tuple[str, str], rng: random.Random
) -> dict[str, object]:
    """The entry that corrects a dose, or voids a mistaken registration; `said` is its record and area."""
    record, area = said
    when = wall(second)
    sent: dict[str, object] = {
        "id": ulid(second, rng),
        "kind": "amend",
        "type": "vaccination.dose",
        "record": record,
        "happened": when,
        "recorded": when,
        "area": area,
        "body": "health-bureau",
        "officer": "demo.vaccinator",
        "reason": "接种方式登记有误,更正(演示)",
    }
    if person >= NOBODY:
        return sent | {"kind": "void", "reason": "误登记他人,作废(演示)"}
    return sent | {"payload": {"mode": _MODES[(person * 13 + number * 5) % 20]}}
