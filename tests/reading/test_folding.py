"""However a text is printed, the same is read from it: width, script, old forms change only the surface."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taizhang import reading
from taizhang.reading.folding import fold, pairs

SPEC = Path(__file__).parent.parent / "spec" / "reading"
CASES = [json.loads(line) for line in (SPEC / "variants.jsonl").read_text("utf-8").splitlines()]
SENTENCES = [
    json.loads(line)["text"] for line in (SPEC / "sentences.jsonl").read_text("utf-8").splitlines()
] + [case["plain"] for case in CASES]
REPORT = Path(__file__).resolve().parents[3] / "shared" / "report" / "liubei-2022.txt"
HEAD = "云汀县人民政府工作报告\n(2031年1月8日)\n一、2030年工作回顾\n"
# Written in simplified texts too, but so seldom that the traditional use decides.
TRADITIONAL_IN_GB2312 = set("後於徵麽菸夥捱摺")


def variants() -> dict[str, list[str]]:
    """Each character with the other ways in which it may stand in print."""
    found: dict[str, list[str]] = defaultdict(list)
    for printed, simplified in pairs().items():
        found[simplified].append(printed)
    for code in range(0x21, 0x7F):
        if chr(code) not in "<>&":  # these may make a text a page, which is another text
            found[chr(code)].append(chr(code - 0x21 + 0xFF01))
    return found


VARIANTS = variants()


def in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def told(found: reading.Reading) -> dict[str, Any]:
    """What a reading says, without the words that it quotes as printed."""
    return {
        "claims": [replace(claim, surface="", sentence="") for claim in found.claims],
        "ends": [claim.start + len(claim.surface) for claim in found.claims],
        "statements": [replace(each, surface=str(len(each.surface))) for each in found.statements],
        "findings": found.findings,
        "sentences": [(each.start, each.end, each.section, each.planned) for each in found.sentences],
        "sections": [(each.start, each.end, each.numeral, each.planned) for each in found.sections],
        "about": (found.region, found.year, found.date, len(found.title), found.furniture),
    }


def check_quotations(found: reading.Reading) -> None:
    for quoted in (*found.claims, *found.statements):
        assert found.text[quoted.start : quoted.start + len(quoted.surface)] == quoted.surface
    for sentence in found.sentences:
        assert found.text[sentence.start : sentence.end] == sentence.text
    for claim in found.claims:
        assert claim.surface in claim.sentence
        assert claim.sentence in {sentence.text for sentence in found.sentences}
    assert found.title in found.text


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_a_variant_reads_as_its_plain_form(case: dict[str, str]) -> None:
    assert len(case["plain"]) == len(case["printed"])
    plain, printed = (reading.read(HEAD + case[form]) for form in ("plain", "printed"))
    assert plain.claims or plain.statements or "《" in case["plain"]
    assert told(printed) == told(plain)
    check_quotations(printed)


@st.composite
def reprinted(draw: st.DrawFn) -> tuple[str, str]:
    """A report of a few sentences, and the same with any of its characters in another form."""
    chosen = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4))
    text = HEAD + "".join(chosen)
    chances = draw(st.lists(st.integers(0, 5), min_size=len(text), max_size=len(text)))
    other = "".join(
        VARIANTS[char][chance % len(VARIANTS[char])] if chance < 3 and VARIANTS.get(char) else char
        for char, chance in zip(text, chances, strict=True)
    )
    return text, other


@given(reprinted())
@settings(max_examples=150)
def test_variants_change_nothing_but_the_surface(texts: tuple[str, str]) -> None:
    plain, printed = (reading.read(text) for text in texts)
    assert told(printed) == told(plain)
    check_quotations(printed)


@pytest.mark.skipif(not REPORT.exists(), reason="the report is not beside this checkout")
@pytest.mark.parametrize("form", [0, -1])
def test_a_whole_report_reprinted_is_read_the_same(form: int) -> None:
    text = REPORT.read_text("utf-8")
    other = "".join(VARIANTS[char][form] if VARIANTS.get(char) else char for char in text)
    assert sum(a != b for a, b in zip(text, other, strict=True)) > 1000
    found = reading.read(other)
    assert told(found) == told(reading.read(text))
    check_quotations(found)


@given(st.text(max_size=300))
def test_folding_keeps_every_place_and_folds_once(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@given(st.text(st.characters(codec="gb2312", categories=["L", "N"]), max_size=200))
def test_a_simplified_text_stays_as_it_is(text: str) -> None:
    narrow = "".join(char for char in text if char not in TRADITIONAL_IN_GB2312 and not "！" <= char <= "～")
    assert fold(narrow) == narrow


def test_the_pairs_are_what_their_file_says() -> None:
    known = pairs()
    assert len(known) > 2500
    assert not set(known) & set(known.values())
    assert all(in_gb2312(simplified) for simplified in known.values())
    assert {printed for printed in known if in_gb2312(printed)} == TRADITIONAL_IN_GB2312


def test_no_character_is_given_twice() -> None:
    path = Path(reading.__file__).with_name("traditional.txt")
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    groups = [group for line in lines for group in line.split()]
    assert {len(group) for group in groups} == {2}
    assert len({group[0] for group in groups}) == len(groups)


@pytest.mark.parametrize(
    "text", ["乾隆年间", "著名景点", "○ 建成", "瞭望塔", "东三·西四", "①②③", "一 二\u3000三"]
)
def test_what_is_no_variant_stays(text: str) -> None:
    assert fold(text) == text
