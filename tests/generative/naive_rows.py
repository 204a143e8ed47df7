"""The rows of a version of a record, as measures see them: docs/explanation/records.md, “Going back”."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tests.generative.naive_records import Document, Kind
from tests.generative.random_measures import Row
from tests.generative.random_programmes import columns_of


def version_rows(kind: Kind, position: int, document: Document) -> Iterator[Row]:
    """A version's rows, one a segment; `valid_from` and `valid_to` are None where it has no bound."""
    for part in document.get("_segments", [{}]):
        plain = {k: v for k, v in document.items() if k not in kind.varying} if part else document
        row = _typed(columns_of(kind), {**plain, **part, "position": position})
        ends = {end: part.get(end) for end in ("valid_from", "valid_to")}
        yield row | {end: value and datetime.fromisoformat(value) for end, value in ends.items()}


def round_rows(kind: Kind, position: int, document: Document) -> Iterator[Row]:
    """The rounds that a version of a duty owes."""
    for owed in document.get("_rounds", ()):
        row = _typed(columns_of(kind, rounds=True), {**document, **owed, "position": position})
        yield row | {"valid_from": None, "valid_to": None}


def _typed(columns: Mapping[str, str], said: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, kind in columns.items():
        value = said.get(name, 0 if name.endswith("_count") else None)
        if value is not None and kind in ("date", "time"):
            value = (date if kind == "date" else datetime).fromisoformat(value)
        elif isinstance(value, str) and kind == "number":
            value = Decimal(value)
        row[name] = value
    return row
