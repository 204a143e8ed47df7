"""What adds up: counts, sums, least and greatest, of all measures of a table in one scan.

A first grouping adds up rows of the same leaf area and the same buckets of all dates at once, whatever the
number of measures and dates. What it leaves is small; from it every date's cells are added up by slot, then
up the tree. Segments with bounds, which are few, are read once beside it, also for what is not additive in
them: a record that has several counts once.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import exp
from sqlglot.expressions import Select

from taizhang.figures.buckets import Buckets
from taizhang.figures.climbing import Kind, again, climbed
from taizhang.figures.distinct import Distinct
from taizhang.figures.exact import ratio
from taizhang.figures.layout import HEAD, Spot
from taizhang.figures.plan import Plan
from taizhang.figures.rows import (
    ROWS,
    SEGMENTS,
    Basis,
    bound,
    broken_down,
    bucketed,
    current,
    is_not_null,
    lone,
    lone_bucketed,
    named_columns,
    places,
    table,
    test,
)
from taizhang.programmes import Measure


@dataclass(frozen=True, slots=True)
class Inner:
    """What is added up of rows; `alone` only of those without bounds."""

    node: exp.Expr
    alone: bool


@dataclass(slots=True)
class Additive:
    """The components that are read in one scan: measures with one area column.

    `few`: the scan leaves few rows, so all of them are read before anything is asked of them.
    """

    plan: Plan
    area: str
    few: bool = False
    bases: list[Basis] = field(default_factory=list)
    _parts: dict[tuple[Basis, Inner], tuple[Kind, int]] = field(default_factory=dict)
    _distinct: dict[int, Distinct] = field(default_factory=dict)
    _columns: dict[str, None] = field(default_factory=dict)
    _inner: dict[Inner, str] = field(default_factory=dict)

    def count(self, statement: int, measure: Measure, *, alone: bool = False) -> Spot:
        """The component that counts a measure's rows; `alone`, only those without bounds."""
        self._need(measure, measure.where)
        return Spot(statement, self._place(measure, "count", _counted(test(measure)), alone=alone))

    def bounded(self, statement: int, distinct: Distinct) -> Spot:
        """The component that counts the records of a measure's segments with bounds."""
        self._need(distinct.measure, distinct.measure.where)
        same = next((place for place, other in self._distinct.items() if other.same(distinct)), None)
        if same is None:
            same = len(self._parts) + len(self._distinct)
            self._distinct[same] = distinct
        return Spot(statement, HEAD + same)

    def aggregate(self, statement: int, measure: Measure, node: exp.Expr) -> Spot:
        """The component, or the two of a mean, of an aggregate of the measure language."""
        inner, own = (node.this, node.expression.this) if isinstance(node, exp.Filter) else (node, None)
        condition = test(measure, own)
        self._need(measure, measure.where, node)
        if isinstance(inner, exp.Count):
            if not isinstance(inner.this, exp.Star):
                given = is_not_null(bound(ratio(inner.this).given))
                condition = given if condition is None else exp.and_(condition, given)
            return Spot(statement, self._place(measure, "count", _counted(condition)))
        argument = ratio(inner.this)
        assert argument.under is None  # see `quotients`
        value, whole = bound(argument.over), argument.whole
        kept = value if condition is None else exp.Case(ifs=[exp.If(this=condition.copy(), true=value)])
        if isinstance(inner, exp.Avg):
            given = is_not_null(value.copy())
            counted = _counted(given if condition is None else exp.and_(condition, given))
            place = self._place(measure, "sum", exp.Sum(this=kept))
            return Spot(statement, place, self._place(measure, "count", counted), whole)
        kinds: dict[type[exp.Expr], Kind] = {exp.Sum: "sum", exp.Min: "min", exp.Max: "max"}
        return Spot(statement, self._place(measure, kinds[type(inner)], type(inner)(this=kept)), None, whole)

    def statement(self) -> exp.Query:
        """One row for every area and slot in which there is anything, with all components."""
        buckets = Buckets.of(self.plan.slots, self.plan.measures)
        query: Select | None = None
        packed, keys = self._packed(buckets)
        found: list[exp.Query] = [self._cells(basis, keys[basis]) for basis in self.bases]
        found += [distinct.statement(f"c{place}") for place, distinct in self._distinct.items()]
        for number, cells in enumerate(found):
            name = f"cells_{number}"
            if query is None:
                query = exp.select("up", "slot", "by_value").from_(name, copy=False)
            else:
                query.join(name, using=["up", "slot", "by_value"], join_type="full", copy=False)
            query.with_(name, as_=cells, copy=False)
        assert query is not None
        columns = sorted([place for _, place in self._parts.values()] + list(self._distinct))
        query.select(*(exp.column(f"c{place}") for place in columns), copy=False)
        # The first of all CTEs, though known last.
        first = [*self._sources(), _materialised("packed", packed)]
        query.args["with_"].set("expressions", [*first, *query.args["with_"].expressions])
        return query

    def _place(self, measure: Measure, kind: Kind, inner: exp.Expr, *, alone: bool = False) -> int:
        basis, part = Basis.of(measure), Inner(inner, alone)
        if basis not in self.bases:
            self.bases.append(basis)
        if (basis, part) not in self._parts:
            self._parts[basis, part] = (kind, len(self._parts) + len(self._distinct))
        return HEAD + self._parts[basis, part][1]

    def _need(self, measure: Measure, *trees: exp.Expr | None) -> None:
        names = [self.area, *Basis.of(measure).columns(self.plan), *named_columns(*trees)]
        self._columns |= dict.fromkeys(names)

    def _packed(self, buckets: Buckets) -> tuple[exp.Query, dict[Basis, list[exp.Expr]]]:
        """Rows added up by leaf and buckets; the buckets of each basis."""
        plan = self.plan
        keys: dict[tuple[exp.Expr, ...], str] = {}  # the last is for rows without bounds
        of: dict[Basis, list[exp.Expr]] = {}
        for basis in self.bases:
            dates = [bucketed(buckets, plan, basis)]
            if plan.segments:
                dates.append(lone_bucketed(buckets, plan, basis))
            names = [keys.setdefault(date, f"k{len(keys)}") for date in zip(*dates, strict=True)]
            of[basis] = [exp.column(name, "p") for name in names]
        parts = dict.fromkeys(part for _, part in self._parts)
        self._inner = {part: f"a{place}" for place, part in enumerate(parts)}
        if plan.segments and self.few:
            rows: exp.Expr = table(ROWS, "r")
        else:
            rows = current(plan, self.area, self.bases, self._columns, few=self.few)
        first = self._branch({name: dated[-1] for dated, name in keys.items()}, rows)
        if not plan.segments:
            return first, of
        # Nearly every record has one segment, without bounds: nothing is asked of those.
        first.where(lone("r"), copy=False)
        others = self._branch({name: dated[0] for dated, name in keys.items()}, None)
        return exp.union(first, others, distinct=False, copy=False), of

    def _sources(self) -> list[exp.CTE]:
        """The segments with bounds, for whatever is asked of them, and where they come from."""
        if not self.plan.segments:
            return []
        columns = [*self._columns, *(["record"] if self._distinct else [])]
        rows = current(self.plan, self.area, self.bases, columns, bounded=not self.few, few=self.few).this
        if not self.few:
            return [_materialised(SEGMENTS, rows)]
        bounded = exp.select("*").from_(table(ROWS, "r"), copy=False).where(exp.not_(lone("r")))
        return [_materialised(ROWS, rows), _materialised(SEGMENTS, bounded)]

    def _branch(self, keys: dict[str, exp.Expr], rows: exp.Expr | None) -> Select:
        """The first grouping, of rows or of the segments with bounds."""
        plan = self.plan
        grouped = [exp.alias_(exp.column(self.area, "r"), "leaf")]
        grouped += [exp.alias_(key, name) for name, key in keys.items()]
        if plan.by:
            grouped.append(exp.alias_(broken_down(plan), "by_value"))
        added = [
            exp.alias_(exp.Literal.number(0) if part.alone and rows is None else part.node, name)
            for part, name in self._inner.items()
        ]
        select = exp.Select(expressions=[*grouped, *added])
        select.from_(table(SEGMENTS, "r") if rows is None else rows, copy=False)
        return select.group_by(*places(len(grouped)), copy=False)

    def _cells(self, basis: Basis, dates: list[exp.Expr]) -> Select:
        own = [(kind, part, place) for (b, part), (kind, place) in self._parts.items() if b == basis]
        by = exp.column("by_value", "p") if self.plan.by else exp.Literal.string("")
        head = [exp.column("leaf", "p"), exp.column("slot", "s"), exp.column("tree", "s")]
        summed = [
            exp.alias_(again(kind, exp.column(self._inner[part], "p")), f"c{place}")
            for kind, part, place in own
        ]
        leaves = exp.Select(expressions=[*head, exp.alias_(by, "by_value"), *summed])
        leaves.from_(table("packed", "p"), copy=False)
        leaves.join(table("runs", "s"), on=basis.inside("s", dates), copy=False)
        leaves.group_by(*places(4), copy=False)
        return climbed(self.plan, leaves, [(kind, f"c{place}") for kind, _, place in own])


def _materialised(name: str, query: exp.Query) -> exp.CTE:
    return exp.CTE(this=query, alias=exp.TableAlias(this=exp.to_identifier(name)), materialized=True)


def _counted(condition: exp.Expr | None) -> exp.Expr:
    if condition is None:
        return exp.Count(this=exp.Star())
    # Adding up 0 and 1 is faster than a filtered count; null, of no row or of an unknown, counts as 0.
    return exp.Sum(this=exp.cast(exp.paren(condition), "INT"))
