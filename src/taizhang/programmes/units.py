"""Units as programme files write them: what they measure, and in what multiple.

`元`, `万元`, `微克/立方米`. Lawful measures (GB 3100) have a dimension and a scale; every other word
(`件`, `户`, `分`) counts things, each word its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

_SCALES: Mapping[str, Mapping[str, str]] = {
    "money": {
        "元": "1", "角": "1/10", "千元": "1000", "万元": "10000", "百万元": "1000000", "千万元": "10000000",
        "亿元": "100000000",
    },
    "mass": {
        "微克": "1/1000000", "毫克": "1/1000", "克": "1", "公斤": "1000", "千克": "1000", "吨": "1000000",
        "万吨": "10000000000",
    },
    "length": {"毫米": "1/1000", "厘米": "1/100", "米": "1", "公里": "1000", "千米": "1000"},
    "area": {
        "平方米": "1", "平米": "1", "㎡": "1", "m²": "1", "亩": "2000/3", "公顷": "10000",
        "平方公里": "1000000", "平方千米": "1000000",
    },
    "volume": {"毫升": "1/1000000", "升": "1/1000", "立方米": "1"},
    "time": {"秒": "1", "分钟": "60", "小时": "3600", "天": "86400", "日": "86400"},
}  # fmt: skip
"""Dimension → unit → how many of the dimension's unit of 1 it is."""

_LAWFUL = {
    word: (dimension, Fraction(scale))
    for dimension, table in _SCALES.items()
    for word, scale in table.items()
}
_SHARES = {"%": Fraction(1, 100), "％": Fraction(1, 100), "‰": Fraction(1, 1000), "比率": Fraction(1)}
_COUNTED = "counted "
_ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a number measures.

    `dims` is dimension → power; None where nobody said. `scale` is what 1 of it is in the dimension's first
    unit, and `factor` the product of the plain numbers that it was multiplied by, which may turn one multiple
    into another (`sum(cost) / 10000` is in 万元) or be weights. `text` is for messages.
    """

    dims: Mapping[str, int] | None
    scale: Fraction = _ONE
    factor: Fraction = _ONE
    text: str = ""
    plain: bool = False  # a number as it is written

    def times(self, other: Quantity, power: int = 1) -> Quantity:
        """This multiplied by the other (or, with power -1, divided by it)."""
        dims = None
        if self.dims is not None and other.dims is not None:
            powers = {name: self.dims.get(name, 0) + power * other.dims.get(name, 0)
                      for name in {**self.dims, **other.dims}}  # fmt: skip
            dims = {name: power for name, power in powers.items() if power}
        sign = "×" if power > 0 else "/"
        text = sign.join(part.text or "1" for part in (self, other) if part.text or not part.plain)
        scale, factor = self.scale * other.scale**power, self.factor * other.factor**power
        return Quantity(dims, scale, factor, text, self.plain and other.plain)


UNKNOWN = Quantity(None)
COUNT = Quantity({}, text="个数")


def plain(value: Fraction) -> Quantity:
    """A number as it is written."""
    return Quantity({}, factor=value or _ONE, plain=True)


def quantity(unit: str) -> Quantity:
    """What a number in this unit measures; UNKNOWN for ""."""
    if not unit.strip():
        return UNKNOWN
    first, *below = [part.strip() for part in unit.split("/")]
    found = _atom(first)
    for part in below:
        found = found.times(_atom(part), -1)
    return replace(found, text=unit)


def _atom(word: str) -> Quantity:
    if word in _SHARES:
        return Quantity({}, _SHARES[word], text=word)
    if word in _LAWFUL:
        dimension, scale = _LAWFUL[word]
        return Quantity({dimension: 1}, scale, text=word)
    return Quantity({_COUNTED + word: 1}, text=word)


def _lawful(dims: Mapping[str, int]) -> dict[str, int]:
    return {name: power for name, power in dims.items() if not name.startswith(_COUNTED)}


def _same_scale(left: Quantity, right: Quantity) -> bool:
    return left.scale == right.scale or left.scale / left.factor == right.scale / right.factor


def together(left: Quantity, right: Quantity) -> Quantity | None:
    """What the two are when they are added or compared; None where they cannot be.

    A plain number takes the other's unit, and a count goes with any counting word.
    """
    if left.dims is None or right.dims is None:
        return UNKNOWN
    if left.plain or right.plain:
        return right if left.plain else left
    if left.dims != right.dims:
        counts = not _lawful(left.dims) and not _lawful(right.dims) and not (left.dims and right.dims)
        if not counts:
            return None
    if not _same_scale(left, right):
        return None
    if left.scale == right.scale:
        return left if left.dims else right
    return replace(left, scale=left.scale / left.factor, factor=_ONE)


def misfit(found: Quantity, unit: str, *, rate: bool = False) -> str | None:
    """Why a figure of `found` cannot be printed in `unit`, in words; None where it can.

    Things counted may be left out of what is divided by (a mean in 元 may be 元/户). `rate`: the figure is
    multiplied by what % or ‰ asks for.
    """
    wanted = quantity(unit)
    if found.dims is None or wanted.dims is None or found.plain:
        return None
    if rate and unit in _SHARES:
        wanted = Quantity(wanted.dims, text=wanted.text)
    if not _same_things(found.dims, wanted.dims or {}):
        text = found.text or "个数"
        return f"算出的是{text},不是{unit} / computed in {text}, not in {unit}"
    if found.scale == wanted.scale or found.scale / found.factor == wanted.scale:
        return None
    ratio = wanted.scale / found.scale
    by = f"/ {ratio}" if ratio.denominator == 1 else f"* {1 / ratio}"
    return f"算出的是{found.text},要成为{unit}须写 … {by} / in {found.text}; for {unit} write … {by}"


def _same_things(found: Mapping[str, int], wanted: Mapping[str, int]) -> bool:
    """Whether both measure the same, or count the same things."""
    if _lawful(found) or _lawful(wanted):
        return _lawful(found) == _lawful(wanted)
    above = [{name for name, power in dims.items() if power > 0} for dims in (found, wanted)]
    return above[0] == above[1] or not all(above)
