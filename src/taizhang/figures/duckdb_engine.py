"""The DuckDB engine: the lake's columns, one statement a plan."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any, Protocol

from taizhang.figures.plan import Component, Components, Plan
from taizhang.figures.sql import record_statement, statement


class Connection(Protocol):
    """What the engine needs of a DuckDB connection (or cursor)."""

    def execute(self, query: str, parameters: Any = None) -> Any: ...


class DuckDBEngine:
    """Takes a connection with one view per logical table, named as the table."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def records(self, plan: Plan, limit: int) -> tuple[tuple[str, ...], int]:
        """See `Engine`. Raises duckdb.Error when a table or column is missing."""
        query = record_statement(plan, limit).sql(dialect="duckdb")
        rows = self._connection.execute(query, parameters(plan)).fetchall()
        return tuple(str(row[0]) for row in rows), int(rows[0][1]) if rows else 0

    def components(self, plan: Plan) -> list[Components]:
        """Run the plan. Raises duckdb.Error when a table or column is missing."""
        query, outputs = statement(plan)
        rows = self._connection.execute(query.sql(dialect="duckdb"), parameters(plan)).fetchall()
        by_group: dict[int, list[Any]] = {}
        for output in outputs:
            by_group.setdefault(output.group, []).append(output)
        found = []
        for group, area, slot, by, *cells in rows:
            for output in by_group[group]:
                values: tuple[Component, ...] = tuple(
                    _divided(cells[at], whole * (cells[at + 1] if how == "avg" else 1))
                    for at, how, whole in output.columns
                )
                found.append(
                    Components(output.measure, area, slot, by, int(cells[output.records] or 0), values)
                )
        return found


def _divided(value: Component, by: int) -> Component:
    return value if value is None or by == 1 else Fraction(value) / int(by) if by else None


def parameters(plan: Plan) -> dict[str, Any]:
    """The slots as lists of equal length; the tree as JSON lists."""
    trees = {tree: number for number, tree in enumerate(dict.fromkeys(s.tree for s in plan.slots))}
    climbs = [c for c in plan.closure if c.tree in trees]
    return {
        "slots": list(range(len(plan.slots))),
        "tree_of": [trees[s.tree] for s in plan.slots],
        "starts": [s.period.start for s in plan.slots],
        "ends": [s.period.end for s in plan.slots],
        "trees": json.dumps([trees[c.tree] for c in climbs]),
        "leaves": json.dumps([c.leaf for c in climbs]),
        "areas": json.dumps([c.area for c in climbs]),
        "levels": json.dumps([c.level for c in climbs]),
        "wanted": json.dumps(plan.asked),
    }
