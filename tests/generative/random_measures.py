"""Random measures, each written in the measure language and, beside it, as a plain Python function.

`Row` is a row of a logical table: column → value, None where empty. A condition gives True, False or None.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from random import Random
from typing import Any, Literal

Row = Mapping[str, Any]
Rows = Sequence[Row]
Columns = Mapping[str, str]  # column → text number date time yes_no person


@dataclass(frozen=True)
class Said:
    """An expression over a row: as it is written, and what it gives."""

    text: str
    of: Callable[[Row], Any]


@dataclass(frozen=True)
class Total:
    """An expression over rows: as it is written, and what it gives; it is told the date column."""

    text: str
    of: Callable[[Rows, str], Fraction | None]


@dataclass(frozen=True)
class NaiveMeasure:
    """A measure: what `taizhang` reads as YAML stands in `text`."""

    text: str
    of: str = ""
    on: str = ""
    standing: tuple[str, str] = ("", "")
    area: str = "area"
    where: Said | None = None
    value: Total | None = None
    each: str = ""
    having: Callable[[Rows], bool | None] | None = None
    covered: str = ""
    areas: str = ""


def moment(value: date) -> datetime:
    """A date as a moment is its first second."""
    return value if isinstance(value, datetime) else datetime.combine(value, time())


# -- conditions over a row -----------------------------------------------------------------------------------

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def number(random: Random, columns: Columns, signs: str = "+-*/") -> Said:
    """Something numeric of a row; `signs` may stand between two columns."""
    numbers = [name for name, kind in columns.items() if kind == "number"]
    days = [name for name, kind in columns.items() if kind in ("date", "time")]
    choice = random.randrange(7)
    if choice == 0 and len(days) > 1:
        first, last = random.sample(days, 2)
        return Said(f"hours_between({first}, {last})", lambda row: _hours(row[first], row[last]))
    if choice == 1 and len(days) > 1:
        first, last = random.sample(days, 2)
        return Said(f"days_between({first}, {last})", lambda row: _days(row[first], row[last]))
    if choice == 2 and numbers:
        left, right, sign = random.choice(numbers), random.choice(numbers), random.choice(signs)
        return Said(f"({left} {sign} {right})", lambda row: _count(sign, row[left], row[right]))
    if choice == 3 and numbers:
        left, factor, sign = random.choice(numbers), random.choice(("2", "0.5", "3")), random.choice("+-*/")
        return Said(f"({left} {sign} {factor})", lambda row: _count(sign, row[left], Fraction(factor)))
    if choice == 4 and numbers and len(days) > 1 and "/" in signs:
        (first, last), by = random.sample(days, 2), random.choice(numbers)
        text = f"(hours_between({first}, {last}) / {by})"
        return Said(text, lambda row: _count("/", _hours(row[first], row[last]), row[by]))
    name = random.choice(numbers or ["position"])
    return Said(name, lambda row: None if row[name] is None else Fraction(row[name]))


def condition(random: Random, columns: Columns, choices: Mapping[str, Sequence[str]], deep: int = 2) -> Said:
    """A condition over a row, with SQL's three values."""
    shape = random.randrange(9 if deep else 6)
    if shape >= 8:
        inner = condition(random, columns, choices, deep - 1)
        return Said(f"not ({inner.text})", lambda row: None if (v := inner.of(row)) is None else not v)
    if shape >= 6:
        word = random.choice(("and", "or"))
        parts = [condition(random, columns, choices, deep - 1) for _ in range(2)]
        decisive = word == "or"
        return Said(
            f"(({parts[0].text}) {word} ({parts[1].text}))",
            lambda row: _either([part.of(row) for part in parts], decisive),
        )
    if shape == 0:
        name, sign = random.choice(list(columns)), random.choice((True, False))
        text = f"{name} is {'null' if sign else 'not null'}"
        return Said(text, lambda row: (row[name] is None) == sign)
    if shape == 1:
        name = random.choice(list(choices))
        some = random.sample(choices[name], random.randint(1, min(2, len(choices[name]))))
        listed = ", ".join(f"'{one}'" for one in some)
        return Said(f"{name} in ({listed})", lambda row: None if row[name] is None else row[name] in some)
    if shape == 2:
        return _about_days(random, columns)
    if shape == 3:
        name = random.choice([n for n, kind in columns.items() if kind == "yes_no"])
        return Said(name, lambda row: row[name])
    if shape == 4:
        size, low, high = number(random, columns), random.randint(-2, 1), random.randint(1, 40)
        return Said(
            f"{size.text} between {low} and {high}",
            lambda row: None if (v := size.of(row)) is None else low <= v <= high,
        )
    left, sign, right = number(random, columns), random.choice(list(_COMPARE)), number(random, columns)
    if random.randrange(2):
        bound = random.choice(("0", "1", "2.5", "24"))
        right = Said(bound, lambda row: Fraction(bound))
    return Said(f"{left.text} {sign} {right.text}", lambda row: _compared(sign, left.of(row), right.of(row)))


