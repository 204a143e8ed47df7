"""Readings as rows: the same columns for a notebook, for JSON Lines, for Arrow."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any, Protocol

from taizhang.reading.claim import Claim, Statement, TextFinding
from taizhang.reading.columns import COLUMNS, NUMBER_DIGITS, Column, Kind, What

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

Row = dict[str, Any]

_SHOWN = 20
"""So many rows a notebook shows of a table."""


class ReadDocument(Protocol):
    """What rows are made of: a `Reading`."""

    @property
    def text(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def year(self) -> int | None: ...
    @property
    def date(self) -> date | None: ...
    @property
    def claims(self) -> Iterable[Claim]: ...
    @property
    def statements(self) -> Iterable[Statement]: ...
    @property
    def findings(self) -> Iterable[TextFinding]: ...


def rows_of(read: ReadDocument, what: What = "claims", file: str = "") -> Iterator[Row]:
    """What a document asserts, a row each, with the columns of `COLUMNS[what]`; `file` names its source."""
    about = {"title": read.title, "region": read.region, "year": read.year, "date": read.date}
    found: Iterable[Claim | Statement | TextFinding]
    match what:
        case "text":
            yield {"file": file, "text": read.text}
            return
        case "claims":
            found = read.claims
        case "statements":
            found = read.statements
        case "findings":
            found = read.findings
    names = [column.name for column in COLUMNS[what]]
    for one in found:
        more: Row = {"file": file, **about}
        if isinstance(one, TextFinding):
            more["surfaces"] = tuple(read.text[start:end] for start, end in one.places)
        yield {name: more[name] if name in more else getattr(one, name) for name in names}


def digits(number: Decimal) -> str:
    """A number exactly, in plain digits: 62000.0 is 62000, 1.070 is 1.07."""
    plain = format(number, "f")
    return (plain.rstrip("0").rstrip(".") or "0") if "." in plain else plain


def json_line(row: Mapping[str, Any], columns: Sequence[Column]) -> str:
    """The row as one line of JSON, numbers exactly as they are."""
    return "{" + ", ".join(f'"{column.name}": {_json(row[column.name])}' for column in columns) + "}\n"


def _json(value: Any) -> str:
    if isinstance(value, Decimal):
        return digits(value)
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    return json.dumps(value, ensure_ascii=False)


def row_of(line: str | bytes, columns: Sequence[Column]) -> Row:
    """A row back from its line of JSON, with the types that it had."""
    row: Row = json.loads(line, parse_float=Decimal, parse_int=Decimal)  # int() refuses 5,000 digits
    return {column.name: _typed(row[column.name], column.kind) for column in columns}


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


def arrow_schema(columns: Sequence[Column]) -> pa.Schema:
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
    return pa.schema([pa.field(column.name, kinds[column.kind]) for column in columns])


def holds(value: Decimal) -> bool:
    """Whether a column of fixed decimal digits can hold this number without altering it."""
    exponent = value.as_tuple().exponent
    whole, after = NUMBER_DIGITS[0] - NUMBER_DIGITS[1], NUMBER_DIGITS[1]
    return isinstance(exponent, int) and -exponent <= after and value.adjusted() < whole


class Table(Sequence[Row]):
    """Rows with their columns; a notebook shows them, `pandas.DataFrame(table)` takes them as they are."""

    def __init__(self, rows: Iterable[Row], columns: Sequence[Column]) -> None:
        self.columns = tuple(columns)
        self._rows = list(rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: Any) -> Any:
        return Table(self._rows[index], self.columns) if isinstance(index, slice) else self._rows[index]

    def __repr__(self) -> str:
        return f"<Table: {len(self)} rows, {', '.join(column.name for column in self.columns)}>"

    def arrow(self) -> pa.Table:
        """An Arrow table: exact decimals, nulls for nothing. DuckDB, pandas and polars take it."""
        import pyarrow as pa

        schema = arrow_schema(self.columns)
        held = {column.name: [arrow_value(row[column.name]) for row in self] for column in self.columns}
        return pa.Table.from_pydict(held, schema=schema)

    def _repr_html_(self) -> str:
        head = "".join(f"<th title='{escape(column.zh)}'>{column.name}</th>" for column in self.columns)
        cells = ([cell(row[column.name]) for column in self.columns] for row in self._rows[:_SHOWN])
        body = "".join(f"<tr>{''.join(f'<td>{escape(one)}</td>' for one in row)}</tr>" for row in cells)
        more = f"<p>…… {len(self)} rows</p>" if len(self) > _SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def arrow_value(value: Any) -> Any:
    """A value as Arrow takes it: nothing for an empty text and for a number that its column cannot hold."""
    if value == "" or (isinstance(value, Decimal) and not holds(value)):
        return None
    return value


def cell(value: Any) -> str:
    """A value as a cell shows it: nothing for nothing, exact digits, JSON for what has parts."""
    if value is None or value == () or value == []:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return digits(value)
    if isinstance(value, tuple | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
