"""The grammar of figures: masks what is none, then reads number, measure, bound, change, rank, multiple."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast

from taizhang.reading.claim import Bound, ClaimKind
from taizhang.reading.numerals import Numeral, chinese_value, match_numeral
from taizhang.reading.vocabulary import (
    AFTER_BOUND,
    AFTER_BOUNDS,
    APPROXIMATE,
    BASIS_ONLY,
    BEFORE_BOUND,
    BEFORE_BOUNDS,
    CHANGE,
    LOOSE_MEASURES,
    MASK,
    MEASURE,
    MEASURES,
    RANK,
)

_CN = "〇零一二三四五六七八九十"
# What holds digits without asserting a figure; each rule masks its own kind.
_EXCLUDED = re.compile(
    r"《[^》]*》"  # titles of plans and laws
    r"|“[^”。]{1,20}”|\"[^\"。]{1,20}\"|‘[^’。]{1,20}’"  # slogans and names in quotes
    r"|[(（]\d{1,3}[)）]|[①-⑳]"  # note marks
    rf"|(?:\d{{4}}|[{_CN}]{{4}})\s?(?:[-—–~～至到]+\s?\d{{4}})?\s?年(?:度|底|末|初|代)?(?:\s?\d{{1,2}}\s?月(?:份|底|末)?)?(?:\s?\d{{1,2}}\s?日)?"
    r"|\d{1,2}\s?月(?:份|底|末)?(?:\s?\d{1,2}\s?[日号])?|\d{1,2}\s?日"
    rf"|第(?:\d+|[{_CN}百]+)(?:个|次|届|批|期|条|项|家|所|座|名|位|季度)(?!$)(?![，,。;；、])"  # ordinals
    r"|\d+(?:\s?[+＋]\s?[\dA-Za-zNn]+)+|\d+(?=[+＋])|(?<=[+＋])\d+"  # slogans of sums
    r"|[A-Za-z]+[-—]?\d[\d.]*|\d+[A-Za-z]+(?![A-Za-z²2])"  # 5G, A4, COVID-19
    r"|\d+号|\d{3,4}-\d{7,8}|(?<!\d)1\d{10}(?!\d)"  # plots, houses, telephones
    rf"|(?:\d+|[{_CN}]+)(?:周年|岁以上|岁以下|个五年|五规划)"
)
_PERCENT = re.compile(r"(?P<sign>[百千])分之")
_TENTHS = re.compile(r"成(?=左右|以上|多|[，,。；;、的]|$)")
_TIMES = re.compile(r"倍")
_DOUBLED = re.compile(r"翻(?:了)?(?P<times>[一两二三四五1-9])番")
_RANGE = re.compile(r"\s?(?:[-—–~～]+|至|到)\s?")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its place in the text and what its wording means."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    step: Decimal
    bound: Bound
    unit: str
    kind: ClaimKind
    approx: bool
    basis: str | None = None
    scope: str = ""
    rules: tuple[str, ...] = ()


def mask(text: str) -> str:
    """The text, of one length, in which nothing that only looks like a figure is left."""
    return _EXCLUDED.sub(lambda match: MASK * len(match.group()), text)


def _loose(numeral: Numeral, unit: str) -> bool:
    """A Chinese numeral that does not count: 一家, 十条 (a name's), 百 or 万 alone (一般 many)."""
    if not numeral.chinese or numeral.odd:
        return False
    bare = numeral.text
    if (
        bare in {"百", "千", "万", "亿", "千万", "百万", "万亿", "万千", "十", "零", "〇", "一", "两"}
        and unit != "%"
    ):
        return True
    return unit in LOOSE_MEASURES and numeral.value <= 10


def _threshold(text: str, end: int, unit: str) -> bool:
    """500万元以上项目: a class of things, not a figure."""
    return unit in {"元", "平方米", "岁", "吨"} and bool(
        re.match(r"(?:及)?以[上下](?=[\u4e00-\u9fff])(?!的$)", text[end:])
    )


def _at(text: str, position: int) -> tuple[Numeral, str, int, Decimal] | None:
    """Number and measure at a position: (numeral, base unit, end, factor)."""
    percent = _PERCENT.match(text, position)
    numeral = match_numeral(text, percent.end() if percent else position)
    if numeral is None:
        return None
    if percent:
        return numeral, "%" if percent["sign"] == "百" else "‰", numeral.end, Decimal(1)
    if measure := MEASURE.match(text, numeral.end):
        unit = MEASURES[measure["unit"]]
        return None if _loose(numeral, unit) else (numeral, unit, measure.end(), Decimal(1))
    if times := _TIMES.match(text, numeral.end):
        return numeral, "倍", times.end(), Decimal(1)
    if (tenths := _TENTHS.match(text, numeral.end)) and numeral.value < 10:
        return numeral, "%", tenths.end(), Decimal(10)
    return None


def _bounds(text: str, start: int, end: int, odd: bool) -> tuple[int, int, Bound, bool]:
    """The bound that words before, inside or after the number give, and the surface widened by them."""
    bound: str = "odd" if odd else "exact"
    approx = False
    if before := BEFORE_BOUND.search(text, max(0, start - 4), start):
        bound, approx, start = BEFORE_BOUNDS[before.group()], before.group() in APPROXIMATE, before.start()
    if after := AFTER_BOUND.match(text, end):
        bound, approx, end = AFTER_BOUNDS[after.group()], approx or after.group() in APPROXIMATE, after.end()
    return start, end, cast(Bound, bound), approx


def _change(text: str, start: int) -> tuple[int, int, str | None] | None:
    """The change that leads to a number: where it starts, its sign, its basis."""
    match = CHANGE.search(text, max(0, start - 24), start)
    if match is None:
        return None
    basis = "yoy" if match["yoy"] else "other" if match["other"] else None
    clause_start = max((text.rfind(mark, 0, start) for mark in ",，;；。"), default=-1) + 1
    if basis is None and (earlier := BASIS_ONLY.search(text, clause_start, match.start())):
        basis = "yoy" if earlier["yoy"] else "other"
    verb = match.start("fall") if match["fall"] else match.start("rise")
    start = match.start() if match["yoy"] or match["other"] else verb
    return start, -1 if match["fall"] else 1, basis


def _low_high(value: Decimal, bound: Bound) -> tuple[Decimal | None, Decimal | None]:
    if bound in {"above", "odd", "at_least"}:
        return value, None
    if bound in {"below", "at_most"}:
        return None, value
    return value, value


def _quantity(text: str, position: int) -> Figure | None:
    found = _at(text, position)
    if found is None:
        return None
    numeral, unit, end, factor = found
    if _threshold(text, end, unit):
        return None
    start, end, bound, approx = _bounds(text, position, end, numeral.odd)
    change = _change(text, start)
    kind: ClaimKind = "multiple" if unit == "倍" else "level"
    sign, basis = 1, None
    if change and not (unit not in {"%", "‰", "个百分点", "个基点", "倍"} and change[2] is None):
        kind, (start, sign, basis) = "change", change
    value, step = numeral.value * factor * sign, numeral.step * factor
    low, high = _low_high(value, bound)
    if sign < 0 and bound not in {"exact", "about"}:
        low, high = high, low
    rules = ("number", f"bound:{bound}", f"kind:{kind}")
    return Figure(start, end, low, high, step, bound, unit, kind, approx, basis, "", rules)


def _span(text: str, position: int) -> Figure | None:
    """5%—6%, 20至30家: two numbers, one measure."""
    first = match_numeral(text, position)
    if first is None or first.odd:
        return None
    between_unit = MEASURE.match(text, first.end)
    dash = _RANGE.match(text, between_unit.end() if between_unit else first.end)
    if dash is None:
        return None
    second = _at(text, dash.end())
    if second is None or second[0].odd:
        return None
    numeral, unit, end, factor = second
    low = first.value
    if not between_unit and numeral.text[-1:] in "万亿" and first.text[-1:] not in "万亿":
        low *= 10_000 if numeral.text.endswith("万") else 100_000_000  # 3至5万
    high = numeral.value * factor
    if low > high or (between_unit and MEASURES[between_unit["unit"]] != unit):
        return None
    change = _change(text, position)
    start, sign, basis = (
        change if change and (change[2] or unit in {"%", "个百分点"}) else (position, 1, None)
    )
    kind: ClaimKind = "change" if start != position else "level"
    low, high = (low, high) if sign > 0 else (-high, -low)
    return Figure(
        start, end, low, high, numeral.step, "range", unit, kind, False, basis, "", ("range", f"kind:{kind}")
    )


def _rank(text: str, position: int) -> Figure | None:
    match = RANK.match(text, position)
    if match is None or not (match["scope"] or match["scope2"] or match["verb"]):
        return None
    ordinal = "第" in match.group() or match["before"]
    follows = text[match.end() : match.end() + 1]
    if not ordinal or (not match["place"] and follows and re.match(r"[\u4e00-\u9fff]", follows)):
        return None
    number = match["number"]
    value = Decimal(number) if number.isdigit() else chinese_value(number)
    if not value:
        return None
    scope = match["scope"] or match["scope2"] or ""
    bound: Bound = "at_most" if match["before"] else "exact"
    low = None if match["before"] else value
    start = min(at for at in (match.start("scope"), match.start("scope2"), match.end("verb")) if at >= 0)
    return Figure(
        start, match.end(), low, value, Decimal(1), bound, "位", "rank", False, None, scope, ("rank",)
    )


def _doubling(text: str, position: int) -> Figure | None:
    match = _DOUBLED.match(text, position)
    times = match and (Decimal(match["times"]) if match["times"].isdigit() else chinese_value(match["times"]))
    if not match or not times:
        return None
    value = Decimal(2) ** int(times)
    return Figure(
        match.start(),
        match.end(),
        value,
        value,
        Decimal(1),
        "exact",
        "倍",
        "multiple",
        False,
        None,
        "",
        ("doubling",),
    )


def _parallel(text: str, before: Figure | None, figure: Figure) -> Figure:
    """分别增长5%和6%: what is joined to a change by 和 or 、 is a change too."""
    if before is None or before.kind != "change" or figure.kind != "level" or before.unit != figure.unit:
        return figure
    between = text[before.end : figure.start]
    clause = text[max(text.rfind(mark, 0, before.end) for mark in ";；。") + 1 : before.start + 12]
    if between not in {"和", "、", "及", "以及"} or "分别" not in clause:
        return figure
    low, high = figure.low, figure.high
    if max(each for each in (before.low, before.high) if each is not None) < 0:
        low, high = (None if high is None else -high), (None if low is None else -low)
    return replace(
        figure, kind="change", basis=before.basis, low=low, high=high, rules=(*figure.rules, "parallel")
    )


_MAY_BEGIN = re.compile(r"[\d〇零一二三四五六七八九十百千万亿两全同各城县世省市区东中西排位居列名翻]")


def figures(text: str) -> Iterator[Figure]:
    """Every figure of a masked, narrowed text, from left to right; none overlaps another."""
    position = last = 0
    before: Figure | None = None
    while found := _MAY_BEGIN.search(text, position):
        start = found.start()
        figure = _rank(text, start) or _doubling(text, start) or _span(text, start) or _quantity(text, start)
        glued = start and (text[start - 1] in "第." or text[start - 1].isdigit())
        if figure and not glued and figure.start >= last:
            figure = _parallel(text, before, figure)
            yield figure
            before = figure
            position = last = figure.end
            continue
        numeral = match_numeral(text, start)
        position = numeral.end if numeral and numeral.end > start else start + 1
