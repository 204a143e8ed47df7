"""From version documents to typed rows: the SQL that turns a batch of JSON into logical tables' columns.

The batch is a relation `batch` (position, supersedes, document as text) of one type's versions. Every value
is taken out as text and then cast, because a cast raises on what does not fit, while DuckDB's typed
`from_json` would put null in its place without a word. Only the columns of `taizhang.programmes.tables` are
taken out, so working values and personal fields never enter.
"""

# ruff: noqa: S608 - names are quoted, positions are integers; nothing of a request gets in here

from __future__ import annotations

import json
from collections.abc import Iterable

from taizhang.lake.connection import named, quoted
from taizhang.programmes import LogicalTable, RecordType, logical_tables, varying_columns

_FROM_LEDGER = ("position", "supersedes")
_ROUND_COLUMNS = ("round", "due_from", "due_on", "done_on")


def inserts(record_type: RecordType) -> list[str]:
    """One INSERT for each logical table of the type, from `batch`."""
    versions, *rounds = logical_tables(record_type)
    return [_versions(record_type, versions), *(_rounds(record_type, table) for table in rounds)]


def _versions(record_type: RecordType, table: LogicalTable) -> str:
    counts = {f"{step}_count" for step in record_type.steps}
    taken = [name for name in table.columns if name not in _FROM_LEDGER]
    structure: dict[str, object] = dict.fromkeys(taken, "VARCHAR")
    varies = varying_columns(record_type)
    varying = [name for name in taken if name in varies or name in ("valid_from", "valid_to")]
    inner = "SELECT position, supersedes, from_json(document, {}) AS d FROM batch"
    if varies:
        structure["_segments"] = [dict.fromkeys(varying, "VARCHAR")]
        # A version with one segment only has no list: one row, everything from the document itself.
        inner = f"SELECT position, supersedes, d, unnest(coalesce(d._segments, [NULL])) AS s FROM ({inner})"
    inner = inner.format(quoted(json.dumps(structure)))
    columns = []
    for name, kind in table.columns.items():
        if name in _FROM_LEDGER:
            columns.append(name)
            continue
        value = f"d.{named(name)}"
        if varies and name in varying:
            value = f"CASE WHEN s IS NULL THEN {value} ELSE s.{named(name)} END"
        columns.append(_cast(value, kind, counted=name in counts))
    return _insert(table, columns, inner)


def _rounds(record_type: RecordType, table: LogicalTable) -> str:
    taken = [name for name in table.columns if name not in (*_FROM_LEDGER, *_ROUND_COLUMNS)]
    structure = dict.fromkeys(taken, "VARCHAR") | {"_rounds": [dict.fromkeys(_ROUND_COLUMNS, "VARCHAR")]}
    inner = (
        "SELECT position, supersedes, d, unnest(d._rounds) AS r FROM (SELECT position, supersedes, "
        f"from_json(document, {quoted(json.dumps(structure))}) AS d FROM batch)"
    )
    columns = [
        name
        if name in _FROM_LEDGER
        else _cast(f"{'r' if name in _ROUND_COLUMNS else 'd'}.{named(name)}", kind, counted=False)
        for name, kind in table.columns.items()
    ]
    return _insert(table, columns, inner)


def _cast(value: str, kind: str, *, counted: bool) -> str:
    cast = value if kind == "VARCHAR" else f"CAST({value} AS {kind})"
    return f"coalesce({cast}, 0)" if counted else cast  # a count of zero is left out of the document


def _insert(table: LogicalTable, columns: Iterable[str], inner: str) -> str:
    names = ", ".join(named(name) for name in table.columns)
    selected = ", ".join(
        f"{value} AS {named(name)}" for name, value in zip(table.columns, columns, strict=True)
    )
    return f"INSERT INTO lake.main.{named(table.name)} ({names}) SELECT {selected} FROM ({inner})"
