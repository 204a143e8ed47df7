"""Statements without a number: sentences of invented districts, each with every statement that it makes."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taizhang import reading
from taizhang.reading.statements.rules import RULES, rules_at, signals

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "spec" / "reading" / "statements.jsonl"
SHARED = ROOT.parent / "shared" / "report"
HEAD = "青岚县人民政府工作报告(2031年1月9日)\n一、工作回顾\n"
SENTENCES = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
WORDS = sorted({signal for rule in RULES for signal in rule.signals})

beside = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not beside this checkout")


@pytest.mark.parametrize("case", SENTENCES, ids=[case["text"] for case in SENTENCES])
def test_a_sentence_makes_exactly_these_statements(case: dict[str, Any]) -> None:
    found = reading.read(HEAD + case["text"]).statements
    keys = ("kind", "surface", "subject", "asserts", "object")
    assert [{key: getattr(each, key) for key in keys} for each in found] == case["statements"]
    for each in found:
        assert (HEAD + case["text"])[each.start :].startswith(each.surface)
        assert (each.section, each.period) == ("一", "2030")
        assert each.rules


def test_the_set_has_every_kind_and_its_opposite() -> None:
    kinds = Counter(each["kind"] for case in SENTENCES for each in case["statements"])
    assert set(kinds) == {rule.kind for rule in RULES}
    assert min(kinds.values()) >= 5
    assert sum(not case["statements"] for case in SENTENCES) >= 30


def test_signals_lose_nothing() -> None:
    """Whatever wording a clause has, its signals call for that wording."""
    for case in SENTENCES:
        for clause in case["text"].rstrip("。").replace(";", ",").split(","):
            called = rules_at(signals(clause), len(clause))
            assert not [rule.name for rule in RULES if rule.pattern.search(clause) and rule not in called]


def test_a_plan_asserts_nothing() -> None:
    text = HEAD + "东门大桥建成通车。\n二、2031年工作安排\n西门大桥建成通车。\n"
    assert [each.subject for each in reading.read(text).statements] == ["东门大桥"]


def test_quotations_titles_and_note_marks_divide_nothing() -> None:
    text = HEAD + "青岚“一湖,两岸”(12)文旅项目写入《江南省旅游规划(2031,修订)》(3)。"
    (each,) = reading.read(text).statements
    assert each.surface == text[len(HEAD) : -1]
    assert (each.subject, each.object) == ("青岚“一湖,两岸”文旅项目", "《江南省旅游规划(2031,修订)》")


@given(
    st.lists(
        st.sampled_from([*WORDS, "东门大桥", "、", ",", "。", "“", "”", "的", "3个", "(5)"]), max_size=40
    )
)
@settings(max_examples=150)
def test_any_mixture_of_signals_is_read_with_true_places(words: list[str]) -> None:
    found = reading.read(HEAD + "湖" + "".join(words))
    ends = 0
    for each in found.statements:
        assert each.start >= ends
        ends = each.start + len(each.surface)
        assert found.text[each.start : ends] == each.surface


@beside
def test_the_report_makes_its_statements() -> None:
    """Each of the 46, kind and very surface; docs/explanation/statements.md lists what else is found."""
    lines = (SHARED / "statements.jsonl").read_text("utf-8").splitlines()
    wanted = {(row["kind"], row["start"], row["surface"]) for row in map(json.loads, lines)}
    found = reading.read(SHARED / "liubei-2022.txt").statements
    made = {(each.kind, each.start, each.surface) for each in found}
    assert len(wanted) == 46
    assert not wanted - made
    others = Counter(kind for kind, _, _ in made - wanted)
    assert others == {"appraisal": 13, "campaign": 3}


@beside
def test_no_name_of_the_report_makes_a_statement() -> None:
    source = "".join(
        path.read_text("utf-8")
        for path in (ROOT / "src" / "taizhang" / "reading" / "statements").glob("*.py")
    )
    lines = (SHARED / "statements.jsonl").read_text("utf-8").splitlines()
    subjects = [row["subject"] for row in map(json.loads, lines)]
    pieces = {subject[at : at + 5] for subject in subjects for at in range(len(subject) - 4)}
    pieces = {piece for piece in pieces if not piece.isascii()}
    assert pieces
    assert not sorted(piece for piece in pieces if piece in source)
