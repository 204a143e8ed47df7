"""The reference engine: plain Python over rows, written to be read, not to be fast."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlglot import exp

from taizhang.figures.completeness import PERIOD_START
from taizhang.figures.plan import NOWHERE, Cell, Column, Component, Components, Plan, Slot, aggregates
from taizhang.programmes import Measure
from taizhang.values import Grain, Period

Row = Mapping[str, Any]


class ReferenceEngine:
    """Takes the rows of each logical table, by its name."""

    def __init__(self, tables: Mapping[str, Sequence[Row]]) -> None:
        self._tables = tables

    def _current(self, plan: Plan) -> list[Row]:
        known = [row for row in self._tables[plan.table] if row["position"] <= plan.position]
        gone = {row["supersedes"] for row in known}
        return [row for row in known if row["position"] not in gone and not row["void"]]

    def records(self, plan: Plan, limit: int) -> tuple[tuple[str, ...], int]:
        """The first `limit` records, by id, that the plan's first measure counts, and how many."""
        measure, slot = plan.measures[0], plan.slots[0]
        below = {c.leaf for c in plan.closure if c.tree == slot.tree}
        rows = [r for r in self._current(plan) if r[measure.area] in below]
        found = sorted({str(r["record"]) for r in rows if belongs(r, measure, slot, plan.segments)})
        return tuple(found[:limit]), len(found)

    def components(self, plan: Plan) -> list[Components]:
        """Loop over measures, slots and areas; each looks at every row."""
        rows = self._current(plan)
        found = []
        for measure in plan.measures:
            cells: dict[Cell, Sequence[Component | str]] = {}
            for index, slot in enumerate(plan.slots):
                inside = [r for r in rows if belongs(r, measure, slot, plan.segments)]
                for area, below in _areas(plan, slot).items():
                    here = [r for r in inside if below(r[measure.area])]
                    for by in {_by(r, plan) for r in here}:
                        cell = [r for r in here if _by(r, plan) == by]
                        cells[area, index, by] = _cell(plan, measure, slot, cell, area)
            width = 1 if measure.covered or measure.each else len(aggregates(measure))
            values = tuple(Column(cells, 1 + place) for place in range(width))
            found.append(Components((Column(cells, 0),), values))
        return found


def _areas(plan: Plan, slot: Slot) -> dict[str, Callable[[Any], bool]]:
    """The areas asked for, and NOWHERE, each with whether a row of some leaf lies in it."""
    tree = [c for c in plan.closure if c.tree == slot.tree]
    known = {c.leaf for c in tree}
    below: dict[str, set[str]] = {}
    for climb in tree:
        if not plan.asked or climb.area in plan.asked:
            below.setdefault(climb.area, set()).add(climb.leaf)
    found: dict[str, Callable[[Any], bool]] = {area: leaves.__contains__ for area, leaves in below.items()}
    return found | ({NOWHERE: lambda leaf: leaf not in known} if plan.nowhere else {})


def _by(row: Row, plan: Plan) -> str:
    return "" if not plan.by or row[plan.by] is None else str(row[plan.by])


def _moment(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, time())


def belongs(row: Row, measure: Measure, slot: Slot, segments: bool) -> bool:
    """Whether a measure counts a row in a slot, whatever its area."""
    start, end = _moment(slot.period.start), _moment(slot.period.end)
    if measure.where is not None and evaluate(measure.where, row) is not True:
        return False
    since = row["valid_from"] if segments else None
    until = row["valid_to"] if segments else None
    if measure.standing is None:
        if row[measure.on] is None:
            return False
        on = _moment(row[measure.on])
        return start <= on < end and (since is None or since <= on) and (until is None or on < until)
    opened = row[measure.standing.start]
    closed = row[measure.standing.end] if measure.standing.end else None
    if opened is None or _moment(opened) >= end or (closed is not None and _moment(closed) < end):
        return False
    return (since is None or since < end) and (until is None or until >= end)


def _cell(plan: Plan, measure: Measure, slot: Slot, rows: list[Row], area: str) -> Sequence[Component]:
    """The distinct records, then the aggregates."""
    date_column = measure.on or (measure.standing.start if measure.standing else "")
    records = len({row["record"] for row in rows})
    values: tuple[Component, ...]
    if measure.covered:
        under = {c.leaf for c in plan.closure if c.tree == slot.tree and c.area == area}
        leaves = {row[measure.area] for row in rows}
        values = (
            len(
                {
                    c.area
                    for c in plan.closure
                    if c.tree == slot.tree
                    and c.level == measure.covered
                    and c.leaf in leaves
                    and c.area in under
                }
            ),
        )
    elif measure.each:
        groups = {row[measure.each] for row in rows} - {None}
        split = [[row for row in rows if row[measure.each] == group] for group in groups]
        passed = [
            g for g in split if measure.having is None or evaluate(measure.having, {}, g, date_column) is True
        ]
        values = (len(passed),)
    else:
        values = tuple(evaluate(node, {}, rows, date_column) for node in aggregates(measure))
    return (records, *values)


