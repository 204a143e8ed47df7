"""Exact arithmetic in SQL: no division, only numbers over a whole number, compared by multiplying across.

SQL divides in floating point. So `hours_between`, `avg` and `/` become a numerator over a denominator, and
the division is left to Python (for what a measure adds up) or avoided (where two sides are compared).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from sqlglot import exp

_MICROSECONDS = 3_600_000_000
_COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)


@dataclass(frozen=True, slots=True)
class Ratio:
    """`over / (under * whole)`: `under` is SQL that is positive or null, None for 1."""

    over: exp.Expr
    whole: int = 1
    under: exp.Expr | None = None

    @property
    def plain(self) -> bool:
        return self.whole == 1 and self.under is None

    @property
    def given(self) -> exp.Expr:
        """SQL that is null where the ratio is."""
        if self.under is None:
            return self.over.copy()
        known = exp.not_(exp.Is(this=exp.paren(self.under.copy()), expression=exp.null()))
        return exp.Case(ifs=[exp.If(this=known, true=self.over.copy())])


def ratio(node: exp.Expr) -> Ratio:
    """An arithmetic tree, over a row or (in `having`) over a group, as a ratio; anything else over 1."""
    match node:
        case exp.Paren():
            return ratio(node.this)
        case exp.Anonymous() if node.name.lower() == "hours_between":
            return Ratio(_gap("microsecond", *node.expressions), _MICROSECONDS)
        case exp.Anonymous() if node.name.lower() == "days_between":
            return Ratio(_gap("day", *node.expressions))
        case exp.Filter():
            inner = ratio(node.this)
            where = exp.Where(this=condition(node.expression.this))
            under = None if inner.under is None else _filter(inner.under, where)
            return Ratio(_filter(inner.over, where), inner.whole, under)
        case exp.Avg():
            inner = ratio(node.this)
            if inner.under is None:
                counted = exp.Count(this=inner.over.copy())
                return Ratio(exp.Sum(this=inner.over), inner.whole, counted)
        case exp.Count() if not isinstance(node.this, exp.Star):
            values = node.this.expressions if isinstance(node.this, exp.Distinct) else [node.this]
            given = [ratio(value).given for value in values]
            distinct = isinstance(node.this, exp.Distinct)
            return Ratio(exp.Count(this=exp.Distinct(expressions=given) if distinct else given[0]))
        case exp.Sum() | exp.Min() | exp.Max() | exp.Last():
            inner = ratio(node.this)
            if inner.under is None:
                return Ratio(type(node)(this=inner.over), inner.whole)
        case exp.Neg():
            inner = ratio(node.this)
            return Ratio(exp.Neg(this=exp.paren(inner.over)), inner.whole, inner.under)
        case exp.Add() | exp.Sub() | exp.Mul() | exp.Div():
            return _arithmetic(node, ratio(node.this), ratio(node.expression))
    return Ratio(condition(node))


def condition(node: exp.Expr) -> exp.Expr:
    """A condition in which no side of a comparison is divided."""
    match node:
        case exp.And() | exp.Or():
            return type(node)(
                this=exp.paren(condition(node.this)), expression=exp.paren(condition(node.expression))
            )
        case exp.Not() | exp.Paren():
            return type(node)(this=exp.paren(condition(node.this)))
        case exp.Between():
            low = exp.GTE(this=node.this, expression=node.args["low"])
            high = exp.LTE(this=node.this, expression=node.args["high"])
            return exp.and_(condition(low), condition(high))
        case exp.In() if not all(ratio(part).plain for part in (node.this, *node.expressions)):
            return exp.or_(*(condition(exp.EQ(this=node.this, expression=e)) for e in node.expressions))
        case exp.Is():
            return exp.Is(this=exp.paren(ratio(node.this).given), expression=node.expression.copy())
    if not isinstance(node, _COMPARISONS):
        return node.copy()
    left, right = ratio(node.this), ratio(node.expression)
    both = gcd(left.whole, right.whole)
    return type(node)(
        this=_times(left.over, right.whole // both, right.under),
        expression=_times(right.over, left.whole // both, left.under),
    )


def _arithmetic(node: exp.Expr, left: Ratio, right: Ratio) -> Ratio:
    if isinstance(node, exp.Mul):
        under = _product(left.under, right.under)
        return Ratio(
            exp.Mul(this=exp.paren(left.over), expression=exp.paren(right.over)),
            left.whole * right.whole,
            under,
        )
    if isinstance(node, exp.Div):
        if by := _constant(node.expression):
            times = by.denominator if by > 0 else -by.denominator
            return Ratio(_times(left.over, times, None), left.whole * abs(by.numerator), left.under)
        # The sign goes up, so that what is below stays positive and may be multiplied across.
        both = gcd(left.whole, right.whole)
        sign = _sign(right.over)
        over = exp.Mul(this=_times(left.over, right.whole // both, right.under), expression=sign)
        below = exp.func("ABS", exp.func("NULLIF", right.over.copy(), exp.Literal.number(0)))
        return Ratio(over, left.whole // both, _product(left.under, below))
    both = gcd(left.whole, right.whole)
    this = _times(left.over, right.whole // both, right.under)
    other = _times(right.over, left.whole // both, left.under)
    whole = left.whole * right.whole // both
    return Ratio(type(node)(this=this, expression=other), whole, _product(left.under, right.under))


def arithmetic(node: exp.Expr, leaf: Callable[[exp.Expr], Fraction | None]) -> Fraction | None:
    """Exact + - * / over whatever `leaf` says of columns and aggregates; undecided is catching."""
    match node:
        case exp.Filter() | exp.AggFunc() | exp.Column():
            return leaf(node)
        case exp.Paren():
            return arithmetic(node.this, leaf)
        case exp.Literal():
            return Fraction(node.this)
        case exp.Neg():
            value = arithmetic(node.this, leaf)
            return None if value is None else -value
    left, right = arithmetic(node.this, leaf), arithmetic(node.expression, leaf)
    if left is None or right is None:
        return None
    match node:
        case exp.Add():
            return left + right
        case exp.Sub():
            return left - right
        case exp.Mul():
            return left * right
        case exp.Div():
            return left / right if right else None
    raise TypeError(f"not part of the measure language: {node.sql()}")


def divided(node: exp.Expr) -> bool:
    """Whether a row expression is divided by what differs from row to row: SQL cannot add it up exactly."""
    return ratio(node).under is not None


def _constant(node: exp.Expr) -> Fraction | None:
    """What arithmetic over literals alone comes to; None where it names anything, or divides by nothing."""
    if node.find(exp.Column, exp.AggFunc, exp.Anonymous):
        return None
    return arithmetic(node, lambda _: None)


def _sign(node: exp.Expr) -> exp.Expr:
    """-1 or 1, null for 0; PostgreSQL's own SIGN makes a floating-point number of a whole one."""
    nothing = exp.Literal.number(0)
    below = exp.If(this=exp.LT(this=exp.paren(node.copy()), expression=nothing), true=exp.Literal.number(-1))
    above = exp.If(
        this=exp.GT(this=exp.paren(node.copy()), expression=nothing.copy()), true=exp.Literal.number(1)
    )
    return exp.Case(ifs=[below, above])


