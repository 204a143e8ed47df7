"""The period that a claim speaks of, where its clause says a shorter one than the text's year."""

from __future__ import annotations

import re

from taizhang.values import Grain, Period, parse_period

_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_SPAN = re.compile(
    r"前[一二三四五六七八九十\d]+个?(?:月|季度)|\d{1,2}\s?[-—–~至到]\s?\d{1,2}月|截[至止]\D{0,4}\d{1,2}月|\d{1,2}月以来"
)
_QUARTER = re.compile(r"第?([一二三四1-4])季度")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])月份?(?!\d{1,2}日)")
_END = re.compile(r"[末底]")


def period_of(said: str, clause: str) -> Period | None:
    """The period that a claim is for: `said` by the reader, made shorter by the words of its clause.

    None when `said` is no period, or when the clause speaks of a span that is no period of ours (前三季度,
    1—11月): such a figure cannot be computed, and the year's must not stand in for it.
    """
    try:
        period = parse_period(said)
    except ValueError:
        return None
    if period.grain is not Grain.YEAR:
        return period
    if _SPAN.search(clause):
        return None
    if "上半年" in clause or "下半年" in clause:
        return parse_period(f"{said}-H{1 if '上半年' in clause else 2}")
    if quarter := _QUARTER.search(clause):
        return parse_period(f"{said}-Q{_QUARTERS[quarter.group(1)]}")
    month = _MONTH.search(clause)
    if month is None:
        return period
    # 6月底: how many stand then, or how many so far? Only December's end is the year's too.
    if _END.match(clause, month.end()):
        return period if month.group(1) == "12" else None
    return parse_period(f"{said}-{int(month.group(1)):02d}")
