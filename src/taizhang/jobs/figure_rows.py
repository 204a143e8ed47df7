"""Compute figures as the contract prints them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from taizhang import figures
from taizhang.jobs.naming import area_named, indicator_named, indicators_by, period_named, tree_named
from taizhang.jobs.setting import standpoint


def compute_figures(
    indicators: Sequence[str] = (),
    *,
    area: str | None = None,
    periods: Sequence[str] = (),
    by: str = "",
    as_of: int | None = None,
    tree: str = "then",
) -> list[dict[str, Any]]:
    """Rows of figures: the indicators asked for (all, when none is named) for one area and the periods.

    Raises UnknownName for an indicator, area, period, field or position that nobody has declared.
    """
    with standpoint(as_of) as here:
        named = [indicator_named(here.definitions, key) for key in indicators]
        keys = [indicator.key for indicator in indicators_by(here.definitions, named, by)]
        request = figures.Request(
            indicators=tuple(keys),
            periods=tuple(period_named(period, here.setting) for period in periods or [None]),
            areas=(area_named(here.setting, area),),
            by=by,
            tree=tree_named(tree),
        )
        computed = figures.compute(here.definitions, request, here.engine, here.setting)
        return [figure_row(figure) for figure in computed]


def figure_row(figure: figures.Figure) -> dict[str, Any]:
    """A figure with the contract's keys, in their order."""
    row: dict[str, Any] = {
        "indicator": figure.indicator,
        "area": figure.area,
        "period": str(figure.period),
        "value": figure.value,
        "unit": figure.unit,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "records": figure.records,
        "reported": figure.reported,
        "expected": figure.expected,
        "yoy_difference": figure.yoy_difference,
        "yoy_growth": figure.yoy_growth,
        "rank": figure.rank,
        "target": figure.target,
        "light": figure.light,
        "position": figure.position,
        "origin": figure.origin,
        "definition": figure.definition,
    }
    if figure.by:
        row["by"] = dict(figure.by)
    if figure.unplaced:
        row["unplaced"] = figure.unplaced  # records in no area of the tree: counted nowhere, but told
    return row
