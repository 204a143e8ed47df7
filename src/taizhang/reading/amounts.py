"""Number with measure: how much of what base unit; shares, fractions, tenths and multiples too."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from taizhang.reading.measures import MEASURES, measure_at, open_measure, persons_at
from taizhang.reading.numerals import DIGITS, Numeral, chinese_value, match_numeral

SHARES = {"百": "%", "千": "‰", "万": "‱"}
_SHARE = re.compile(r"(?P<den>[百千万]|[二三四五六七八九十]{1,3}|\d{1,4})分之")
_SLASH = re.compile(r"(?<![\d/.])(?P<num>\d{1,2})/(?P<den>\d{1,2})(?![\d/年月])")
_TENTHS = re.compile(
    r"成(?P<five>[一二三四五六七八九](?=$|[，,。；;、的]|左右|以上|提高|增|降|上升|减少))?(?=半|$|左右|以上|以下|多|[，,。；;、的用来]|提高|增|降|上升|减少)(?P<half>半)?"
)
_TIMES = re.compile(r" ?倍(?P<half>半(?!导))?")
# 两个多百分点, 8个多月, 3个以上百分点
_ODD_MEASURE = re.compile(r" ?个(?:多|以上)(?P<word>百分点|千分点|月|小时|世纪|星期|基点)")
_BOUND_FIRST = re.compile(r"以上|左右|以下|多(?=[\u4e00-\u9fff])")
HALF = re.compile(r"一半|半数")


class Amount(NamedTuple):
    """A number with its measure. `numeral` is None for halves; `rule` says what made it."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    step: Decimal
    odd: bool
    unit: str
    numeral: Numeral | None
    rule: str


def _of(numeral: Numeral, start: int, end: int, unit: str, rule: str, factor: Decimal = Decimal(1)) -> Amount:
    low, high, step = numeral.low * factor, numeral.high * factor, numeral.step * factor
    return Amount(start, end, low, high, step, numeral.odd, unit, numeral, rule)


def _share(text: str, position: int) -> Amount | None:
    match = _SHARE.match(text, position)
    numeral = match_numeral(text, match.end()) if match else None
    if match is None or numeral is None:
        return None
    if match["den"] in SHARES:
        return _of(numeral, position, numeral.end, SHARES[match["den"]], "share")
    parts = Decimal(match["den"]) if match["den"].isdigit() else chinese_value(match["den"])
    if not parts or numeral.high > parts:
        return None
    return _fraction(numeral.low, numeral.high, parts, position, numeral.end, numeral)


def _fraction(
    low: Decimal, high: Decimal, parts: Decimal, start: int, end: int, numeral: Numeral | None
) -> Amount:
    """Three quarters are 75 %; what has no finite decimals is kept to 28 digits."""
    odd = bool(numeral and numeral.odd)
    return Amount(
        start, end, low * 100 / parts, high * 100 / parts, Decimal(1), odd, "%", numeral, "fraction"
    )


def _bare_share(text: str, position: int) -> Amount | None:
    """1/3; 一半."""
    if slash := _SLASH.match(text, position):
        num, den = Decimal(slash["num"]), Decimal(slash["den"])
        if 0 < num < den <= 12:
            return _fraction(num, num, den, position, slash.end(), None)
    if half := HALF.match(text, position):
        fifty = Decimal(50)
        return Amount(position, half.end(), fifty, fifty, Decimal(1), False, "%", None, "half")
    return None


def amount_at(text: str, position: int) -> Amount | None:
    """The amount that begins at this place of a masked text; its unit is "" where no measure follows."""
    if found := _share(text, position) or _bare_share(text, position):
        return found
    numeral = match_numeral(text, position)
    if numeral is None:
        return None
    end = numeral.end
    if times := _TIMES.match(text, end):
        found = _of(numeral, position, times.end(), "倍", "times")
        return _half_more(found, times["half"], Decimal("0.5"))
    if numeral.high <= 10 and (tenths := _TENTHS.match(text, end)):
        found = _of(numeral, position, tenths.end(), "%", "tenths", Decimal(10))
        five = Decimal(DIGITS[tenths["five"]]) if tenths["five"] else Decimal(5)
        return _half_more(found, tenths["half"] or tenths["five"], five)
    if odd := _ODD_MEASURE.match(text, end):
        return _of(numeral, position, odd.end(), "个" + odd["word"], "measure")._replace(odd=True)
    if measure := measure_at(text, end):
        return _of(numeral, position, measure[1], measure[0], "measure")
    if numeral.scaled or numeral.high >= 1000:
        bound = _BOUND_FIRST.match(text, end)
        if unit := persons_at(text, position, bound.end() if bound else end):
            return _of(numeral, position, end, unit, "persons")
    if (not numeral.chinese or numeral.scaled) and (measure := open_measure(text, end)):
        return _of(numeral, position, measure[1], MEASURES.get(measure[0], measure[0]), "open-measure")
    return _of(numeral, position, end, "", "number")


def _half_more(amount: Amount, half: str | None, more: Decimal) -> Amount:
    if not half:
        return amount
    return amount._replace(low=amount.low + more, high=amount.high + more, step=more)
