"""What adds up: counts, sums, least and greatest, of all measures of a table in one scan.

A first grouping adds up rows of the same leaf area and the same buckets of all dates at once, whatever the
number of measures and dates. What it leaves is small; from it every date's cells are added up by slot, then
up the tree.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sqlglot import exp
from sqlglot.expressions import Select

from taizhang.figures.buckets import Buckets
from taizhang.figures.exact import ratio
from taizhang.figures.layout import HEAD, Spot
from taizhang.figures.plan import Plan
from taizhang.figures.rows import (
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

Kind = Literal["count", "sum", "min", "max"]


@dataclass(slots=True)
class Additive:
    """The components that are read in one scan: measures with one area column."""

    plan: Plan
    area: str
    bases: list[Basis] = field(default_factory=list)
    _parts: dict[tuple[Basis, exp.Expr], tuple[Kind, int]] = field(default_factory=dict)
    _columns: dict[str, None] = field(default_factory=dict)
    _inner: dict[exp.Expr, str] = field(default_factory=dict)

    def count(self, statement: int, measure: Measure, own: exp.Expr | None = None) -> Spot:
        """The component that counts a measure's rows, or those of them that fulfil a condition."""
        condition = test(measure, own)
        self._need(measure, measure.where, own)
        return Spot(statement, self._place(measure, "count", _counted(condition)))

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
        for number, basis in enumerate(self.bases):
            cells = self._cells(basis, keys[basis])
            name = f"cells_{number}"
            if query is None:
                query = exp.select("up", "slot", "by_value").from_(name, copy=False)
            else:
                query.join(name, using=["up", "slot", "by_value"], join_type="full", copy=False)
            query.with_(name, as_=cells, copy=False)
        assert query is not None
        query.select(*(exp.column(f"c{place}") for _, place in self._parts.values()), copy=False)
        # The first of all CTEs, though it is known last.
        found = query.args["with_"]
        one = exp.CTE(this=packed, alias=exp.TableAlias(this=exp.to_identifier("packed")), materialized=True)
        found.set("expressions", [one, *found.expressions])
        return query

    def _place(self, measure: Measure, kind: Kind, inner: exp.Expr) -> int:
        basis = Basis.of(measure)
        if basis not in self.bases:
            self.bases.append(basis)
        if (basis, inner) not in self._parts:
            self._parts[basis, inner] = (kind, len(self._parts))
        return HEAD + self._parts[basis, inner][1]

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
        inner = dict.fromkeys(inner for _, inner in self._parts)
        self._inner = {node: f"a{place}" for place, node in enumerate(inner)}
        first = self._branch({name: dated[-1] for dated, name in keys.items()})
        if not plan.segments:
            return first, of
        # Nearly every record has one segment, without bounds: nothing is asked of those.
        first.where(lone("r"), copy=False)
        others = self._branch({name: dated[0] for dated, name in keys.items()}, bounded=True)
        return exp.union(first, others, distinct=False, copy=False), of

    def _branch(self, keys: dict[str, exp.Expr], *, bounded: bool = False) -> Select:
        plan = self.plan
        grouped = [exp.alias_(exp.column(self.area, "r"), "leaf")]
        grouped += [exp.alias_(key, name) for name, key in keys.items()]
        if plan.by:
            grouped.append(exp.alias_(broken_down(plan), "by_value"))
        added = [exp.alias_(node, name) for node, name in self._inner.items()]
        select = exp.Select(expressions=[*grouped, *added])
        select.from_(current(plan, self.area, self.bases, self._columns, bounded=bounded), copy=False)
        return select.group_by(*places(len(grouped)), copy=False)

    def _cells(self, basis: Basis, dates: list[exp.Expr]) -> Select:
        own = [(kind, inner, place) for (b, inner), (kind, place) in self._parts.items() if b == basis]
        by = exp.column("by_value", "p") if self.plan.by else exp.Literal.string("")
        head = [exp.column("leaf", "p"), exp.column("slot", "s"), exp.column("tree", "s")]
        again = [
            exp.alias_(_again(kind, exp.column(self._inner[inner], "p")), f"c{place}")
            for kind, inner, place in own
        ]
        leaves = exp.Select(expressions=[*head, exp.alias_(by, "by_value"), *again])
        leaves.from_(table("packed", "p"), copy=False)
        leaves.join(table("runs", "s"), on=basis.inside("s", dates), copy=False)
        leaves.group_by(*places(4), copy=False)
        return climbed(self.plan, leaves, [(kind, f"c{place}") for kind, _, place in own])


def climbed(plan: Plan, leaves: Select, columns: list[tuple[Kind, str]], *, numbered: bool = False) -> Select:
    """Cells of leaves (`leaf`, `slot`, `tree`, `by_value`, columns) added up to all areas at or above them.

    Sums come as text: exact in every database, and far faster to fetch than wide integers and decimals.
    `numbered` where leaves go by their number and not by their code.
    """
    totals = [
        exp.alias_(
            exp.cast(_again(kind, exp.column(name, "c")), "BIGINT" if kind == "count" else "VARCHAR"), name
        )
        for kind, name in columns
    ]
    head = [exp.alias_(up(), "up"), exp.column("slot", "c"), exp.column("by_value", "c")]
    select = exp.Select(expressions=[*head, *totals]).from_(leaves.subquery("c", copy=False), copy=False)
    return climb(plan, select, numbered=numbered).group_by(*places(3), copy=False)


def climb(
    plan: Plan, select: Select, leaf: str = "c.leaf", tree: str = "c.tree", *, numbered: bool = False
) -> Select:
    """Join the areas `k` at or above a leaf, by its code or number; with `nowhere` keep what lies in none."""
    on = exp.and_(
        exp.EQ(this=exp.column("tree", "k"), expression=_dotted(tree)),
        exp.EQ(this=exp.column("number" if numbered else "leaf", "k"), expression=_dotted(leaf)),
    )
    return select.join(table("asked", "k"), on=on, join_type="left" if plan.nowhere else "inner", copy=False)


def _dotted(name: str) -> exp.Expr:
    """`table.column`, or a number."""
    if name.isdigit():
        return exp.Literal.number(name)
    of, _, column = name.partition(".")
    return exp.column(column, of)


def up() -> exp.Expr:
    """The number of the area joined by `climb`, 0 for nowhere."""
    return exp.func("COALESCE", exp.column("up", "k"), exp.Literal.number(0))


def _again(kind: Kind, column: exp.Expr) -> exp.Expr:
    return {"min": exp.Min, "max": exp.Max}.get(kind, exp.Sum)(this=column)


def _counted(condition: exp.Expr | None) -> exp.Expr:
    if condition is None:
        return exp.Count(this=exp.Star())
    # Adding up 0 and 1 is faster than a filtered count; null, of no row or of an unknown, counts as 0.
    return exp.Sum(this=exp.cast(exp.paren(condition), "INT"))
