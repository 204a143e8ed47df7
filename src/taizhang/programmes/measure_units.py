"""Units through an expression of the measure language: sums and comparisons need equal ones, × ÷ combine."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from sqlglot import exp

from taizhang.programmes.measure_language import Refused, offset_of, parse
from taizhang.programmes.units import COUNT, UNKNOWN, Quantity, plain, quantity, together

_COMPARED = (exp.Add, exp.Sub, exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)
_GAPS = {"days_between": quantity("天"), "hours_between": quantity("小时")}


def unit_of(text: str, units: Mapping[str, Quantity]) -> Quantity:
    """What the value of a checked expression measures; `units` are the columns', where they have one.

    Raises Refused at the first place where two units do not go together.
    """
    return _walk(parse(text), units)


def _walk(node: exp.Expression, units: Mapping[str, Quantity]) -> Quantity:
    children = [child for child in node.iter_expressions() if isinstance(child, exp.Expression)]
    parts = [_walk(child, units) for child in children]
    if isinstance(node, (*_COMPARED, exp.Between, exp.In)):
        found = UNKNOWN
        for child, part in zip(children[1:], parts[1:], strict=True):
            found = _together(node, (children[0], child), (parts[0], part))
        return found if isinstance(node, exp.Add | exp.Sub) else UNKNOWN
    if isinstance(node, exp.Mul | exp.Div):
        return parts[0].times(parts[1], 1 if isinstance(node, exp.Mul) else -1)
    if isinstance(node, exp.Column):
        return units.get(node.name.lower(), UNKNOWN)
    if isinstance(node, exp.Literal) and not node.is_string:
        return plain(Fraction(node.this))
    if isinstance(node, exp.Count):
        return UNKNOWN if isinstance(node.this, exp.Distinct) else COUNT  # days are 天, persons 人
    if isinstance(node, exp.Anonymous):
        return _GAPS.get(node.name.lower(), UNKNOWN)
    if isinstance(node, exp.Paren | exp.Neg | exp.Filter | exp.Sum | exp.Avg | exp.Min | exp.Max | exp.Last):
        return parts[0]  # a filter's condition stands second
    return UNKNOWN


def _together(
    node: exp.Expression, sides: tuple[exp.Expression, exp.Expression], units: tuple[Quantity, Quantity]
) -> Quantity:
    found = together(*units)
    if found is None:
        said = [f"`{side.sql()}` 是{unit.text}" for side, unit in zip(sides, units, strict=True)]
        what = ("相加减", "added") if isinstance(node, exp.Add | exp.Sub) else ("比较", "compared")
        words = f"{','.join(said)},单位不同,不能{what[0]} / units differ and cannot be {what[1]}"
        raise Refused("units-differ", words, offset_of(node))
    return found
