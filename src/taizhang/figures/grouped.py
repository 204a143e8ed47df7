"""What does not add up from leaf to leaf: groups that pass a test, latest values, areas covered.

Groups and latest values are worked out on the rows of each area and slot; coverage needs only the leaves that
have any.
"""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Select

from taizhang.figures.additive import up
from taizhang.figures.buckets import Buckets
from taizhang.figures.exact import condition, ratio
from taizhang.figures.plan import Plan
from taizhang.figures.rows import (
    Basis,
    at,
    bound,
    broken_down,
    bucketed,
    current,
    is_not_null,
    named_columns,
    test,
)
from taizhang.programmes import Measure


def groups(plan: Plan, measure: Measure) -> exp.Query:
    """How many of the groups by `each` within area and slot pass the measure's `having`."""
    passes = bound(condition(measure.having)) if measure.having is not None else exp.true()
    rows = _spread(plan, measure, measure.having, exp.column(measure.each))
    rows = rows.where(is_not_null(at(measure.each)))
    tested = rows.select(exp.alias_(passes, "passes"))
    tested = tested.group_by("1", "2", "3", at(measure.each))
    query = exp.select("up", "slot", "by_value", "COUNT(*) AS c0").from_(tested.subquery("q"))
    return query.where("passes").group_by("up", "slot", "by_value")


def latest(plan: Plan, measure: Measure, node: exp.Expr) -> tuple[exp.Query, int]:
    """The value of the latest row that has one, of two at once the later entry; and what divides it."""
    inner, own = (node.this, node.expression.this) if isinstance(node, exp.Filter) else (node, None)
    divided = ratio(inner.this)
    argument, whole = (inner.this, 1) if divided.under is not None else (divided.over, divided.whole)
    rows = _spread(plan, measure, argument, own, exp.column("position"))
    kept = test(plan, measure, own)
    rows = rows.where(is_not_null(bound(argument)), kept)
    on = measure.on or (measure.standing.start if measure.standing else "")
    by_date = [exp.Ordered(this=at(name), desc=True, nulls_first=False) for name in (on, "position")]
    values = exp.ArrayAgg(this=exp.Order(this=bound(argument), expressions=by_date))
    first = exp.Anonymous(this="FIRST_OF", expressions=[values])
    return rows.select(exp.alias_(first, "c0")).group_by("1", "2", "3"), whole


def covered(plan: Plan, measure: Measure) -> exp.Query:
    """How many areas of a level have a row; one counts where it lies below."""
    buckets, basis = Buckets.of(plan.slots, plan.measures), Basis.of(measure)
    columns = [measure.area, *basis.columns(plan), *named_columns(measure.where)]
    leaves = exp.select("n.number AS leaf", "s.slot", "s.tree", exp.alias_(broken_down(plan), "by_value"))
    leaves = leaves.distinct().from_(current(plan, measure.area, [basis], columns))
    leaves = leaves.join("leaves AS n", on=exp.EQ(this=exp.column("leaf", "n"), expression=at(measure.area)))
    leaves = leaves.join("runs AS s", on=basis.inside("s", bucketed(buckets, plan, basis)))
    leaves = leaves.where(test(plan, measure))
    query = exp.select("u.up", "c.slot", "c.by_value", "COUNT(DISTINCT m.up) AS c0")
    query = query.from_(leaves.subquery("c"))
    level = exp.column("level", "m").eq(exp.Literal.string(measure.covered))
    query = query.join("climb AS m", on=exp.and_("m.tree = c.tree AND m.number = c.leaf", level))
    query = query.join("asked AS u", on="u.tree = c.tree AND u.number = m.up")
    return query.group_by("u.up", "c.slot", "c.by_value")


def _spread(plan: Plan, measure: Measure, *trees: exp.Expr | None) -> Select:
    """The rows that a measure counts, once for every area and slot in which it does."""
    buckets, basis = Buckets.of(plan.slots, plan.measures), Basis.of(measure)
    columns = [measure.area, *basis.columns(plan), *named_columns(measure.where, *trees)]
    select = exp.select(exp.alias_(up(), "up"), "s.slot", exp.alias_(broken_down(plan), "by_value"))
    select = select.from_(current(plan, measure.area, [basis], columns))
    select = select.join("runs AS s", on=basis.inside("s", bucketed(buckets, plan, basis)))
    on = exp.and_("k.tree = s.tree", exp.column("leaf", "k").eq(at(measure.area)))
    select = select.join("asked AS k", on=on, join_type="left" if plan.nowhere else "inner")
    condition_ = test(plan, measure)
    return select.where(condition_) if condition_ is not None else select
