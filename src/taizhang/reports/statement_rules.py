"""The rules by which statements are judged: those that programmes declare, and those that need none."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from taizhang.programmes import Definitions, Indicator, StatementRule
from taizhang.reading import Statement
from taizhang.reports.units import is_ratio


def rules_of(definitions: Definitions) -> tuple[StatementRule, ...]:
    """Every rule: those that programmes declare, then what coverage and direction mean of any indicator."""
    declared = definitions.statements
    spoken = {(rule.indicator, rule.kind) for rule in declared}
    implied = (
        rule
        for indicator in definitions.indicators
        if indicator.programme != "system"
        for rule in _implied(indicator)
        if (rule.indicator, rule.kind) not in spoken
    )
    return (*declared, *implied)


def may_mean(rule: StatementRule, statement: Statement) -> bool:
    """Whether the rule is about statements of that kind which assert that."""
    return rule.kind == statement.kind and (not rule.asserts or statement.asserts in rule.asserts)


def _implied(indicator: Indicator) -> Iterator[StatementRule]:
    """全覆盖: a rate's two counts are equal; 清零: a count is nothing; 下降: less than the year before."""
    nought = exp.Literal.number(0)
    if is_ratio(indicator.unit) and indicator.denominator is not None:
        upper, lower = _part(indicator, "numerator"), _part(indicator, "denominator")
        parts = ("numerator", "denominator")
        yield _rule(indicator, "coverage", "all", exp.EQ(this=upper, expression=lower), parts)
    elif indicator.formula is None:
        holds = exp.EQ(this=_part(indicator, "value"), expression=nought)
        yield _rule(indicator, "coverage", "none-left", holds, ("value",))
    change = _part(indicator, "yoy_difference")
    down, up = exp.LT(this=change, expression=nought), exp.GT(this=change.copy(), expression=nought.copy())
    yield _rule(indicator, "direction", "down", down, ("yoy_difference",))
    yield _rule(indicator, "direction", "up", up, ("yoy_difference",))


def _part(indicator: Indicator, part: str) -> exp.Column:
    return exp.column(exp.to_identifier(f"{indicator.key}.{part}", quoted=True))


def _rule(
    indicator: Indicator, kind: str, asserts: str, holds: exp.Expression, parts: tuple[str, ...]
) -> StatementRule:
    figures = tuple((indicator.key, part) for part in parts)
    text = holds.sql(dialect="duckdb")
    return StatementRule(indicator.programme, indicator.key, kind, (asserts,), (), holds, figures, text=text)
