"""What does not add up from leaf to leaf: groups that pass a test, latest values, areas covered.

Groups and latest values are worked out on the rows of each area and slot; coverage needs only the leaves that
have any. For quotients see `quotients`.
"""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Select

from taizhang.figures.buckets import Buckets
from taizhang.figures.climbing import up
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
    having = condition(measure.having) if measure.having is not None else exp.true()
    passes = bound(having.transform(lambda node: _of_latest(plan, measure, node), copy=False))
    columns = [exp.column(name) for name in (measure.each, *_dated(plan, measure))]
    rows = _spread(plan, measure, measure.having, *columns)
    rows = rows.where(is_not_null(at(measure.each)))
    tested = rows.select(exp.alias_(passes, "passes"))
    tested = tested.group_by("1", "2", "3", at(measure.each))
    query = exp.select("up", "slot", "by_value", "COUNT(*) AS c0").from_(tested.subquery("q"))
    return query.where("passes").group_by("up", "slot", "by_value")


def latest(plan: Plan, measure: Measure, node: exp.Expr) -> tuple[exp.Query, int]:
    """The value of the latest row that has one, of two at once the later entry; and what divides it.

    A quotient's divisor stands in a second column.
    """
    inner, own = (node.this, node.expression.this) if isinstance(node, exp.Filter) else (node, None)
    value = ratio(inner.this)
    rows = _spread(plan, measure, inner.this, own, *map(exp.column, _dated(plan, measure)))
    rows = rows.where(is_not_null(bound(value.given)), test(measure, own))
    parts = [value.over] if value.under is None else [value.over, value.under]
    found = [exp.alias_(bound(_first(plan, measure, part)), f"c{n}") for n, part in enumerate(parts)]
    return rows.select(*found).group_by("1", "2", "3"), value.whole


def quotients(plan: Plan, measure: Measure, node: exp.Expr) -> tuple[exp.Query, int]:
    """An aggregate of what is divided by a column, for each divisor; and what divides too.

    Rows of an area, slot and value of the breakdown: numerator (added up; the least; the greatest; for a
    distinct count each), divisor, number of rows. A database would divide in floating point; so Python does.
    """
    inner, own = (node.this, node.expression.this) if isinstance(node, exp.Filter) else (node, None)
    distinct = isinstance(inner.this, exp.Distinct)
    argument = inner.this.expressions[0] if distinct else inner.this
    value = ratio(argument)
    assert value.under is not None
    over, under = bound(value.over), bound(value.under)
    kind = type(inner) if isinstance(inner, exp.Min | exp.Max) else exp.Sum
    rows = _spread(plan, measure, argument, own)
    rows = rows.where(is_not_null(bound(value.given)), test(measure, own))
    rows = rows.select(
        exp.alias_(over if distinct else kind(this=over), "c0"), exp.alias_(under, "c1"), "COUNT(*) AS c2"
    )
    return rows.group_by("1", "2", "3", *(("4", "5") if distinct else ("5",))), value.whole


def covered(plan: Plan, measure: Measure) -> exp.Query:
    """How many areas of a level have a row; one counts where it lies below."""
    buckets, basis = Buckets.of(plan.slots, plan.measures), Basis.of(measure)
    columns = [measure.area, *basis.columns(plan), *named_columns(measure.where)]
    leaves = exp.select("n.number AS leaf", "s.slot", "s.tree", exp.alias_(broken_down(plan), "by_value"))
    leaves = leaves.distinct().from_(current(plan, measure.area, [basis], columns))
    leaves = leaves.join("leaves AS n", on=exp.EQ(this=exp.column("leaf", "n"), expression=at(measure.area)))
    leaves = leaves.join("runs AS s", on=basis.inside("s", bucketed(buckets, plan, basis)))
    leaves = leaves.where(test(measure))
    query = exp.select("u.up", "c.slot", "c.by_value", "COUNT(DISTINCT m.up) AS c0")
    query = query.from_(leaves.subquery("c"))
    level = exp.column("level", "m").eq(exp.Literal.string(measure.covered))
    query = query.join("climb AS m", on=exp.and_("m.tree = c.tree AND m.number = c.leaf", level))
    query = query.join("asked AS u", on="u.tree = c.tree AND u.number = m.up")
    return query.group_by("u.up", "c.slot", "c.by_value")


def _dated(plan: Plan, measure: Measure) -> list[str]:
    """By what rows are put in order: date, then entry, then which round of the entry."""
    on = measure.on or (measure.standing.start if measure.standing else "")
    return [on, "position", *(["round"] if plan.table.endswith(".rounds") else [])]


def _first(plan: Plan, measure: Measure, value: exp.Expr, where: exp.Expr | None = None) -> exp.Expr:
    """The value in the latest row that has one."""
    by_date = [
        exp.Ordered(this=exp.column(name), desc=True, nulls_first=False) for name in _dated(plan, measure)
    ]
    values = exp.ArrayAgg(this=exp.Order(this=value.copy(), expressions=by_date))
    kept = exp.Where(this=exp.and_(is_not_null(exp.paren(value.copy())), where))
    return exp.Anonymous(this="FIRST_OF", expressions=[exp.Filter(this=values, expression=kept)])


def _of_latest(plan: Plan, measure: Measure, node: exp.Expr) -> exp.Expr:
    """`last` of a group, maybe with a filter, in the words of `_first`; anything else as it is."""
    if isinstance(node, exp.Filter) and isinstance(node.this, exp.Last):
        return _first(plan, measure, node.this.this, node.expression.this.copy())
    return _first(plan, measure, node.this) if isinstance(node, exp.Last) else node


def _spread(plan: Plan, measure: Measure, *trees: exp.Expr | None) -> Select:
    """The rows that a measure counts, once for every area and slot in which it does."""
    buckets, basis = Buckets.of(plan.slots, plan.measures), Basis.of(measure)
    columns = [measure.area, *basis.columns(plan), *named_columns(measure.where, *trees)]
    select = exp.select(exp.alias_(up(), "up"), "s.slot", exp.alias_(broken_down(plan), "by_value"))
    select = select.from_(current(plan, measure.area, [basis], columns))
    select = select.join("runs AS s", on=basis.inside("s", bucketed(buckets, plan, basis)))
    on = exp.and_("k.tree = s.tree", exp.column("leaf", "k").eq(at(measure.area)))
    select = select.join("asked AS k", on=on, join_type="left" if plan.nowhere else "inner")
    condition_ = test(measure)
    return select.where(condition_) if condition_ is not None else select
