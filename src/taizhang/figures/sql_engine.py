"""What the SQL engines share: run the statements of a plan, read components out of their rows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from sqlglot import exp

from taizhang.figures.layout import Layout, Spot
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
        found = [self._cells(query, lists) for query in laid.statements]
        return _read(laid, found)

    def _cells(self, query: exp.Query, lists: Lists) -> dict[Cell, Sequence[Component | str]]:
        codes = lists.codes
        return {
            (codes[row[0]], row[1], row[2]): row for row in self.run(query, lists.of(query)) if row[0] >= 0
        }


def _read(laid: Layout, found: list[dict[Cell, Sequence[Component | str]]]) -> list[Components]:
    def column(spot: Spot) -> Column:
        return Column(found[spot.statement], spot.place, spot.counted, spot.whole)

    return [
        Components(column(records), tuple(column(spot) for spot in values))
        for records, values in zip(laid.records, laid.values, strict=True)
    ]
