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


def record_type_named(definitions: programmes.Definitions, key: str) -> programmes.RecordType:
    """The record type `programme.record`. Raises UnknownName with the nearest one."""
    kinds = {kind.key: kind for kind in definitions.record_types if kind.programme != "system"}
    if key in kinds:
        return kinds[key]
    raise _unknown("unknown-record-type", "台账类型", "record type", key, kinds)


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


def periods_named(texts: Iterable[str], setting: figures.Setting) -> tuple[Period, ...]:
    """The periods as written, once each and ranges (`2022-01..2022-12`) spread out; this year where none.

    Raises UnknownName for a range whose ends are of different lengths or in the wrong order.
    """
    found: dict[Period, None] = {}
    for text in texts:
        first, dots, last = text.partition("..")
        period, end = period_named(first, setting), period_named(last if dots else first, setting)
        if period.grain is not end.grain or end < period:
            problem = Problem(
                "unknown-period",
                f"时期范围写法不对 / not a range: {text}",
                "2022-01..2022-12",
                "两端同为年、季、月或日,先早后晚 / both ends of one length, the earlier first",
            )
            raise UnknownName(problem)
        while period <= end:
            found[period] = None
            period = period.next()
    return tuple(found) or (period_named(None, setting),)


def areas_of_level(setting: figures.Setting, level: str) -> list[str]:
    """The codes of every area that is or was of the level, in the tree's order."""
    found = [node.code for node in setting.areas if node.level == level]
    if not found:
        raise _unknown("unknown-level", "级别", "level", level, {node.level for node in setting.areas})
    return found


def indicators_by(
    by: str, indicators: Sequence[programmes.Indicator], *, all_of_them: bool
) -> Sequence[programmes.Indicator]:
    """Those indicators that may be broken down by the field `by`; all, where it is "".

    Raises UnknownName where none may, or with `all_of_them` one may not: its figure would be a false one.
    """
    if not by:
        return indicators
    fit = [indicator for indicator in indicators if by in indicator.by]
    if fit and (not all_of_them or len(fit) == len(indicators)):
        return fit
    unfit = next((indicator for indicator in indicators if by not in indicator.by), None)
    every = sorted({field for indicator in indicators for field in indicator.by})
    fields = list(unfit.by) if all_of_them and unfit else every
    near = get_close_matches(by, fields, n=1, cutoff=0.5)
    which = f"指标 {unfit.key} " if all_of_them and unfit else ""
    raise UnknownName(
        Problem(
            "unknown-field",
            f"{which}不能按 {by!r} 细分 / cannot be broken down by it",
            "、".join(fields) or "无 / none: 指标未声明 by / the indicator declares no `by`",
            f"是否为 / did you mean: {near[0]}" if near else "",
        )
    )


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
    known = list(known)
    near = get_close_matches(found, known, n=3, cutoff=0.5)
    names = sorted(known)
    expected = "、".join(names[:12]) + (" …" if len(names) > 12 else "")
    remedy = f"是否为 / did you mean: {', '.join(near)}" if near else ""
    return UnknownName(Problem(code, f"没有这个{zh} / unknown {en}: {found}", expected, remedy))