def _aggregate(node: exp.Expr, rows: Sequence[Row], on: str) -> Any:
    if isinstance(node, exp.Filter):
        rows = [r for r in rows if evaluate(node.expression.this, r) is True]
        node = node.this
    argument = node.this
    if isinstance(node, exp.Count):
        if isinstance(argument, exp.Star):
            return len(rows)
        if isinstance(argument, exp.Distinct):
            together = {tuple(evaluate(e, r) for e in argument.expressions) for r in rows}
            return sum(None not in values for values in together)
    pairs = [(r, v) for r in rows if (v := evaluate(argument, r)) is not None]
    values = [v for _, v in pairs]
    if isinstance(node, exp.Count):
        return len(values)
    if not values:
        return None
    match node:
        case exp.Sum():
            return sum(values)
        case exp.Avg():
            return sum(map(Fraction, values)) / len(values)
        case exp.Min():
            return min(values)
        case exp.Max():
            return max(values)
        case exp.Last():
            return max(pairs, key=lambda p: (_moment(p[0][on]), p[0]["position"], p[0].get("round", 0)))[1]
    raise TypeError(f"no such aggregate: {node.sql()}")


def evaluate(node: exp.Expr, row: Row, rows: Sequence[Row] | None = None, on: str = "") -> Any:
    """SQL's three-valued meaning of a tree, over a row, or over a group of `rows` for aggregates."""
    if isinstance(node, (exp.Filter, exp.AggFunc)):
        return _aggregate(node, rows or (), on)

    def go(child: exp.Expr) -> Any:
        return evaluate(child, row, rows, on)

    match node:
        case exp.Paren():
            return go(node.this)
        case exp.Column():
            return row[node.name]
        case exp.Null():
            return None
        case exp.Boolean():
            return bool(node.this)
        case exp.Literal():
            return node.this if node.is_string else Decimal(node.this)
        case exp.Cast():
            return date.fromisoformat(go(node.this))
        case exp.Neg():
            value = go(node.this)
            return None if value is None else -value
        case exp.Not():
            value = go(node.this)
            return None if value is None else not value
        case exp.And() | exp.Or():
            sides, decisive = {go(node.left), go(node.right)}, isinstance(node, exp.Or)
            return decisive if decisive in sides else None if None in sides else not decisive
        case exp.Is():
            return go(node.this) is None
        case exp.In():
            value, options = go(node.this), [go(e) for e in node.expressions]
            return None if value is None else True if value in options else None if None in options else False
        case exp.Between():
            value, low, high = go(node.this), go(node.args["low"]), go(node.args["high"])
            return None if None in (value, low, high) else low <= value <= high
        case exp.Anonymous() if node.name == PERIOD_START:
            grain, day = node.expressions[0].name, go(node.expressions[1])
            return None if day is None else Period.of(_moment(day).date(), Grain(grain)).start
        case exp.Anonymous():
            first, last = (go(e) for e in node.expressions)
            if first is None or last is None:
                return None
            gap = _moment(last) - _moment(first)
            if node.name.lower() == "days_between":
                return (_moment(last).date() - _moment(first).date()).days
            return Fraction(gap // (gap.resolution), 3_600_000_000)
        case exp.Binary():
            return _binary(node, go(node.left), go(node.right))
    raise TypeError(f"not part of the measure language: {node.sql()}")


def _binary(node: exp.Binary, left: Any, right: Any) -> Any:
    if left is None or right is None:
        return None
    if isinstance(left, date) and isinstance(right, str):
        right = datetime.fromisoformat(right)
    if isinstance(left, date) and isinstance(right, date):
        left, right = _moment(left), _moment(right)
    elif isinstance(left, Fraction) or isinstance(right, Fraction) or isinstance(node, exp.Div):
        left, right = Fraction(left), Fraction(right)
    match node:
        case exp.Add():
            return left + right
        case exp.Sub():
            return left - right
        case exp.Mul():
            return left * right
        case exp.Div():
            return left / right if right else None
        case exp.EQ():
            return left == right
        case exp.NEQ():
            return left != right
        case exp.LT():
            return left < right
        case exp.LTE():
            return left <= right
        case exp.GT():
            return left > right
        case exp.GTE():
            return left >= right
    raise TypeError(f"not part of the measure language: {node.sql()}")
