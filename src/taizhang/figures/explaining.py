"""Where a figure comes from: its definition in words, the statement that computes it, and its records."""

from __future__ import annotations

from dataclasses import dataclass

from taizhang.errors import Problem, UnknownName
from taizhang.figures.duckdb_engine import duckdb_text
from taizhang.figures.figure import Setting
from taizhang.figures.plan import Engine, Slot, formula_parts, measure_plan
from taizhang.figures.sql import layout
from taizhang.figures.wording import definition_words
from taizhang.programmes import Definitions, Indicator
from taizhang.values import Period

LISTED = 100
"""How many record ids an explanation lists unless asked for more; the totals count them all."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A figure's definition in words, its SQL, and the first records of numerator and denominator."""

    indicator: str
    area: str
    period: Period
    words_zh: str
    words_en: str
    sql: str
    numerator_records: tuple[str, ...]
    numerator_total: int
    denominator_records: tuple[str, ...]
    denominator_total: int


def explain(
    definitions: Definitions,
    indicator: str,
    area: str,
    period: Period,
    engine: Engine,
    setting: Setting,
    *,
    listed: int = LISTED,
) -> Explanation:
    """What the figure rests on, with the tree of the period's last day; at most `listed` records a side.

    A formula lists the records of its parts. Raises UnknownName for an indicator or area nobody declared.
    """
    if area not in {node.code for node in setting.areas}:
        raise UnknownName(Problem("unknown-area", f"没有区域 {area} / no area {area}"))
    try:
        asked = definitions.indicator(indicator)
    except KeyError:
        raise UnknownName(
            Problem("unknown-indicator", f"没有指标 {indicator} / no indicator {indicator}")
        ) from None
    slot = Slot(period, period.last_day)
    leaves = _leaves(definitions, asked)
    statements: list[str] = []
    found: dict[bool, dict[str, None]] = {True: {}, False: {}}
    totals = {True: 0, False: 0}
    for part in leaves:
        for upper, measure in ((True, part.numerator), (False, part.denominator)):
            if measure is None or not measure.of:
                continue
            plan = measure_plan(definitions, measure, slot, area, setting)
            records, total = engine.records(plan, listed)
            found[upper] |= dict.fromkeys(records)
            totals[upper] += total
            text = ";\n".join(duckdb_text(query, pretty=True) for query in layout(plan).statements)
            which = "分子 / numerator" if upper else "分母 / denominator"
            head = f"-- {part.key} {which}: {area} {period}, position {setting.position}"
            statements.append(f"{head}\n{text}")
    words = definition_words(definitions, asked)
    upper_listed, lower_listed = (tuple(found[side])[:listed] for side in (True, False))
    return Explanation(
        indicator, area, period, words.zh, words.en, ";\n\n".join(statements),
        upper_listed, totals[True], lower_listed, totals[False],
    )  # fmt: skip


def _leaves(definitions: Definitions, indicator: Indicator) -> list[Indicator]:
    """The indicators with measures that one is built from; itself when it has measures."""
    found: dict[str, Indicator] = {}
    pending = [indicator]
    while pending:
        part = pending.pop(0)
        if part.formula is None:
            found.setdefault(part.key, part)
        else:
            pending += [definitions.indicator(key) for key in formula_parts(part)]
    return list(found.values())
