"""Level or change: the verb and the comparison that lead to a figure, or the rate that follows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from taizhang.reading.bounds import negated
from taizhang.reading.figure import Basis, Figure
from taizhang.reading.vocabulary import AT_RATE, CHANGE, CHANGE_OF, COMPARED, PER_YEAR

RELATIVE = frozenset({"%", "‰", "‱", "个百分点", "个千分点", "个基点", "倍"})
# 高于全市平均水平0.7个百分点: held against another
_APART = re.compile(r"(?:高于|快于|超出|(?P<below>低于|慢于))[^，,；;。]{2,20}\Z")
# 超过原计划14.1%: by how much a plan was exceeded
BEYOND = re.compile(
    r"[比较](?![重例较如赛值价率照武方利特喻作])(?:(?![增降减升涨跌]|提高|回落|扩大|缩)[^，；;。]){2,32}(?P<word>超过|超出|超)了?\Z"
)
_EXCEEDED = re.compile(
    r"(?P<word>超过|突破|超出)了?(?:(?![的到])[\u4e00-\u9fff\ue000\ue002]){0,14}(?:计划|任务|指标|预算|目标"
    r"|水平|上年|去年)"
    r"(?:(?![的到])[\u4e00-\u9fff]){0,8}\Z"
)
_REACH = 40  # how far back a verb and its comparison are looked for


class Change(NamedTuple):
    """What makes a figure a change: where its wording starts, its sign, against what, by which rule."""

    start: int
    sign: int
    basis: Basis
    rule: str


def basis_in(text: str, start: int, end: int) -> Basis:
    """The last comparison that a stretch of text names."""
    found: Basis = None
    for match in COMPARED.finditer(text, start, end):
        found = "yoy" if match["yoy"] else "other"
    return found


def _led(text: str, start: int, clause: int, unit: str) -> Change | None:
    match = CHANGE.search(text, max(clause, start - _REACH), start)
    if match is None:
        return None
    basis: Basis = "yoy" if match["yoy"] else "other" if match["other"] else None
    verb = next(match.start(name) for name in ("rise", "fall", "more", "less") if match[name])
    compared = basis or basis_in(text, max(clause, start - _REACH), verb)
    if (match["more"] or match["less"]) and not compared:
        return None
    if unit not in RELATIVE:
        per_year = match["other"] and PER_YEAR.fullmatch(match["other"])
        if compared is None or per_year:
            return None
    if compared is None and PER_YEAR.search(text, max(clause, verb - 12), verb):
        compared = "other"
    begin = match.start() if basis else verb
    return Change(begin, -1 if match["fall"] or match["less"] else 1, compared, "verb")


def _of_beyond(over: re.Match[str]) -> Basis:
    return "yoy" if "上年" in over.group() or "去年" in over.group() else "other"


def change_before(text: str, start: int, clause: int, unit: str) -> Change | None:
    """The change that leads to the amount at `start`, within its clause; None for a level."""
    if found := _led(text, start, clause, unit):
        return found
    if unit not in RELATIVE:
        beyond = BEYOND.search(text, max(clause, start - _REACH), start)
        return Change(beyond.start("word"), 1, _of_beyond(beyond), "exceeded") if beyond else None
    if unit == "个百分点" and (apart := _APART.search(text, max(clause, start - _REACH), start)):
        return Change(start, -1 if apart["below"] else 1, "other", "apart")
    if unit in {"%", "‰"} and (
        over := _EXCEEDED.search(text, max(clause, start - _REACH), start)
        or BEYOND.search(text, max(clause, start - _REACH), start)
    ):
        return Change(over.start(), 1, _of_beyond(over), "exceeded")
    match = CHANGE_OF.search(text, max(clause - 1, start - _REACH, 0), start)
    if match is None:
        return None
    return Change(start, -1 if match["fall"] else 1, basis_in(text, clause, match.start() + 1), "verb-object")


def rate_after(text: str, start: int, end: int, clause: int) -> Change | None:
    """以年均9.8%的速度增长: the verb follows the figure."""
    match = AT_RATE.match(text, end)
    if match is None:
        return None
    basis = basis_in(text, max(clause, start - _REACH), start)
    if basis is None and PER_YEAR.search(text, max(clause, start - 12), start):
        basis = "other"
    return Change(start, -1 if match["fall"] else 1, basis, "rate")


_NO_WORDS = re.compile(r"[，,、；; ]*(?:即|又|再|也|或)?[，, ]*\Z")
_STANDING = re.compile(r"(?:相比|比较|[比较]\ue002+|同期|[比较](?:上一?年|去年))[，,：:]")


def carried(text: str, held: Sequence[Figure]) -> Iterator[Figure]:
    """The figures of a sentence, each change with the comparison that an earlier clause made for it.

    同上年相比,收入增加30亿元: what something grew by is a change where the comparison stands before it,
    and so is one that follows its own level in a list that began with a comparison (纸520万吨,增加20万吨).
    """
    basis: Basis = None
    standing = False
    edge = 0
    before: Figure | None = None
    for figure in held:
        between = text[edge : figure.start]
        if _STANDING.search(between) and (named := basis_in(text, edge, figure.start)):
            basis, standing = named, True
        made = figure
        if (
            before is not None
            and before.kind == "change"
            and (
                _RESTATED.fullmatch(between)
                or (
                    figure.unit == before.unit == "%" and figure.kind == "level" and _AIMED.fullmatch(between)
                )
            )
        ):
            made = _restated(figure, before)
        elif figure.kind == "change" and figure.basis is None and basis:
            made = replace(figure, basis=basis)
        elif figure.kind == "level" and figure.unit not in RELATIVE and basis:
            led = CHANGE.search(text, max(edge, figure.start - 12), figure.start)
            follows = before is not None and before.unit == figure.unit and led is not None
            follows = follows and bool(_NO_WORDS.match(text[edge : led.start()])) if led else False
            if led and (led["rise"] or led["fall"]) and (standing or follows):
                made = _turned(figure, led, basis)
        if (
            made.kind == "change"
            and made.basis
            and not PER_YEAR.search(text, max(0, made.start - 1), made.end)
        ):
            basis = made.basis
        yield made
        before, edge = made, figure.end


_RESTATED = re.compile(r"[，,](?:即|也就是|或者说)(?:增长|下降|减少|增加|提高|降低|增产|减产)?了?")

# 平均每年递增4%，在执行中争取达到5%: the same growth, aimed higher
_AIMED = re.compile(
    r"[，,](?:在[^，,]{1,6}[中上])?(?:并|但)?(?:争取|力争|确保|有望|要求|可能)(?:能够|可以)?(?:达到?|超过|实现|为)?"
)


def _restated(figure: Figure, before: Figure) -> Figure:
    """比1952年增长26%,即增加127亿元: the same change in other words."""
    if figure.kind == "change":
        return replace(figure, basis=figure.basis or before.basis)
    return changed_as(figure, before, "kind:restated")


def changed_as(figure: Figure, before: Figure, rule: str) -> Figure:
    """The figure as a change in the direction of the one before it, against the same basis."""
    low, high = figure.low, figure.high
    if max(each for each in (before.low, before.high) if each is not None) < 0:
        low, high = negated(low, high)
    rules = (*figure.rules[:-1], rule)
    return replace(figure, low=low, high=high, kind="change", basis=before.basis, rules=rules)


def _turned(figure: Figure, led: re.Match[str], basis: Basis) -> Figure:
    low, high = figure.low, figure.high
    if led["fall"]:
        low, high = negated(low, high)
    start = led.start("fall") if led["fall"] else led.start("rise")
    rules = (*figure.rules[:-1], "kind:carried")
    return replace(figure, start=start, low=low, high=high, kind="change", basis=basis, rules=rules)
