"""Where a figure comes from: definition in words, SQL, numerator, denominator, records, entries, proofs."""

from __future__ import annotations

from typing import Any

from taizhang import figures, programmes
from taizhang.jobs.entry_rows import record_rows
from taizhang.jobs.naming import area_named, indicator_named, period_named
from taizhang.jobs.setting import Standpoint, standpoint
from taizhang.values import Period

SAMPLE = 20
"""How many records of each side an explanation lists unless asked for more; the rest are counted."""


def explain_figure(
    indicator: str,
    *,
    area: str | None = None,
    period: str | None = None,
    as_of: int | None = None,
    limit: int = SAMPLE,
    entries: bool = False,
) -> dict[str, Any]:
    """The figure and what it rests on, with at most `limit` records of each side.

    With `entries` the records come with their entries, digests and inclusion proofs. A formula comes with its
    parts, and the records are those of its parts. Raises UnknownName for a name that nobody has declared.
    """
    with standpoint(as_of) as here:
        defined = indicator_named(here.definitions, indicator)
        code = area_named(here.setting, area)
        asked = period_named(period, here.setting)
        figure = _figures(here, [defined.key], code, asked)[0]
        explained = figures.explain(
            here.definitions, defined.key, code, asked, here.engine, here.setting, listed=limit
        )
        parts = _parts(here, defined, code, asked)
        peers = _peers(here, defined.key, asked) if figure.rank is not None else []
    names = {node.code: node.name for node in here.setting.areas}
    told: dict[str, Any] = {
        "indicator": defined.key,
        "name": defined.name.zh,
        "definition": explained.words_zh,
        "definition_en": explained.words_en,
        "area": code,
        "area_name": names.get(code, code),
        "period": str(asked),
        "value": figure.value,
        "unit": figure.unit,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "records": figure.records,
        "numerator_total": explained.numerator_total,
        "denominator_total": explained.denominator_total,
        "sample": list(explained.numerator_records[:SAMPLE]),
        "reported": figure.reported,
        "expected": figure.expected,
        "unplaced": figure.unplaced,
        "origin": figure.origin,
        "position": figure.position,
        "definition_version": figure.definition,
        "sql": explained.sql,
        "parts": parts,
        "rank": figure.rank,
        "peers": peers,
        "own_peer": here.setting.own_peer,
    }
    if entries:
        both = dict.fromkeys([*explained.numerator_records, *explained.denominator_records])
        rows = {row["record"]: row for row in record_rows(here.definitions, both, here.position)}
        told["numerator_records"] = [rows[record] for record in explained.numerator_records]
        told["denominator_records"] = [rows[record] for record in explained.denominator_records]
    return told


def _peers(here: Standpoint, indicator: str, period: Period) -> list[dict[str, Any]]:
    """What the peers reached, each with the document that says so."""
    return [
        {"peer": known.peer, "value": known.value, "document": known.document}
        for known in here.setting.peer_values
        if known.indicator == indicator and known.period == period
    ]


def _figures(here: Standpoint, keys: list[str], area: str, period: Period) -> list[figures.Figure]:
    request = figures.Request(tuple(keys), (period,), (area,))
    return figures.compute(here.definitions, request, here.engine, here.setting)


def _parts(
    here: Standpoint, indicator: programmes.Indicator, area: str, period: Period
) -> list[dict[str, Any]]:
    """The figures that a formula puts together; none for an indicator with measures of its own."""
    if indicator.formula is None:
        return []
    keys = figures.formula_parts(indicator)
    return [
        {
            "indicator": figure.indicator,
            "name": here.definitions.indicator(figure.indicator).name.zh,
            "unit": figure.unit,
            "value": figure.value,
            "numerator": figure.numerator,
            "denominator": figure.denominator,
            "records": figure.records,
        }
        for figure in _figures(here, keys, area, period)
    ]
