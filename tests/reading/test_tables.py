"""Tables as sentences, as the data file beside says them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.reading.documents.table import TextBuilder

FILE = Path(__file__).parents[1] / "spec" / "reading" / "tables.jsonl"
CASES = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_table_as_sentences(case: dict[str, Any]) -> None:
    builder = TextBuilder()
    builder.line("前文一句。")
    builder.line(case["caption"])
    before = builder.length
    builder.table([tuple(row) for row in case["rows"]])
    builder.line("后文一句。")
    (table,) = builder.tables
    assert builder.text()[before : table.end].splitlines() == case["text"]
    assert (table.start, builder.text()[table.end :]) == (before, "后文一句。\n")
    assert [list(row) for row in table.rows] == case["rows"]


CELLS = st.one_of(
    st.sampled_from(
        ["", "—", "指标", "单位", "2030年", "万吨", "3.5", "-1", "1,203", "增长(%)", "其中:甲", "序号", " "]
    ),
    st.text(max_size=6),
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5).map(tuple), max_size=6))
def test_any_rows_make_lines_and_places_hold(rows: list[tuple[str, ...]]) -> None:
    builder = TextBuilder()
    builder.line("前文")
    builder.table(rows)
    builder.line("后文")
    for table in builder.tables:
        assert builder.text()[: table.start] == "前文\n"
        assert builder.text()[table.end :] == "后文\n"
        assert 0 <= table.head_rows < len(table.rows) or not table.head_rows
