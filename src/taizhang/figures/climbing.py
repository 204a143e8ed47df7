"""From leaves up the tree: cells of leaf areas added up to all areas at or above them."""

from __future__ import annotations

from typing import Literal

from sqlglot import exp
from sqlglot.expressions import Select

from taizhang.figures.plan import Plan
from taizhang.figures.rows import places, table

Kind = Literal["count", "sum", "min", "max"]


def climbed(plan: Plan, leaves: Select, columns: list[tuple[Kind, str]], *, numbered: bool = False) -> Select:
    """Cells of leaves (`leaf`, `slot`, `tree`, `by_value`, columns) added up to all areas at or above them.

    Sums come as text: exact in every database, and far faster to fetch than wide integers and decimals.
    `numbered` where leaves go by their number and not by their code.
    """
    totals = [
        exp.alias_(
            exp.cast(again(kind, exp.column(name, "c")), "BIGINT" if kind == "count" else "VARCHAR"), name
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


def again(kind: Kind, column: exp.Expr) -> exp.Expr:
    """Partial results of a component put together."""
    return {"min": exp.Min, "max": exp.Max}.get(kind, exp.Sum)(this=column)
