"""The records behind a figure, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from taizhang import figures
from taizhang.jobs.naming import area_named, indicator_named, period_named
from taizhang.jobs.record_words import Words
from taizhang.jobs.setting import standpoint
from taizhang.ledger import queries

PAGE = 25
"""Records on a page."""

Side = Literal["numerator", "denominator"]


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One page of the records that a figure's numerator or denominator counts; pages count from 1."""

    side: Side
    rows: list[dict[str, Any]]
    total: int
    other_total: int  # of the other side
    page: int
    pages: int
    position: int


def list_records(
    indicator: str, *, area: str, period: str, as_of: int, side: Side = "numerator", page: int = 1
) -> RecordPage:
    """The records that the figure counts, with a line about each.

    A page past the last is empty. Raises UnknownName for a name that nobody has declared.
    """
    with standpoint(as_of) as here:
        defined = indicator_named(here.definitions, indicator)
        explained = figures.explain(
            here.definitions,
            defined.key,
            area_named(here.setting, area),
            period_named(period, here.setting),
            here.engine,
            here.setting,
            listed=PAGE * page,
        )
    sides = {
        "numerator": (explained.numerator_records, explained.numerator_total),
        "denominator": (explained.denominator_records, explained.denominator_total),
    }
    records, total = sides.pop(side)
    [(_, other_total)] = sides.values()
    words = Words(as_of)
    rows = [_row(words, record, as_of) for record in records[PAGE * (page - 1) : PAGE * page]]
    return RecordPage(side, rows, total, other_total, page, max(1, -(-total // PAGE)), as_of)


def _row(words: Words, record: str, as_of: int) -> dict[str, Any]:
    kept = queries.record(record, as_of)
    if kept is None:
        raise LookupError(f"the lake has a record that the ledger lacks: {record}")
    kind, document = words.kind(kept.type), kept.document
    return {
        "record": record,
        "type": kind.name.zh,
        "area": words.area(document["area"]),
        "state": words.state(kind, document["state"]),
        "opened": document["opened_at"].replace("T", " "),
        "summary": words.summary(kind, document),
    }
