"""Exact arithmetic in SQL: no division, only numbers over a whole number, compared by multiplying across.

SQL divides in floating point. So `hours_between`, `avg` and `/` become a numerator over a denominator, and
the division is left to Python (for what a measure adds up) or avoided (where two sides are compared).
"""

from __future__ import annotations

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
        case exp.Sum() | exp.Min() | exp.Max():
            inner = ratio(node.this)
            if inner.under is None:
                return Ratio(type(node)(this=inner.over), inner.whole)
        case exp.Neg():
            inner = ratio(node.this)
            return Ratio(exp.Neg(this=exp.paren(inner.over)), inner.whole, inner.under)
        case exp.Add() | exp.Sub() | exp.Mul() | exp.Div():
            return _arithmetic(node, ratio(node.this), ratio(node.expression))
    return Ratio(node.copy())


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
        case exp.In() if not ratio(node.this).plain:
            return exp.or_(*(condition(exp.EQ(this=node.this, expression=e)) for e in node.expressions))
        case exp.Is():
            inner = ratio(node.this)
            return exp.Is(this=_times(inner.over, 1, inner.under), expression=node.expression.copy())
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
        if isinstance(right.over, exp.Literal) and right.plain and Fraction(right.over.this) > 0:
            by = Fraction(right.over.this)
            return Ratio(_times(left.over, by.denominator, None), left.whole * by.numerator, left.under)
        # The sign goes up, so that what is below stays positive and may be multiplied across.
        sign = exp.func("SIGN", right.over.copy())
        over = exp.Mul(this=_times(left.over, right.whole, right.under), expression=sign)
        below = exp.func("ABS", exp.func("NULLIF", right.over.copy(), exp.Literal.number(0)))
        return Ratio(over, left.whole, _product(left.under, below))
    both = gcd(left.whole, right.whole)
    this = _times(left.over, right.whole // both, right.under)
    other = _times(right.over, left.whole // both, left.under)
    whole = left.whole * right.whole // both
    return Ratio(type(node)(this=this, expression=other), whole, _product(left.under, right.under))


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
