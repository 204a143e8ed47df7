"""Growth against its base and its result."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.reading.claim import Certainty, TextFinding
from taizhang.reading.consistency.interval import ROUNDED, Interval, plain, printed, round_number, value_of
from taizhang.reading.consistency.neighbours import FROM, Neighbours

_MOVES = "增加|提高|增长|扩大|上升|发展|提升|下降|减少|降低|缩小|压减|缩短|减"
_TO = re.compile(rf"[^,，。；;\n]{{0,8}}[,，]?(?:{_MOVES})(?:到|至|为)[^,，。；;\n]{{0,10}}")
_SPAN = "共|净|累计|总共|一共|五年|[一二三四五六七八九十\\d]{1,3}年"
_THEN = re.compile(
    rf"[^,，。；;\n]{{0,4}}[,，(（]\s*(?:即|{_SPAN})?\s*(?:增加|增长|提高|扩大|上升|减少|下降|降低|缩小)?了?\s*"
)
_YEARLY = re.compile(r"年均|平均|每年|实际|可比|名义|不变价|扣除")
# Values at current prices beside growth at constant ones: no contradiction.
_AT_PRICES = re.compile(r"生产总值|总产值|产值|增加值|国民收入|GDP|国内生产|收入")
_RATES = frozenset({"%", "‰"})


def _growth_of(base: Interval, result: Interval, unit: str) -> list[Interval]:
    """What may be printed as the growth from base to result, in this unit; empty where nothing may."""
    risen = result - base
    if unit == "%":
        relative = risen.percent_of(base)
        return [relative] if relative else []
    if unit == "倍":
        relative, times = risen.percent_of(base), result.percent_of(base)
        return [Interval(each.low / 100, each.high / 100) for each in (relative, times) if each]
    return [risen]


def _fits(readings: list[Interval], said: Interval) -> bool:
    away = Interval(-said.high, -said.low)  # 减少5 printed without its sign
    return any(each.meets(said) or each.meets(away) for each in readings)


def _checked(
    near: Neighbours,
    base: Interval,
    result: Interval,
    wide: tuple[Interval, Interval],
    numbers: list[int],
    words: str,
) -> Iterator[TextFinding]:
    growth = near.claims[numbers[-1]]
    said, coarse = printed(growth), round_number(growth)
    readings = _growth_of(base, result, growth.unit)
    if said is None or coarse is None or not readings or _fits(readings, said):
        return
    explained = _fits(_growth_of(*wide, growth.unit), coarse)
    certainty: Certainty = "possible" if explained else "likely"
    why = ROUNDED if explained else "除非口径不同 / unless the figures differ in scope"
    yield near.finding("growth-differs", numbers, words, certainty, why)


def _words(base: Decimal, result: Decimal, said: Decimal, unit: str) -> str:
    if unit == "%" or unit == "倍":
        made = (result - base) / base * (100 if unit == "%" else 1)
        made_text, left = plain(made, 2), f"({plain(result)} - {plain(base)}) ÷ {plain(base)}"
    else:
        made_text, left = plain(result - base), f"{plain(result)} - {plain(base)}"
    return (
        f"{left} = {made_text}{unit},不是 {plain(said)}{unit} / gives {made_text} {unit}, not {plain(said)}"
    )


def _sentence_around(near: Neighbours, number: int) -> str:
    """The words of their sentence around three figures."""
    return near.lead(number) + near.text[near.claims[number].start : near.ends[number + 2]]


def _from_to(near: Neighbours, number: int) -> Iterator[TextFinding]:
    """由A增加到B,增长p."""
    claims = near.claims
    one, two, growth = claims[number], claims[number + 1], claims[number + 2]
    if one.unit != two.unit or one.kind != "level" or two.kind != "level" or one.unit in _RATES:
        return
    if growth.unit not in {"%", "倍", one.unit} or not FROM.search(near.before(number)):
        return
    closing = near.between(number + 1, number + 2)
    if not _TO.fullmatch(near.between(number, number + 1)) or not _THEN.fullmatch(closing):
        return
    if (
        growth.kind == "level"
        and growth.unit != "倍"
        and not re.search("[增减升降]", closing + growth.surface)
    ):
        return
    around = _sentence_around(near, number)
    if _YEARLY.search(around) or (growth.unit != one.unit and _AT_PRICES.search(around)):
        return
    base, result = printed(one), printed(two)
    wide = (round_number(one), round_number(two))
    values = [value_of(each) for each in (one, two, growth)]
    if (
        base
        and result
        and wide[0]
        and wide[1]
        and values[0]
        and values[1] is not None
        and values[2] is not None
    ):
        words = _words(values[0], values[1], values[2], growth.unit)
        yield from _checked(near, base, result, (wide[0], wide[1]), [number, number + 1, number + 2], words)


def _result_and_rise(near: Neighbours, number: int) -> Iterator[TextFinding]:
    """B,比上年增加C,增长p%."""
    claims = near.claims
    result, rise, growth = claims[number], claims[number + 1], claims[number + 2]
    if result.unit != rise.unit or result.unit in _RATES or growth.unit != "%" or growth.kind != "change":
        return
    if result.kind != "level" or rise.kind != "change" or rise.basis is None:
        return
    if growth.basis not in {None, rise.basis} or not re.fullmatch(
        r"[,，、]\s*", near.between(number + 1, number + 2)
    ):
        return
    if not re.fullmatch(r"[^,，。；;\n]{0,6}[,，]\s*", near.between(number, number + 1)):
        return
    around = _sentence_around(near, number)
    if _YEARLY.search(around) or _AT_PRICES.search(around):
        return
    now, more = printed(result), printed(rise)
    wide = (round_number(result), round_number(rise))
    values = [value_of(each) for each in (result, rise, growth)]
    if now and more and wide[0] and wide[1] and None not in values:
        b, c, p = (value for value in values if value is not None)
        if b - c > 0:
            words = _words(b - c, b, p, "%")
            coarse = (wide[0] - wide[1], wide[0])
            yield from _checked(near, now - more, now, coarse, [number, number + 1, number + 2], words)


def growth_against_levels(near: Neighbours) -> Iterator[TextFinding]:
    """A growth that its own base and result do not give."""
    for number in range(len(near.claims) - 2):
        if near.same_sentence(number, number + 2) and near.same_sentence(number, number + 1):
            yield from _from_to(near, number)
            yield from _result_and_rise(near, number)
