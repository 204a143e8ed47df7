"""The engines under test, each filled with the same rows."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
from tests.figures.figure_cases import Rows

from taizhang.figures import DuckDBEngine, ReferenceEngine
from taizhang.programmes import LogicalTable


def reference(tables: Iterable[LogicalTable], rows: Rows) -> ReferenceEngine:
    """The rows as they are."""
    return ReferenceEngine({table.name: rows[table.name] for table in tables})


def in_duckdb(tables: Iterable[LogicalTable], rows: Rows) -> DuckDBEngine:
    """The rows in tables of a DuckDB in memory."""
    connection = duckdb.connect()
    for table in tables:
        columns = ", ".join(f'"{name}" {kind}' for name, kind in table.columns.items())
        connection.execute(f'CREATE TABLE "{table.name}" ({columns})')
        if rows[table.name]:
            marks = ", ".join("?" * len(table.columns))
            values = [[row[name] for name in table.columns] for row in rows[table.name]]
            connection.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', values)
    return DuckDBEngine(connection)
