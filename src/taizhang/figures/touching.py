"""The other way round: which figures a record is part of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from taizhang.figures.figure import Setting
from taizhang.figures.plan import Slot, formula_parts
from taizhang.figures.reference import belongs
from taizhang.programmes import Definitions, Measure, logical_tables
from taizhang.values import Grain, Period

GRAINS = (Grain.YEAR, Grain.QUARTER, Grain.MONTH)
"""The lengths of period that are looked at unless periods are named."""


def figures_of(
    definitions: Definitions,
    record_type: str,
    document: Mapping[str, Any],
    setting: Setting,
    periods: Collection[Period] | None = None,
) -> list[tuple[str, str, Period]]:
    """Indicator, area and period of the figures that count a record: years, quarters and months up to today,
    or those of `periods`.

    `document` is the version document (docs/explanation/records.md); areas are those at or above its own,
    in the tree of the period's last day. Formulas follow their parts. A void record counts nowhere.
    """
    if document.get("void"):
        return []
    found: dict[tuple[str, str, Period], None] = {}
    kind = definitions.record_type(record_type)
    for table in logical_tables(kind):
        rows = [_typed(row, table.columns) for row in _rows(document, table.name.endswith(".rounds"))]
        segments = "valid_from" in table.columns
        for indicator in definitions.indicators:
            for measure in (indicator.numerator, indicator.denominator):
                if measure is not None and measure.of == table.name:
                    for area, period in _cells(measure, rows, segments, setting, periods):
                        found[indicator.key, area, period] = None
    formulas = [i for i in definitions.indicators if i.formula is not None]
    for _ in formulas:  # a formula may be built from formulas
        for indicator in formulas:
            parts = set(formula_parts(indicator))
            found |= {(indicator.key, area, period): None for key, area, period in found if key in parts}
    return list(found)


def _rows(document: Mapping[str, Any], rounds: bool) -> list[Mapping[str, Any]]:
    if rounds:
        return [{**document, **one} for one in document.get("_rounds", ())]
    return [{**document, **one} for one in document.get("_segments", ())] or [document]


def _typed(row: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    return {name: _value(row.get(name), kind, name) for name, kind in columns.items()}


def _value(value: Any, kind: str, name: str) -> Any:
    if value is None:
        return 0 if kind == "BIGINT" and name.endswith("_count") else None
    if kind == "TIMESTAMP" and isinstance(value, str):
        return datetime.fromisoformat(value)
    if kind == "DATE" and isinstance(value, str):
        return date.fromisoformat(value)
    if kind.startswith("DECIMAL"):
        return Decimal(value)
    if kind == "BIGINT" and isinstance(value, Mapping):
        return value["number"]
    return value


def _cells(
    measure: Measure,
    rows: list[dict[str, Any]],
    segments: bool,
    setting: Setting,
    periods: Collection[Period] | None,
) -> Iterator[tuple[str, Period]]:
    for row in rows:
        first = row[measure.standing.start if measure.standing else measure.on]
        if first is None or row[measure.area] is None:
            continue
        day = first.date() if isinstance(first, datetime) else first
        tried = periods if periods is not None else _tried(day, measure.standing is not None, setting)
        for period in tried:
            if belongs(row, measure, Slot(period, period.last_day), segments):
                for area in _above(row[measure.area], period.last_day, setting):
                    yield area, period


def _tried(day: date, stands: bool, setting: Setting) -> Iterator[Period]:
    """The periods of the usual lengths from `day` on: the first of each, and all to today where it stands."""
    for grain in GRAINS:
        period = Period.of(day, grain)
        while period.start <= setting.today:
            yield period
            if not stands:
                break
            period = period.next()


def _above(leaf: str, tree: date, setting: Setting) -> list[str]:
    parents = {
        node.code: node.parent
        for node in setting.areas
        if (node.start is None or node.start <= tree) and (node.end is None or tree < node.end)
    }
    found: list[str] = []
    while leaf in parents and leaf not in found:
        found.append(leaf)
        leaf = parents[leaf]
    return found
