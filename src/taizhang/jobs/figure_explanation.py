"""Where a figure comes from: its definition in words, SQL, numerator, denominator, and records."""

from __future__ import annotations

from typing import Any

from taizhang import figures
from taizhang.jobs.naming import area_named, indicator_named, period_named
from taizhang.jobs.setting import standpoint

SAMPLE = 20
"""How many record ids an explanation lists; the rest are counted."""


def explain_figure(
    indicator: str, *, area: str | None = None, period: str | None = None, as_of: int | None = None
) -> dict[str, Any]:
    """The figure and what it rests on. Raises UnknownName for a name that nobody has declared."""
    with standpoint(as_of) as here:
        defined = indicator_named(here.definitions, indicator)
        code = area_named(here.setting, area)
        asked = period_named(period, here.setting)
        request = figures.Request((defined.key,), (asked,), (code,))
        figure = figures.compute(here.definitions, request, here.engine, here.setting)[0]
        explained = figures.explain(here.definitions, defined.key, code, asked, here.engine, here.setting)
        peers = [
            {"peer": known.peer, "value": known.value, "document": known.document}
            for known in here.setting.peer_values
            if known.indicator == defined.key and known.period == asked and figure.rank is not None
        ]
    names = {node.code: node.name for node in here.setting.areas}
    return {
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
        "sample": list(explained.numerator_records[:SAMPLE]),
        "reported": figure.reported,
        "expected": figure.expected,
        "unplaced": figure.unplaced,
        "origin": figure.origin,
        "position": figure.position,
        "definition_version": figure.definition,
        "sql": explained.sql,
        "rank": figure.rank,
        "peers": peers,
        "own_peer": here.setting.own_peer,
    }