def _about_days(random: Random, columns: Columns) -> Said:
    days = [name for name, kind in columns.items() if kind in ("date", "time")]
    name, sign = random.choice(days), random.choice(list(_COMPARE))
    if random.randrange(2):
        other = random.choice(days)
        return Said(f"{name} {sign} {other}", lambda row: _compared(sign, *_moments(row[name], row[other])))
    day = date(random.choice((2021, 2022)), random.randint(1, 12), random.randint(1, 28))
    text = f"{name} {sign} {random.choice(('date ', ''))}'{day}'"
    return Said(text, lambda row: _compared(sign, *_moments(row[name], day)))


def _moments(*values: date | None) -> list[datetime | None]:
    return [None if value is None else moment(value) for value in values]


def _compared(sign: str, left: Any, right: Any) -> bool | None:
    return None if left is None or right is None else _COMPARE[sign](left, right)


def _either(values: list[bool | None], decisive: bool) -> bool | None:
    return decisive if decisive in values else None if None in values else not decisive


def _count(sign: str, left: Any, right: Any) -> Fraction | None:
    if left is None or right is None:
        return None
    a, b = Fraction(left), Fraction(right)
    if sign == "/":
        return a / b if b else None
    return a + b if sign == "+" else a - b if sign == "-" else a * b


def _hours(first: date | None, last: date | None) -> Fraction | None:
    if first is None or last is None:
        return None
    gap = moment(last) - moment(first)
    return Fraction(gap.days * 86_400 + gap.seconds, 3_600)


def _days(first: date | None, last: date | None) -> int | None:
    return None if first is None or last is None else (moment(last).date() - moment(first).date()).days


# -- totals --------------------------------------------------------------------------------------------------


def total(random: Random, columns: Columns, choices: Mapping[str, Sequence[str]]) -> Total:
    """One aggregate, maybe with a filter."""
    name = random.choice(
        ["count(*)"] * 4 + ["count", "distinct", "distinct", "sum", "sum", "avg", "min", "max", "last"]
    )
    if name == "count(*)":
        made = Total("count(*)", lambda rows, on: Fraction(len(rows)))
    elif name in ("count", "distinct"):
        column = random.choice([*columns, *(["who"] * 4 if "who" in columns else [])])
        what = Said(column, lambda row: row[column])
        if random.randrange(4) == 0:
            what = number(random, columns)
        text = f"count({'distinct ' * (name == 'distinct')}{what.text})"
        made = Total(text, lambda rows, on: _counted(rows, what, name))
    else:
        size = number(random, columns)
        made = Total(f"{name}({size.text})", lambda rows, on: _aggregate(name, size, rows, on))
    if random.randrange(3):
        return made
    which = condition(random, columns, choices, 1)
    return Total(
        f"{made.text} filter (where {which.text})",
        lambda rows, on: made.of([row for row in rows if which.of(row) is True], on),
    )


