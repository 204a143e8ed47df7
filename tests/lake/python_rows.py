"""Documents turned into rows in plain Python: what the lake's rows must equal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from taizhang.programmes import RecordType, logical_tables, varying_columns


def value(kind: str, given: Any) -> Any:
    """One value of a document as its column's type has it."""
    if given is None:
        return None
    if kind == "TIMESTAMP":
        return datetime.fromisoformat(given)
    if kind == "DATE":
        return date.fromisoformat(given)
    if kind.startswith("DECIMAL"):
        return Decimal(given)
    return given


def table_rows(
    record_type: RecordType, position: int, supersedes: int | None, document: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """(table's name, row) for one version."""
    versions, *rounds = logical_tables(record_type)
    varying = varying_columns(record_type) | {"valid_from", "valid_to"}
    counts = {f"{step}_count" for step in record_type.steps}
    for segment in document.get("_segments") or [None]:
        row = {"position": position, "supersedes": supersedes}
        for name, kind in versions.columns.items():
            if name in row:
                continue
            source = segment if segment is not None and name in varying else document
            row[name] = value(kind, source.get(name, 0 if name in counts else None))
        yield versions.name, tuple(row[name] for name in versions.columns)
    for table in rounds:
        for owed in document.get("_rounds", []):
            said = {**document, "position": position, "supersedes": supersedes, **owed}
            yield table.name, tuple(value(kind, said.get(name)) for name, kind in table.columns.items())
