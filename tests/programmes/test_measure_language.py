"""The trees that the measure language gives out: what is read and what is refused."""

from __future__ import annotations

import pytest
from sqlglot import exp

from taizhang.programmes.measure_language import (
    Columns,
    Refused,
    aggregate_expression,
    formula_expression,
    having_expression,
    row_expression,
)

COLUMNS = Columns(
    {
        "amount": "DECIMAL(18,2)", "many": "BIGINT", "kind": "VARCHAR", "note": "VARCHAR", "flag": "BOOLEAN",
        "person": "BIGINT", "day": "DATE", "closed_at": "TIMESTAMP", "closing_due": "TIMESTAMP",
    },
    {"kind": frozenset(("a", "b"))},
    frozenset(("person",)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("COUNT(*)", "COUNT(*)"),
        ("sum(Amount) / count(distinct Person)", "SUM(amount) / COUNT(DISTINCT person)"),
        ("count(*) FILTER (WHERE kind = 'a')", "COUNT(*) FILTER(WHERE kind = 'a')"),
        ("last(amount) - min(amount)", "LAST(amount) - MIN(amount)"),
        ("avg(DAYS_BETWEEN(day, closed_at))", "AVG(DAYS_BETWEEN(day, closed_at))"),
        ("100 * sum(amount) / (count(many) + 1)", "100 * SUM(amount) / (COUNT(many) + 1)"),
        ("count(distinct kind)", "COUNT(DISTINCT kind)"),
    ],
)
def test_aggregates(text: str, tree: str) -> None:
    assert aggregate_expression(text, COLUMNS).sql() == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("closed_at <= closing_due", "closed_at <= closing_due"),
        ("day >= '2022-03-01'", "day >= CAST('2022-03-01' AS DATE)"),
        ("closed_at between '2022-03-01' and date '2022-04-01'",
         "closed_at BETWEEN CAST('2022-03-01' AS DATE) AND CAST('2022-04-01' AS DATE)"),
        ("KIND in ('a', 'b') and not flag or note is not null",
         "kind IN ('a', 'b') AND NOT flag OR NOT note IS NULL"),
        ("hours_between(closed_at, closing_due) < 2.5", "HOURS_BETWEEN(closed_at, closing_due) < 2.5"),
        ("flag = true and -many < 3", "flag = TRUE AND -many < 3"),
    ],
)  # fmt: skip
def test_conditions(text: str, tree: str) -> None:
    assert row_expression(text, COLUMNS).sql() == tree


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("amount", "not-a-condition"), ("kind = 'c'", "unknown-choice"),
        ("kind in ('a', 'c')", "unknown-choice"),
        ("amount = kind", "wrong-type"), ("amount and flag", "wrong-type"), ("note + 1 = 2", "wrong-type"),
        ("person = 3", "wrong-type"), ("t.amount = 1", "not-in-language"),
        ("amount = (select 1)", "not-in-language"),
        ("kind like 'a%'", "not-in-language"), ("exists (select 1)", "not-in-language"),
        ("amount in (select amount from x)", "not-in-language"),
        ("case when flag then flag end", "not-in-language"),
        ("amount::int = 1", "not-in-language"), ("read_csv('x') = 1", None),
        ("count(*) = 1", "aggregate-not-here"),
        ("amount = 1; delete from x", "not-in-language"), ("amount = 1 -- x", "not-in-language"),
        ("flag = 'yes'", "wrong-type"), ("amount = ", "not-in-language"), ("", "not-in-language"),
        ("'2022-01-01' < '2022-02-01'", "wrong-type"), ("amount = :x", None), ("amount = ?", None),
        ("day = current_date", "not-in-language"), ("(" * 60 + "flag" + ")" * 60, "expression-too-long"),
        ("try_cast('2022-01-01' as date) = day", "not-in-language"), ("amount % 2 = 1", "not-in-language"),
    ],
)  # fmt: skip
def test_what_is_not_of_the_language_is_refused(text: str, code: str | None) -> None:
    with pytest.raises(Refused) as refused:
        row_expression(text, COLUMNS)
    assert code is None or refused.value.code == code
    assert 0 <= refused.value.offset <= len(text)


@pytest.mark.parametrize(
    "text",
    ["sum(amount) over ()", "sum(distinct amount)", "count(distinct amount, many)",
     "count(amount, many)", "sum(*)",
     "count(kind.*)", "string_agg(note)", "sum(amount order by day)", "first(amount)", "max(kind)",
     "avg(flag)",
     "sum(amount) filter (where amount)", "sum(amount) + kind", "days_between(day, day)",
     "count(* exclude (amount))"],
)  # fmt: skip
def test_other_aggregates_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        aggregate_expression(text, COLUMNS)


def test_having_and_formulas() -> None:
    assert having_expression("avg(amount) <= 100 and count(*) > 1", COLUMNS).find(exp.And)
    names = [column.name for column in formula_expression('60 * "a.b" / 100 + "c"').find_all(exp.Column)]
    assert sorted(names) == ["a.b", "c"]
    for text in ("a.b + 1", "1 + 1", '"a" > 1', 'sum("a")', '"a" || "b"', '"x"."y"'):
        with pytest.raises(Refused):
            formula_expression(text)


@pytest.mark.parametrize(
    "text",
    ["sum(amount / many) > 1", "avg(amount / (many + 1)) filter (where flag) > 1 and count(*) > 1",
     "1 < last(2 * (amount / days_between(day, closed_at)))", "count(distinct amount / many) > 1"],
)  # fmt: skip
def test_quotients_of_columns_are_not_added_up_in_having(text: str) -> None:
    with pytest.raises(Refused) as refused:
        having_expression(text, COLUMNS)
    assert (refused.value.code, refused.value.expected) == ("quotient-in-having", "sum(a) / sum(b)")
    assert text[refused.value.offset :].startswith("amount")


@pytest.mark.parametrize(
    "text",
    ["sum(amount) / sum(many) > 1", "avg(amount / 3) > 1", "count(amount / many) > 1",
     "count(*) filter (where amount / many > 2) > 1"],
)  # fmt: skip
def test_what_having_can_test_exactly_is_read(text: str) -> None:
    assert having_expression(text, COLUMNS).find(exp.GT)


def test_functions_are_lower_case_for_consumers() -> None:
    tree = row_expression("HOURS_BETWEEN(Closed_At, closing_due) < 2", COLUMNS)
    found = tree.find(exp.Anonymous)
    assert found is not None
    assert found.this == "hours_between"
    assert all(not column.this.quoted for column in tree.find_all(exp.Column))
