"""The measure language: a small, checked subset of SQL expressions.

Trees that leave this module consist of these sqlglot node classes only:

    row expressions
        Column (unqualified, lower case, unquoted), Literal, Boolean, Null, Paren, Neg, Not, And, Or,
        Add, Sub, Mul, Div, EQ, NEQ, LT, LTE, GT, GTE, In (with `expressions`), Between, Is (with Null),
        Cast (of a text literal to DATE: a day), and Anonymous named `days_between` or `hours_between`,
        with two arguments
    aggregate expressions
        Count (of Star, of a row expression, or of Distinct with one expression), Sum, Avg, Min, Max, Last,
        each maybe inside Filter (whose `expression` is a Where); Literal, Paren, Neg, Add, Sub, Mul, Div
        between them; in `having` comparisons, And, Or, Not, In, Between, Is too
    formulas
        Column (quoted, its name the full key of an indicator), Literal, Paren, Neg, Add, Sub, Mul, Div
    conditions over figures
        EQ, NEQ, LT, LTE, GT, GTE of formulas (whose columns name a figure's part), And, Or, Not, Paren

`days_between(a, b)` is the number of calendar days from a's date to b's date (negative when b is earlier);
`hours_between(a, b)` is the exact time from a to b in hours: seconds / 3600. A date taken as a moment, and a
day compared with a TIMESTAMP column, is its first second.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import cast

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from taizhang.programmes.suggestions import nearest

AGGREGATES = ("count", "sum", "avg", "min", "max", "last")
FUNCTIONS = ("days_between", "hours_between")

_AGGREGATE_NODES = (exp.Count, exp.Sum, exp.Avg, exp.Min, exp.Max, exp.Last)
_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div)
_COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)
_ORDERED = (exp.LT, exp.LTE, exp.GT, exp.GTE)
_LONGEST = 2_000
_DEEPEST = 40
_KINDS = {"VARCHAR": "text", "BIGINT": "number", "DATE": "date", "TIMESTAMP": "time", "BOOLEAN": "yes_no"}
_MOMENTS = ("date", "time")


class Refused(Exception):
    """An expression that is not of the language; `offset` counts into its text."""

    def __init__(self, code: str, found: str, offset: int = 0, expected: str = "") -> None:
        super().__init__(found)
        self.code, self.found, self.offset, self.expected = code, found, offset, expected


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that an expression may use: SQL types, the choices of choice columns, person columns."""

    types: Mapping[str, str]
    choices: Mapping[str, Set[str]]
    persons: frozenset[str] = frozenset()

    def kind(self, column: str) -> str:
        """`text`, `number`, `date`, `time`, `yes_no`, or `person`."""
        if column in self.persons:
            return "person"
        return _KINDS.get(self.types[column], "number")


def parse(text: str) -> exp.Expression:
    """The raw tree of one expression. Raises Refused for what sqlglot cannot read, or is more than one."""
    if len(text) > _LONGEST or text.count("(") > _DEEPEST:
        raise Refused("expression-too-long", "表达式过长 / the expression is too long")
    for mark in (";", "--", "/*"):
        if mark in re.sub(r"'[^']*'|\"[^\"]*\"", lambda m: " " * len(m[0]), text):
            raise Refused("not-in-language", f"表达式中不能有 `{mark}` / not allowed here", text.find(mark))
    try:
        return cast(exp.Expression, sqlglot.parse_one(text, dialect="duckdb"))
    except SqlglotError as error:
        details = getattr(error, "errors", None) or [{}]
        offset = _offset(text, details[0].get("line"), details[0].get("col"), details[0].get("highlight"))
        raise Refused("not-in-language", f"表达式读不出:{text!r} / cannot be read", offset) from None


def _offset(text: str, line: int | None, column: int | None, highlight: str | None) -> int:
    if not line or not column:
        return 0
    before = sum(len(part) + 1 for part in text.split("\n")[: line - 1])
    return max(0, before + column - len(highlight or ""))


def row_expression(text: str, columns: Columns) -> exp.Expression:
    """A checked condition over a row. Raises Refused."""
    tree = parse(text)
    checker = _Checker(text, columns)
    if checker.row(tree) != "yes_no":
        raise Refused("not-a-condition", f"{text!r} 不是条件 / not a condition", 0, "kind = 'central'")
    return checker.normalised(tree)


def aggregate_expression(text: str, columns: Columns) -> exp.Expression:
    """A checked aggregate. Raises Refused."""
    tree = parse(text)
    checker = _Checker(text, columns)
    if checker.aggregate(tree) != "number":
        raise Refused("not-a-number", f"{text!r} 得不出数 / does not give a number")
    if not tree.find(*_AGGREGATE_NODES):
        raise Refused("no-aggregate", f"{text!r} 没有聚合 / no aggregate", 0, ", ".join(AGGREGATES))
    return checker.normalised(tree)


