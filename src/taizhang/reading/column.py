"""Columns and what they make of a row: a line of JSON and back, an Arrow record, a cell of text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    import pyarrow as pa

Kind = Literal["text", "whole", "number", "yes-no", "texts", "places", "date"]
Row = dict[str, Any]

NUMBER_DIGITS: Final = (38, 10)
"""A number's decimal digits where a format fixes them (Arrow, Parquet), and how many follow the point."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in every format, its type, what it holds in Chinese and in English."""

    name: str
    kind: Kind
    zh: str
    en: str

    def arrow_value(self, value: Any) -> Any:
        """A value as Arrow takes it: nothing for an empty text and for a number that does not fit."""
        if value == "" or (isinstance(value, Decimal) and not fits(value)):
            return None
        return value


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a kind of row, in order."""

    columns: tuple[Column, ...]

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def line(self, row: Mapping[str, Any]) -> str:
        """The row as one line of JSON, numbers exactly as they are."""
        return "{" + ", ".join(f'"{name}": {_json(row[name])}' for name in self.names) + "}\n"

    def row(self, line: str | bytes) -> Row:
        """A row back from its line, with the types that it had."""
        # int() refuses more than 4,300 digits, which a text may hold
        row: Row = json.loads(line, parse_float=Decimal, parse_int=Decimal)
        return {column.name: _typed(row[column.name], column.kind) for column in self.columns}

    def arrow_schema(self) -> pa.Schema:
        """The Arrow types of these columns."""
        import pyarrow as pa  # only here: it takes longer to load than a report to read

        whole, text = pa.int64(), pa.string()
        kinds: Mapping[Kind, pa.DataType] = {
            "text": text,
            "whole": whole,
            "number": pa.decimal128(*NUMBER_DIGITS),
            "yes-no": pa.bool_(),
            "texts": pa.list_(text),
            "places": pa.list_(pa.list_(whole)),
            "date": pa.date32(),
        }
        return pa.schema([pa.field(column.name, kinds[column.kind]) for column in self.columns])


def digits(number: Decimal) -> str:
    """A number exactly, in plain digits: 62000.0 is 62000, 1.070 is 1.07."""
    plain = format(number, "f")
    return (plain.rstrip("0").rstrip(".") or "0") if "." in plain else plain


def fits(number: Decimal) -> bool:
    """Whether a column of fixed decimal digits can hold this number without altering it."""
    exponent = number.as_tuple().exponent
    whole, after = NUMBER_DIGITS[0] - NUMBER_DIGITS[1], NUMBER_DIGITS[1]
    return isinstance(exponent, int) and -exponent <= after and number.adjusted() < whole


def cell(value: Any) -> str:
    """A value as a cell of text shows it: nothing for nothing, exact digits, JSON for what has parts."""
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return digits(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else str(value)


def _json(value: Any) -> str:
    if isinstance(value, Decimal):
        return digits(value)
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    return json.dumps(value, ensure_ascii=False)


def _typed(value: Any, kind: Kind) -> Any:
    if value is None:
        return None
    match kind:
        case "whole":
            return int(value)
        case "date":
            return date.fromisoformat(value)
        case "texts":
            return tuple(value)
        case "places":
            return tuple((int(start), int(end)) for start, end in value)
        case _:
            return value
