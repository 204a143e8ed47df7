"""Kindergartens of the district, which of them are recognised as inclusive, and those that were built."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction

from .clock import DAY, at
from .places import TOWN_AREAS, community_at
from .writing import Item, Steps, Writer

NAME = "preschool"
BODIES: Mapping[str, str] = {}
ROLES = (("demo.preschool", "preschool-office", NAME),)
TARGETS = ((f"{NAME}.town-coverage", "100"), (f"{NAME}.inclusive-share", "85"))
PUBLIC, PRIVATE, INCLUSIVE = 14, 32, 24
"""Public kindergartens besides the central ones, private ones, and those of these that are inclusive."""

EXPECTED: Mapping[str, Fraction] = {
    f"{NAME}.town-coverage": Fraction(100),
    f"{NAME}.projects": Fraction(2),
    f"{NAME}.kindergartens": Fraction(3 + PUBLIC + PRIVATE - 1),
}
KINDERGARTEN, PROJECT = f"{NAME}.kindergarten", f"{NAME}.project"
CENTRAL = tuple((code, f"{name}中心幼儿园") for code, name, level in TOWN_AREAS if level == "town")
OPENED = date(2022, 9, 1)


def make(rng: random.Random) -> Iterator[Item]:
    """Three central kindergartens, one of them opened in 2022 as was a public one; 32 private, one closed."""
    writer = Writer(rng, "education-bureau", "demo.preschool")
    for n, (town, name) in enumerate(CENTRAL):
        new = n == len(CENTRAL) - 1
        items = list(_kindergarten(writer, f"{town}001", name, "central", n, OPENED if new else None))
        yield from items
        if new:
            yield from _built(writer, n, f"{town}001", name, items[0][1]["id"])
    for n in range(PUBLIC):
        new = n == PUBLIC - 1
        name, area = f"演示公办幼儿园{n + 1:02d}", community_at(n * 3)
        items = list(_kindergarten(writer, area, name, "public", n, OPENED if new else None))
        yield from items
        if new:
            yield from _built(writer, n, area, name, items[0][1]["id"])
    for n in range(PRIVATE):
        yield from _private(writer, n)
    planned = writer.write(
        at(date(2022, 11, 7), 600), "open", PROJECT, community_at(4),
        payload={"name": "演示公办幼儿园15新建", "classes": 9},
    )  # fmt: skip
    yield planned
    twice = writer.write(
        at(date(2022, 11, 8), 600), "open", PROJECT, community_at(4),
        payload={"name": "演示公办幼儿园15新建(重复)", "classes": 9},
    )  # fmt: skip
    yield twice
    yield writer.void(writer.next_month(twice[0]), twice, "同一项目重复登记,作废(演示)")


def _kindergarten(
    writer: Writer, area: str, name: str, kind: str, n: int, opened: date | None
) -> Iterator[Item]:
    """A public kindergarten: it is inclusive from the day on which it opens."""
    second = at(opened or date(2021, 2, 1) + timedelta(days=n % 5), 500 + n)
    children = 90 + int(writer.rng.random() * 270)
    payload: dict[str, object] = {"name": name, "kind": kind, "children": children}
    steps: Steps = [(second + 1800, "recognise", {"fee_ratio": "1.00"})]
    if opened is None and n % 3 == 0:
        steps.append((at(date(2022, 9, 20), 600 + n), "enrol", {"children": children + 12}))
    yield from writer.works(KINDERGARTEN, area, payload, steps, second)


def _private(writer: Writer, n: int) -> Iterator[Item]:
    """A private one: three in four recognised, some anew, one no longer, one closed."""
    area, children = community_at(n * 7 + 2), 60 + int(writer.rng.random() * 180)
    second = at(date(2021, 2, 8) + timedelta(days=n % 10), 500 + n)
    payload: dict[str, object] = {
        "name": f"演示民办幼儿园{n + 1:02d}",
        "kind": "private",
        "children": children,
    }
    given = second + (40 + n) * DAY
    ratio = f"{1.2 + n % 6 / 10:.2f}"
    steps: Steps = []
    if n <= INCLUSIVE:
        steps.append((given, "recognise", {"fee_ratio": ratio}))
    if n % 8 == 3 and n < INCLUSIVE:
        renewed = at(date(2022, 10, 17), 560 + n)
        late = writer.late(renewed, "认定批文次月收到,补录(演示)") if n == 11 else {}
        steps.append((renewed, "renew", {"fee_ratio": ratio, **late}))
    if n == INCLUSIVE:
        steps.append((at(date(2022, 6, 30), 600), "lapse", {"reason": "自愿退出普惠(演示)"}))
    if n == PRIVATE - 1:
        steps.append((at(date(2022, 7, 20), 600), "close", {"reason": "举办者申请停办(演示)"}))
    items = list(writer.works(KINDERGARTEN, area, payload, steps, second))
    yield from items
    if n % 16 == 9:
        yield writer.amend(
            writer.next_month(second), items[0], "幼儿学籍核对后更正(演示)", children=children + 4
        )


def _built(writer: Writer, n: int, area: str, name: str, kindergarten: object) -> Iterator[Item]:
    steps: Steps = [
        (at(date(2021, 6, 7), 540 + n), "start", {}),
        (at(date(2022, 7, 22), 600 + n), "complete", {}),
        (at(OPENED, 560 + n), "begin", {"kindergarten": kindergarten}),
    ]
    payload: dict[str, object] = {"name": f"{name}建设", "classes": 9}
    yield from writer.works(PROJECT, area, payload, steps, at(date(2021, 5, 10), 600 + n))
