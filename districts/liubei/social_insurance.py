"""The insured of each town at each month's end, reconciled with the region's system, then replaced."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from .clock import at, in_next_month
from .places import TOWN_AREAS
from .writing import Item, Writer

NAME = "social-insurance"
BODIES = {"human-resources-bureau": "人力资源和社会保障局"}
ROLES = (
    ("demo.insurance", "insurance-clerk", NAME),
    ("demo.insurance-accountant", "insurance-accountant", NAME),
)
TARGETS: tuple[tuple[str, str], ...] = ()
TYPE = f"{NAME}.month-end"
# Insured and receiving at the end of 2022 by town; villagers are insured more often than townspeople.
INSURED = (1_420, 1_380, 1_510, 1_260, 1_190, 1_640, 2_230, 2_170, 3_980, 4_120, 3_100)
RECEIVING = (510, 470, 560, 430, 420, 590, 810, 760, 1_480, 1_530, 1_140)
EXPECTED = {
    f"{NAME}.insured": Fraction(sum(INSURED)),
    f"{NAME}.receiving": Fraction(sum(RECEIVING)),
}
LAST = 12
SLOW = (8, 6)
"""Town and month whose reconciling took until the month after the next."""


def make(rng: random.Random) -> Iterator[Item]:
    """24,000 insured at the end of 2022, a few fewer each month before."""
    clerk = Writer(rng, "human-resources-bureau", "demo.insurance")
    for town, (area, _, _) in enumerate(TOWN_AREAS):
        for month in range(LAST + 1):
            yield from _month_end(clerk, town, area, month)
    payload = _payload(0, 6) | {"as_of": "2022-06-15"}
    item = clerk.write(at(date(2022, 6, 16), 600), "open", TYPE, TOWN_AREAS[0][0], payload=payload)
    yield item
    yield clerk.void(at(date(2022, 6, 17), 600), item, "非月末数,作废(演示)")


def _end(month: int) -> date:
    """The last day of a month of 2022; month 0 is December 2021."""
    return in_next_month(2022, month, 1) - timedelta(days=1)


def _payload(town: int, month: int) -> dict[str, object]:
    before = LAST - month
    insured, receiving = INSURED[town] - before * (3 + town % 4), RECEIVING[town] - before * (1 + town % 3)
    return {
        "as_of": _end(month).isoformat(),
        "insured": insured,
        "paying": (insured - receiving) * (78 + town % 5) // 100,
        "receiving": receiving,
        "document": f"演示文件:{_end(month):%Y年%m月}城乡居民养老保险统计月报(合成)",
    }


def _month_end(clerk: Writer, town: int, area: str, month: int) -> Iterator[Item]:
    """Stated in the first days of the next month, reconciled in its middle, replaced at its end."""
    stated = at(_end(month) + timedelta(days=3), 540 + town * 7)
    wrong = (town * 13 + month) % 37 == 9
    payload = _payload(town, month)
    right = payload["paying"]
    if wrong:
        payload["paying"] = int(str(right)) + 10
    item = clerk.write(stated, "open", TYPE, area, payload=payload)
    yield item
    record = item[1]["id"]
    late: dict[str, object] = {}
    after = _end(month) + timedelta(days=10 + int(clerk.rng.random() * 8))
    if (town, month) == SLOW:
        after = _end(month + 1) - timedelta(days=3)
        late = {
            "entered": at(_end(month + 1) + timedelta(days=12), 600),
            "reason": "对账单寄达较晚,补录(演示)",
        }
    accountant = clerk.colleague("demo.insurance-accountant")
    yield accountant.write(
        at(after, 600 + town), "step", TYPE, area,
        record=record, step="reconcile", payload={"difference": 10 if wrong else 0}, **late,
    )  # fmt: skip
    if wrong:
        yield clerk.amend(at(after, 640 + town), item, "对账发现缴费人数多计,更正(演示)", paying=right)
    if month == LAST:
        return
    entered = at(_end(month + 1) + timedelta(days=3), 530)
    if late:
        late["entered"] = at(_end(month + 1) + timedelta(days=12), 660)
    yield clerk.write(
        at(_end(month + 1), 0), "step", TYPE, area,
        record=record, step="replace", **({"entered": entered} | late),
    )  # fmt: skip
