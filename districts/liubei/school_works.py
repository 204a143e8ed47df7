"""Schools that are built, rebuilt or extended: their stages, what was done each month, and each payment."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction

from .clock import DAY, at
from .exact import shared
from .places import community_at
from .writing import Item, Late, Steps, Writer

NAME = "school-construction"
BODIES: Mapping[str, str] = {}
ROLES = (
    ("demo.education", "education-office", NAME),
    ("demo.works", "works-office", NAME),
    ("demo.housing-registry", "housing-registry", NAME),
)
TARGETS = ((f"{NAME}.investment", "380000000"), (f"{NAME}.projects", "7"))
TOTAL = {2021: 262_000_000, 2022: 381_000_000}
EXPECTED: Mapping[str, Fraction] = {
    f"{NAME}.investment": Fraction(TOTAL[2022]),
    f"{NAME}.projects": Fraction(7),
    f"{NAME}.in-use": Fraction(2),
    f"{NAME}.places": Fraction(2430),
    f"{NAME}.filed-on-time": Fraction(50),
}
PROJECT, PROGRESS, PAYMENT = f"{NAME}.project", f"{NAME}.progress", f"{NAME}.payment"
# Real names, and only with what the published report says of them: that they are under way.
NAMED = ("滨江西中学", "新白露中心校")
STARTS = (
    date(2021, 9, 6), date(2022, 2, 21), date(2021, 3, 8), date(2021, 4, 12),
    date(2022, 3, 7), date(2022, 4, 18), date(2022, 6, 13),
)  # fmt: skip
DONE = {2: (date(2022, 7, 28), 1350, 9), 3: (date(2022, 8, 5), 1080, 19)}
"""Those finished in 2022: the day of acceptance, the places, and the days until it was filed."""

KINDS = ("new", "new", "extended", "rebuilt", "new", "extended", "rebuilt")
SOURCES = ("district", "bond", "bond", "region", "city", "central")
UNIT = 1_000


def make(rng: random.Random) -> Iterator[Item]:
    """Seven projects under way in 2022, two of them finished, and what was paid; two that never began."""
    office = Writer(rng, "education-bureau", "demo.education")
    works = office.colleague("demo.works")
    projects: list[tuple[object, str]] = []
    for n, start in enumerate(STARTS):
        yield from _project(office, n, start, projects)
    for n in (7, 8):
        opened = at(date(2022, 5, 9) + timedelta(days=30 * (n - 7)), 600)
        item = office.write(opened, "open", PROJECT, _place(n), payload=_payload(n))
        yield item
        if n == 8:
            yield office.write(
                opened + 120 * DAY, "step", PROJECT, _place(n),
                record=item[1]["id"], step="cancel", reason="选址调整,取消(演示)",
            )  # fmt: skip
    yield from _progress(works, projects)
    for year in TOTAL:
        yield from _payments(works, projects, year)


def _place(n: int) -> str:
    return community_at(n * 11)


def _payload(n: int) -> dict[str, object]:
    name = NAMED[n] if n < len(NAMED) else f"演示学校{n + 30}改扩建"
    return {"name": name, "kind": KINDS[n % 7], "budget": f"{(n % 5 + 6) * 21_000_000}.00"}


def _project(office: Writer, n: int, start: date, projects: list[tuple[object, str]]) -> Iterator[Item]:
    began = at(start, 540 + n)
    steps: Steps = [(began, "start", {"officer": "demo.works"})]
    if n in DONE:
        accepted, places, days = DONE[n]
        second = at(accepted, 600)
        steps += [
            (second, "accept", {"officer": "demo.works", "retention": "3.00"}),
            (second + days * DAY, "file", {"officer": "demo.housing-registry"}),
            (at(date(2022, 9, 1), 480), "put_in_use", {"places": places}),
        ]
    items = list(office.works(PROJECT, _place(n), _payload(n), steps, began - 40 * DAY))
    projects.append((items[0][1]["id"], _place(n)))
    yield from items


def _progress(works: Writer, projects: list[tuple[object, str]]) -> Iterator[Item]:
    """What was done by the end of each month of building, told at its end; a few late, one corrected."""
    for n, (record, area) in enumerate(projects):
        last = DONE[n][0] if n in DONE else date(2022, 12, 31)
        first = STARTS[n].year * 12 + STARTS[n].month - 1
        until = last.year * 12 + last.month - 1
        for month in range(first, until + 1):
            share = (month - first + 1) * 100 // (until - first + 1) if n in DONE else (month - first + 1) * 4
            day = date(month // 12, month % 12 + 1, 1)
            second = at(day + timedelta(days=26), 560 + n)
            late: Late = works.late(second, "监理月报迟交,补录(演示)") if month % 12 == 4 and n == 4 else {}
            item = works.write(
                second, "open", PROGRESS, area,
                payload={"project": record, "month": day.isoformat(), "done": share}, **late,
            )  # fmt: skip
            yield item
            if month % 12 == 9 and n == 1:
                yield works.amend(second + 40 * DAY, item, "形象进度复核后更正(演示)", done=share - 1)


def _payments(works: Writer, projects: list[tuple[object, str]], year: int) -> Iterator[Item]:
    """The year's payments: each project under way is paid some day in each month; the last takes the rest."""
    owed = [
        (n, month)
        for n in range(len(projects))
        for month in range(1, 13)
        if date(year, month, 20) >= STARTS[n] and (n not in DONE or date(year, month, 1) <= DONE[n][0])
    ]
    weights = [2 + int(works.rng.random() * 9) for _ in owed]
    parts = shared(TOTAL[year] // UNIT, weights)
    for number, ((n, month), part) in enumerate(zip(owed, parts, strict=True)):
        record, area = projects[n]
        day = date(year, month, 20 + (n + month) % 8)
        payload: dict[str, object] = {
            "project": record,
            "paid_on": day.isoformat(),
            "amount": f"{part * UNIT}.00",
            "source": SOURCES[(n + month) % 6],
            "voucher": f"演示支付{year}-{number + 1:04d}",
        }
        item = works.write(at(day, 900 + number % 60), "open", PAYMENT, area, payload=payload)
        yield item
        if number == 5 and year == 2022:
            twice = works.write(
                item[0] + DAY, "open", PAYMENT, area, payload=payload | {"voucher": "演示支付2022-0006(重)"}
            )
            yield twice
            yield works.void(works.next_month(twice[0]), twice, "同一支付重复登记,作废(演示)")
