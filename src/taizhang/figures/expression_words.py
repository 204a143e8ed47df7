"""Trees of the measure language → words, Chinese and English.

A condition holds where it is true, never where it is unknown: "not" is pushed down to the comparisons, which
changes nothing in SQL's three-valued logic, and there it is said that what is not filled in does not count.
What has no words stands in 「」 as the definition has it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlglot import exp

from taizhang.figures.column_words import ColumnWords
from taizhang.programmes import Name

Leaf = Callable[[exp.Expr], Name]
"""Words for a node that is no arithmetic."""

_SIGNS: Mapping[type[exp.Expr], str] = {exp.Add: "+", exp.Sub: "−", exp.Mul: "×", exp.Div: "÷"}
_STRENGTH: Mapping[type[exp.Expr], int] = {exp.Add: 1, exp.Sub: 1, exp.Mul: 2, exp.Div: 2}
_OPPOSITE: Mapping[type[exp.Expr], type[exp.Expr]] = {
    exp.EQ: exp.NEQ, exp.NEQ: exp.EQ, exp.LT: exp.GTE, exp.GTE: exp.LT, exp.GT: exp.LTE, exp.LTE: exp.GT,
}  # fmt: skip
_ORDER: Mapping[type[exp.Expr], tuple[Name, Name]] = {  # of numbers, of moments
    exp.LT: (Name("小于", "is less than"), Name("早于", "is before")),
    exp.LTE: (Name("不大于", "is at most"), Name("不晚于", "is not later than")),
    exp.GT: (Name("大于", "is more than"), Name("晚于", "is after")),
    exp.GTE: (Name("不小于", "is at least"), Name("不早于", "is not earlier than")),
}
_CONDITIONS = (
    exp.And, exp.Or, exp.Not, exp.Is, exp.In, exp.Between,
    exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE,
)  # fmt: skip
_GATHERED: Mapping[type[exp.Expr], tuple[Name, Name]] = {  # of numbers, of moments
    exp.Sum: (Name("合计", "the sum of"), Name("合计", "the sum of")),
    exp.Avg: (Name("平均值", "the mean of"), Name("平均值", "the mean of")),
    exp.Min: (Name("最小值", "the least of"), Name("最早值", "the earliest of")),
    exp.Max: (Name("最大值", "the greatest of"), Name("最晚值", "the latest of")),
}


def day(text: str) -> Name:
    """An ISO day, as it is written in a sentence."""
    found = date.fromisoformat(text)
    return Name(f"{found.year}年{found.month}月{found.day}日", f"{found.day} {found:%B %Y}")


def as_written(node: exp.Expr) -> Name:
    """A part of a definition that has no words."""
    text = f"「{node.sql(dialect='duckdb')}」"
    return Name(text, text)


def arithmetic(node: exp.Expr, leaf: Leaf) -> Name:
    """Sums and products of what `leaf` words; brackets by the shape of the tree."""
    node = node.unnest()
    if isinstance(node, exp.Neg):
        inner = _bracketed(node.this, leaf, 3)
        return Name(f"−{inner.zh}", f"−{inner.en}")
    if type(node) not in _SIGNS:
        return leaf(node)
    strength, sign = _STRENGTH[type(node)], _SIGNS[type(node)]
    left = _bracketed(node.this, leaf, strength)
    # What stands right of a minus or a division keeps its brackets: 1 - (2 - 3) is not 1 - 2 - 3.
    right = _bracketed(node.expression, leaf, strength + (sign in "−÷"))
    return Name(f"{left.zh}{sign}{right.zh}", f"{left.en} {sign} {right.en}")


def _bracketed(node: exp.Expr, leaf: Leaf, strength: int) -> Name:
    node = node.unnest()
    words = arithmetic(node, leaf)
    weaker = isinstance(node, exp.Neg) or _STRENGTH.get(type(node), 9) < strength
    if weaker or isinstance(node, (exp.Filter, exp.Anonymous)):
        return Name(f"({words.zh})", f"({words.en})")
    return Name(words.zh, f"({words.en})") if isinstance(node, exp.AggFunc) else words


@dataclass(frozen=True, slots=True)
class RowWords:
    """Words for expressions over the rows of a table; `on` is the column that says which is the latest."""

    columns: ColumnWords
    on: str

    # -- conditions ----------------------------------------------------------------------------------------

    def condition(self, node: exp.Expr) -> Name:
        """What holds where a condition is true."""
        return self.joined(self.conjuncts(node))

    def conjuncts(self, node: exp.Expr | None) -> list[Name]:
        """The conditions that must all hold, each fit to stand beside another; none for None."""
        return [] if node is None else self._all_of(node, negated=False)

    @staticmethod
    def joined(parts: Sequence[Name]) -> Name:
        return Name("且".join(p.zh for p in parts), " and ".join(p.en for p in parts))

    def _all_of(self, node: exp.Expr, *, negated: bool) -> list[Name]:
        node, negated = _less_not(node, negated=negated)
        if isinstance(node, exp.Or if negated else exp.And):
            return [p for side in (node.this, node.expression) for p in self._all_of(side, negated=negated)]
        either = self._either_of(node, negated=negated)
        if len(either) == 1:
            return either
        zh, en = "或".join(p.zh for p in either), " or ".join(p.en for p in either)
        return [Name(f"({zh})", f"({en})")]

    def _either_of(self, node: exp.Expr, *, negated: bool) -> list[Name]:
        node, negated = _less_not(node, negated=negated)
        if isinstance(node, exp.And if negated else exp.Or):
            return [
                p for side in (node.this, node.expression) for p in self._either_of(side, negated=negated)
            ]
        if isinstance(node, exp.Or if negated else exp.And):
            both = self.joined(self._all_of(node, negated=negated))
            return [Name(f"({both.zh})", f"({both.en})")]
        return [self._single(node, negated=negated)]

    def _single(self, node: exp.Expr, *, negated: bool) -> Name:
        """One comparison, or a yes-or-no by itself."""
        sides = [node.this, *node.expressions] if isinstance(node, exp.In) else list(node.iter_expressions())
        if any(isinstance(side.unnest(), _CONDITIONS) for side in sides):
            return as_written(exp.Not(this=exp.Paren(this=node.copy())) if negated else node)
        if isinstance(node, exp.Column):
            word = self(node)
            said = Name("否", "no") if negated else Name("是", "yes")
            return Name(f"{word.zh}为“{said.zh}”", f"{word.en} is “{said.en}”")
        if isinstance(node, exp.Boolean):
            holds = bool(node.this) != negated
            return Name("恒成立", "always") if holds else Name("恒不成立", "never")
        if isinstance(node, exp.Is):
            word = self(node.this)
            if negated:
                return Name(f"有{word.zh}", f"{word.en} is filled in")
            return Name(f"没有{word.zh}", f"{word.en} is not filled in")
        if isinstance(node, exp.In):
            return self._one_of(node, negated=negated)
        if isinstance(node, exp.Between):
            return self._between(node, negated=negated)
        kind = _OPPOSITE[type(node)] if negated and type(node) in _OPPOSITE else type(node)
        if kind in (exp.EQ, exp.NEQ):
            return self._equal(node, differs=kind is exp.NEQ)
        if kind in _ORDER:
            moments = self._kind(node.this) != "" or self._kind(node.expression) != ""
            word, (left, right) = _ORDER[kind][moments], self._sides([node.this, node.expression])
            return Name(f"{left.zh}{word.zh}{right.zh}", f"{left.en} {word.en} {right.en}")
        return as_written(node)

    def _equal(self, node: exp.Expr, *, differs: bool) -> Name:
        left, right = self._sides([node.this, node.expression])
        note = self._note([node]) if differs else Name("", "")
        named = isinstance(node.expression.unnest(), (exp.Literal, exp.Boolean, exp.Cast))
        zh = ("不为" if named else "不等于") if differs else ("为" if named else "等于")
        en = ("is not" if differs else "is") + ("" if named else " the same as")
        return Name(f"{left.zh}{zh}{right.zh}{note.zh}", f"{left.en} {en} {right.en}{note.en}")

    def _one_of(self, node: exp.In, *, negated: bool) -> Name:
        left, *options = self._sides([node.this, *node.expressions])
        zh, en = [o.zh for o in options], [o.en for o in options]
        if negated:
            note = self._note([node])
            many = len(zh) > 1
            zh_said = f"不为{'、'.join(zh)}{'中任何一个' if many else ''}{note.zh}"
            return Name(
                left.zh + zh_said, f"{left.en} is {'none of' if many else 'not'} {', '.join(en)}{note.en}"
            )
        zh_said = "或".join(filter(None, ("、".join(zh[:-1]), zh[-1])))
        return Name(
            f"{left.zh}为{zh_said}", f"{left.en} is {' or '.join(filter(None, (', '.join(en[:-1]), en[-1])))}"
        )

    def _between(self, node: exp.Between, *, negated: bool) -> Name:
        value, low, high = self._sides([node.this, node.args["low"], node.args["high"]])
        note = self._note([node]) if negated else Name("", "")
        zh, en = ("不在", "is not between") if negated else ("在", "is between")
        return Name(
            f"{value.zh}{zh}{low.zh}至{high.zh}之间(含两端){note.zh}",
            f"{value.en} {en} {low.en} and {high.en} (both included){note.en}",
        )

    def _note(self, nodes: Sequence[exp.Expr]) -> Name:
        """That a row counts nowhere which has nothing to compare."""
        columns = {column.name for node in nodes for column in node.find_all(exp.Column)}
        if any(self.columns.may_be_empty(column) for column in columns):
            return Name("(未填的不计)", " (not counting what is not filled in)")
        return Name("", "")

    # -- values --------------------------------------------------------------------------------------------

    def _kind(self, node: exp.Expr) -> str:
        """DATE, TIMESTAMP, or "" for what is no moment."""
        node = node.unnest()
        if isinstance(node, exp.Cast):
            return "DATE"
        if isinstance(node, exp.Column):
            kind = self.columns.types.get(node.name, "")
            return kind if kind in ("DATE", "TIMESTAMP") else ""
        return self._kind(node.this) if isinstance(node, (exp.Filter, exp.Min, exp.Max)) else ""

    def _sides(self, nodes: Sequence[exp.Expr]) -> list[Name]:
        """The sides of one comparison: texts by the column beside them, days as moments beside a moment."""
        nodes = [node.unnest() for node in nodes]
        column = next((node.name for node in nodes if isinstance(node, exp.Column)), "")
        kinds = set(map(self._kind, nodes))
        said = []
        for node in nodes:
            if isinstance(node, exp.Literal) and node.is_string:
                # Beside an aggregate of moments a day is no Cast, but means one.
                node = exp.cast(node.copy(), "date") if kinds & {"DATE", "TIMESTAMP"} else node
            if isinstance(node, exp.Literal) and node.is_string:
                said.append(self.columns.value(column, node.name))
            else:
                said.append(self._moment(node) if "TIMESTAMP" in kinds else arithmetic(node, self))
        return said

    def _moment(self, node: exp.Expr) -> Name:
        """A date taken as a moment is its first second."""
        words = arithmetic(node, self)
        return Name(f"{words.zh}零时", f"00:00 on {words.en}") if self._kind(node) == "DATE" else words

    def __call__(self, node: exp.Expr) -> Name:
        match node:
            case exp.Column() if node.name in self.columns.names:
                return self.columns.names[node.name]
            case exp.Literal():
                return (
                    Name(f"“{node.name}”", f"“{node.name}”") if node.is_string else Name(node.name, node.name)
                )
            case exp.Boolean():
                return Name("“是”", "“yes”") if node.this else Name("“否”", "“no”")
            case exp.Cast():
                return day(node.this.name)
            case exp.Anonymous() if node.name == "days_between":
                first, last = (arithmetic(e, self) for e in node.expressions)
                return Name(
                    f"从{first.zh}到{last.zh}的天数", f"the calendar days from {first.en} to {last.en}"
                )
            case exp.Anonymous() if node.name == "hours_between":
                first, last = (self._moment(e.unnest()) for e in node.expressions)
                return Name(f"从{first.zh}到{last.zh}的小时数", f"the hours from {first.en} to {last.en}")
            case exp.Filter() | exp.AggFunc():
                return self.gathered(node)
        return as_written(node)

    # -- aggregates ----------------------------------------------------------------------------------------

    def gathered(self, node: exp.Expr) -> Name:
        """An aggregate over rows that the sentence names elsewhere."""
        rows = self.columns.rows
        if isinstance(node, exp.Filter):
            where, inner = self.condition(node.expression.this), self.gathered(node.this)
            own = (
                ""
                if isinstance(node.this, exp.Count) and isinstance(node.this.this, exp.Star)
                else f"{rows.zh}的"
            )
            return Name(f"其中{where.zh}的{own}{inner.zh}", f"{inner.en}, of those where {where.en}")
        if isinstance(node, exp.Count):
            return self._counted(node.this)
        inner = arithmetic(node.this, self)
        if type(node.this.unnest()) in _SIGNS or isinstance(node.this.unnest(), exp.Anonymous):
            inner = Name(f"({inner.zh})", f"({inner.en})")
        if isinstance(node, exp.Last):
            on = self.columns.names[self.on]
            return Name(f"{inner.zh}的最近值(按{on.zh})", f"the latest value (by {on.en}) of {inner.en}")
        if type(node) in _GATHERED:
            word = _GATHERED[type(node)][self._kind(node.this) != ""]
            return Name(inner.zh + word.zh, f"{word.en} {inner.en}")
        return as_written(node)

    def _counted(self, node: exp.Expr) -> Name:
        rows = self.columns.rows
        if isinstance(node, exp.Star):
            return Name(f"{rows.zh}数", f"the number of {rows.en}")
        distinct = isinstance(node, exp.Distinct)
        inner = (node.expressions[0] if distinct else node).unnest()
        word = as_written(inner) if isinstance(inner, _CONDITIONS) else arithmetic(inner, self)
        if distinct:
            person = isinstance(inner, exp.Column) and self.columns.is_person(inner.name)
            return Name(
                f"不同的{word.zh}的{'人' if person else '个'}数",
                f"the number of different values of {word.en}",
            )
        return Name(f"有{word.zh}的{rows.zh}数", f"the number of {rows.en} that have {word.en}")


def _less_not(node: exp.Expr, *, negated: bool) -> tuple[exp.Expr, bool]:
    node = node.unnest()
    while isinstance(node, exp.Not):
        node, negated = node.this.unnest(), not negated
    return node, negated
