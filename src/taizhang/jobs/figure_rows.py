"""Compute figures as the contract prints them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from taizhang import figures
from taizhang.jobs.naming import (
    area_named,
    areas_of_level,
    indicator_named,
    indicators_by,
    periods_named,
    tree_named,
)
from taizhang.jobs.setting import standpoint

EVERY_AREA = "all"
"""What stands for every area of the tree where areas are asked for."""


def compute_figures(
    indicators: Sequence[str] = (),
    *,
    areas: Sequence[str] = (),
    level: str = "",
    periods: Sequence[str] = (),
    by: str = "",
    as_of: int | None = None,
    tree: str = "then",
) -> list[dict[str, Any]]:
    """Rows of figures: the indicators asked for (all, when none is named) for the areas and the periods.

    `areas` are codes or names, or `all`; with `level` every area of that level; the district when there are
    none. A period may be a range, `2022-01..2022-12`. `by` is a choice or code field: every named
    indicator must list it; when none is named, those are computed that do.
    Raises UnknownName for an indicator, area, level, period, field or position that nobody has declared.
    """
    with standpoint(as_of) as here:
        named = [indicator_named(here.definitions, key) for key in indicators]
        asked = indicators_by(by, named or here.definitions.indicators, all_of_them=bool(named))
        request = figures.Request(
            indicators=tuple(dict.fromkeys(indicator.key for indicator in asked)),
            periods=periods_named(periods, here.setting),
            areas=_areas(here.setting, areas, level),
            by=by,
            tree=tree_named(tree),
        )
        computed = figures.compute(here.definitions, request, here.engine, here.setting)
        return [figure_row(figure) for figure in computed]


def _areas(setting: figures.Setting, areas: Sequence[str], level: str) -> tuple[str, ...] | None:
    """The areas' codes, once each; None for every one of the tree."""
    if EVERY_AREA in areas and not level:
        return None
    named = [area_named(setting, area) for area in areas if area != EVERY_AREA]
    if level:
        named += areas_of_level(setting, level)
    return tuple(dict.fromkeys(named)) or (setting.root,)


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
