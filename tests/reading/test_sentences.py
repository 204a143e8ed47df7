"""The conformance set: sentences of invented districts, each with every claim that it makes and no other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.reading.said import said

from taizhang import reading

CASES = Path(__file__).parent.parent / "spec" / "reading" / "sentences.jsonl"
HEAD = "青岚县人民政府工作报告(2031年1月9日)\n一、工作回顾\n"
SENTENCES = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", SENTENCES, ids=[case["text"] for case in SENTENCES])
def test_a_sentence_makes_exactly_these_claims(case: dict[str, Any]) -> None:
    read = reading.read(HEAD + case["text"])
    made = said(read)
    keys = list(case["claims"][0]) if case["claims"] else []
    assert [{key: claim[key] for key in keys or claim} for claim in made] == case["claims"]
    for claim in read.claims:
        assert claim.section == "一"
        assert (HEAD + case["text"])[claim.start :].startswith(claim.surface)


def test_the_set_is_large_enough() -> None:
    assert len(SENTENCES) >= 80


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


@pytest.mark.parametrize(
    ("text", "area", "source"),
    [
        ("据省海洋局监测，近岸海域优良水质比例达93.4%。", "", "省海洋局"),
        ("有人说渔获量减少了90%。", "", "有人"),
        ("全县渔港停靠能力达3万吨。", "全县", ""),
        ("渔港停靠能力达3万吨。", "", ""),
    ],
)
def test_whose_word_it_is_and_of_which_area(text: str, area: str, source: str) -> None:
    (claim,) = reading.read(HEAD + text).claims
    assert (claim.area, claim.source, claim.quoted) == (area, source, bool(source))


def test_every_part_of_a_claim_names_its_rule() -> None:
    for case in SENTENCES:
        for claim in reading.read(HEAD + case["text"]).claims:
            parts = {rule.partition(":")[0] for rule in claim.rules}
            assert {"value", "unit", "bound", "kind", "basis", "modality", "period", "subject"} <= parts


def test_a_text_in_the_old_script_is_read_alike() -> None:
    plain = reading.read(HEAD + "鱼类总产量为二千七百五十万吨，比上年减少三万吨。").claims
    old = reading.read(HEAD + "魚類總産量爲二千七百五十萬噸，比上年減少三萬噸。").claims
    assert [(c.low, c.high, c.unit, c.kind, c.basis) for c in old] == [
        (c.low, c.high, c.unit, c.kind, c.basis) for c in plain
    ]
    assert [claim.subject for claim in old] == ["鱼类总产量", "鱼类总产量"]
