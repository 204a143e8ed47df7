"""What is planned and what is done, and for which year: own texts with headings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from taizhang import reading

CASES = Path(__file__).parents[1] / "spec" / "reading" / "moods.jsonl"
TEXTS = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
HEAD = "青岚县人民政府工作报告(2031年1月9日)\n"


@pytest.mark.parametrize("case", TEXTS, ids=[case["why"] for case in TEXTS])
def test_each_figure_has_its_mood_and_its_year(case: dict[str, Any]) -> None:
    found = reading.read(HEAD + case["text"]).claims
    assert [[each.surface, each.modality, each.period] for each in found] == case["told"]


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("第一个五年计划概要", (1953, 1957)),
        ("“二五”计划的任务", (1958, 1962)),
        ("“三五”时期", (1966, 1970)),
        ("第十个五年计划", (2001, 2005)),
        ("“十四五”规划纲要", (2021, 2025)),
        ("一九五八年的任务", (1958, 1958)),
        ("2031年工作安排", (2031, 2031)),
        ("从2030年到2031年", None),
        ("加快渔业转型", None),
    ],
)
def test_years_of_a_heading(title: str, years: tuple[int, int] | None) -> None:
    found = reading.read(f"{HEAD}一、{title}\n改造渡口5处。\n").sections
    assert found[0].years == years
