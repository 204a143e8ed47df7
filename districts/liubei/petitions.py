"""Petitions over two years, and the backlog that leaders answer for. Nobody in them is real."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from .clock import DAY, at
from .persons import community, who
from .places import ROOT, community_at
from .writing import Item, Late, Steps, Writer

NAME = "petitions"
PETITION, BACKLOG = "petitions.petition", "petitions.backlog"
BODIES: Mapping[str, str] = {"petitions-bureau": "信访局"}
ROLES = (
    ("demo.petitions", "petition-clerk", NAME),
    ("demo.petition-unit", "handling-unit", NAME),
)
TARGETS = (("petitions.answered-on-time", "98"),)
# Year → petitions registered, and how many of them repeat an earlier one.
YEARS = {2021: (351, 74), 2022: (316, 39)}
RESOLVED = {2021: 11, 2022: 26}
EXPECTED: Mapping[str, Fraction] = {
    "petitions.petitions": Fraction(316),
    "petitions.repeat-rate": Fraction(3900, 316),
    "petitions.repeat-rate.yoy_growth": (Fraction(39, 316) / Fraction(74, 351) - 1) * 100,
    "petitions.backlog-resolved": Fraction(26),
}
UNITS = {
    "land": "housing-bureau",
    "housing": "housing-bureau",
    "labour": "government-office",
    "environment": "ecology-bureau",
    "other": "urban-management",
}
MATTERS = ("housing", "land", "labour", "other", "environment", "housing", "land")
CHANNELS = ("web", "web", "visit", "call", "letter", "visit")


def make(rng: random.Random) -> Iterator[Item]:
    """351 petitions in 2021, 74 of them repeats, 316 and 39 in 2022, and 26 cases of the centre resolved."""
    writer = Writer(rng, "petitions-bureau", "demo.petitions")
    known: list[tuple[object, int, str]] = []  # record, person, matter of those that repeats name
    for year, (count, repeats) in YEARS.items():
        seconds = sorted(_arrival(rng, year) for _ in range(count))
        again = set(rng.sample(range(count // 5, count), repeats))
        for n, second in enumerate(seconds):
            yield from _petition(writer, second, n, known, again=n in again)
    yield from _voided(writer)
    yield from _backlog(writer)


def _arrival(rng: random.Random, year: int) -> int:
    """Mostly on working days; at weekends only a few come in, by the network."""
    while True:
        day = at(date(year, 1, 1), 0) + int(rng.random() * 365) * DAY
        if (day // DAY + 2) % 7 < 5 or rng.random() < 0.15:
            return day + 31_000 + int(rng.random() * 30_000)


def _petition(
    writer: Writer, second: int, n: int, known: list[tuple[object, int, str]], *, again: bool
) -> Iterator[Item]:
    rng = writer.rng
    person, matter = int(rng.random() * 3_000), MATTERS[n % len(MATTERS)]
    payload: dict[str, object] = {"channel": CHANNELS[int(rng.random() * len(CHANNELS))]}
    if again:
        first, person, matter = known[int(rng.random() * len(known))]
        payload["repeats"] = first
    payload |= {
        "matter": matter,
        "petitioner": who(person),
    }
    declined = not again and n % 20 == 11
    steps = _declined(rng, second) if declined else _answered(writer, second, n, matter)
    works = list(writer.works(PETITION, community(person)[0], payload, steps, second))
    if not declined and not again:
        known.append((works[0][1]["id"], person, matter))
    yield from works
    if n % 67 == 30:
        yield writer.amend(
            writer.next_month(works[-1][0]), works[0], "分类有误,季度复核更正(演示)", matter="other"
        )


def _declined(rng: random.Random, second: int) -> Steps:
    return [
        (
            second + (2 + int(rng.random() * 9)) * DAY,
            "decline",
            {"reason": "属诉讼事项,告知依法向法院提出(演示)"},
        )
    ]


def _answered(writer: Writer, second: int, n: int, matter: str) -> Steps:
    """Accepted, answered and closed; some with more time, some late, some through review and recheck."""
    rng, unit = writer.rng, {"officer": "demo.petition-unit"}
    now = second + (1 + int(rng.random() * 11)) * DAY
    steps: Steps = [(now, "accept", {"unit": UNITS[matter]})]
    if n % 25 == 8:
        steps.append((now + 50 * DAY, "extend", {"by": "30 days", "reason": "涉及多个部门,经批准延长(演示)"}))
        now += (62 + int(rng.random() * 25)) * DAY
    elif n % 61 == 5:
        steps.append((now + 58 * DAY, "urge", {}))
        now += (63 + int(rng.random() * 9)) * DAY
    else:
        now += (9 + int(rng.random() * 45)) * DAY
    steps.append((now, "answer", unit))
    if n % 13 == 6:
        steps += [(now + 9 * DAY, "ask_review", {}), (now + 31 * DAY, "review", {})]
        now += 31 * DAY
        if n % 39 == 6:
            steps += [(now + 12 * DAY, "ask_recheck", {}), (now + 38 * DAY, "recheck", {})]
            now += 38 * DAY
    now += (31 + int(rng.random() * 5)) * DAY
    close: Late = writer.late(now, "纸质卷宗归档时补录(演示)") if n % 83 == 40 else {}
    steps.append((now, "close", close))
    return steps


def _voided(writer: Writer) -> Iterator[Item]:
    """Registered twice at two windows, and taken back."""
    for n in range(5):
        second = at(date(2022, 2 + 2 * n, 14), 610)
        payload: dict[str, object] = {
            "channel": "visit",
            "matter": "other",
            "petitioner": who(n),
        }
        item = writer.write(second, "open", PETITION, community_at(n * 9), payload=payload)
        yield item
        yield writer.void(second + DAY, item, "两个窗口重复登记,作废(演示)")


def _backlog(writer: Writer) -> Iterator[Item]:
    """What the centre, the region and the city assigned: confirmed, sent back first, come back, or open."""
    plans = [("centre", year, n) for year, count in RESOLVED.items() for n in range(count)]
    plans += [("region", 2022, n) for n in range(8)] + [("city", 2021, n) for n in range(6)]
    for number, (by, year, n) in enumerate(plans, 1):
        start = at(date(year, 1, 8), 560) + n * 9 * DAY + number * 60
        steps: Steps = [
            (start + 4 * DAY, "take_charge", {"leader": f"演示·包案领导{number % 9 + 1:02d}"}),
            (
                start + 55 * DAY,
                "resolve",
                {
                    "officer": "demo.petition-unit",
                    "outcome": ("settled", "explained", "relieved")[number % 3],
                },
            ),
        ]
        done = start + 66 * DAY
        if number % 11 == 4:
            steps += [
                (done, "send_back", {"reason": "信访人未签订息访协议(演示)"}),
                (done + 18 * DAY, "resolve", {"officer": "demo.petition-unit", "outcome": "settled"}),
            ]
            done += 27 * DAY
        steps.append((done, "confirm", {}))
        if by == "city" and n == 2:
            again = done + 120 * DAY
            steps += [
                (again, "relapse", {"reason": "信访人再次上访(演示)"}),
                (again + 40 * DAY, "resolve", {"officer": "demo.petition-unit", "outcome": "settled"}),
                (again + 52 * DAY, "confirm", {}),
            ]
        payload: dict[str, object] = {"title": f"演示信访积案{number:03d}号", "assigned_by": by}
        yield from writer.works(BACKLOG, ROOT, payload, steps, start)
    for n in range(3):  # still being worked on at the end of the year
        start = at(date(2022, 10, 20 + n), 560)
        payload = {"title": f"演示信访积案(在办){n + 1}号", "assigned_by": "centre"}
        steps = [(start + 5 * DAY, "take_charge", {"leader": f"演示·包案领导{n + 1:02d}"})]
        yield from writer.works(BACKLOG, ROOT, payload, steps, start)
