"""Sheets as they are handed in: CSV in UTF-8, UTF-16 or GB18030, and workbooks. A sheet is rows of texts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from taizhang.errors import EntryError, Problem
from taizhang.values import Place

_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How .xlsx, .xlsb and .ods begin (ZIP), and .xls (OLE)."""

_EXACT = 10**15
"""From here on a workbook's number has lost digits: it keeps 15 of them."""


class Row(NamedTuple):
    """A row: its line (a workbook's row number), and its cells without the spaces around them."""

    line: int
    cells: list[str]


def rows_of(file: Path, sheet: str = "") -> Iterator[Row]:
    """The rows of a CSV file or of a workbook's sheet (the first one, unless named); empty rows are left out.

    Raises EntryError for a file that is no sheet, with the place where that shows.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        problem = Problem("file-unreadable", f"文件读不出 / {error.strerror}", place=Place(str(file)))
        raise EntryError(problem) from error
    rows = _workbook_rows(file, content, sheet) if content.startswith(_WORKBOOK) else _csv_rows(file, content)
    for row in rows:
        if any(row.cells):
            yield row


def _csv_rows(file: Path, content: bytes) -> Iterator[Row]:
    text = _text(file, content)
    head = text.partition("\n")[0]
    delimiter = "\t" if "\t" in head and "," not in head else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for cells in reader:
            yield Row(start, [cell.strip() for cell in cells])
            start = reader.line_num + 1
    except csv.Error as error:
        problem = Problem(
            "not-a-sheet",
            f"不是完整的 CSV / not a whole CSV file: {error}",
            remedy="引号是否成对?文件是否被截断? / are the quotes in pairs, is the file cut?",
            place=Place(str(file), start),
        )
        raise EntryError(problem) from error


def _text(file: Path, content: bytes) -> str:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if marked else ["utf-8-sig", "gb18030"]
    line = 0
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            continue
        if "\x00" not in text:
            return text
        line = text.count("\n", 0, text.index("\x00")) + 1
    raise EntryError(
        Problem(
            "wrong-encoding",
            "不是 UTF-8 或 GB18030 的文字 / not a text in UTF-8 or GB18030",
            "CSV (UTF-8, GB18030), .xlsx, .xls, .ods",
            "在表格软件中另存为 CSV UTF-8 或 .xlsx / save it as CSV UTF-8 or .xlsx",
            Place(str(file), line),
        )
    )


def _workbook_rows(file: Path, content: bytes, sheet: str) -> Iterator[Row]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            names = book.sheet_names
            if sheet and sheet not in names:
                found = f"没有工作表“{sheet}” / no such sheet"
                raise EntryError(Problem("unknown-sheet", found, "、".join(names), place=Place(f"{file}")))
            read = book.get_sheet_by_name(sheet or names[0])
            for line, cells in enumerate(read.to_python(skip_empty_area=False), 1):
                yield Row(line, [_cell(file, line, at, cell) for at, cell in enumerate(cells, 1)])
    except PasswordError as error:
        remedy = "去掉打开口令后再导入 / save it without a password"
        raise EntryError(
            Problem("sheet-locked", "表格有口令 / the workbook has a password", "", remedy, Place(str(file)))
        ) from error
    except CalamineError as error:
        found = f"表格读不出,或被截断 / the workbook cannot be read, or is cut: {error}"
        raise EntryError(Problem("sheet-damaged", found, place=Place(str(file)))) from error


def _cell(file: Path, line: int, column: int, cell: object) -> str:
    match cell:
        case bool():
            return "是" if cell else "否"
        case int() | float():
            if abs(cell) >= _EXACT:
                raise EntryError(
                    Problem(
                        "digits-lost",
                        "数字超过 15 位,表格已丢失末位 / over 15 digits: the workbook has lost the last ones",
                        remedy="把该列设为文本后重填 / make the column text and type them again",
                        place=Place(str(file), line, column),
                    )
                )
            return str(int(cell)) if cell == int(cell) else repr(cell)
        case datetime():
            whole = cell.replace(microsecond=0)
            return whole.date().isoformat() if whole.time() == time() else whole.isoformat()
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case _:
            return str(cell).strip()
