"""Import a sheet (CSV or a workbook): each row opens a record."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from taizhang import programmes
from taizhang.errors import EntryError, Problem
from taizhang.jobs.entry_ids import id_from
from taizhang.jobs.file_posting import PostedFile, Refused, post_entries
from taizhang.jobs.naming import record_type_named
from taizhang.jobs.sheet_columns import ENVELOPE, REASONS, Ambiguous, CellReader, columns_of, is_title
from taizhang.jobs.sheets import Row, rows_of
from taizhang.ledger import queries
from taizhang.ledger.actions import SentEntry
from taizhang.programmes import SHANGHAI
from taizhang.values import Place


def import_sheet(
    file: Path,
    record_type: str,
    *,
    officer: str,
    area: str = "",
    body: str = "",
    sheet: str = "",
    partial: bool = False,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> PostedFile:
    """Post each row of a sheet as an opening entry of `record_type`.

    Columns are named by field id or Chinese name, or are `happened`, `area`, `body`, `id`, `record`,
    `reason`. Choices, codes, areas and bodies may be written by code or Chinese name. A row without an id
    gets one from what it says and how many equal rows stand above it: the same sheet twice is harmless, and
    equal rows are records of their own. A row that does not say when it happened happened now.
    Raises EntryError with line and column of everything that is wrong.
    """
    defined = record_type_named(queries.definitions(), record_type)
    read = _read(file, defined, rows_of(file, sheet), area, body)
    _say_when(read.entries)

    def columns(lines: set[int]) -> Mapping[int, Mapping[str, int]]:
        numbers = {column: number for number, column in enumerate(read.columns, 1) if column}
        return dict.fromkeys(lines, numbers)

    def rewrite(refused: Refused) -> tuple[str, bytes]:
        return ".csv", _refused_rows(read, refused)

    posted = post_entries(
        file, read.entries, officer=officer, partial=partial, dry_run=dry_run, progress=progress,
        columns=columns, rewrite=rewrite,
    )  # fmt: skip
    return replace(posted, equal_rows=read.equal_rows)


@dataclass(slots=True)
class _Sheet:
    """What was read: the header as it stands, what its columns mean, the rows' cells by the entry's id."""

    header: list[str]
    columns: list[str]
    entries: list[SentEntry] = field(default_factory=list)
    cells: dict[str, list[str]] = field(default_factory=dict)
    equal_rows: int = 0


def _read(file: Path, defined: programmes.RecordType, rows: Iterator[Row], area: str, body: str) -> _Sheet:
    header = next((row for row in rows if not is_title(row.cells, defined)), None)
    if header is None:
        raise EntryError(Problem("empty-sheet", "表格是空的 / the sheet is empty", place=Place(str(file))))
    read = _Sheet(header.cells, columns_of(str(file), header.line, header.cells, defined))
    known = queries.setting()
    cells = CellReader(defined, queries.definitions().codes, known.areas, queries.body_names())
    given = {"area": cells.read("area", area), "body": cells.read("body", body)}
    seen: Counter[str] = Counter()
    problems: list[Problem] = []
    for row in rows:
        try:
            values = _values(file, read.columns, row, cells)
        except EntryError as error:
            problems += error.problems
            continue
        entry: dict[str, Any] = {"kind": "open", "type": defined.key, **given}
        entry |= {key: values.pop(key) for key in ENVELOPE if key in values}
        said = repr((sorted(values.items()), sorted(entry.items())))
        entry["payload"] = values
        seen[said] += 1
        if "id" not in entry:
            equal = seen[said]
            read.equal_rows += equal > 1
            entry["id"] = id_from(said if equal == 1 else f"{said}#{equal}")
        read.cells[entry["id"]] = row.cells
        read.entries.append(SentEntry({key: value for key, value in entry.items() if value != ""}, row.line))
    if problems:
        raise EntryError(problems)
    if not read.entries:
        raise EntryError(Problem("empty-sheet", "表格没有数据行 / it has no rows", place=Place(str(file))))
    return read


def _values(file: Path, columns: list[str], row: Row, cells: CellReader) -> dict[str, Any]:
    """Column → value of the cells that say something."""
    place = Place(str(file), row.line)
    if len(row.cells) < len(columns) or any(row.cells[len(columns) :]):
        found = f"该行 {len(row.cells)} 格,表头 {len(columns)} 格 / row and header differ in length"
        raise EntryError(Problem("row-length", found, place=place))
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for number, (column, cell) in enumerate(zip(columns, row.cells, strict=False), 1):
        if not column or not cell:
            continue
        try:
            values[column] = cells.read(column, cell)
        except Ambiguous as ambiguous:
            found = f"“{cell}”不止一个 / several are called so"
            where = replace(place, column=number, field=column)
            remedy = "写代码 / write the code"
            problems.append(Problem("ambiguous-name", found, str(ambiguous), remedy, where))
    if problems:
        raise EntryError(problems)
    return values


def _say_when(entries: list[SentEntry]) -> None:
    """Give the entries that do not say when they happened this moment, or the one they are known with."""
    silent = [entry for entry in entries if "happened" not in entry]
    known = queries.happened(entry["id"] for entry in silent)
    now = datetime.now(SHANGHAI).isoformat(timespec="seconds")
    for entry in silent:
        entry["happened"] = known.get(entry["id"], now)


def _refused_rows(read: _Sheet, refused: Refused) -> bytes:
    """A sheet of the refused rows as they stood, with the reasons in a last column; Excel reads it too."""
    kept = [number for number, name in enumerate(read.header) if name != REASONS]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*(read.header[number] for number in kept), REASONS])
    for entry, problems in refused:
        cells = read.cells[entry["id"]]
        writer.writerow([*(cells[n] for n in kept), "\n".join(str(problem) for problem in problems)])
    return out.getvalue().encode("utf-8-sig")
