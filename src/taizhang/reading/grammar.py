"""The grammar of figures: from a masked sentence to amounts with bounds, ranges, changes and ranks."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import cast

from taizhang.reading.amounts import Amount, amount_at
from taizhang.reading.bounds import (
    about_before_verb,
    bound_afar,
    bound_after,
    bound_before,
    bounded,
    held_to_target,
    negated,
)
from taizhang.reading.changes import BEYOND, RELATIVE, change_before, changed_as, rate_after
from taizhang.reading.claim import Bound, ClaimKind
from taizhang.reading.counting import counts, is_bare
from taizhang.reading.figure import Basis, Figure
from taizhang.reading.masks import TIME, mask
from taizhang.reading.numerals import LONGEST, chinese_value, skip_numeral
from taizhang.reading.ranks import Place, ranks
from taizhang.reading.vocabulary import BEFORE_BOUNDS

__all__ = ["Figure", "figures", "mask"]

_DOUBLED = re.compile(r"翻(?:了|上)?(?P<times>[一两二三四五六七八1-9]|近一)番(?P<half>半)?")
_RANGE = re.compile(r" ?(?:[-—–~―－]{1,2}|至|到) ?")
_MAY_BEGIN = re.compile(r"[\d〇零一二三四五六七八九十百千万亿两廿卅几数翻半壹贰叁肆伍陆柒捌玖]")
_FROM = re.compile(rf"[由从]{TIME}*的?\Z")
_JOINED = re.compile(r" ?(?:和|、|及|以及|与|或者?|，|,) ?")
_REACHED = re.compile(
    r"[，,]?(?:总数|总计|累计|合计)?(?:已经?)?(?:达到?|(?:增加|增长|发展|扩大|减少|下降)[到至为]|增至"
    r"|减至|突破|超过)"
)
_NEAR_DOUBLING = re.compile(r"(?:接近|将近|近|不到|超过)\Z")
_LISTED = re.compile(r" ?(?:和|、|及|以及) ?")
_CLAUSE_END = re.compile(r"[;；:：。！？!?\n，]|,(?!\d{3})")
_NEGATIVE = re.compile(r"(?<=[\u4e00-\u9fff])[-−—]\Z")


def _spanned(text: str, amount: Amount) -> Amount | None:
    """5%—6%, 20至30家, 百分之四到五: a second number whose measure both share."""
    dash, first = _RANGE.match(text, amount.end), amount.numeral
    if (
        dash is None
        or amount.odd
        or first is None
        or _FROM.search(text, max(0, amount.start - 24), amount.start)
    ):
        return None
    second = amount_at(text, dash.end())
    other = second.numeral if second else None
    if second is None or other is None or second.odd or amount.low != amount.high:
        return None
    if not second.unit and amount.rule == "share":
        second = second._replace(unit=amount.unit)
    low = amount.low
    if not amount.unit and other.scaled and not first.scaled:
        low *= _scale_of(other.text)  # 3至5万
    if (amount.unit and amount.unit != second.unit) or not second.unit:
        return None
    if amount.rule == "number" and second.rule == "tenths":
        low *= 10
    if low > second.high:
        return None
    return second._replace(start=amount.start, low=low, rule="range")


def _scale_of(text: str) -> int:
    bare = text.rstrip("万亿")
    return int(chinese_value("一" + text[len(bare) :]) or 1)


def _quantity(text: str, amount: Amount, clause: int) -> Figure | None:
    spanned = (
        _spanned(text, amount) if amount.unit != "倍" or text[amount.end : amount.end + 1] != "以" else None
    )
    amount = spanned or amount
    start, before, roughly = bound_before(text, amount.start, clause)
    if before == "above" and BEYOND.search(text, max(clause, start - 40), amount.start):
        start, before = amount.start, None  # 比计划超过4%: by so much
    if before is None and start > clause and text[start - 1] == "上" and is_bare(amount):
        start, before = start - 1, "at_least"  # 上亿人
    if before is None and amount.rule in {"half", "share", "fraction", "tenths"}:
        before = bound_afar(text, amount, clause)
    if before in {"above", "below"} and held_to_target(text, amount.start, amount.end):
        start, before, roughly = amount.start, None, False
    if before is None and not amount.odd and about_before_verb(text, amount.start, clause):
        before, roughly = "about", True
    end, after, also = bound_after(text, amount.end) if amount.unit else (amount.end, None, False)
    if not counts(text, amount, start, clause, bool(before or after)):
        return None
    ranged = spanned is not None or amount.low != amount.high
    bound: Bound = "range" if ranged else before or after or ("odd" if amount.odd else "exact")
    if after and before and not ranged:
        bound = after
    change = change_before(text, start, clause, amount.unit) or (
        rate_after(text, start, end, clause) if amount.unit in RELATIVE else None
    )
    low, high = bounded(amount.low, amount.high, bound)
    kind: ClaimKind = "multiple" if amount.unit == "倍" else "level"
    basis: Basis = None
    if change:
        kind, start, basis = "change", min(start, change.start), change.basis
    if (change and change.sign < 0) or _NEGATIVE.search(text, max(0, amount.start - 2), amount.start):
        low, high = negated(low, high)
    vague = (amount.numeral is not None and amount.numeral.text[:1] in "几数") or (ranged and spanned is None)
    return Figure(
        start,
        end,
        low,
        high,
        amount.step,
        bound,
        amount.unit,
        kind,
        roughly or also or vague,
        basis,
        "",
        (*_made_by(amount), f"bound:{bound}", f"kind:{change.rule if change else kind}"),
    )


def _made_by(amount: Amount) -> tuple[str, str]:
    """The rules of value and unit."""
    script = "numeral-chinese" if amount.numeral and amount.numeral.chinese else "numeral-arabic"
    if amount.rule in {"share", "fraction", "half", "tenths", "range"}:
        return f"value:{amount.rule}", "unit:measure" if amount.rule == "range" else f"unit:{amount.rule}"
    return f"value:{script}", f"unit:{amount.rule}"


def _doubling(text: str, position: int) -> Figure | None:
    match = _DOUBLED.match(text, position)
    if match is None:
        return None
    times = Decimal(match["times"]) if match["times"].isdigit() else chinese_value(match["times"][-1])
    if not times:
        return None
    value = Decimal(2) ** int(times)
    start, end = match.span()
    near = _NEAR_DOUBLING.search(text, max(0, start - 2), start)
    bound: Bound = "below" if match["times"] == "近一" else "exact"
    if near:
        start, bound = near.start(), cast(Bound, BEFORE_BOUNDS[near.group()])
    low, high = bounded(value, value, bound)
    rules = ("value:doubling", "unit:doubling", f"bound:{bound}", "kind:multiple")
    return Figure(
        start, end, low, high, Decimal(1), bound, "倍", "multiple", bound == "below", None, "", rules
    )


def _parallel(text: str, before: Figure | None, figure: Figure) -> Figure:
    """分别增长5%和6%: what is joined to a change, without a verb of its own, is a change too."""
    if before is None or before.kind != "change" or figure.kind not in {"level", "multiple"}:
        return figure
    if before.unit != figure.unit or not _LISTED.fullmatch(text[before.end : figure.start]):
        return figure
    return changed_as(figure, before, "kind:parallel")


def _shared(text: str, amount: Amount) -> Amount:
    """3、5、8个: a number without measure takes that of the next in its list."""
    position, hops = amount.end, 0
    while not amount.unit and amount.numeral and not amount.numeral.chinese and hops < 12:
        joined = _JOINED.match(text, position)
        following = amount_at(text, joined.end()) if joined and joined.group().strip() not in "，," else None
        if following is None:
            break
        if following.unit == "年":
            break
        if following.unit:
            return amount._replace(unit=following.unit, rule="shared-measure")
        position, hops = following.end, hops + 1
    return amount


def _inherited(text: str, before: Figure | None, amount: Amount) -> Amount:
    """参保人数分别增加1753万和2028万: the last of a list counts what the one before counts."""
    if amount.unit or before is None or amount.numeral is None or not amount.numeral.scaled:
        return amount
    if not (_JOINED.fullmatch(between := text[before.end : amount.start]) or _REACHED.fullmatch(between)):
        return amount
    return amount._replace(unit=before.unit, rule="inherited-measure")


def figures(text: str) -> Iterator[Figure]:
    """Every figure of a masked, narrowed text, from left to right; none overlaps another."""
    places = deque(ranks(text))
    position = last = clause = seen = 0
    before: Figure | None = None
    while found := _MAY_BEGIN.search(text, position):
        start = found.start()
        while places and places[0].start <= start:
            place = places.popleft()
            if place.start >= last:
                yield _ranked(place)
                position = last = place.end
        if start < last:
            continue
        for mark in _CLAUSE_END.finditer(text, seen, start):
            clause = mark.end()
        seen = start
        glued = start and (
            text[start - 1] in "第." or (text[start - 1].isascii() and text[start - 1].isalnum())
        )
        amount, figure = None, None
        if text[start] == "翻":
            figure = _doubling(text, start)
        elif not glued and (amount := amount_at(text, start)):
            figure = _quantity(text, _inherited(text, before, _shared(text, amount)), clause)
        if figure and amount and figure.start < last <= amount.start:
            figure = replace(figure, start=last)  # the comparison names a figure of its own
        if figure and figure.start >= last:
            before = _parallel(text, before, figure)
            yield before
            position = last = figure.end
        else:
            position = _onward(text, start, amount, bool(glued))
    for place in places:
        if place.start >= last:
            yield _ranked(place)
            last = place.end


def _onward(text: str, start: int, amount: Amount | None, glued: bool) -> int:
    """Where to look on after what is no figure: behind its number, or a run that is none (第三十一条)."""
    if amount and amount.numeral:
        spanned = _spanned(text, amount)
        return max(start + 1, (spanned or amount).end)
    end = skip_numeral(text, start)
    return max(end, start + 1) if glued or end - start > LONGEST else start + 1


def _ranked(place: Place) -> Figure:
    bound: Bound = "at_most" if place.within else "exact"
    low = None if place.within else place.place
    rules = ("value:ordinal", "unit:ordinal", f"bound:{bound}", "kind:rank", "scope:before")
    return Figure(
        place.start,
        place.end,
        low,
        place.place,
        Decimal(1),
        bound,
        "位",
        "rank",
        False,
        None,
        place.scope,
        rules,
    )
