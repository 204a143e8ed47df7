"""Readings as rows and tables, for notebooks and for every format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any, Protocol

from taizhang.reading.claim import Claim, Statement, TextFinding
from taizhang.reading.column import Columns, Row, cell
from taizhang.reading.columns import COLUMNS, What

if TYPE_CHECKING:
    import pyarrow as pa

_SHOWN = 20
"""So many rows a notebook shows of a table."""


class ReadDocument(Protocol):
    """What rows are made of: a `Reading`."""

    @property
    def text(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def issuer(self) -> str: ...
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
    about = {
        "title": read.title,
        "region": read.region,
        "issuer": read.issuer,
        "year": read.year,
        "date": read.date,
    }
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
    names = COLUMNS[what].names
    for one in found:
        more: Row = {"file": file, **about}
        if isinstance(one, TextFinding):
            more["surfaces"] = tuple(read.text[max(0, start) : max(0, end)] for start, end in one.places)
            more["places"] = tuple((start + read.start, end + read.start) for start, end in one.places)
        else:
            more["start"] = one.start + read.start
        yield {name: more[name] if name in more else getattr(one, name) for name in names}


class RowTable(Sequence[Row]):
    """Rows with their columns; a notebook shows them, `pandas.DataFrame(table)` takes them as they are."""

    def __init__(self, rows: Iterable[Row], columns: Columns) -> None:
        self.columns = columns
        self._rows = list(rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: Any) -> Any:
        return RowTable(self._rows[index], self.columns) if isinstance(index, slice) else self._rows[index]

    def __repr__(self) -> str:
        return f"<RowTable: {len(self)} rows, {', '.join(self.columns.names)}>"

    def arrow(self) -> pa.Table:
        """An Arrow table: exact decimals, nulls for nothing. DuckDB, pandas and polars take it."""
        import pyarrow as pa  # only here: it takes longer to load than a report to read

        held = {one.name: [one.arrow_value(row[one.name]) for row in self] for one in self.columns}
        return pa.Table.from_pydict(held, schema=self.columns.arrow_schema())

    def _repr_html_(self) -> str:
        head = "".join(f'<th title="{escape(one.zh)}">{one.name}</th>' for one in self.columns)
        cells = ([cell(row[name]) for name in self.columns.names] for row in self._rows[:_SHOWN])
        body = "".join(f"<tr>{''.join(f'<td>{escape(one)}</td>' for one in row)}</tr>" for row in cells)
        more = f"<p>…… {len(self)} 行 / rows</p>" if len(self) > _SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"
