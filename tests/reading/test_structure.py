"""Sections, sentences and notes of invented texts, as the data files beside say them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang import reading
from taizhang.reading.structure import Section

SPEC = Path(__file__).parents[1] / "spec" / "reading"


def _cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SPEC / name).read_text("utf-8").splitlines()]


def _outline(section: Section) -> str:
    return f"{section.level} {section.numeral} {section.title}" + (" *" if section.planned else "")


@pytest.mark.parametrize("case", _cases("structure.jsonl"), ids=lambda case: case["name"])
def test_structure(case: dict[str, Any]) -> None:
    found = reading.read(case["text"])
    if "sections" in case:
        assert [_outline(section) for section in found.sections] == case["sections"]
    if "sentences" in case:
        said = [sentence.text for sentence in found.sentences]
        assert said[said.index(case["sentences"][0]) :] == case["sentences"]


@pytest.mark.parametrize("case", _cases("notes.jsonl"), ids=lambda case: case["name"])
def test_notes(case: dict[str, Any]) -> None:
    found = reading.read(case["text"])
    tied = [[mark.number, found.notes[mark.note].text] for mark in found.marks if mark.note is not None]
    assert tied == case["tied"]
    assert [mark.surface for mark in found.marks if mark.note is None] == case["loose"]
    assert [note.number for note in found.notes if not note.marked] == case["idle"]
    for mark in found.marks:
        assert found.text[mark.start : mark.end] == mark.surface
    for note in found.notes:
        assert note.text in found.text[note.start : note.end]
    said = [one.finding for one in found.findings]
    assert (said.count("note-missing"), said.count("mark-missing")) == (len(case["loose"]), len(case["idle"]))


PARTS = st.sampled_from(
    [
        *(
            "一、",
            "(一)",
            "1.",
            "(1)",
            "①",
            "第一,",
            "第二章",
            "农业",
            "。",
            ";",
            "“",
            "”",
            "(",
            ")",
            "《",
            "》",
            "\n",
        ),
        *(
            "粮食4.8万吨",
            "增长5%",
            "\u3000\u3000",
            "2031年安排",
            "[1]",
            "名词解释",
            "1.“农业”:粮食",
            "二、",
            "(二)",
        ),
        *("\n\n", "\t", "，"),
    ]
)


@given(st.lists(PARTS, max_size=40).map("".join))
def test_parts_lie_within_each_other(said: str) -> None:
    text = "报告" + said
    found = reading.read(text)
    for index, section in enumerate(found.sections):
        assert 0 <= section.start <= section.body <= section.end <= len(text)
        assert section.parent < index
        if section.parent >= 0:
            above = found.sections[section.parent]
            assert (above.level, above.start <= section.start, section.end <= above.end) == (
                section.level - 1,
                True,
                True,
            )
        else:
            assert section.level == 0
    end = 0
    for sentence in found.sentences:
        assert sentence.start >= end
        end = sentence.end
        assert text[sentence.start : end] == sentence.text == sentence.text.strip()
        if sentence.within >= 0:
            section = found.sections[sentence.within]
            assert section.start <= sentence.start
            assert end <= section.end
    for start, end in found.paragraphs:
        assert start < end
