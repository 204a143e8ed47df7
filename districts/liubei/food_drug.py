"""Businesses by tier, the officers who answer for them, their quarterly visits and what these found."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction

from .clock import DAY, at
from .places import community_at
from .writing import Item, Late, Steps, Writer

NAME = "food-drug-safety"
BUSINESS, DUTY, FINDING = "food-drug-safety.business", "food-drug-safety.duty", "food-drug-safety.finding"
BODIES: Mapping[str, str] = {"market-bureau": "市场监督管理局"}
ROLES = (
    ("demo.market", "market-clerk", NAME),
    ("demo.food-office", "food-safety-office", NAME),
    ("demo.food-officer", "officer-in-charge", NAME),
)
TARGETS = (("food-drug-safety.coverage", "100"), ("food-drug-safety.visits-done", "95"))
# Tier, level of its officer, and how many businesses.
TIERS = (("a", "city", 2), ("b", "district", 8), ("c", "town", 40), ("d", "village", 70))
CLOSED, MISPLACED, FOUND = 4, 3, 21
KINDS = (("catering", "餐饮店"), ("sale", "食品店"), ("pharmacy", "药店"), ("production", "食品厂"))
TERM = date(2022, 7, 1), date(2024, 12, 31)
BUSINESSES = sum(count for _, _, count in TIERS)
EXPECTED: Mapping[str, Fraction] = {
    "food-drug-safety.duties": Fraction(BUSINESSES - CLOSED),
    "food-drug-safety.coverage": Fraction(100),
    "food-drug-safety.level-matched": Fraction(100 * (BUSINESSES - CLOSED - MISPLACED), BUSINESSES - CLOSED),
    "food-drug-safety.findings-closed": Fraction(FOUND),
}


def make(rng: random.Random) -> Iterator[Item]:
    """120 businesses with their officers from July 2022 on, four of them closed; visits and findings."""
    market = Writer(rng, "market-bureau", "demo.market")
    office = market.colleague("demo.food-office")
    number = 0
    for tier, level, count in TIERS:
        for _ in range(count):
            yield from _business(market, office, number, tier, level)
            number += 1
    twice: dict[str, object] = {
        "name": "演示重复登记店",
        "kind": "sale",
        "tier": "d",
        "licence": "演示许可重复",
    }
    item = market.write(at(date(2022, 5, 11)), "open", BUSINESS, community_at(4), payload=twice)
    yield item
    yield market.void(at(date(2022, 5, 13)), item, "与已登记主体重复,作废(演示)")


def _business(market: Writer, office: Writer, number: int, tier: str, level: str) -> Iterator[Item]:
    area = community_at(number * 7)
    kind, word = KINDS[number % 4]
    payload: dict[str, object] = {
        "name": f"演示{word}{number + 1:03d}号",
        "kind": kind,
        "tier": tier,
        "licence": f"演示许可{number + 1:04d}",
    }
    opened = at(date(2021, 2, 1) + timedelta(days=number * 2), 600)
    closed = number >= BUSINESSES - CLOSED
    shut = at(date(2022, 11, 21), 600 + number)
    item = market.write(opened, "open", BUSINESS, area, payload=payload)
    yield item
    if number % 37 == 9:
        yield market.amend(
            market.next_month(opened),
            item,
            "许可证号抄录有误,更正(演示)",
            licence=f"演示许可{number + 1:04d}甲",
        )
    if closed:
        yield market.write(shut, "step", BUSINESS, area, record=item[1]["id"], step="close")
    duty: dict[str, object] = {
        "business": item[1]["id"],
        "tier": tier,
        "officer": f"演示·包保干部{number % 44 + 1:02d}",
        "level": "village" if tier == "c" and number % 13 == 11 else level,
        "term_from": TERM[0].isoformat(),
        "term_to": TERM[1].isoformat(),
    }
    began = office.write(
        at(TERM[0], 0), "open", DUTY, area, entered=at(TERM[0], 520) + number * 60, payload=duty
    )
    yield began
    yield from _visits(office, number, area, began[1]["id"])
    if closed:
        yield office.write(shut + 3600, "step", DUTY, area, record=began[1]["id"], step="end")
    if number % 5 == 1 and number < FOUND * 5:
        yield from _finding(office, number, area, began[1]["id"])


def _visits(writer: Writer, number: int, area: str, duty: object) -> Iterator[Item]:
    """A visit in each of two rounds of 91 days; one in thirty not made, a few noted weeks later."""
    for turn in range(2):
        if (number + 17 * turn) % 30 == 11:
            continue
        day = TERM[0] + timedelta(days=turn * 91 + 3 + int(writer.rng.random() * 80))
        late: Late = (
            writer.late(at(day, 640), "督导记录表纸质留存,补录(演示)") if (number + turn) % 59 == 20 else {}
        )
        if number >= BUSINESSES - CLOSED and turn:
            continue  # it closed before its second visit
        yield writer.write(
            at(day, 640), "step", DUTY, area,
            record=duty, step="visit", officer="demo.food-officer", payload={"on": day.isoformat()}, **late,
        )  # fmt: skip


def _finding(writer: Writer, number: int, area: str, duty: object) -> Iterator[Item]:
    """Found on a visit, handed over, rectified and struck off within the year; some reworked or late."""
    found = at(date(2022, 7, 20) + timedelta(days=number), 660)
    rectified = found + (30 if number % 25 == 11 else 4 + number % 11) * DAY
    market: dict[str, object] = {"officer": "demo.market"}
    steps: Steps = [
        (found + DAY, "hand_over", {"officer": "demo.food-officer"}),
        (rectified, "rectify", market),
    ]
    if number % 35 == 6:
        steps += [
            (rectified + DAY, "rework", {"reason": "复查仍不到位(演示)"}),
            (rectified + 6 * DAY, "rectify", market),
        ]
        rectified += 6 * DAY
    steps.append((rectified + 2 * DAY, "close", {}))
    payload: dict[str, object] = {
        "duty": duty,
        "kind": ("hygiene", "records", "licence", "expired")[number % 4],
    }
    yield from writer.works(FINDING, area, payload, steps, found, by="demo.food-officer")
