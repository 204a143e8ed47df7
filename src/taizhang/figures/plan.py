"""What an engine is asked for: measures of one logical table, over slots and a closure of the tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from sqlglot import exp

from taizhang.figures.figure import Setting
from taizhang.figures.trees import Climb, Forest
from taizhang.programmes import (
    Definitions,
    Indicator,
    Measure,
    RecordType,
    logical_tables,
    recurring_columns,
    varying_columns,
)
from taizhang.values import Period

Component = int | Decimal | Fraction | None
Cell = tuple[str, int, str]
"""An area's code (or NOWHERE), the number of a slot, and the value of `by` ("" without one, or for null)."""

FEW = 200
"""So many leaves are named in a statement, so that a scan can leave out what lies elsewhere."""

NOWHERE = ""
"""In place of an area: rows whose area the slot's tree does not know."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A period seen through one tree; the base year of a change has the tree of the later year."""

    period: Period
    tree: date


@dataclass(frozen=True, slots=True)
class Plan:
    """All the measures of one table, for all slots and areas, as of a position.

    `varies` are the columns that change over time, where the table has valid_from and valid_to; `recurs`
    those of them that one record may have several values of. `by` is a column or "". `asked` are the areas
    whose components are wanted (empty: every one); with `nowhere` the rows that lie in no area of the tree
    are counted too, under NOWHERE.
    """

    table: str
    measures: tuple[Measure, ...]
    slots: tuple[Slot, ...]
    closure: tuple[Climb, ...]
    position: int
    varies: frozenset[str] = frozenset()
    by: str = ""
    asked: tuple[str, ...] = ()
    nowhere: bool = True
    recurs: frozenset[str] = frozenset()

    @property
    def few_leaves(self) -> tuple[str, ...]:
        """The leaves at or below the areas asked for, where they are few enough to be named; else none."""
        if not self.asked or self.nowhere:
            return ()
        leaves = dict.fromkeys(climb.leaf for climb in self.closure if climb.area in self.asked)
        return tuple(leaves) if len(leaves) <= FEW else ()

    @property
    def shape(self) -> Plan:
        """What the statements are made of: the plan without its position, and of the tree `few_leaves`."""
        few = frozenset(self.few_leaves)
        below = tuple(climb for climb in self.closure if climb.leaf in few and climb.area in self.asked)
        return replace(self, position=0, closure=below)

    @property
    def segments(self) -> bool:
        """Whether a version may have several rows, each for a span of time; they do not overlap."""
        return bool(self.varies)

    def single(self, measure: Measure) -> bool:
        """Whether no record has two rows in one slot, so that counting rows counts records."""
        return not self.table.endswith(".rounds") and measure.on not in self.recurs


@dataclass(frozen=True, slots=True)
class Column:
    """One component of a measure, in all cells: where it stands in the rows that an engine found.

    A number may stand there as text. With `counted` it is a mean: what stands in that column divides the sum
    at `place`; `whole` divides too.
    """

    rows: Mapping[Cell, Sequence[Component | str]]
    place: int
    counted: int | None = None
    whole: int = 1

    def at(self, cell: Cell) -> Component:
        """The component in a cell; None where there is nothing."""
        row = self.rows.get(cell)
        if row is None:
            return None
        value = row[self.place]
        if isinstance(value, str):
            value = Decimal(value)
        if value is None or (self.counted is None and self.whole == 1):
            return value
        by = self.whole * int(row[self.counted] or 0) if self.counted is not None else self.whole
        return Fraction(value) / by if by else None


@dataclass(frozen=True, slots=True)
class Components:
    """What one measure came to: the distinct records, and the values of its aggregates, in all cells."""

    records: tuple[Column, ...]  # they add up
    values: tuple[Column, ...]

    def cells(self) -> Iterable[Cell]:
        """Every cell with a record."""
        return dict.fromkeys(cell for column in self.records for cell in column.rows)

    def counted(self, cell: Cell) -> int:
        """How many records the measure counts in a cell."""
        return sum(int(column.at(cell) or 0) for column in self.records)


class Engine(Protocol):
    """Runs a plan."""

    def components(self, plan: Plan) -> list[Components]:
        """One for each of the plan's measures, in their order. Cells with no row at all may be left out."""
        ...

    def records(self, plan: Plan, limit: int) -> tuple[tuple[str, ...], int]:
        """The first `limit` records, by id, that the plan's first measure counts, and how many."""
        ...


def aggregates(measure: Measure) -> list[exp.Expr]:
    """The aggregates of a measure's value, outermost, from left to right, with their filters."""
    if measure.value is None or measure.covered or measure.each:
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


def record_type_of(definitions: Definitions, table: str) -> RecordType:
    """The record type whose rows, or rounds, a logical table holds."""
    return definitions.record_type(table.removesuffix(".rounds"))


def columns_of(definitions: Definitions, table: str) -> Mapping[str, str]:
    """The columns of a logical table."""
    kind = record_type_of(definitions, table)
    return next(t.columns for t in logical_tables(kind) if t.name == table)


def varying(definitions: Definitions, table: str) -> frozenset[str]:
    """The columns of a logical table that change over time."""
    varies = varying_columns(record_type_of(definitions, table))
    return varies if "valid_from" in columns_of(definitions, table) else frozenset()


def recurring(definitions: Definitions, table: str) -> frozenset[str]:
    """Those of which one record may have several values, one after another."""
    return varying(definitions, table) & recurring_columns(record_type_of(definitions, table))


def measure_plan(definitions: Definitions, measure: Measure, slot: Slot, area: str, setting: Setting) -> Plan:
    """The plan of one measure in one slot and area."""
    forest = Forest(setting)
    here = Slot(slot.period, forest.tree(slot.tree))
    varies, recurs = varying(definitions, measure.of), recurring(definitions, measure.of)
    climbs = forest.climbs(here.tree)
    return Plan(
        measure.of, (measure,), (here,), climbs, setting.position, varies, "", (area,), False, recurs
    )  # fmt: skip
