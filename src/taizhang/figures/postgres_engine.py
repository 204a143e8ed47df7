"""The PostgreSQL engine: the same plans where the logical tables are PostgreSQL's own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import psycopg
import sqlglot
from sqlglot import exp
from sqlglot.expressions import Select

from taizhang.figures.lists import COLUMNS, Rows, with_lists
from taizhang.figures.rows import POSITION
from taizhang.figures.sql_engine import SQLEngine


class PostgresEngine(SQLEngine):
    """Takes a psycopg connection in which one table or view per logical table stands, named as the table."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    @staticmethod
    def text(query: exp.Query) -> str:
        """See `postgres_text`."""
        return postgres_text(query)

    def run(self, text: str, position: int, lists: dict[str, Rows]) -> Sequence[Sequence[Any]]:
        """All rows. Raises psycopg.Error when a table or column is missing."""
        parameters: dict[str, Any] = {POSITION: position} | {
            f"{name}_{column}": [row[place] for row in rows]
            for name, rows in lists.items()
            for place, column in enumerate(COLUMNS[name])
        }
        with self._connection.cursor() as cursor:
            # The text is a tree's, printed; nothing of a request gets in but as an escaped literal.
            cursor.execute(text.encode(), parameters)
            return cursor.fetchall()


def postgres_text(query: exp.Query, *, pretty: bool = False) -> str:
    """A statement in PostgreSQL's words, which it is changed into; small tables are psycopg's parameters."""
    whole = with_lists(query, _source)
    return whole.transform(_worded, copy=False).sql(dialect="postgres", pretty=pretty, copy=False)


@cache
def _source(name: str) -> Select:
    columns = COLUMNS[name]
    arrays = ", ".join(
        f"%({name}_{column})s::{'text' if kind == 'VARCHAR' else 'int'}[]" for column, kind in columns.items()
    )
    names = ", ".join(columns)
    tree = sqlglot.parse_one(f"SELECT * FROM UNNEST({arrays}) AS t({names})", read="postgres")  # noqa: S608
    assert isinstance(tree, Select)
    return tree


def _worded(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Anonymous) and node.name == "MICROSECONDS_BETWEEN":
        first, last = node.expressions
        gap = exp.paren(exp.Sub(this=last, expression=first))
        seconds = exp.Extract(this=exp.var("EPOCH"), expression=gap)
        return exp.cast(exp.Mul(this=seconds, expression=exp.Literal.number(1_000_000)), "BIGINT")
    if isinstance(node, exp.Anonymous) and node.name == "FIRST_OF":
        values = exp.paren(node.expressions[0].transform(_worded, copy=False))
        return exp.Bracket(this=values, expressions=[exp.Literal.number(1)], offset=1)
    if isinstance(node, exp.Literal) and node.is_string and "%" in node.this:
        return exp.Literal.string(node.this.replace("%", "%%"))  # psycopg reads % as the start of a parameter
    return node
