"""Distinct counts at every level in one reading.

Who has rows in one leaf only counts once at that leaf and once everywhere above it, so those add up. Only who has
rows in several leaves is counted area by area. A stock that never ends counts from the first date on.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp
from sqlglot.expressions import Select

from taizhang.figures.additive import climb, climbed, up
from taizhang.figures.buckets import Buckets
from taizhang.figures.plan import Plan
from taizhang.figures.rows import (
    Basis,
    bound,
    broken_down,
    bucketed,
    current,
    is_not_null,
    named_columns,
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

    def statement(self) -> exp.Query:
        """One row for every area and slot, with the count as the only component."""
        basis = Basis.of(self.measure)
        lasting = bool(basis.start) and not basis.end and not self.plan.segments
        return self._since_first(basis) if lasting else self._by_slot(basis)

    def same(self, other: Distinct) -> bool:
        """Whether the other counts the same values of the same rows."""
        mine, theirs = self.measure, other.measure
        alike = (mine.area, Basis.of(mine), mine.where) == (theirs.area, Basis.of(theirs), theirs.where)
        return alike and (self.values, self.own) == (other.values, other.own)

    @property
    def _names(self) -> list[str]:
        return [f"x{number}" for number in range(len(self.values))]

    def _placed(self, basis: Basis, *keys: exp.Expr) -> Select:
        """The rows that count, with the number of their leaf."""
        plan, measure = self.plan, self.measure
        columns = [measure.area, *basis.columns(plan)]
        columns += named_columns(measure.where, self.own, *self.values)
        select = exp.select("COALESCE(n.number, 0) AS leaf", *keys, exp.alias_(broken_down(plan), "by_value"))
        values = [bound(value) for value in self.values]
        select = select.select(*(exp.alias_(v, name) for v, name in zip(values, self._names, strict=True)))
        select = select.from_(current(plan, measure.area, [basis], columns))
        on = exp.EQ(this=exp.column("leaf", "n"), expression=exp.column(measure.area, "r"))
        select = select.join("leaves AS n", on=on, join_type="left" if plan.nowhere else "inner")
        condition = test(plan, measure, self.own)
        return select.where(*(is_not_null(value.copy()) for value in values), condition)

    def _same(self, left: str, right: str, *more: str) -> exp.Expr:
        names = [*more, "by_value", *self._names]
        return exp.and_(*(exp.column(n, left).eq(exp.column(n, right)) for n in names))

    def _by_slot(self, basis: Basis) -> exp.Query:
        buckets = Buckets.of(self.plan.slots, self.plan.measures)
        dates = bucketed(buckets, self.plan, basis)
        placed = self._placed(basis, exp.column("slot", "s"), exp.column("tree", "s"))
        if basis.on:
            placed = placed.join("within AS s", on=exp.column("bucket", "s").eq(dates[0]))
        else:
            placed = placed.join("runs AS s", on=basis.inside("s", dates))
        keys = ["slot", "tree", "by_value", *self._names]
        each = exp.select(*keys, "MIN(leaf) AS low", "MAX(leaf) AS high").from_("placed").group_by(*keys)
        one = exp.select("low AS leaf", "slot", "tree", "by_value", "COUNT(*) AS c0").from_("each_value")
        one = one.where("low = high").group_by("low", "slot", "tree", "by_value")
        several = exp.select(exp.alias_(up(), "up"), "m.slot", "m.by_value", *(f"m.{n}" for n in self._names))
        several = several.distinct().from_("placed AS m")
        several = several.join("each_value AS e", on=self._same("m", "e", "slot")).where("e.low < e.high")
        several = climb(self.plan, several, "m.leaf", "m.tree", numbered=True)
        counted = exp.select("up", "slot", "by_value", "COUNT(*) AS c0").from_(several.subquery("q"))
        query = self._summed(climbed(self.plan, one, [("count", "c0")], numbered=True), counted, ("1", "2", "3"))
        return query.with_("placed", as_=placed, materialized=True).with_("each_value", as_=each, materialized=True)

    def _since_first(self, basis: Basis) -> exp.Query:
        buckets = Buckets.of(self.plan.slots, self.plan.measures)
        bucket = exp.alias_(bucketed(buckets, self.plan, basis)[0], "bucket")
        placed = self._placed(basis, bucket)
        keys = ["by_value", *self._names]
        each = exp.select(*keys, "MIN(leaf) AS low", "MAX(leaf) AS high", "MIN(bucket) AS bucket")
        each = each.from_("placed").group_by(*keys)
        first = exp.select("low", "bucket", "by_value", "COUNT(*) AS n").from_("each_value").where("low = high")
        first = first.group_by("low", "bucket", "by_value")
        one = exp.select("f.low AS leaf", "s.slot", "s.tree", "f.by_value", "SUM(f.n) AS c0")
        one = one.from_(first.subquery("f")).join("runs AS s", on="f.bucket <= s.last").group_by("1", "2", "3", "4")
        leaf_first = exp.select("m.leaf", *(f"m.{key}" for key in keys), "MIN(m.bucket) AS bucket")
        leaf_first = leaf_first.from_("placed AS m").join("each_value AS e", on=self._same("m", "e"))
        leaf_first = leaf_first.where("e.low < e.high").group_by("m.leaf", *(f"m.{key}" for key in keys))
        several = exp.select(exp.alias_(up(), "up"), "t.tree", *(f"m.{key}" for key in keys))
        several = several.select("MIN(m.bucket) AS bucket").from_(leaf_first.subquery("m"))
        several = several.join("(SELECT DISTINCT tree FROM runs) AS t", join_type="cross")
        several = climb(self.plan, several, "m.leaf", "t.tree", numbered=True)
        several = several.group_by(*(str(place) for place in range(1, 3 + len(keys))))
        counted = exp.select("up", "tree", "by_value", "bucket", "COUNT(*) AS n").from_(several.subquery("q"))
        counted = counted.group_by("1", "2", "3", "4")
        standing = exp.select("c.up", "s.slot", "c.by_value", "SUM(c.n) AS c0").from_(counted.subquery("c"))
        standing = standing.join("runs AS s", on="s.tree = c.tree AND c.bucket <= s.last")
        query = self._summed(climbed(self.plan, one, [("count", "c0")], numbered=True), standing, ("1", "2", "3"))
        return query.with_("placed", as_=placed, materialized=True).with_("each_value", as_=each, materialized=True)

    def _summed(self, one: Select, several: Select, groups: tuple[str, ...]) -> Select:
        both = exp.union(one, several.group_by(*groups), distinct=False)
        query = exp.select("up", "slot", "by_value", "CAST(SUM(c0) AS BIGINT) AS c0").from_(both.subquery("b"))
        return query.group_by("1", "2", "3")