def _times(over: exp.Expr, whole: int, under: exp.Expr | None) -> exp.Expr:
    made = over.copy()
    for factor in (exp.Literal.number(whole) if whole != 1 else None, under):
        if factor is not None:
            made = exp.Mul(this=exp.paren(made), expression=exp.paren(factor.copy()))
    return exp.paren(made) if isinstance(made, exp.Binary) else made


def _product(left: exp.Expr | None, right: exp.Expr | None) -> exp.Expr | None:
    if left is None or right is None:
        return left if right is None else right
    return exp.Mul(this=exp.paren(left.copy()), expression=exp.paren(right.copy()))


def _filter(node: exp.Expr, where: exp.Where) -> exp.Expr:
    return exp.Filter(this=node, expression=where.copy())


def _gap(unit: str, first: exp.Expr, last: exp.Expr) -> exp.Expr:
    """Whole days, or microseconds in a function of our own that each engine words in its way."""
    if unit == "day":
        days = exp.Sub(this=exp.cast(last.copy(), "DATE"), expression=exp.cast(first.copy(), "DATE"))
        return exp.paren(days)
    ends = [exp.cast(end.copy(), "TIMESTAMP") for end in (first, last)]
    return exp.Anonymous(this="MICROSECONDS_BETWEEN", expressions=ends)
