"""The columns: every part of what is found has one, and rows keep their types in every form."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.said import KEYS

from taizhang import reading
from taizhang.errors import DocumentError
from taizhang.reading import COLUMNS

TEXT = (
    "青岚县人民政府工作报告(2031年1月9日)\n"
    "全年栽植银杏260株,粮食产量6.2万吨,比上年增长5.3%。创建文明村成效显著。\n"
)
MADE = {"claims": reading.Claim, "statements": reading.Statement, "findings": reading.TextFinding}


@pytest.mark.parametrize("what", MADE)
def test_every_part_of_what_is_found_has_its_column(what: str) -> None:
    assert {field.name for field in fields(MADE[what])} <= set(COLUMNS[what].names)


def test_the_contracts_keys_come_first() -> None:
    names = COLUMNS["claims"].names
    place = KEYS.index("section")
    assert names[: len(KEYS) + 2] == ["file", *KEYS[:place], "subject", *KEYS[place:]]


@pytest.mark.parametrize("what", COLUMNS)
def test_columns_say_what_they_hold_in_both_languages(what: str) -> None:
    for column in COLUMNS[what]:
        assert any("\u4e00" <= char <= "\u9fff" for char in column.zh), column
        assert column.en.isprintable()
        assert column.en.strip()


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**16), max_value=10**16),
    st.text(st.characters(exclude_categories=["Cs"])),
)
def test_a_row_comes_back_from_its_line_as_it_was(number: Decimal, text: str) -> None:
    row = reading.read(TEXT).table(file="甲.txt")[0] | {
        "low": number,
        "sentence": text,
        "subject": '"\u2028\\',
    }
    line = COLUMNS["claims"].line(row)
    assert line.count("\n") == 1
    assert COLUMNS["claims"].row(line) == row
    assert set(json.loads(line)) == set(COLUMNS["claims"].names)


def test_a_number_of_thousands_of_digits_comes_back() -> None:
    row = reading.read(TEXT).table()[0] | {"low": Decimal("9" * 5_000)}
    assert COLUMNS["claims"].row(COLUMNS["claims"].line(row))["low"] == Decimal("9" * 5_000)


def test_numbers_are_written_exactly() -> None:
    wheat = reading.read(TEXT).table()[1]
    line = COLUMNS["claims"].line(
        wheat | {"low": Decimal("12345678901234567.89"), "high": Decimal("6.20E+4")}
    )
    assert '"low": 12345678901234567.89, "high": 62000, ' in line


def test_several_documents_make_one_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("一.txt").write_text(TEXT, "utf-8")
    table = reading.table("一.txt", TEXT, reading.read(TEXT), Path("一.txt"))
    assert [row["file"] for row in table] == ["一.txt"] * 3 + [""] * 6 + ["一.txt"] * 3
    assert [row["surface"] for row in table[:3]] == ["260株", "6.2万吨", "比上年增长5.3%"]
    assert len(table) == 12
    assert "260株" in table._repr_html_()


def test_what_arrow_holds() -> None:
    table = reading.read(TEXT).table().arrow()
    assert table.schema.field("low").type == pa.decimal128(38, 10)
    assert table.column("low").to_pylist() == [260, 62_000, Decimal("5.3")]
    assert table.column("date").to_pylist() == [date(2031, 1, 9)] * 3
    assert table.column("section").to_pylist() == [None] * 3
    assert table.column("basis").to_pylist() == [None, None, "yoy"]
    assert reading.table("无数字。").arrow().num_rows == 0


def test_a_number_that_arrow_cannot_hold_is_null_and_alters_no_other() -> None:
    rows = [dict(row) for row in reading.read(TEXT).table()]
    rows[0]["low"], rows[0]["high"] = Decimal("1" * 29), Decimal("0.00000000001")
    table = reading.RowTable(rows, COLUMNS["claims"]).arrow()
    assert table.column("low").to_pylist() == [None, 62_000, Decimal("5.3")]
    assert table.column("high").to_pylist()[0] is None


def test_a_name_of_a_file_is_read_as_a_file_and_a_text_as_a_text(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(TEXT, "utf-8")
    assert reading.read(str(file)) == reading.read(file) == reading.read(TEXT)
    assert [claim.surface for claim in reading.read(str(file))] == ["260株", "6.2万吨", "比上年增长5.3%"]
    assert [claim.surface for claim in reading.read("栽植银杏260株,见 a.txt。")] == ["260株"]
    for text in ("没有这份报告.docx", "湖.HTM", "\x00.txt", "湖" * 1_000 + ".txt"):
        assert reading.read(text).text == text
    with pytest.raises(DocumentError, match="document-missing"):
        reading.read(Path("没有这份报告.docx"))


def test_a_claim_in_words_names_every_rule_once() -> None:
    for claim in reading.read(TEXT):
        parts = reading.explained(claim)
        said = [rule for part in parts for rule in part.rules]
        assert len(said) == len(claim.rules)
        assert all(part.name and (part.value or part.rules) for part in parts)
    value = {
        part.name: part.value for part in reading.explained(reading.read("投资超过12.5亿元。").claims[0])
    }
    assert value["数值 / value"] == "≥ 1,250,000,000"
    assert value["界限 / bound"] == "超过 / above"


def test_the_readers_version_is_of_its_code() -> None:
    asked = "from taizhang import reading; print(reading.reader_version())"
    other = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == reading.reader_version()
