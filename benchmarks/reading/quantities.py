"""Quantities as every reader can give them, a number and a unit; when two agree; a plain expression."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

MONEY = frozenset({"元", "美元", "港元", "欧元", "日元", "英镑"})
MAGNITUDES = {"": 1, "百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8, "万亿": 10**12}
# As one writes it in an afternoon: digits, a magnitude, one of the common units.
QUANTITY = re.compile(
    r"(\d+(?:\.\d+)?)\s*(万亿|亿|万|千|百)?[多余]?\s*"
    r"(%|‰|个百分点|倍|美元|港元|元|人次|人|名|户|家|个|件|项|亩|公顷|平方公里|公里|平方米|立方米|吨|公斤|斤"
    r"|千瓦时|千瓦|度|套|所|处|条|台|辆|架|艘|位|次|场|座|只|头|担|种|部|岁|小时)"
)
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")


@dataclass(frozen=True, slots=True)
class Quantity:
    """The numbers of one quantity without their signs (two of a range), and its unit as printed."""

    numbers: frozenset[Decimal]
    unit: str


def quantity(low: Decimal | None, high: Decimal | None, unit: str) -> Quantity:
    return Quantity(frozenset(abs(number) for number in (low, high) if number is not None), unit)


def plain_expression(text: str) -> list[Quantity]:
    """The regular expression above, after full-width characters are made narrow."""
    narrow = THOUSANDS.sub("", unicodedata.normalize("NFKC", text))
    return [
        quantity(number, number, unit)
        for digits, magnitude, unit in QUANTITY.findall(narrow)
        for number in [Decimal(digits) * MAGNITUDES[magnitude]]
    ]


@dataclass(slots=True)
class Tally:
    found: int = 0
    labelled: int = 0
    matched: int = 0

    def add(self, labels: Sequence[Quantity], found: Sequence[Quantity], with_unit: bool) -> None:
        left = list(found)
        for label in labels:
            same = next((one for one in left if agree(label, one, with_unit)), None)
            if same is not None:
                left.remove(same)
                self.matched += 1
        self.found += len(found)
        self.labelled += len(labels)

    def __str__(self) -> str:
        if not self.found:
            return "– | – | –"
        precision, recall = self.matched / self.found, self.matched / self.labelled
        return f"{precision:.3f} | {recall:.3f} | {2 * self.matched / (self.found + self.labelled):.3f}"


def agree(label: Quantity, found: Quantity, with_unit: bool) -> bool:
    """One number in common is enough: a peer that says only one end of a range is not punished for it."""
    return bool(label.numbers & found.numbers) and (not with_unit or label.unit == found.unit)
