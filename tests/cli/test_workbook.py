"""Workbooks: nothing in them can be run, no digit is altered, nothing is left out without a word."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from taizhang.cli import workbook
from taizhang.cli.workbook import WorkbookWriter


def written(*rows: list[Any], columns: tuple[str, ...] = ("a", "b")) -> bytes:
    held = io.BytesIO()
    writer = WorkbookWriter(held, "claims", columns)
    for row in rows:
        writer.write(row)
    writer.close()
    return held.getvalue()


def sheets(content: bytes) -> list[list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name).decode("utf-8") for name in book.namelist()}


@pytest.mark.parametrize(
    "text", ["=1+1", "=HYPERLINK(A1)", "+1", "-1+2", "@SUM(A1)", "\t=1", "http://x.cn", "{=1}", "0012"]
)
def test_a_text_stays_a_text(text: str) -> None:
    content = written([text, None])
    sheet = parts(content)["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert sheets(content)[0][1][0] == text


def test_the_head_is_frozen_and_the_same_rows_make_the_same_file() -> None:
    content = written(["甲", 1])
    assert 'state="frozen"' in parts(content)["xl/worksheets/sheet1.xml"]
    assert 'ySplit="1"' in parts(content)["xl/worksheets/sheet1.xml"]
    assert content == written(["甲", 1])
    assert sheets(written())[0] == [["a", "b"]]


@pytest.mark.parametrize(
    ("value", "held"),
    [
        (Decimal("62000.0"), 62000),
        (Decimal("-5.30"), -5.3),
        (Decimal("123456789012345"), 123456789012345),
        (Decimal("1234567890123456"), "1234567890123456"),
        (Decimal("0.1234567890123456"), "0.1234567890123456"),
        (Decimal("9" * 40), "9" * 40),
        (10**15 + 1, str(10**15 + 1)),
        (10**20, 10**20),
        (Fraction(1, 4), 0.25),
        (True, True),
        (date(2031, 1, 9), date(2031, 1, 9)),
        (("数", "number"), '["数", "number"]'),
        ((), ""),
        (None, ""),
        ("", ""),
    ],
)
def test_each_value_is_held_as_it_is(value: object, held: object) -> None:
    assert sheets(written([value, "z"]))[0][1][0] == held


def test_more_rows_than_a_sheet_holds_go_on_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS", 3)
    first, second, third = sheets(written(*([number, ""] for number in range(5))))
    assert [row[0] for row in first] == ["a", 0, 1]
    assert [row[0] for row in second] == ["a", 2, 3]
    assert [row[0] for row in third] == ["a", 4]


def test_a_text_longer_than_a_cell_says_that_it_was_cut() -> None:
    held = sheets(written(["字" * 40_000, "x" * 32_767]))[0][1]
    assert len(held[0]) == 32_767
    assert held[0].endswith("字……(已截断 / cut)")
    assert held[1] == "x" * 32_767
