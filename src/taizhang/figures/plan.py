"""What an engine is asked for: measures of one logical table, over slots and a closure of the tree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from sqlglot import exp

from taizhang.figures.figure import Setting
from taizhang.programmes import Definitions, Indicator, Measure, logical_tables
from taizhang.values import Period

Component = int | Decimal | Fraction | None


@dataclass(frozen=True, slots=True)
class Slot:
    """A period seen through one tree; the base year of a change has the tree of the later year."""

    period: Period
    tree: date


@dataclass(frozen=True, slots=True)
class Climb:
    """Under the tree of date `tree`, `leaf` lies at or below `area`, whose level is `level`."""

    tree: date
    leaf: str
    area: str
    level: str


@dataclass(frozen=True, slots=True)
class Plan:
    """All the measures of one table, for all slots and areas, as of a position.

    `segments` tells whether the table has valid_from and valid_to; `by` is a column or "". `asked` are the
    areas whose components are wanted (empty: every one).
    """

    table: str
    measures: tuple[Measure, ...]
    slots: tuple[Slot, ...]
    closure: tuple[Climb, ...]
    position: int
    segments: bool = False
    by: str = ""
    asked: tuple[str, ...] = ()

    @property
    def single(self) -> bool:
        """Whether one row is one record, so that counting rows counts records."""
        return not self.segments and not self.table.endswith(".rounds")


@dataclass(frozen=True, slots=True)
class Components:
    """What one measure came to: `records` distinct records, and the value of each of its aggregates."""

    measure: int
    area: str
    slot: int
    by: str
    records: int
    values: tuple[Component, ...]


class Engine(Protocol):
    """Runs a plan. Cells with no row at all may be left out."""

    def components(self, plan: Plan) -> list[Components]: ...

    def records(self, plan: Plan, limit: int) -> tuple[tuple[str, ...], int]:
        """The first `limit` records, by id, that the plan's first measure counts, and how many."""
        ...


def aggregates(measure: Measure) -> list[exp.Expr]:
    """The aggregates of a measure's value, outermost, from left to right, with their filters."""
    if measure.value is None:
        return []
    found: list[exp.Expr] = []

    def walk(node: exp.Expr) -> None:
        if isinstance(node, (exp.Filter, exp.AggFunc)):
            found.append(node)
            return
        for child in node.iter_expressions():
            walk(child)

    walk(measure.value)
    return found


def formula_parts(indicator: Indicator) -> list[str]:
    """The keys of the indicators that a formula names, in order; none without a formula."""
    if indicator.formula is None:
        return []
    return list(dict.fromkeys(column.name for column in indicator.formula.find_all(exp.Column)))


def measure_plan(definitions: Definitions, measure: Measure, slot: Slot, area: str, setting: Setting) -> Plan:
    """The plan of one measure in one slot and area."""
    kind = definitions.record_type(measure.of.removesuffix(".rounds"))
    columns = next(t.columns for t in logical_tables(kind) if t.name == measure.of)
    climbs = tuple(c for c in closure(setting, slot.tree) if c.area == area)
    return Plan(measure.of, (measure,), (slot,), climbs, setting.position, "valid_from" in columns)


def closure(setting: Setting, tree: date) -> tuple[Climb, ...]:
    """Every node valid on `tree` with each node at or above it, itself included."""
    valid = {
        node.code: node
        for node in setting.areas
        if (node.start is None or node.start <= tree) and (node.end is None or tree < node.end)
    }
    climbs: list[Climb] = []
    for leaf in valid:
        code, seen = leaf, set[str]()
        while code in valid and code not in seen:
            seen.add(code)
            climbs.append(Climb(tree, leaf, code, valid[code].level))
            code = valid[code].parent
    return tuple(climbs)
