"""The DuckDB engine: the lake's columns."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol

import sqlglot
from sqlglot import exp
from sqlglot.expressions import Select

from taizhang.figures.lists import COLUMNS, Rows, with_lists
from taizhang.figures.rows import POSITION
from taizhang.figures.sql_engine import SQLEngine


class Connection(Protocol):
    """What the engine needs of a DuckDB connection (or cursor)."""

    def execute(self, query: str, parameters: Any = None) -> Any: ...


class DuckDBEngine(SQLEngine):
    """Takes a connection with one view per logical table, named as the table."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @staticmethod
    def text(query: exp.Query) -> str:
        """See `duckdb_text`."""
        return duckdb_text(query)

    def run(self, text: str, position: int, lists: dict[str, Rows]) -> Sequence[Sequence[Any]]:
        """All rows. Raises duckdb.Error when a table or column is missing."""
        parameters: dict[str, Any] = {POSITION: position} | {
            f"{name}_{column}": json.dumps([row[place] for row in rows])
            for name, rows in lists.items()
            for place, column in enumerate(COLUMNS[name])
        }
        found: Sequence[Sequence[Any]] = self._connection.execute(text, parameters).fetchall()
        return found


def duckdb_text(query: exp.Query, *, pretty: bool = False) -> str:
    """A statement in DuckDB's words, which it is changed into; its small tables are parameters."""
    whole = with_lists(query, _source)
    return whole.transform(_worded, copy=False).sql(dialect="duckdb", pretty=pretty, copy=False)


@cache
def _source(name: str) -> Select:
    # Long lists go in as JSON text: DuckDB's Python client is slow at lists of Python values.
    columns = ", ".join(
        f"UNNEST(FROM_JSON(${name}_{column}, '[\"{kind}\"]')) AS {column}"
        for column, kind in COLUMNS[name].items()
    )
    tree = sqlglot.parse_one(f"SELECT {columns}", read="duckdb")
    assert isinstance(tree, Select)
    return tree


def _worded(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Anonymous) and node.name == "MICROSECONDS_BETWEEN":
        first, last = (exp.Anonymous(this="EPOCH_US", expressions=[end]) for end in node.expressions)
        return exp.paren(exp.Sub(this=last, expression=first))
    if isinstance(node, exp.Anonymous) and node.name == "FIRST_OF":
        values = node.expressions[0].transform(_worded, copy=False)
        return exp.Anonymous(this="LIST_EXTRACT", expressions=[values, exp.Literal.number(1)])
    return node