def having_expression(text: str, columns: Columns) -> exp.Expression:
    """A checked condition over a group. Raises Refused."""
    tree = parse(text)
    checker = _Checker(text, columns)
    if checker.aggregate(tree) != "yes_no":
        raise Refused("not-a-condition", f"{text!r} 不是条件 / not a condition", 0, "avg(aqi) <= 100")
    checker.undivided(tree)
    return checker.normalised(tree)


def formula_expression(text: str) -> exp.Expression:
    """A formula over quoted indicators, whose names are not looked up yet. Raises Refused."""
    tree = parse(text)
    checker = _Checker(text, Columns({}, {}))
    checker.formula(tree)
    if not tree.find(exp.Column):
        raise Refused(
            "no-indicator", f"{text!r} 没有引用指标 / names no indicator", 0, '"programme.indicator"'
        )
    return tree


def condition_expression(text: str) -> exp.Expression:
    """A condition over quoted figures, whose names are not looked up yet. Raises Refused."""
    tree = parse(text)
    checker = _Checker(text, Columns({}, {}))
    checker.condition(tree)
    if not tree.find(exp.Column):
        raise Refused("no-indicator", f"{text!r} 没有引用指标 / names no indicator", 0, '"indicator" > 0')
    return tree


def offset_of(node: exp.Expression) -> int:
    """Where a node of a parsed tree starts in its text; 0 where sqlglot does not say."""
    starts = [part.meta["start"] for part in node.walk() if "start" in part.meta]
    return min(starts, default=0)


