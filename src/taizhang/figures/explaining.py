"""Where a figure comes from: its definition in words, the statement that computes it, and its records."""

from __future__ import annotations

from dataclasses import dataclass

from taizhang.errors import Problem, UnknownName
from taizhang.figures.duckdb_engine import duckdb_text
from taizhang.figures.figure import Setting
from taizhang.figures.plan import Engine, Slot, formula_parts, measure_plan
from taizhang.figures.sql import layout
from taizhang.programmes import Definitions, Indicator, Measure
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
    words_zh, words_en = _words(definitions, asked)
    upper_listed, lower_listed = (tuple(found[side])[:listed] for side in (True, False))
    return Explanation(
        indicator, area, period, words_zh, words_en, ";\n\n".join(statements),
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


def _words(definitions: Definitions, indicator: Indicator) -> tuple[str, str]:
    about = indicator.about
    zh, en = [about.zh] if about and about.zh else [], [about.en] if about and about.en else []
    if indicator.formula is not None:
        names = {key: definitions.indicator(key).name for key in formula_parts(indicator)}
        text = indicator.formula.sql(dialect="duckdb")
        zh.append("公式:" + _replaced(text, {key: name.zh for key, name in names.items()}))
        en.append("Formula: " + _replaced(text, {key: name.en or name.zh for key, name in names.items()}))
    for zh_part, en_part, measure in (
        (
            "分子" if indicator.denominator else "取值",
            "numerator" if indicator.denominator else "value",
            indicator.numerator,
        ),
        ("分母", "denominator", indicator.denominator),
    ):
        if measure is not None:
            said_zh, said_en = _measure_words(definitions, measure)
            zh.append(f"{zh_part}:{said_zh}")
            en.append(f"{en_part.capitalize()}: {said_en}")
    if indicator.source:
        zh.append(f"依据:{indicator.source}")
        en.append(f"Source: {indicator.source}")
    return (
        f"{indicator.name.zh}。" + ";".join(part.rstrip("。;") for part in zh) + "。",
        f"{indicator.name.en or indicator.name.zh}. " + "; ".join(part.rstrip(".;") for part in en) + ".",
    )


def _replaced(text: str, names: dict[str, str]) -> str:
    for key, name in names.items():
        text = text.replace(f'"{key}"', name)
    return text


def _measure_words(definitions: Definitions, measure: Measure) -> tuple[str, str]:
    if measure.areas:
        return f"本级及以下 {measure.areas} 级区域的个数", f"the number of areas of level {measure.areas}"
    kind = definitions.record_type(measure.of.removesuffix(".rounds")).name
    zh, en = [f"“{kind.zh}”"], [f"“{kind.en or kind.zh}”"]
    if measure.value is not None:
        zh.append(f"的 {measure.value.sql(dialect='duckdb')}")
        en.append(f"{measure.value.sql(dialect='duckdb')}")
    if measure.covered:
        zh.append(f",至少有一条的 {measure.covered} 级区域数")
        en.append(f"areas of level {measure.covered} that have at least one")
    if measure.each:
        having = f",组内 {measure.having.sql(dialect='duckdb')}" if measure.having is not None else ""
        zh.append(f",按 {measure.each} 分组{having} 的组数")
        en.append(f"groups by {measure.each}" + having.replace(",组内", " having"))
    if measure.where is not None:
        zh.append(f",满足 {measure.where.sql(dialect='duckdb')}")
        en.append(f"where {measure.where.sql(dialect='duckdb')}")
    if measure.standing is not None:
        end = measure.standing.end
        zh.append(f",期末在册({measure.standing.start} 起{f',{end} 止' if end else ''})")
        en.append(
            f"standing at the period's end (from {measure.standing.start}{f' until {end}' if end else ''})"
        )
    else:
        zh.append(f",{measure.on} 在期内")
        en.append(f"with {measure.on} within the period")
    return "".join(zh), ", ".join(en)
