"""What a record is made of, and everything that it touches: figures, and sentences of stored reports."""

from __future__ import annotations

from typing import Any

from taizhang import figures
from taizhang.errors import Problem, UnknownName
from taizhang.jobs.entry_rows import entry_rows, without_personal
from taizhang.jobs.naming import area_named, period_named
from taizhang.jobs.published_sentences import sentences_about
from taizhang.jobs.setting import standpoint
from taizhang.ledger import queries
from taizhang.values import Grain, Period


def explain_record(
    record: str,
    *,
    area: str | None = None,
    period: str | None = None,
    as_of: int | None = None,
    proof: bool = False,
    sentences: bool = False,
) -> dict[str, Any]:
    """A record's columns, its entries, and the figures it is part of.

    The figures are those of years, quarters and months; with `period`, that one and the shorter ones in it,
    whatever its length; with `area`, of that area only. With `proof` every entry has its inclusion proof
    (RFC 6962), None while unsealed, and that of the opening entry stands apart too. With `sentences` also
    the sentences of the district's reports whose claims are bound to a figure that the record is part of.
    Personal fields are not shown. Raises UnknownName for a record that is not in the ledger at that position.
    """
    with standpoint(as_of) as here:
        kept = queries.record(record, here.position)
        if kept is None:
            problem = Problem("unknown-record", f"台账里没有记录 {record} / no such record in the ledger")
            raise UnknownName(problem)
        kind = here.definitions.record_type(kept.type)
        within = _within(period_named(period, here.setting)) if period else None
        only = area_named(here.setting, area) if area else ""
        names = {indicator.key: indicator.name.zh for indicator in here.definitions.indicators}
        touched = [
            {"indicator": key, "name": names[key], "area": code, "period": str(when)}
            for key, code, when in figures.figures_of(
                here.definitions, kept.type, kept.document, here.setting, within
            )
            if only in ("", code)
        ]
        entries = entry_rows(here.definitions, [record], here.position, proof=proof)[record]
    explained: dict[str, Any] = {
        "record": record,
        "type": kept.type,
        "area": kept.document["area"],
        "position": here.position,
        "columns": without_personal(kind, kept.document),
        "entries": entries,
        "figures": touched,
    }
    if sentences:

        def counts(indicator: str, area: str, when: Period) -> bool:
            found = figures.figures_of(here.definitions, kept.type, kept.document, here.setting, [when])
            return (indicator, area, when) in found

        explained["sentences"] = sentences_about(counts, here.position)
    if proof:
        explained["proof"] = entries[0]["proof"]
    return explained


def _within(period: Period) -> list[Period]:
    """The period, and the quarters and months in it."""
    shorter = [grain for grain in (Grain.QUARTER, Grain.MONTH) if 0 < grain.months < period.grain.months]
    return [period, *(part for grain in shorter for part in period.split(grain))]