class _Checker:
    """Walks one tree; every node must be of a class that is listed here."""

    def __init__(self, text: str, columns: Columns) -> None:
        self.text, self.columns = text, columns

    # -- over a row ----------------------------------------------------------------------------------------

    def row(self, node: exp.Expression) -> str:
        """The kind of a row expression."""
        if isinstance(node, (*_AGGREGATE_NODES, exp.Filter)):
            raise self.refused(node, "aggregate-not-here", "此处不能聚合 / no aggregate here")
        if isinstance(node, exp.Column):
            return self.column(node)
        if isinstance(node, exp.Anonymous):
            return self.function(node)
        return self.shared(node, self.row)

    def column(self, node: exp.Column) -> str:
        name = node.name.lower()
        if node.table or not isinstance(node.this, exp.Identifier):
            raise self.refused(
                node, "not-in-language", f"列名不带表名 / unqualified columns only: {node.sql()}"
            )
        if name not in self.columns.types:
            near = nearest(name, self.columns.types)
            hint = f",是否为 `{near}`? / did you mean `{near}`?" if near else ""
            found = f"没有列 `{name}` / no such column{hint}"
            raise self.refused(node, "unknown-column", found, "、".join(self.columns.types))
        return self.columns.kind(name)

    def function(self, node: exp.Anonymous) -> str:
        name = node.name.lower()
        if name not in FUNCTIONS:
            near = nearest(name, [*FUNCTIONS, *AGGREGATES])
            hint = f",是否为 `{near}`? / did you mean `{near}`?" if near else ""
            raise self.refused(node, "unknown-function", f"没有函数 `{name}` / no such function{hint}")
        if len(node.expressions) != 2 or any(self.row(e) not in _MOMENTS for e in node.expressions):
            raise self.refused(node, "wrong-type", f"{name} 要两个日期或时间 / takes two dates or times")
        return "number"

    # -- over rows -----------------------------------------------------------------------------------------

    def aggregate(self, node: exp.Expression) -> str:
        """The kind of an expression of aggregates."""
        if isinstance(node, exp.Filter):
            where = node.args.get("expression")
            if not isinstance(node.this, _AGGREGATE_NODES) or not isinstance(where, exp.Where):
                raise self.refused(node, "not-in-language", "filter 只能跟在聚合后 / only after an aggregate")
            if self.row(where.this) != "yes_no":
                raise self.refused(where, "not-a-condition", "filter 里要条件 / the filter is no condition")
            return self.aggregate(node.this)
        if isinstance(node, exp.Count):
            return self.count(node)
        if isinstance(node, _AGGREGATE_NODES):
            if len([v for v in node.args.values() if isinstance(v, exp.Expression)]) != 1 or node.expressions:
                raise self.refused(node, "not-in-language", f"{node.key} 只有一个参数 / takes one argument")
            kind = self.row(node.this)
            allowed = ("number",) if isinstance(node, exp.Sum | exp.Avg | exp.Last) else ("number", *_MOMENTS)
            if kind not in allowed:
                found = f"不能对 {kind} 求 {node.key}:{node.this.sql()} / cannot {node.key} a {kind}"
                raise self.refused(node, "wrong-type", found, "、".join(allowed))
            return kind
        if isinstance(node, exp.Column):
            found = f"列 `{node.name}` 须在聚合内 / a column must stand inside an aggregate"
            raise self.refused(node, "column-outside-aggregate", found, "sum(…), count(…)")
        if isinstance(node, exp.Anonymous):
            return self.function_outside(node)
        return self.shared(node, self.aggregate)

    def function_outside(self, node: exp.Anonymous) -> str:
        self.function(node)
        raise self.refused(
            node, "column-outside-aggregate", f"{node.name} 须在聚合内 / must be inside an aggregate"
        )

    def count(self, node: exp.Count) -> str:
        inner = node.this
        if isinstance(inner, exp.Distinct):
            if len(inner.expressions) != 1 or inner.args.get("on"):
                raise self.refused(node, "not-in-language", "count(distinct …) 只有一列 / takes one column")
            inner = inner.expressions[0]
        if node.expressions or inner is None:
            raise self.refused(node, "not-in-language", "count 只有一个参数 / takes one argument")
        if not (isinstance(inner, exp.Star) and inner is node.this and not inner.args.get("except_")):
            self.row(inner)
        return "number"

    def undivided(self, tree: exp.Expression) -> None:
        """In `having` no aggregate of a quotient of columns: the database tests groups, and would round."""
        for node in tree.find_all(*_AGGREGATE_NODES):
            if isinstance(node, exp.Count) and not isinstance(node.this, exp.Distinct):
                continue
            for quotient in node.find_all(exp.Div):
                if quotient.expression.find(exp.Column):
                    text = quotient.sql(dialect="duckdb")
                    found = f"having 中不能聚合两列之商 `{text}` / no aggregate of a quotient of columns here"
                    raise self.refused(quotient, "quotient-in-having", found, "sum(a) / sum(b)")

    # -- formulas ------------------------------------------------------------------------------------------

    def formula(self, node: exp.Expression) -> str:
        """Arithmetic over quoted names."""
        if isinstance(node, exp.Column):
            if node.table or not isinstance(node.this, exp.Identifier) or not node.this.quoted:
                found = f"指标名须加双引号 / put the indicator in double quotes: {node.sql()}"
                raise self.refused(node, "not-in-language", found, '"programme.indicator"')
            return "number"
        if isinstance(node, exp.Literal) and not node.is_string:
            return "number"
        if isinstance(node, exp.Paren | exp.Neg):
            return self.formula(node.this)
        if isinstance(node, _ARITHMETIC):
            self.formula(node.this)
            return self.formula(node.expression)
        raise self.refused(
            node, "not-in-language", f"公式中不能有 / not for formulas: {node.sql()}", '"…" + - * /'
        )

    def condition(self, node: exp.Expression) -> None:
        """Comparisons of formulas, joined by and, or, not."""
        if isinstance(node, exp.Paren | exp.Not):
            self.condition(node.this)
        elif isinstance(node, exp.And | exp.Or):
            self.condition(node.this)
            self.condition(node.expression)
        elif isinstance(node, _COMPARISONS):
            self.formula(node.this)
            self.formula(node.expression)
        else:
            found = f"此处要指标条件 / a condition over figures is wanted: {node.sql()}"
            raise self.refused(node, "not-a-condition", found, '"indicator" > 0')

    # -- both ----------------------------------------------------------------------------------------------

    def shared(self, node: exp.Expression, go: Callable[[exp.Expression], str]) -> str:
        """Nodes that mean the same over a row and over aggregates."""
        if isinstance(node, exp.Literal):
            return "literal" if node.is_string else "number"
        if isinstance(node, exp.Boolean):
            return "yes_no"
        if isinstance(node, exp.Cast):
            return self.day(node)
        if isinstance(node, exp.Paren):
            return str(go(node.this))
        if isinstance(node, exp.Neg):
            return self.want(node, node.this, go, "number")
        if isinstance(node, exp.Not):
            return self.want(node, node.this, go, "yes_no")
        if isinstance(node, exp.And | exp.Or):
            self.want(node, node.this, go, "yes_no")
            return self.want(node, node.expression, go, "yes_no")
        if isinstance(node, _ARITHMETIC):
            self.want(node, node.this, go, "number")
            return self.want(node, node.expression, go, "number")
        if isinstance(node, exp.Is) and isinstance(node.expression, exp.Null):
            go(node.this)
            return "yes_no"
        return self.comparison(node, go)

    def comparison(self, node: exp.Expression, go: Callable[[exp.Expression], str]) -> str:
        if isinstance(node, _COMPARISONS):
            self.comparable(node, node.this, [node.expression], go, ordered=isinstance(node, _ORDERED))
            return "yes_no"
        if isinstance(node, exp.In) and node.expressions and not node.args.get("query"):
            self.comparable(node, node.this, node.expressions, go, ordered=False)
            return "yes_no"
        if isinstance(node, exp.Between) and not node.args.get("symmetric"):
            self.comparable(node, node.this, [node.args["low"], node.args["high"]], go, ordered=True)
            return "yes_no"
        words = f"度量语言中没有 / not part of the measure language: {node.sql(dialect='duckdb')}"
        raise self.refused(node, "not-in-language", words)

    def comparable(
        self,
        node: exp.Expression,
        left: exp.Expression,
        others: list[exp.Expression],
        go: Callable[[exp.Expression], str],
        *,
        ordered: bool,
    ) -> None:
        sides = [left, *others]
        kinds = {go(side) for side in sides}
        literals = [side for side in sides if isinstance(side, exp.Literal) and side.is_string]
        real = kinds - {"literal"}
        if (
            not real
            or (real & set(_MOMENTS) and real - set(_MOMENTS))
            or (len(real) > 1 and real - set(_MOMENTS))
        ):
            raise self.refused(node, "wrong-type", f"类型不同,不能比较 / cannot be compared: {node.sql()}")
        kind = next(iter(real))
        if ordered and kind not in ("number", *_MOMENTS):
            raise self.refused(node, "wrong-type", f"{kind} 没有大小 / has no order: {node.sql()}")
        if literals and kind in ("number", "yes_no", "person"):
            raise self.refused(
                literals[0], "wrong-type", f"{kind} 不能与文字比较 / compared with a text: {node.sql()}"
            )
        for literal in literals:
            if kind in _MOMENTS:
                self.iso_day(literal, node)
            else:
                self.choice(literal, [side for side in sides if isinstance(side, exp.Column)], node)

    def choice(self, literal: exp.Literal, columns: list[exp.Column], node: exp.Expression) -> None:
        for column in columns:
            choices = self.columns.choices.get(column.name.lower())
            if choices is not None and literal.name not in choices:
                near = nearest(literal.name, choices)
                hint = f",是否为 '{near}'? / did you mean '{near}'?" if near else ""
                found = f"`{column.name}` 没有选项 '{literal.name}' / no such choice{hint}"
                raise self.refused(node, "unknown-choice", found, "、".join(sorted(choices)[:12]))

    def day(self, node: exp.Cast) -> str:
        literal = node.this
        is_date = node.to.this is exp.DataType.Type.DATE
        if not is_date or not isinstance(literal, exp.Literal) or type(node) is not exp.Cast:
            raise self.refused(
                node, "not-in-language", f"不能转换类型 / no casts: {node.sql()}", "date '2022-03-01'"
            )
        self.iso_day(literal, node)
        return "date"

    def iso_day(self, literal: exp.Expression, node: exp.Expression) -> None:
        try:
            if len(literal.name) != 10:
                raise ValueError(literal.name)
            date.fromisoformat(literal.name)
        except ValueError:
            raise self.refused(
                node, "not-a-date", f"'{literal.name}' 不是日期 / not a day", "'2022-03-01'"
            ) from None

    def want(
        self, node: exp.Expression, part: exp.Expression, go: Callable[[exp.Expression], str], kind: str
    ) -> str:
        found = go(part)
        if found != kind:
            words = f"此处要 {kind},而 {part.sql()} 是 {found} / wants a {kind}, found a {found}"
            raise self.refused(node, "wrong-type", words)
        return kind

    def refused(self, node: exp.Expression, code: str, found: str, expected: str = "") -> Refused:
        return Refused(code, found, offset_of(node), expected)

    def normalised(self, tree: exp.Expression) -> exp.Expression:
        """Lower-case, unquoted columns; days as Cast; no comments."""

        def change(node: exp.Expression) -> exp.Expression:
            if isinstance(node, exp.Column):
                return exp.column(node.name.lower())
            if isinstance(node, exp.Anonymous):
                return exp.Anonymous(this=node.name.lower(), expressions=node.expressions)
            if isinstance(node, exp.Literal) and node.is_string and self._stands_by_moment(node):
                return exp.Cast(this=node.copy(), to=exp.DataType.build("date"))
            return node

        return tree.transform(change)

    def _stands_by_moment(self, literal: exp.Literal) -> bool:
        parent = literal.parent
        if not isinstance(parent, (*_COMPARISONS, exp.In, exp.Between)):
            return False
        if isinstance(parent, exp.In | exp.Between):
            parts = [parent.this, *parent.expressions, parent.args.get("low"), parent.args.get("high")]
        else:
            parts = [parent.this, parent.expression]
        return any(
            isinstance(p, exp.Column) and self.columns.kind(p.name.lower()) in _MOMENTS
            for p in parts
            if p is not None
        )
