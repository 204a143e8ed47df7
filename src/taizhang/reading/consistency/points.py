"""A change of a rate printed in percent: points or a part of the rate? The text says only one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.reading.claim import TextFinding
from taizhang.reading.consistency.interval import Interval, plain, printed, value_of
from taizhang.reading.consistency.neighbours import FROM, Neighbours

_RATE = re.compile(r"(?:率|比重|占比|份额|比例)$")
_NO_PERCENTAGE = re.compile(r"(?:生产率|效率|汇率|频率|速率|功率|倍率|周转率|换手率|增长率|增速|密度)$")
_LARGE = Decimal(10)  # a rate rarely moves by more points in a year


def changes_of_rates(near: Neighbours) -> Iterator[TextFinding]:
    """优良率92.1%,同比上升0.4%: for a rate, a percentage of itself and percentage points are two things."""
    claims = near.claims
    for number, claim in enumerate(claims):
        if claim.kind != "change" or claim.unit != "%" or value_of(claim) is None:
            continue
        subject = claim.subject if _RATE.search(claim.subject) else _from_what(near, number)
        if not _RATE.search(subject) or _NO_PERCENTAGE.search(subject):
            continue
        change = abs(value_of(claim) or Decimal(0))
        level = claims[number - 1] if number and near.same_sentence(number - 1, number) else None
        points = _points_from_levels(near, number, change)
        if points:
            yield points
        elif level and (level.unit, level.kind, level.subject) == ("%", "level", subject) and value_of(level):
            yield _beside_level(near, number, value_of(level) or Decimal(0), change)
        elif change >= _LARGE:
            arithmetic = (
                f"{subject}的变动写作 {plain(change)}%:若是百分点,此前的比率须在 {plain(change)}% 以上"
                f" / read as points the rate before was at least {plain(change)} %"
            )
            why = "多半是相对变动,文中没有比率本身可核 / most likely relative; the rate itself is not given"
            yield near.finding("relative-change-of-rate", [number], arithmetic, "possible", why)


def _from_what(near: Neighbours, number: int) -> str:
    """What a change told from two levels is of (覆盖率由38%提高到41%,提高3%); empty where there are none."""
    pair = near.claims[max(0, number - 2) : number]
    if len(pair) < 2 or any((each.unit, each.kind) != ("%", "level") for each in pair):
        return ""
    before = near.before(number - 2)
    return FROM.sub("", before) if FROM.search(before) and near.same_sentence(number - 2, number) else ""


def _points_from_levels(near: Neighbours, number: int, change: Decimal) -> TextFinding | None:
    """由44%提高到45%,即提高1%: the difference is the points, no part of the rate."""
    if number < 2 or not near.same_sentence(number - 2, number) or not near.same_sentence(number - 1, number):
        return None
    one, two = near.claims[number - 2], near.claims[number - 1]
    if (one.unit, one.kind, two.unit, two.kind) != ("%", "level", "%", "level"):
        return None
    before, after, claim = printed(one), printed(two), printed(near.claims[number])
    if before is None or after is None or claim is None or not FROM.search(near.before(number - 2)):
        return None
    said = claim if claim.low >= 0 else Interval(-claim.high, -claim.low)
    differences = (after - before, before - after)
    relative = [share for each in differences if (share := each.percent_of(before))]
    if any(each.meets(said) for each in relative) or not any(each.meets(said) for each in differences):
        return None
    values = [plain(value_of(each) or Decimal(0)) for each in (one, two)]
    arithmetic = (
        f"由 {values[0]}% 到 {values[1]}% 是 {plain(change)} 个百分点,不是 {plain(change)}%"
        f" / from {values[0]} % to {values[1]} % is {plain(change)} points, not per cent"
    )
    why = "前后两个比率都在文中 / both rates are given"
    return near.finding("percentage-points", [number - 2, number - 1, number], arithmetic, "certain", why)


def _beside_level(near: Neighbours, number: int, level: Decimal, change: Decimal) -> TextFinding:
    falls = (value_of(near.claims[number]) or Decimal(0)) < 0
    signed = -change if falls else change
    by_points, relative = level - signed, level / (1 + signed / 100) if signed != -100 else level
    arithmetic = (
        f"按百分点,此前为 {plain(by_points, 2)}%;按比率的百分之几,此前为 {plain(relative, 2)}%"
        f" / before it was {plain(by_points, 2)} % if points, {plain(relative, 2)} % if relative"
    )
    if 0 <= by_points <= 100 and change < _LARGE:
        why = "比率的升降通常以百分点计,原文写作 % / changes of rates are given in points; the text prints %"
        return near.finding("percentage-points", [number - 1, number], arithmetic, "likely", why)
    why = "按百分点不通或过大,应是相对变动 / too large for points, so it is relative"
    return near.finding("relative-change-of-rate", [number - 1, number], arithmetic, "possible", why)
