"""Rows as a workbook (.xlsx): a frozen head, numbers as numbers, nothing that could be run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, BinaryIO

import xlsxwriter

from taizhang.cli.cells import cell, number

ROWS = 1_048_576
"""Rows of a sheet, its head among them: more go on to the next sheet."""
CELL = 32_767
"""Characters of a cell: a longer text is cut, and its end says so."""
CUT = "……(已截断 / cut)"
_WIDE = {"subject": 32, "sentence": 60, "surface": 20, "title": 32, "file": 28, "arithmetic": 50, "text": 80}
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_UNDATED = datetime(2000, 1, 1)


class WorkbookWriter:
    """Writes rows to a workbook as they come, holding one of them at a time."""

    def __init__(self, out: BinaryIO, name: str, columns: Sequence[str]) -> None:
        self._book = xlsxwriter.Workbook(out, _OPTIONS)
        self._book.set_properties({"created": _UNDATED})
        self._bold = self._book.add_format({"bold": True, "bottom": 1})
        self._name, self._columns = name, columns
        self._sheets = 0
        self._begin_sheet()

    def _begin_sheet(self) -> None:
        self._sheets += 1
        name = self._name if self._sheets == 1 else f"{self._name}-{self._sheets}"
        self._sheet = self._book.add_worksheet(name)
        self._sheet.freeze_panes(1, 0)
        for place, column in enumerate(self._columns):
            self._sheet.set_column(place, place, _WIDE.get(column, 12))
            self._sheet.write_string(0, place, column, self._bold)
        self._row = 1

    def write(self, values: Sequence[Any]) -> None:
        """Add a row."""
        if self._row == ROWS:
            self._begin_sheet()
        for place, value in enumerate(values):
            self._put(place, value)
        self._row += 1

    def _put(self, place: int, value: Any) -> None:
        match value:
            case None | "" | () | []:
                return
            case bool():
                self._sheet.write_boolean(self._row, place, value)
            case int() | float() | Decimal() | Fraction() if _held_exactly(value):
                self._sheet.write_number(self._row, place, float(number(value)))
            case date():
                self._sheet.write_datetime(self._row, place, value)
            case _:
                text = cell(value)
                text = text if len(text) <= CELL else text[: CELL - len(CUT)] + CUT
                self._sheet.write_string(self._row, place, text)

    def close(self) -> None:
        """Complete the file."""
        self._book.close()


def _held_exactly(value: int | float | Decimal | Fraction) -> bool:
    """Whether a workbook's 15 significant digits hold a number; a share such as 1/3 is rounded anyway."""
    if isinstance(value, int):
        value = Decimal(value)
    return not isinstance(value, Decimal) or len(cell(value).strip("-0.").replace(".", "")) <= 15
