"""Printing rows: a table for people, JSON Lines, CSV, Parquet and workbooks for scripts."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import chain
from typing import Any

from rich.table import Table
from rich.text import Text

from taizhang.cli import console
from taizhang.cli.cells import cell, inner, plain


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"


Row = Mapping[str, Any]


def print_rows(
    rows: Iterable[Row], form: Format, columns: Sequence[str] = (), title: str = "", *, kind: str
) -> int:
    """Print `rows` on standard output and give back how many there were.

    `columns` are those of the table for people (all, when empty); the other formats print every key. `kind`
    is one of `row_kinds.KINDS`: it gives the columns of CSV, Parquet and workbooks, the same in every run.
    """
    match form:
        case Format.JSONL:
            return _print_jsonl(rows)
        case Format.TABLE:
            return _print_table(rows, columns, title)
        case _:
            return _print_written(rows, form, kind)


def shown(value: Any) -> str:
    """A number for people: at most four decimals, thousands apart by commas; "—" where it is undecided."""
    if value is None:
        return "—"
    exact = Fraction(str(value)) if isinstance(value, float) else Fraction(value)
    rounded = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.0001"))
    return f"{rounded:,f}".rstrip("0").rstrip(".") if rounded % 1 else f"{rounded:,.0f}"


def _print_jsonl(rows: Iterable[Row]) -> int:
    count = 0
    for row in rows:
        count += 1
        held = {key: plain(value) for key, value in row.items()}
        sys.stdout.write(json.dumps(held, ensure_ascii=False, default=inner) + "\n")
    return count


def _print_written(rows: Iterable[Row], form: Format, kind: str) -> int:
    from taizhang.cli.row_writers import WRITERS  # only here: they load slowly

    held = io.BytesIO()
    writer = WRITERS[form](held, kind)
    count = 0
    for row in rows:
        count += 1
        writer.write(row)
    writer.close()
    sys.stdout.flush()
    sys.stdout.buffer.write(held.getvalue())
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
