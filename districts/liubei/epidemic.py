"""Outbreaks and contacts until the rules ended in December 2022. Places and persons are not real."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from .clock import DAY, at
from .persons import community, who
from .places import community_at
from .writing import Item, Steps, Writer

NAME = "epidemic-response"
OUTBREAK, CONTACT = "epidemic-response.outbreak", "epidemic-response.contact"
BODIES: Mapping[str, str] = {"disease-control": "疾病预防控制中心"}
ROLES = (("demo.cdc", "disease-control", NAME), ("demo.headquarters", "headquarters", NAME))
TARGETS = (("epidemic-response.transferred-on-time", "95"),)
NINTH = at(date(2022, 6, 28), 0)
"""From here on contacts stayed seven days and three at home; before, fourteen and seven."""

# First day, minute, infected, contacts, and whether it flared up once.
OUTBREAKS = (
    (date(2021, 8, 9), 1290, 1, 22, False),
    (date(2022, 3, 19), 835, 2, 46, False),
    (date(2022, 9, 3), 412, 3, 71, True),
    (date(2022, 11, 2), 1105, 2, 58, False),
)
EXPECTED: Mapping[str, Fraction] = {
    "epidemic-response.outbreaks": Fraction(3),
    "epidemic-response.contacts": Fraction(46 + 71 + 58),
}


def make(rng: random.Random) -> Iterator[Item]:
    """One outbreak in 2021 and three in 2022, with 175 contacts."""
    writer = Writer(rng, "disease-control", "demo.cdc")
    person = 1_000
    for number, (day, minute, infected, contacts, flared) in enumerate(OUTBREAKS, 1):
        found = at(day, minute)
        works = list(_outbreak(writer, number, found, infected, flared=flared))
        yield from works
        for n in range(contacts):
            yield from _contact(writer, works[0][1]["id"], person, n, found + (3 + n % 40) * 1_800)
            person += 1
    yield from _mistaken(writer)


def _outbreak(writer: Writer, number: int, found: int, infected: int, *, flared: bool) -> Iterator[Item]:
    """Reported in two hours, zoned in a day, lowered after seven days and then three without a new case."""
    led: dict[str, object] = {"officer": "demo.headquarters"}
    steps: Steps = [
        (found + 70 * 60, "report", {}),
        (found + 9 * 3_600, "control", led | {"risk": "high"}),
        (found + 3 * DAY, "count_again", {"infected": infected + 2}),
        (found + 11 * DAY, "lower", led | {"risk": "middle"}),
    ]
    now = found + 11 * DAY
    if flared:
        steps += [
            (now + DAY, "flare_up", led | {"risk": "high", "reason": "密接中新增感染者(演示)"}),
            (now + 2 * DAY, "count_again", {"infected": infected + 3}),
            (now + 9 * DAY, "lower", led | {"risk": "middle"}),
        ]
        now += 9 * DAY
    end = led | {"risk": "low"}
    if number == 2:
        end |= writer.late(now + 3 * DAY, "解除通告归档时补录(演示)")
    steps.append((now + 3 * DAY, "end", end))
    payload: dict[str, object] = {"place": f"演示小区{number:02d}号", "infected": infected}
    yield from writer.works(OUTBREAK, community_at(number * 17), payload, steps, found)


def _contact(writer: Writer, outbreak: object, person: int, n: int, traced: int) -> Iterator[Item]:
    """Transferred within eight hours but for one in thirty; released, or a few of them infected."""
    led: dict[str, object] = {"officer": "demo.headquarters"}
    moved = traced + (10 if n % 30 == 14 else 2 + n % 5) * 3_600
    days, at_home = (7, 3) if traced >= NINTH else (14, 7)
    steps: Steps = [(moved, "transfer", led)]
    if n % 35 == 8:
        steps.append((moved + 3 * DAY, "fall_ill", {}))
    else:
        steps += [(moved + days * DAY, "go_home", led), (moved + (days + at_home) * DAY, "release", led)]
    payload: dict[str, object] = {
        "outbreak": outbreak,
        "person": who(person),
        "kind": "second" if n % 4 == 3 else "close",
    }
    works = list(writer.works(CONTACT, community(person)[0], payload, steps, traced))
    yield from works
    if n == 33:
        yield writer.amend(traced + 2 * DAY, works[0], "流调后更正类别(演示)", kind="close")


def _mistaken(writer: Writer) -> Iterator[Item]:
    """A reported outbreak whose sample was not confirmed."""
    found = at(date(2022, 7, 14), 930)
    item = writer.write(
        found, "open", OUTBREAK, community_at(30), payload={"place": "演示小区误报", "infected": 1}
    )
    yield item
    yield writer.void(found + DAY, item, "复核检测为阴性,作废(演示)")
