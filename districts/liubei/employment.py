"""Persons who found work in the year, and those who left it; the same persons as were vaccinated."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from .clock import at, in_next_month, is_working
from .persons import birth, community, who
from .places import TOWN_AREAS
from .writing import Item, Late, Writer

NAME = "employment"
BODIES = {"human-resources-bureau": "人力资源和社会保障局"}
ROLES = (
    ("demo.job-registrar", "job-registrar", NAME),
    ("demo.job-statistician", "job-statistician", NAME),
)
JOB, ATTRITION = f"{NAME}.job", f"{NAME}.attrition"
NEW_JOBS, TRANSFERS = 10_700, 5_386
TARGETS = ((f"{NAME}.urban-jobs", "10000"), (f"{NAME}.rural-transfer", "5000"))
# Of ten new jobs in towns; of ten jobs of any kind.
KINDS = ("first", "first", "first", "first", "first", "first", "again", "again", "again", "hardship")
FORMS = ("unit", "unit", "unit", "unit", "unit", "own", "own", "flexible", "flexible", "public")
SECTORS = ("tertiary", "tertiary", "secondary", "tertiary", "secondary", "primary")
LEFT = {
    (area, month): 2 + (order * 5 + month * 3) % 5
    for order, (area, _, _) in enumerate(TOWN_AREAS)
    for month in range(1, 13)
}
"""Town and month → who retired or died."""

HIRED = NEW_JOBS + sum(LEFT.values())
EXPECTED = {
    f"{NAME}.urban-jobs": Fraction(NEW_JOBS),
    f"{NAME}.urban-hired": Fraction(HIRED),
    f"{NAME}.attrition": Fraction(sum(LEFT.values())),
    f"{NAME}.rural-transfer": Fraction(TRANSFERS),
}
MONTHS = (4, 6, 13, 11, 9, 10, 13, 9, 8, 7, 6, 4)
"""Of a hundred registrations, those of each month: most after the new year's feast and at graduation."""

GROWN = range(8_500, 22_500)
"""The births, by number of the day, of those who are of working age."""


def make(rng: random.Random) -> Iterator[Item]:
    """10,700 more at work in towns than left it, 5,386 transfers; some late, corrected, or registered for
    another person and voided."""
    yield from _attrition(rng)
    registrar = Writer(rng, "human-resources-bureau", "demo.job-registrar")
    days = _days()
    people = _people()
    for n in range(HIRED):
        yield from _job(registrar, n, next(people), days, KINDS[n * 7 % 10])
    villagers = (person for person in people if community(person)[2] == "town")
    for n in range(TRANSFERS):
        yield from _job(registrar, n, next(villagers), days, "transfer")
    for n in range(4):
        item = registrar.write(
            at(date(2022, 5, 10 + n), 600),
            "open",
            JOB,
            community(n)[0],
            payload=_payload(next(people), n, "first"),
        )
        yield item
        yield registrar.void(registrar.next_month(item[0]), item, "误登记他人,作废(演示)")


def _people() -> Iterator[int]:
    """Numbers of persons of working age, each once."""
    person = 0
    while True:
        if birth(person) in GROWN:
            yield person
        person += 1


def _days() -> list[date]:
    """Working days of the year, each as often as its month's share asks."""
    year = (date(2022, 1, 1) + timedelta(days=n) for n in range(365))
    return [day for day in year if is_working(day) for _ in range(MONTHS[day.month - 1])]


def _payload(person: int, n: int, kind: str) -> dict[str, object]:
    return {
        "person": who(person),
        "year": 2022,
        "kind": kind,
        "form": FORMS[n * 3 % 10] if kind != "hardship" else FORMS[5 + n % 5],
        "sector": SECTORS[n % 6],
    }


def _job(writer: Writer, n: int, person: int, days: list[date], kind: str) -> Iterator[Item]:
    rng = writer.rng
    second = at(days[int(rng.random() * len(days))], 520 + int(rng.random() * 500))
    payload = _payload(person, n, kind)
    late: Late = writer.late(second, "招聘会现场登记,补录(演示)") if n % 941 == 17 else {}
    item = writer.write(second, "open", JOB, community(person)[0], payload=payload, **late)
    yield item
    if n % 653 == 29:
        yield writer.amend(writer.next_month(item[0]), item, "就业形式登记有误,更正(演示)", form="flexible")


def _attrition(rng: random.Random) -> Iterator[Item]:
    writer = Writer(rng, "human-resources-bureau", "demo.job-statistician")
    for (area, month), left in LEFT.items():
        payload = {
            "month": f"2022-{month:02d}-01",
            "persons": left,
            "document": f"演示文件:2022年{month}月自然减员月报(合成)",
        }
        day = in_next_month(2022, month, 4)
        yield writer.write(at(day, 560 + int(rng.random() * 60)), "open", ATTRITION, area, payload=payload)
