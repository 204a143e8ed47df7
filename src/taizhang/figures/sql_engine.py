"""What the SQL engines share: run the statements of a plan, read components out of their rows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from sqlglot import exp

from taizhang.figures.layout import HEAD, Fold, Layout, Spot
from taizhang.figures.lists import Lists, Rows
from taizhang.figures.plan import Cell, Column, Component, Components, Plan
from taizhang.figures.sql import layout, record_statement


class SQLEngine(ABC):
    """Runs plans; a subclass words the statements for its database and sends them."""

    @abstractmethod
    def run(self, query: exp.Query, lists: dict[str, Rows]) -> Sequence[Sequence[Any]]:
        """All rows of a statement that reads the small tables `lists`."""

    def records(self, plan: Plan, limit: int) -> tuple[tuple[str, ...], int]:
        """See `Engine`. Raises the database's own error when a table or column is missing."""
        query = record_statement(plan, limit)
        rows = self.run(query, Lists(plan).of(query))
        return tuple(str(row[0]) for row in rows), int(rows[0][1]) if rows else 0

    def components(self, plan: Plan) -> list[Components]:
        """See `Engine`. Raises the database's own error when a table or column is missing."""
        laid, lists = layout(plan), Lists(plan)
        found = [self._cells(query, lists, laid.folds.get(n)) for n, query in enumerate(laid.statements)]
        return _read(laid, found)

    def _cells(
        self, query: exp.Query, lists: Lists, fold: Fold | None
    ) -> Mapping[Cell, Sequence[Component | str]]:
        codes = lists.codes
        rows = self.run(query, lists.of(query))
        if fold is None:
            return {(codes[row[0]], row[1], row[2]): row for row in rows if row[0] >= 0}
        cells: dict[Cell, list[Sequence[Any]]] = {}
        for row in rows:
            if row[0] >= 0:
                cells.setdefault((codes[row[0]], row[1], row[2]), []).append(row)
        return {cell: (*cell, _folded(fold, several)) for cell, several in cells.items()}


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
