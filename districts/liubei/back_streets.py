"""Back streets: six accepted in 2022 and four in 2021, repairs under warranty, and what went otherwise."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from .clock import DAY, at, in_hours
from .places import community_at
from .writing import Item, Steps, Writer

NAME = "back-streets"
BODIES: dict[str, str] = {}
ROLES = (("demo.streets", "street-clerk", NAME), ("demo.streets-inspector", "street-inspector", NAME))
TARGETS = (("back-streets.streets", "6"),)
STREET = f"{NAME}.street"
LENGTHS = {2021: (310, 265, 420, 190), 2022: (280, 455, 340, 225, 510, 375)}
EXPECTED = {
    "back-streets.streets": Fraction(len(LENGTHS[2022])),
    "back-streets.length": Fraction(sum(LENGTHS[2022])),
}
PRICE = 3_150
"""Yuan a metre."""


def make(rng: random.Random) -> Iterator[Item]:
    """Streets accepted, one after rework; two in works, one listed, one cancelled, one entered twice."""
    writer = Writer(rng, "urban-management", "demo.streets")
    number = 0
    for year, lengths in LENGTHS.items():
        for n, length in enumerate(lengths):
            number += 1
            yield from _accepted(writer, year, number, n, length)
    for n in range(5):
        number += 1
        opened = at(date(2022, 8, 15 + n), 560)
        payload = _payload(number, 150 + 40 * n)
        asked: dict[str, object] = {"asked": 40 + n, "agreed": 12 if n == 2 else 36}
        steps: Steps = [(opened + 20 * DAY, "ask", asked)]
        if n < 2:
            steps.append((opened + 70 * DAY, "start", {}))
        elif n == 2:
            steps.append((opened + 30 * DAY, "cancel", {"reason": "同意户数未达三分之二,取消(演示)"}))
        works = list(writer.works(STREET, _place(number), payload, steps if n < 3 else [], opened))
        yield from works
        if n == 4:
            yield writer.void(writer.next_month(opened), works[0], "与已登记街巷重复,作废(演示)")


def _place(number: int) -> str:
    return community_at(number * 9 % 64)


def _payload(number: int, length: int) -> dict[str, object]:
    return {"name": f"演示巷{number:02d}", "length": length, "budget": f"{length * 3_300}.00"}


def _accepted(writer: Writer, year: int, number: int, n: int, length: int) -> Iterator[Item]:
    opened = in_hours(at(date(year, 1, 10) + timedelta(days=6 * n), 560))
    start = opened + (55 + 9 * n) * DAY
    done = start + (131 if (year, n) == (2021, 2) else 70 + 5 * n) * DAY
    settled = length * PRICE + int(writer.rng.random() * 9_000)
    steps: Steps = [
        (opened + 25 * DAY, "ask", {"asked": 60 + 11 * n, "agreed": 55 + 10 * n}),
        (start, "start", {}),
        (done, "complete", {}),
    ]
    inspector: dict[str, object] = {"officer": "demo.streets-inspector"}
    if n == 1:
        again = inspector | {"reason": "路面平整度未达标,返工(演示)"}
        steps += [(done + 3 * DAY, "rework", again), (done + 18 * DAY, "complete", {})]
        done += 18 * DAY
    accepted = in_hours(done + 9 * DAY)
    wrong = n == 2
    accept = inspector | {
        "settled": f"{settled + (50_000 if wrong else 0)}.00",
        "retained": f"{settled * (3 if n % 2 else 2) // 100}.00",
    }
    if n == 3:
        accept |= writer.late(accepted, "结算审定较晚,次月补录(演示)")
    steps.append((accepted, "accept", accept))
    if n == 0:
        steps.append((accepted + 95 * DAY, "repair", {"reason": "井盖松动,质保期内修复(演示)"}))
    works = list(writer.works(STREET, _place(number), _payload(number, length), steps, opened))
    yield from works
    if wrong:
        yield writer.amend(
            writer.next_month(accepted), works[0], "按审计结论更正结算价款(演示)", settled=f"{settled}.00"
        )
