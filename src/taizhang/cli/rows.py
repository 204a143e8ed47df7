"""Printing rows: a table for people, JSON Lines, CSV and Parquet for scripts."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import chain
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from rich.table import Table
from rich.text import Text

from taizhang.cli import console
from taizhang.cli.row_kinds import fitted, schema


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


Row = Mapping[str, Any]


def print_rows(
    rows: Iterable[Row], form: Format, columns: Sequence[str] = (), title: str = "", *, kind: str
) -> int:
    """Print `rows` on standard output and give back how many there were.

    `columns` are those of the table for people (all, when empty); the other formats print every key. `kind`
    is one of `row_kinds.KINDS`: it gives the columns of CSV and Parquet, the same in every run.
    """
    match form:
        case Format.JSONL:
            return _print_jsonl(rows)
        case Format.CSV:
            return _print_csv(rows, kind)
        case Format.PARQUET:
            return _print_parquet(rows, kind)
        case Format.TABLE:
            return _print_table(rows, columns, title)


def number(value: object) -> object:
    """A number as JSON can carry it: whole numbers as they are, others to 12 significant digits."""
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(f"{float(value):.12g}")
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _inner(value: object) -> object:
    """What stands within a list or mapping and JSON does not know."""
    return number(value) if isinstance(value, Fraction | Decimal) else str(value)


def shown(value: Any) -> str:
    """A number for people: at most four decimals, thousands apart by commas; "—" where it is undecided."""
    if value is None:
        return "—"
    exact = Fraction(str(value)) if isinstance(value, float) else Fraction(value)
    rounded = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.0001"))
    return f"{rounded:,f}".rstrip("0").rstrip(".") if rounded % 1 else f"{rounded:,.0f}"


def _plain(value: object) -> object:
    return number(value) if not isinstance(value, list | tuple | Mapping) else value


def _print_jsonl(rows: Iterable[Row]) -> int:
    count = 0
    for row in rows:
        count += 1
        plain = {key: _plain(value) for key, value in row.items()}
        sys.stdout.write(json.dumps(plain, ensure_ascii=False, default=_inner) + "\n")
    return count


def cell(value: object) -> str:
    """A value as a table or a CSV file shows it: nothing for nothing, JSON for what has parts."""
    value = _plain(value)
    if value is None:
        return ""
    if isinstance(value, list | tuple | Mapping):
        return json.dumps(value, ensure_ascii=False, default=_inner) if value else ""
    return str(value)


def _print_csv(rows: Iterable[Row], kind: str) -> int:
    count = 0
    writer = csv.writer(sys.stdout)
    names = schema(kind).names
    writer.writerow(names)
    for row in rows:
        count += 1
        _check_declared(row, kind, names)
        writer.writerow([_guarded(cell(row.get(name))) for name in names])
    return count


def _check_declared(row: Row, kind: str, names: Sequence[str]) -> None:
    """Nothing is left out without a word."""
    if unknown := row.keys() - set(names):
        raise KeyError(f"{kind}: {sorted(unknown)}")


def _guarded(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula is quoted (OWASP: CSV injection)."""
    if cell[:1] in ("=", "+", "@", "\t", "\r") or (cell[:1] == "-" and not _is_number(cell)):
        return "'" + cell
    return cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _print_parquet(rows: Iterable[Row], kind: str) -> int:
    wanted = schema(kind)
    columns: dict[str, list[Any]] = {field.name: [] for field in wanted}
    count = 0
    for row in rows:
        count += 1
        _check_declared(row, kind, wanted.names)
        for field in wanted:
            columns[field.name].append(fitted(row.get(field.name), field.type, cell))
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pydict(columns, schema=wanted), sink)
    sys.stdout.buffer.write(sink.getvalue())
    sys.stdout.buffer.flush()
    return count


VERDICT_STYLES = {
    "confirmed": "green",
    "contradicted": "bold red",
    "undecided": "yellow",
    "no-indicator": "dim",
}


def _print_table(rows: Iterable[Row], columns: Sequence[str], title: str) -> int:
    rows = iter(rows)
    first = next(rows, None)
    to = console.out()
    if first is None:
        to.print("没有内容 / nothing to show")
        return 0
    shown = [column for column in columns if column in first] or list(first)
    table = Table(title=title or None, show_lines=False)
    for column in shown:
        table.add_column(column, overflow="fold")
    count = 0
    for row in chain([first], rows):
        count += 1
        table.add_row(
            *(
                Text(cell(row.get(column)), style=VERDICT_STYLES.get(str(row.get(column)), ""))
                for column in shown
            )
        )
    to.print(table)
    return count