def value(random: Random, columns: Columns, choices: Mapping[str, Sequence[str]]) -> Total:
    """One aggregate, or two with arithmetic between them."""
    left = total(random, columns, choices)
    if random.randrange(4):
        return left
    right, sign = total(random, columns, choices), random.choice("+-*/")
    return Total(
        f"{left.text} {sign} {right.text}",
        lambda rows, on: _count(sign, left.of(rows, on), right.of(rows, on)),
    )


def _counted(rows: Rows, what: Said, name: Literal["count", "distinct"]) -> Fraction:
    values = [value for row in rows if (value := what.of(row)) is not None]
    return Fraction(len(values) if name == "count" else len(set(values)))


def _aggregate(name: str, size: Said, rows: Rows, on: str) -> Fraction | None:
    pairs = [(row, Fraction(v)) for row in rows if (v := size.of(row)) is not None]
    values = [v for _, v in pairs]
    if name == "sum":
        return sum(values, Fraction(0))
    if not values:
        return None
    if name == "avg":
        return sum(values, Fraction(0)) / len(values)
    if name == "last":
        return max(pairs, key=lambda p: (moment(p[0][on]), p[0]["position"], p[0].get("round", 0)))[1]
    return min(values) if name == "min" else max(values)


# -- measures ------------------------------------------------------------------------------------------------


def measure(
    random: Random, of: str, columns: Columns, choices: Mapping[str, Sequence[str]], *, rounds: bool = False
) -> NaiveMeasure:
    """A measure of the logical table `programme.of`."""
    parts: dict[str, Any] = {"of": of}
    days = [name for name, kind in columns.items() if kind in ("date", "time")]
    if random.randrange(5) < 3:
        parts["on"] = random.choice(["due_on", "done_on"] if rounds else ["opened_at", *days])
        written = [f"on: {parts['on']}"]
    else:
        first, last = (
            random.choice(["due_from"] if rounds else ["opened_at", *days]),
            random.choice(["", *days]),
        )
        parts["standing"] = first, last
        written = [f"standing: {{from: {first}{f', to: {last}' * bool(last)}}}"]
    if random.randrange(2):
        parts["where"] = condition(random, columns, choices)
        written.append(f'where: "{parts["where"].text}"')
    if "other" in columns and random.randrange(3) == 0:
        parts["area"] = "other"
        written.append("area: other")
    shape = random.randrange(7)
    if shape == 0:
        parts["covered"] = random.choice(("town", "village"))
        written.append(f"covered: {parts['covered']}")
    elif shape == 1:
        name = random.choice(("avg", "sum", "count", "count", "max", "last"))
        # A quotient of columns may only be counted here; the measure language refuses the rest.
        size = number(random, columns, "+-*/" if name == "count" else "+-*")
        sign, bound = random.choice(list(_COMPARE)), random.randint(0, 3)
        on = parts.get("on") or parts["standing"][0]
        parts["each"] = random.choice([*choices, *days])
        parts["having"] = lambda rows: _compared(sign, _group(name, size, rows, on), bound)
        written += [
            f"each: {parts['each']}",
            f'having: "{name}({size.text}) {sign} {bound}"',
            "value: count(*)",
        ]
    else:
        parts["value"] = value(random, columns, choices)
        written.append(f'value: "{parts["value"].text}"')
    return NaiveMeasure(f"{{of: {of}, {', '.join(written)}}}", **parts)


def _group(name: str, size: Said, rows: Rows, on: str) -> Fraction | None:
    if name == "count":
        return Fraction(sum(size.of(row) is not None for row in rows))
    if name == "sum" and all(size.of(row) is None for row in rows):
        return None  # of a group, as SQL has it: nothing to add up
    return _aggregate(name, size, rows, on)
