"""The conformance set: sentences of invented districts, each with every claim that it makes and no other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from taizhang import reading

CASES = Path(__file__).parent.parent / "spec" / "reading" / "sentences.jsonl"
HEAD = "青岚县人民政府工作报告(2031年1月9日)\n一、工作回顾\n"
SENTENCES = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", SENTENCES, ids=[case["text"] for case in SENTENCES])
def test_a_sentence_makes_exactly_these_claims(case: dict[str, Any]) -> None:
    found = reading.read(HEAD + case["text"]).claims
    made = [reading.to_json(claim) for claim in found]
    keys = list(case["claims"][0]) if case["claims"] else []
    assert [{key: claim[key] for key in keys or claim} for claim in made] == case["claims"]
    for claim in found:
        assert claim.section == "一"
        assert (HEAD + case["text"])[claim.start :].startswith(claim.surface)


def test_the_set_is_large_enough() -> None:
    assert len(SENTENCES) >= 30


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("海塘加固工程持续推进,投入石料61吨。", ["海塘加固工程投入石料"]),
        ("湿地植被覆盖率88%,同比上升1.4%。", ["湿地植被覆盖率", "湿地植被覆盖率"]),
        ("组建护鸟队21支。", ["组建护鸟队"]),
        ("为307人次提供上岛摆渡。", ["上岛摆渡"]),
    ],
)
def test_subjects(text: str, subjects: list[str]) -> None:
    assert [claim.subject for claim in reading.read(HEAD + text).claims] == subjects
