"""What the SQL engines share: run the statements of a plan, read components out of their rows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqlglot import exp

from taizhang.figures.layout import HEAD, Fold, Layout, Spot
from taizhang.figures.lists import Lists, Rows, names_in
from taizhang.figures.plan import Cell, Column, Component, Components, Plan
from taizhang.figures.sql import layout, record_statement

_KEPT = 256
"""Plans whose statements are kept: to make them takes as long as to run them on some thousands of records."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement in a database's words, and the tables that it reads."""

    text: str
    tables: frozenset[str]


class SQLEngine(ABC):
    """Runs plans; a subclass words the statements for its database and sends them."""

    @staticmethod
    @abstractmethod
    def text(query: exp.Query) -> str:
        """A statement in the database's words; the tree may be changed."""

    @abstractmethod
    def run(self, text: str, position: int, lists: dict[str, Rows]) -> Sequence[Sequence[Any]]:
        """All rows of a statement as of a position; `lists` are the small tables that it reads."""

    def records(self, plan: Plan, limit: int) -> tuple[tuple[str, ...], int]:
        """See `Engine`. Raises the database's own error when a table or column is missing."""
        statement = _statement(self.text, record_statement(plan, limit))
        rows = self._rows(statement, plan, Lists(plan))
        return tuple(str(row[0]) for row in rows), int(rows[0][1]) if rows else 0

    def components(self, plan: Plan) -> list[Components]:
        """See `Engine`. Raises the database's own error when a table or column is missing."""
        laid, statements = _laid(self.text, plan.shape)
        lists = Lists(plan)
        found = [self._cells(one, plan, lists, laid.folds.get(n)) for n, one in enumerate(statements)]
        return _read(laid, found)

    def _rows(self, statement: Statement, plan: Plan, lists: Lists) -> Sequence[Sequence[Any]]:
        return self.run(statement.text, plan.position, lists.of(statement.tables))

    def _cells(
        self, statement: Statement, plan: Plan, lists: Lists, fold: Fold | None
    ) -> Mapping[Cell, Sequence[Component | str]]:
        codes = lists.codes
        rows = self._rows(statement, plan, lists)
        if fold is None:
            return {(codes[row[0]], row[1], row[2]): row for row in rows if row[0] >= 0}
        cells: dict[Cell, list[Sequence[Any]]] = {}
        for row in rows:
            if row[0] >= 0:
                cells.setdefault((codes[row[0]], row[1], row[2]), []).append(row)
        return {cell: (*cell, _folded(fold, several)) for cell, several in cells.items()}


@lru_cache(maxsize=_KEPT)
def _laid(text: Callable[[exp.Query], str], shape: Plan) -> tuple[Layout, tuple[Statement, ...]]:
    laid = layout(shape)
    statements = tuple(_statement(text, query) for query in laid.statements)
    return replace(laid, statements=[]), statements  # the trees are large, and their texts are kept


def _statement(text: Callable[[exp.Query], str], query: exp.Query) -> Statement:
    tables = names_in(query)
    return Statement(text(query), tables)


def _folded(fold: Fold, rows: list[Sequence[Any]]) -> Component:
    """One component of a cell's quotients; `last` comes as the one that it is."""
    quotients = [Fraction(row[HEAD]) / Fraction(row[HEAD + 1]) for row in rows]
    match fold:
        case "sum" | "last":
            return sum(quotients, Fraction(0))
        case "avg":
            return sum(quotients, Fraction(0)) / sum(int(row[HEAD + 2]) for row in rows)
        case "min":
            return min(quotients)
        case "max":
            return max(quotients)
        case "distinct":
            return len(set(quotients))


def _read(laid: Layout, found: list[Mapping[Cell, Sequence[Component | str]]]) -> list[Components]:
    def column(spot: Spot) -> Column:
        return Column(found[spot.statement], spot.place, spot.counted, spot.whole)

    return [
        Components(tuple(map(column, records)), tuple(map(column, values)))
        for records, values in zip(laid.records, laid.values, strict=True)
    ]
