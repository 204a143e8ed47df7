"""Spending by function and month as the treasury's system totals it, and the budget of the year."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from .clock import at, in_next_month
from .places import ROOT
from .writing import Item, Late, Writer

NAME = "livelihood-budget"
BODIES = {"finance-bureau": "财政局"}
ROLES = (("demo.treasury", "treasury-clerk", NAME), ("demo.budget", "budget-clerk", NAME))
TARGETS = ((f"{NAME}.share", "80"),)
SPENDING, BUDGET = f"{NAME}.spending", f"{NAME}.budget"
# Function → yuan spent in the year; the first group is what counts as livelihood.
LIVELIHOOD = {
    "205": 486_300_000, "206": 21_450_000, "207": 14_620_000, "208": 318_900_000, "210": 171_240_000,
    "211": 26_380_000, "212": 208_760_000, "213": 83_150_000, "214": 7_940_000, "216": 5_610_000,
    "220": 9_270_000, "221": 92_480_000, "222": 3_060_000, "224": 12_894_020,
}  # fmt: skip
OTHER = {"201": 151_340_000, "203": 1_180_000, "204": 46_925_980, "215": 13_700_000, "232": 9_000_000}
SPENT = LIVELIHOOD | OTHER
EXPECTED = {
    f"{NAME}.share": Fraction(100 * sum(LIVELIHOOD.values()), sum(SPENT.values())),
    f"{NAME}.livelihood": Fraction(sum(LIVELIHOOD.values())),
    f"{NAME}.spent": Fraction(sum(SPENT.values())),
}
MONTHS = (6, 7, 8, 7, 8, 10, 7, 7, 9, 7, 9, 15)
"""Of a hundred parts of the year's spending, those of each month."""

ADJUSTED = {"210": 12_000_000, "212": -9_000_000}


def make(rng: random.Random) -> Iterator[Item]:
    """A total for each function and month, some late or corrected; the budget, adjusted in August."""
    treasury = Writer(rng, "finance-bureau", "demo.treasury")
    for order, (function, spent) in enumerate(SPENT.items()):
        for month, amount in enumerate(_monthly(rng, spent), 1):
            yield from _stated(treasury, function, month, amount, order)
    yield from _mistake(treasury)
    yield from _budget(treasury.colleague("demo.budget"))


def _monthly(rng: random.Random, spent: int) -> list[int]:
    """The year's sum by month, in yuan: December takes the rest."""
    parts = [int(spent * share * (0.85 + rng.random() * 0.3)) // 100 for share in MONTHS[:-1]]
    return [*parts, spent - sum(parts)]


def _stated(writer: Writer, function: str, month: int, amount: int, order: int) -> Iterator[Item]:
    day = in_next_month(2022, month, 6)
    second = at(day, 545 + order)
    payload: dict[str, object] = {
        "function": function,
        "month": f"2022-{month:02d}-01",
        "amount": f"{amount}.00",
        "document": f"演示文件:2022年{month}月一般公共预算执行月报(合成)",
    }
    wrong = (order * 12 + month) % 61 == 7
    if wrong:
        payload["amount"] = f"{amount + 100_000}.00"
    late: Late = (
        writer.late(second, "国库对账后补报(演示)") if (function, month) in (("224", 7), ("232", 3)) else {}
    )
    item = writer.write(second, "open", SPENDING, ROOT, payload=payload, **late)
    yield item
    if wrong:
        yield writer.amend(
            writer.next_month(item[0]), item, "科目调整,按更正后的月报更正(演示)", amount=f"{amount}.00"
        )


def _mistake(writer: Writer) -> Iterator[Item]:
    payload = {
        "function": "205",
        "month": "2023-02-01",
        "amount": "1000000.00",
        "document": "演示文件:2022年2月执行快报(合成)",
    }
    item = writer.write(at(date(2022, 2, 9), 560), "open", SPENDING, ROOT, payload=payload)
    yield item
    yield writer.void(at(date(2022, 2, 10), 560), item, "年份误填,作废(演示)")


def _budget(writer: Writer) -> Iterator[Item]:
    for order, (function, spent) in enumerate(SPENT.items()):
        budgeted = spent // 97 * 100 - ADJUSTED.get(function, 0)
        payload = {
            "function": function,
            "year": 2022,
            "amount": f"{budgeted}.00",
            "resolution": "演示文件:关于2022年预算的决议(合成)",
        }
        item = writer.write(at(date(2022, 1, 24), 600 + order), "open", BUDGET, ROOT, payload=payload)
        yield item
        if more := ADJUSTED.get(function):
            yield writer.write(
                at(date(2022, 8, 26), 600 + order), "step", BUDGET, ROOT,
                record=item[1]["id"], step="adjust", reason="人大常委会批准预算调整(演示)",
                payload={"amount": f"{budgeted + more}.00", "resolution": "演示文件:预算调整决议(合成)"},
            )  # fmt: skip
        yield writer.write(
            at(date(2023, 1, 3), 600 + order), "step", BUDGET, ROOT, record=item[1]["id"], step="lapse"
        )
