"""What a printed figure can stand for: all that rounds to it; and exact arithmetic on such intervals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal, localcontext

from taizhang.reading.claim import Claim

# Units that are measured: a printed 12 may be 11.6. What is counted is what it is.
MONEY = frozenset(("元", "美元", "欧元", "港元", "日元", "英镑", "卢布"))
AREA = frozenset(("亩", "公顷", "平方米", "平方公里", "平方千米"))
LENGTH = frozenset(("公里", "千米", "米", "里", "华里", "海里"))
WEIGHT = frozenset(("吨", "公斤", "千克", "斤", "克", "担"))
_OTHERS = "千瓦 千瓦时 度 吨标准煤 % ‰ 个百分点 百分点 倍 立方 立方米 升 岁 天 小时 分 元/人 元/平方米 元/月"
MEASURED = MONEY | AREA | LENGTH | WEIGHT | frozenset(_OTHERS.split())
ROUNDED = "末位的零也可能是四舍五入 / closing zeros may be rounded"
"""Why a finding is no more than possible."""
_LARGE = Decimal(1000)
_MAGNITUDES = 40  # beyond 10^40 no report counts anything
_EXACT = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Interval) -> Interval:
        with localcontext(_EXACT):
            return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        with localcontext(_EXACT):
            return Interval(self.low - other.high, self.high - other.low)

    def percent_of(self, base: Interval) -> Interval | None:
        """This as a percentage of a base; None where the base may be zero or negative."""
        if base.low <= 0:
            return None
        with localcontext(_EXACT):
            ends = [100 * end / other for end in (self.low, self.high) for other in (base.low, base.high)]
        return Interval(min(ends), max(ends))

    def meets(self, other: Interval) -> bool:
        """Whether one value can be both."""
        return self.low <= other.high and other.low <= self.high


def _around(value: Decimal, step: Decimal) -> Interval:
    with localcontext(_EXACT):
        half = abs(step) / 2
        return Interval(value - half, value + half)


def value_of(claim: Claim) -> Decimal | None:
    """The printed value of a figure that states one; None of a bound, a range or an approximation."""
    if claim.bound != "exact" or claim.approx or claim.low is None or claim.low != claim.high:
        return None
    return claim.low if abs(claim.low.adjusted()) <= _MAGNITUDES else None


def printed(claim: Claim) -> Interval | None:
    """What rounds to the figure as printed; None where it states no single value.

    A whole number of things that are counted is exact; a measured one may have been rounded to its last
    place.
    """
    value = value_of(claim)
    if value is None:
        return None
    counted = claim.step == 1 and claim.unit not in MEASURED
    return Interval(value, value) if counted else _around(value, claim.step)


def round_number(claim: Claim) -> Interval | None:
    """What the figure can stand for if its closing zeros are rounded too: 12000人 as 11500 to 12500.

    Only of a thousand or more that ends in two zeros or more; any other is taken as `printed` takes it.
    """
    value = value_of(claim)
    if value is None or abs(value) < _LARGE:
        return printed(claim)
    digits, exponent = value.as_tuple().digits, int(value.as_tuple().exponent)
    zeros = exponent + len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return _around(value, max(claim.step, Decimal(1).scaleb(zeros))) if zeros >= 2 else printed(claim)


def plain(value: Decimal, places: int | None = None) -> str:
    """A number for people: no exponent, no closing zeros; rounded where places are given."""
    if places is not None:
        with localcontext(_EXACT):
            value = round(value, places)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
