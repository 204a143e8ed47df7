"""What is kept of each school in the education system: its balance of resources, and examination results."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .clock import DAY, at
from .writing import Item, Late, Writer

BALANCE, EXAM = "education-system.balance", "education-system.exam"
SHORT = 9
"""Schools that do not meet the standard of balance: five or fewer items, or one far below."""

School = tuple[object, str, str]
"""Record, area and stage of a school."""


def results(office: Writer, schools: list[School]) -> Iterator[Item]:
    """A self-assessment of each school in 2022, and the junior examinations of 2021 and 2022."""
    clerk = office.colleague("demo.school")
    for n, (school, area, _) in enumerate(schools):
        yield from _balance(clerk, n, school, area)
    twice = clerk.write(
        at(date(2022, 11, 28), 600), "open", BALANCE, schools[0][1],
        payload={"school": schools[0][0], "assessed_on": "2022-11-28", "met": 7, "least": "101.0"},
    )  # fmt: skip
    yield twice
    yield office.void(twice[0] + 3 * DAY, twice, "同年重复自评,作废(演示)")
    junior = [school for school in schools if school[2] != "primary"]
    for n, (school, area, _) in enumerate(junior):
        yield from _exams(office, n, school, area)


def _balance(writer: Writer, n: int, school: object, area: str) -> Iterator[Item]:
    day = date(2022, 11, 1 + n % 20)
    short = n % 5 == 4
    met, least = (5 + n % 2, "79.5") if short else (6 + n % 2, f"{88 + n % 9}.5")
    second = at(day, 560 + n)
    payload: dict[str, object] = {
        "school": school, "assessed_on": day.isoformat(), "met": met, "least": least,
    }  # fmt: skip
    late: Late = writer.late(second, "自评表迟报,补录(演示)") if n == 12 else {}
    item = writer.write(second, "open", BALANCE, area, payload=payload, **late)
    yield item
    yield writer.write(
        item[0] + 4 * DAY, "step", BALANCE, area,
        officer="demo.education", record=item[1]["id"], step="check",
        **({"reason": "自评表迟报,复核随后(演示)"} if late else {}),
    )  # fmt: skip


def _exams(writer: Writer, n: int, school: object, area: str) -> Iterator[Item]:
    for year in (2021, 2022):
        candidates = 140 + int(writer.rng.random() * 220)
        passed = candidates * (900 + (year - 2021) * 12 + n * 3) // 1000
        said = at(date(year, 7, 8), 540 + n)
        payload: dict[str, object] = {
            "school": school,
            "held_on": f"{year}-06-24",
            "candidates": candidates,
            "passed": passed,
        }
        item = writer.write(said, "open", EXAM, area, payload=payload)
        yield item
        confirmed = at(date(year, 7, 20), 540 + n)
        found = {"payload": {"passed": passed + 1}} if n % 6 == 2 else {}
        yield writer.write(confirmed, "step", EXAM, area, record=item[1]["id"], step="confirm", **found)
