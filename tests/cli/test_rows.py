"""Rows as they are printed."""

import csv
import io
import json
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from taizhang.cli.rows import Format, print_rows

ROWS = [
    {
        "indicator": "a.b",
        "value": Fraction(1, 3),
        "numerator": Fraction(4),
        "rank": None,
    },
    {"indicator": "=1+1", "value": Decimal("0.5"), "numerator": -3, "rank": 1},
]


def test_json_lines_keep_whole_numbers_whole_and_chinese_readable(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(
        [{"name": "柳北", "value": Fraction(4), "share": Fraction(1, 3)}], Format.JSONL, kind="figures"
    )
    printed = capsys.readouterr().out
    assert "柳北" in printed
    assert json.loads(printed) == {"name": "柳北", "value": 4, "share": 0.333333333333}


def test_csv_quotes_what_a_spreadsheet_would_run_but_not_negative_numbers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert print_rows(ROWS, Format.CSV, kind="figures") == 2
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows[1]["indicator"] == "'=1+1"
    assert rows[1]["numerator"] == "-3"
    assert rows[0]["rank"] == ""


def parquet(rows: list[dict[str, object]], kind: str, capture: pytest.CaptureFixture[bytes]) -> pa.Table:
    print_rows(rows, Format.PARQUET, kind=kind)
    return pq.read_table(io.BytesIO(capture.readouterr().out))


def test_parquet_keeps_the_types_of_its_kind_whatever_stands_in_the_rows(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    row = {"indicator": "a.b", "value": Fraction(1, 3), "numerator": Fraction(4), "records": 4, "rank": None}
    full = parquet([row | {"by": {"kind": "park"}}], "figures", capfdbinary)
    bare = parquet([{"indicator": "a.b", "value": None}], "figures", capfdbinary)
    nothing = parquet([], "figures", capfdbinary)
    assert full.schema.equals(bare.schema)
    assert full.schema.equals(nothing.schema)
    assert (full.schema.field("records").type, full.schema.field("rank").type) == (pa.int64(), pa.int64())
    assert full.schema.field("value").type == pa.float64()
    assert full.column("records").to_pylist() == [4]
    assert full.column("numerator").to_pylist() == [4.0]
    assert full.column("by").to_pylist() == [[("kind", "park")]]


def test_parquet_lists_are_lists(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    row = {"surface": "3家", "start": 5, "verdict": "confirmed", "findings": ["truncated"], "figure": 3}
    table = parquet([row], "checked-claims", capfdbinary)
    assert table.column("findings").to_pylist() == [["truncated"]]
    assert table.column("start").to_pylist() == [5]


def test_a_column_that_its_kind_does_not_declare_is_no_surprise_to_a_reader() -> None:
    with pytest.raises(KeyError, match="new_column"):
        print_rows([{"new_column": 1}], Format.PARQUET, kind="figures")


def test_csv_of_no_rows_has_its_header(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows([], Format.CSV, kind="changes")
    assert capsys.readouterr().out.strip() == "kind,what,name,change,position"


def test_an_empty_table_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert print_rows([], Format.TABLE, kind="figures") == 0
    assert "没有内容" in capsys.readouterr().out


def test_a_table_shows_the_columns_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(ROWS, Format.TABLE, ("indicator", "value"), kind="figures")
    printed = capsys.readouterr().out
    assert "a.b" in printed
    assert "rank" not in printed


def test_a_workbook_has_every_column_and_real_numbers(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    rows = [*ROWS, {"indicator": "c", "by": {"kind": "park"}, "records": 4}]
    assert print_rows(rows, Format.XLSX, kind="figures") == 3
    book = CalamineWorkbook.from_filelike(io.BytesIO(capfdbinary.readouterr().out))
    head, *held = book.get_sheet_by_name("figures").to_python()
    table = [dict(zip(head, row, strict=True)) for row in held]
    assert [row["value"] for row in table] == [0.333333333333, 0.5, ""]
    assert [row["numerator"] for row in table] == [4, -3, ""]
    assert table[1]["indicator"] == "=1+1"
    assert table[2]["by"] == '{"kind": "park"}'
