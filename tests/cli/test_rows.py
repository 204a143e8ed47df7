"""Rows as they are printed."""

import csv
import io
import json
from decimal import Decimal
from fractions import Fraction

import pyarrow.parquet as pq
import pytest

from taizhang.cli.rows import Format, print_rows

ROWS = [
    {
        "indicator": "a.b",
        "value": Fraction(1, 3),
        "numerator": Fraction(4),
        "findings": ["truncated"],
        "none": None,
    },
    {"indicator": "=1+1", "value": Decimal("0.5"), "numerator": -3, "findings": [], "none": None},
]


def test_json_lines_keep_whole_numbers_whole_and_chinese_readable(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows([{"name": "柳北", "value": Fraction(4), "share": Fraction(1, 3)}], Format.JSONL)
    printed = capsys.readouterr().out
    assert "柳北" in printed
    assert json.loads(printed) == {"name": "柳北", "value": 4, "share": 0.333333333333}


def test_csv_quotes_what_a_spreadsheet_would_run_but_not_negative_numbers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert print_rows(ROWS, Format.CSV) == 2
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows[1]["indicator"] == "'=1+1"
    assert rows[1]["numerator"] == "-3"
    assert rows[0]["none"] == ""


def test_parquet_reads_back(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    print_rows(ROWS, Format.PARQUET)
    table = pq.read_table(io.BytesIO(capfdbinary.readouterr().out))
    assert table.column("numerator").to_pylist() == [4.0, -3.0]
    assert table.num_rows == 2


def test_an_empty_table_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert print_rows([], Format.TABLE) == 0
    assert "没有内容" in capsys.readouterr().out


def test_a_table_shows_the_columns_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(ROWS, Format.TABLE, ("indicator", "value"))
    printed = capsys.readouterr().out
    assert "a.b" in printed
    assert "findings" not in printed
