"""From what a person typed to what it names: indicators, areas, periods. A miss suggests the nearest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Literal

from taizhang import figures, programmes
from taizhang.errors import Problem, UnknownName
from taizhang.values import Grain, Period, parse_period


def indicator_named(definitions: programmes.Definitions, key: str) -> programmes.Indicator:
    """The indicator `programme.indicator`, or the only one whose Chinese name or alias is `key`."""
    indicators = {indicator.key: indicator for indicator in definitions.indicators}
    if key in indicators:
        return indicators[key]
    called = [i for i in indicators.values() if key in (i.name.zh, i.id, *i.aliases)]
    if len(called) == 1:
        return called[0]
    raise _unknown("unknown-indicator", "指标", "indicator", key, indicators)


def area_named(setting: figures.Setting, code: str | None) -> str:
    """The area with that code or that only name; the district where None."""
    if not code:
        return setting.root
    codes = {node.code for node in setting.areas}
    if code in codes:
        return code
    called = {node.code for node in setting.areas if node.name == code}
    if len(called) == 1:
        return called.pop()
    raise _unknown("unknown-area", "区域", "area", code, {*codes, *(node.name for node in setting.areas)})


def indicators_by(
    definitions: programmes.Definitions, named: Sequence[programmes.Indicator], by: str
) -> list[programmes.Indicator]:
    """The indicators named (all, when none is), with `by` those that may be broken down by that field.

    Raises UnknownName where one that is named may not, or none may.
    """
    asked = list(named or definitions.indicators)
    fitting = [one for one in asked if not by or by in one.by]
    if len(fitting) < len(named) or not fitting:
        raise _unknown(
            "unknown-field", "细分字段", "field to break down by", by, {f for i in asked for f in i.by}
        )
    return fitting


def period_named(text: str | None, setting: figures.Setting) -> Period:
    """The period as written; the year of the setting's today where None."""
    if not text:
        return Period.of(setting.today, Grain.YEAR)
    try:
        return parse_period(text)
    except ValueError as error:
        raise UnknownName(
            Problem("unknown-period", f"时期写法不对 / {error}", "2022, 2022-Q3, 2022-11")
        ) from error


def tree_named(text: str) -> Literal["then", "now"] | date:
    """`then`, `now` or a date."""
    if text == "then" or text == "now":
        return "then" if text == "then" else "now"
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        problem = Problem("unknown-tree", f"区域树写法不对 / not a tree: {text}", "then, now, 2022-12-31")
        raise UnknownName(problem) from error


def _unknown(code: str, zh: str, en: str, found: str, known: Iterable[str]) -> UnknownName:
    near = get_close_matches(found, list(known), n=3, cutoff=0.5)
    remedy = f"是否为 / did you mean: {', '.join(near)}" if near else ""
    return UnknownName(Problem(code, f"没有这个{zh} / unknown {en}: {found}", remedy=remedy))
