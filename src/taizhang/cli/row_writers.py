"""Rows into a file, one after the other, each format with the columns of its kind of row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any, BinaryIO, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from taizhang.cli.cells import cell, guarded
from taizhang.cli.row_kinds import fitted, schema
from taizhang.cli.workbook import WorkbookWriter

Row = Mapping[str, Any]
GROUP = 20_000
"""So many rows are held before they are written to Parquet."""


class RowWriter(Protocol):
    """Takes rows; `close` completes what was begun, even when there was no row."""

    def write(self, row: Row) -> None: ...
    def close(self) -> None: ...


class CsvWriter:
    """CSV in UTF-8 with a head; cells that a spreadsheet would run as formulas are led by a quote."""

    def __init__(self, out: BinaryIO, kind: str) -> None:
        self._kind, self._names = kind, schema(kind).names
        self._out = io.TextIOWrapper(out, "utf-8", newline="")
        self._csv = csv.writer(self._out)
        self._csv.writerow(self._names)

    def write(self, row: Row) -> None:
        check_declared(row, self._kind, self._names)
        self._csv.writerow([guarded(cell(row.get(name))) for name in self._names])

    def close(self) -> None:
        self._out.detach()


class ParquetWriter:
    """Parquet with the types of the kind of row."""

    def __init__(self, out: BinaryIO, kind: str) -> None:
        self._kind, self._schema = kind, schema(kind)
        self._writer = pq.ParquetWriter(out, self._schema)
        self._empty()

    def _empty(self) -> None:
        self._held: dict[str, list[Any]] = {field.name: [] for field in self._schema}
        self._count = 0

    def write(self, row: Row) -> None:
        check_declared(row, self._kind, self._schema.names)
        for field in self._schema:
            self._held[field.name].append(fitted(row.get(field.name), field.type, cell))
        self._count += 1
        if self._count == GROUP:
            self._write_held()

    def _write_held(self) -> None:
        self._writer.write_table(pa.Table.from_pydict(self._held, schema=self._schema))
        self._empty()

    def close(self) -> None:
        if self._count:
            self._write_held()
        self._writer.close()


class KindWorkbook:
    """A workbook with the columns of the kind of row."""

    def __init__(self, out: BinaryIO, kind: str) -> None:
        self._kind, self._names = kind, schema(kind).names
        self._workbook = WorkbookWriter(out, kind, self._names)

    def write(self, row: Row) -> None:
        check_declared(row, self._kind, self._names)
        self._workbook.write([row.get(name) for name in self._names])

    def close(self) -> None:
        self._workbook.close()


WRITERS: Mapping[str, Callable[[BinaryIO, str], RowWriter]] = {
    "csv": CsvWriter,
    "parquet": ParquetWriter,
    "xlsx": KindWorkbook,
}
"""The formats that are written to a file, with a column for every key of their kind of row."""


def check_declared(row: Row, kind: str, names: Sequence[str]) -> None:
    """Nothing is left out without a word."""
    if unknown := row.keys() - set(names):
        raise KeyError(f"{kind}: {sorted(unknown)}")
