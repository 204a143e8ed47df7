"""The lake's tables, and what must change in them when definitions do.

One DuckLake table per logical table, by the same name, in schema `main`; schema `meta` holds `progress` (the
positions reached, the greatest counts) and `unknown` (types met that no definition in force knows).
"""

# ruff: noqa: S608 - names are quoted, positions are integers; nothing of a request gets in here

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb

from taizhang.lake.connection import named
from taizhang.lake.work import Span, Work
from taizhang.programmes import Definitions, LogicalTable, RecordType, logical_tables

Columns = Mapping[str, str]

META = (
    "CREATE SCHEMA IF NOT EXISTS lake.meta",
    "CREATE TABLE IF NOT EXISTS lake.meta.progress "
    "(position BIGINT, definitions VARCHAR, caught_at TIMESTAMPTZ)",
    "CREATE TABLE IF NOT EXISTS lake.meta.unknown (type VARCHAR)",
    # Version 2 packs timestamps and positions by their differences: a tenth of the bytes, half the time.
    "CALL lake.set_option('parquet_version', 2)",
    # Files of this size are left alone, so that a tidying rewrites the last of them and not the whole lake.
    "CALL lake.set_option('target_file_size', '32MB')",
)


def reached(connection: duckdb.DuckDBPyConnection) -> tuple[int, str]:
    """The position that the lake is as of, and the version of the definitions; (0, "") for a new one."""
    row = connection.execute(
        "SELECT coalesce(max(position), 0), coalesce(max_by(definitions, (position, caught_at)), '') "
        "FROM lake.meta.progress"
    ).fetchone()
    return (row[0], row[1]) if row else (0, "")


def present(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """The tables that the lake has: name → columns → SQL type."""
    tables: dict[str, dict[str, str]] = {}
    for table, column, kind in connection.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE database_name = 'lake' AND schema_name = 'main' ORDER BY table_name, column_index"
    ).fetchall():
        tables.setdefault(table, {})[column] = kind
    return tables


def changes(
    definitions: Definitions, tables: Mapping[str, Columns], unknown: Iterable[str], upto: int
) -> Work:
    """What brings the tables to the definitions: statements, and the spans of the ledger to read again.

    A table that is missing is made; a new column is added (what was recorded before the field was defined has
    no value there); a column whose type changed has its record type's tables made anew and filled from the
    ledger, as has a type met before any definition knew it. A column that is defined no longer stays.
    """
    statements: list[str] = []
    again: set[str] = set()
    unknown = set(unknown)
    for record_type in definitions.record_types:
        logical = logical_tables(record_type)
        if record_type.key in unknown or any(
            _changed(table, tables.get(table.name, {})) for table in logical
        ):
            statements += [f"DROP TABLE IF EXISTS lake.main.{named(table.name)}" for table in logical]
            statements += [_create(table) for table in logical]
            again.add(record_type.key)
            continue
        for table in logical:
            statements += _widen(table, tables.get(table.name))
            # A duty that got its rounds later: they stand in the versions' documents already.
            if table.name not in tables and any(other.name in tables for other in logical):
                again.add(record_type.key)
                statements.append(f"DELETE FROM lake.main.{named(record_type.key)}")
    if again & unknown:
        listed = ", ".join("'" + key + "'" for key in sorted(again & unknown))
        statements.append(f"DELETE FROM lake.meta.unknown WHERE type IN ({listed})")
    spans = [Span(0, upto, tuple(sorted(again)))] if again and upto else []
    return Work(statements=statements, spans=spans)


def anew(record_types: Iterable[RecordType], tables: Iterable[str], upto: int) -> Work:
    """What makes every table anew and fills it from the whole ledger."""
    statements = [f"DROP TABLE IF EXISTS lake.main.{named(name)}" for name in tables]
    statements += [_create(table) for record_type in record_types for table in logical_tables(record_type)]
    statements += ["DELETE FROM lake.meta.progress", "DELETE FROM lake.meta.unknown"]
    return Work(statements=statements, spans=[Span(0, upto)] if upto else [])


def view(table: LogicalTable, upto: int | None = None) -> str:
    """The view of a logical table: its columns only, and with `upto` its rows up to that position."""
    columns = ", ".join(named(name) for name in table.columns)
    where = "" if upto is None else f" WHERE position <= {upto:d}"
    scope = "" if upto is None else "TEMP "
    name = named(table.name)
    return f"CREATE OR REPLACE {scope}VIEW {name} AS SELECT {columns} FROM lake.main.{name}{where}"


def _changed(table: LogicalTable, columns: Columns) -> bool:
    return any(columns.get(name, kind) != kind for name, kind in table.columns.items())


def _widen(table: LogicalTable, columns: Columns | None) -> list[str]:
    if columns is None:
        return [_create(table)]
    return [
        f"ALTER TABLE lake.main.{named(table.name)} ADD COLUMN {named(name)} {kind}{_default(name, kind)}"
        for name, kind in table.columns.items()
        if name not in columns
    ]


def _default(name: str, kind: str) -> str:
    # A step that was not defined yet was taken no times.
    return " DEFAULT 0" if kind == "BIGINT" and name.endswith("_count") else ""


def _create(table: LogicalTable) -> str:
    columns = ", ".join(f"{named(name)} {kind}" for name, kind in table.columns.items())
    return f"CREATE TABLE lake.main.{named(table.name)} ({columns})"
