"""Distinct counts at every level in one reading.

Who has rows in one leaf only counts once at that leaf and once everywhere above it, so those add up. Only who
has rows in several leaves is counted area by area. A stock that never ends counts from the first date on.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp
from sqlglot.expressions import Select

from taizhang.figures.buckets import Buckets
from taizhang.figures.climbing import climb, climbed, up
from taizhang.figures.plan import Plan
from taizhang.figures.rows import (
    SEGMENTS,
    Basis,
    bound,
    broken_down,
    bucketed,
    current,
    is_not_null,
    named_columns,
    table,
    test,
)
from taizhang.programmes import Measure


@dataclass(frozen=True, slots=True, eq=False)
class Distinct:
    """A distinct count of values (of one expression, or of several together) under a measure's conditions."""

    plan: Plan
    measure: Measure
    values: tuple[exp.Expr, ...]
    own: exp.Expr | None = None
    bounded: bool = False  # only of segments with bounds, which the whole statement has under SEGMENTS

    def statement(self, name: str = "c0") -> exp.Query:
        """One row for every area and slot, with the count as the only component, under a name."""
        basis = Basis.of(self.measure)
        lasting = bool(basis.start) and not basis.end and not self.plan.segments
        query = self._since_first(basis) if lasting else self._by_slot(basis)
        count = exp.alias_(exp.cast(exp.Sum(this=exp.column("c0")), "BIGINT"), name)
        return query.select("up", "slot", "by_value", count, append=False)

    def same(self, other: Distinct) -> bool:
        """Whether the other counts the same values of the same rows."""
        mine, theirs = self.measure, other.measure
        alike = (mine.area, Basis.of(mine), mine.where) == (theirs.area, Basis.of(theirs), theirs.where)
        return alike and (self.values, self.own, self.bounded) == (other.values, other.own, other.bounded)

    @property
    def _names(self) -> list[str]:
        return [f"x{number}" for number in range(len(self.values))]

    @property
    def _keys(self) -> list[str]:
        """What is counted, and within which value of the breakdown where there is one."""
        return [*(["by_value"] if self.plan.by else []), *self._names]

    def _by_value(self, table: str) -> exp.Expr:
        value = exp.column("by_value", table) if self.plan.by else exp.Literal.string("")
        return exp.alias_(value, "by_value")

    def _placed(self, basis: Basis, *keys: exp.Expr) -> Select:
        """The rows that count, with the number of their leaf."""
        plan, measure = self.plan, self.measure
        columns = [measure.area, *basis.columns(plan)]
        columns += named_columns(measure.where, self.own, *self.values)
        select = exp.select("COALESCE(n.number, 0) AS leaf", *keys)
        if plan.by:
            select = select.select(exp.alias_(broken_down(plan), "by_value"))
        values = [bound(value) for value in self.values]
        select = select.select(*(exp.alias_(v, name) for v, name in zip(values, self._names, strict=True)))
        rows = table(SEGMENTS, "r") if self.bounded else current(plan, measure.area, [basis], columns)
        select = select.from_(rows)
        on = exp.EQ(this=exp.column("leaf", "n"), expression=exp.column(measure.area, "r"))
        select = select.join("leaves AS n", on=on, join_type="left" if plan.nowhere else "inner")
        condition = test(measure, self.own)
        return select.where(*(is_not_null(value.copy()) for value in values), condition)

    def _same(self, left: str, right: str, *more: str) -> exp.Expr:
        names = [*more, *self._keys]
        return exp.and_(*(exp.column(n, left).eq(exp.column(n, right)) for n in names))

    def _by_slot(self, basis: Basis) -> Select:
        buckets = Buckets.of(self.plan.slots, self.plan.measures)
        dates = bucketed(buckets, self.plan, basis)
        placed = self._placed(basis, exp.column("slot", "s"), exp.column("tree", "s"))
        if basis.on:
            placed = placed.join("within AS s", on=exp.column("bucket", "s").eq(dates[0]))
        else:
            placed = placed.join("runs AS s", on=basis.inside("s", dates))
        keys = ["slot", "tree", *self._keys]
        each = exp.select(*keys, "MIN(leaf) AS low", "MAX(leaf) AS high").from_("placed").group_by(*keys)
        one = exp.select("e.low AS leaf", "e.slot", "e.tree", self._by_value("e"), "COUNT(*) AS c0")
        one = one.from_("each_value AS e").where("e.low = e.high").group_by("1", "2", "3", "4")
        several = exp.select(exp.alias_(up(), "up"), "m.slot", *(f"m.{key}" for key in self._keys))
        several = several.distinct().from_("placed AS m")
        several = several.join("each_value AS e", on=self._same("m", "e", "slot")).where("e.low < e.high")
        several = climb(self.plan, several, "m.leaf", "m.tree", numbered=True)
        counted = exp.select("q.up", "q.slot", self._by_value("q"), "COUNT(*) AS c0")
        return self._summed(one, counted.from_(several.subquery("q")), placed, each)

    def _since_first(self, basis: Basis) -> Select:
        buckets = Buckets.of(self.plan.slots, self.plan.measures)
        placed = self._placed(basis, exp.alias_(bucketed(buckets, self.plan, basis)[0], "bucket"))
        keys = self._keys
        each = exp.select(*keys, "MIN(leaf) AS low", "MAX(leaf) AS high", "MIN(bucket) AS bucket")
        each = each.from_("placed").group_by(*keys)
        first = exp.select("e.low", "e.bucket", self._by_value("e"), "COUNT(*) AS n").from_("each_value AS e")
        first = first.where("e.low = e.high").group_by("1", "2", "3")
        one = exp.select("f.low AS leaf", "s.slot", "s.tree", "f.by_value", "SUM(f.n) AS c0")
        one = one.from_(first.subquery("f")).join("runs AS s", on="f.bucket <= s.last")
        one = one.group_by("1", "2", "3", "4")
        mine = [f"m.{key}" for key in keys]
        leaf_first = exp.select("m.leaf", *mine, "MIN(m.bucket) AS bucket").from_("placed AS m")
        leaf_first = leaf_first.join("each_value AS e", on=self._same("m", "e")).where("e.low < e.high")
        leaf_first = leaf_first.group_by("m.leaf", *mine)
        standing = exp.select("c.up", "s.slot", "c.by_value", "SUM(c.n) AS c0")
        standing = standing.from_(self._first_by_area(leaf_first, mine).subquery("c"))
        standing = standing.join("runs AS s", on="s.tree = c.tree AND c.bucket <= s.last")
        return self._summed(one, standing, placed, each)

    def _first_by_area(self, leaf_first: Select, mine: list[str]) -> exp.Query:
        """In each tree and area, how many were first seen in which bucket."""
        parts = []
        for number in range(len({slot.tree for slot in self.plan.slots})):
            first = exp.select(exp.alias_(up(), "up"), *mine, "MIN(m.bucket) AS bucket")
            first = first.from_("leaf_first AS m")
            first = climb(self.plan, first, "m.leaf", str(number), numbered=True)
            first = first.group_by(*(str(place) for place in range(1, 2 + len(mine))))
            counted = exp.select(
                "q.up", f"{number} AS tree", self._by_value("q"), "q.bucket", "COUNT(*) AS n"
            )
            parts.append(counted.from_(first.subquery("q")).group_by("1", "2", "3", "4"))
        query: exp.Query = parts[0]
        for part in parts[1:]:
            query = exp.union(query, part, distinct=False)
        return query.with_("leaf_first", as_=leaf_first)

    def _summed(self, one: Select, several: Select, placed: Select, each: Select) -> Select:
        """The cells of who has one leaf, added up the tree, and those of who has several."""
        once = climbed(self.plan, one, [("count", "c0")], numbered=True)
        both = exp.union(once, several.group_by("1", "2", "3"), distinct=False)
        query = exp.Select().from_(both.subquery("b")).group_by("up", "slot", "by_value")
        query = query.with_("placed", as_=placed, materialized=True)
        return query.with_("each_value", as_=each, materialized=True)
