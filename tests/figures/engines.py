"""The engines under test, each filled with the same rows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import duckdb
import psycopg
from psycopg import sql
from tests.figures.figure_cases import Rows

from taizhang.figures import DuckDBEngine, Engine, PostgresEngine, ReferenceEngine
from taizhang.programmes import LogicalTable

SERVER = os.environ.get("TAIZHANG_TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")


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


@cache
def _server() -> psycopg.Connection[Any]:
    return psycopg.connect(SERVER)


def in_postgres(tables: Iterable[LogicalTable], rows: Rows) -> PostgresEngine:
    """The rows in temporary tables of a real PostgreSQL; those of the call before are gone."""
    connection = _server()
    connection.rollback()
    for table in tables:
        name = sql.Identifier(table.name)
        columns = [sql.SQL("{} {}").format(sql.Identifier(c), sql.SQL(k)) for c, k in table.columns.items()]
        connection.execute(sql.SQL("CREATE TEMP TABLE {} ({})").format(name, sql.SQL(", ").join(columns)))
        with connection.cursor() as cursor, cursor.copy(sql.SQL("COPY {} FROM STDIN").format(name)) as copy:
            for row in rows[table.name]:
                copy.write_row([row[column] for column in table.columns])
    return PostgresEngine(connection)


Filled = Callable[[Iterable[LogicalTable], Rows], Engine]
ENGINES: dict[str, Filled] = {"reference": reference, "duckdb": in_duckdb, "postgres": in_postgres}
