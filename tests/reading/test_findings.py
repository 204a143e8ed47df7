"""The text against itself: what contradicts is found with its places, what rounding explains is not."""

from __future__ import annotations

import json
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from taizhang import reading

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "spec" / "reading" / "findings.jsonl"
SHARED = ROOT.parent / "shared"
HEAD = "青岚县人民政府工作报告(2031年1月9日)\n一、工作回顾\n"
BULLETIN = json.loads((ROOT / "tests" / "spec" / "reading" / "bulletin.json").read_text("utf-8"))
TEXTS = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]

counts = st.integers(11, 4999)
rounded_to = st.sampled_from([Decimal(1), Decimal("0.1"), Decimal("0.01")])


def _printed(value: Decimal, step: Decimal) -> str:
    return f"{value.quantize(step, ROUND_HALF_UP):f}"


def _found(text: str) -> list[tuple[str, list[str]]]:
    found = reading.read(HEAD + text)
    return [(each.finding, [found.text[a:b] for a, b in each.places]) for each in found.findings]


@pytest.mark.parametrize("case", TEXTS, ids=[case["why"] for case in TEXTS])
def test_a_text_contradicts_itself_just_so(case: dict[str, Any]) -> None:
    found = reading.read(HEAD + case["text"])
    made = [
        {
            "finding": each.finding,
            "certainty": each.certainty,
            "places": [found.text[start:end] for start, end in each.places],
        }
        for each in found.findings
    ]
    assert made == [{key: wanted[key] for key in made[0]} for wanted in case["findings"]]
    for each, wanted in zip(found.findings, case["findings"], strict=True):
        assert wanted["says"] in each.arithmetic
        assert " / " in each.arithmetic
        assert " / " in each.why


def test_every_finding_has_its_case_and_its_opposite() -> None:
    found = Counter(each["finding"] for case in TEXTS for each in case["findings"])
    assert len(found) == 10
    assert sum(not case["findings"] for case in TEXTS) >= 20


def test_a_bulletin_agrees_with_itself() -> None:
    found = reading.read("\n".join(BULLETIN["text"]))
    assert len(found.claims) >= 80
    assert found.findings == ()


@pytest.mark.parametrize("change", BULLETIN["alterations"], ids=lambda one: one["altered"])
def test_one_figure_of_a_bulletin_altered_is_found(change: dict[str, str]) -> None:
    text = "\n".join(BULLETIN["text"])
    assert text.count(change["printed"]) == 1
    found = reading.read(text.replace(change["printed"], change["altered"]))
    places = [place for each in found.findings if each.finding == change["finding"] for place in each.places]
    start = text.index(change["printed"])
    end = start + len(change["altered"])
    assert any(low < end and start < high for low, high in places)


@given(counts, counts, counts)
def test_parts_that_add_up_are_never_found(one: int, two: int, three: int) -> None:
    parts = f"老式{one}艘、旧式{two}艘、新式{three}艘"
    assert _found(f"现有渡轮{one + two + three}艘,其中{parts}。") == []
    assert _found(f"现有{parts},共{one + two + three}艘。") == []


@given(counts, counts, st.integers(-40, 40))
def test_an_altered_sum_is_found_with_its_places(one: int, two: int, altered: int) -> None:
    assume(altered and one + two + altered > 10)
    total = one + two + altered
    text = f"现有老式渡轮{one}艘、新式渡轮{two}艘,共{total}艘。"
    ((code, places),) = _found(text)
    assert code == ("parts-exceed-total" if altered < 0 else "parts-differ-from-total")
    assert places == [f"{one}艘", f"{two}艘", f"{total}艘"]


@given(st.lists(st.decimals("0.50", "90", places=4), min_size=2, max_size=4), rounded_to)
def test_rounding_alone_is_never_found(parts: list[Decimal], step: Decimal) -> None:
    """Whatever each part and the total are rounded to, they do not contradict each other."""
    names = ["水田", "旱地", "茶园", "果园"]
    listed = "、".join(f"{name}{_printed(part, step)}万亩" for name, part in zip(names, parts, strict=False))
    assert _found(f"农用地{_printed(sum(parts, Decimal(0)), step)}万亩,其中{listed}。") == []
    assert _found(f"农用地{_printed(sum(parts, Decimal(0)), step)}万亩,分别为{listed}。") == []


@given(st.decimals("3", "90", places=3), st.decimals("3", "90", places=3), st.integers(3, 9))
def test_a_sum_beyond_rounding_is_found(one: Decimal, two: Decimal, steps: int) -> None:
    step = Decimal("0.1")
    total = one + two - steps * step
    parts = f"水田{_printed(one, step)}万亩、旱地{_printed(two, step)}万亩"
    text = f"农用地{_printed(total, step)}万亩,其中{parts}。"
    codes = [code for code, _ in _found(text)]
    assert codes == ["parts-exceed-total"]


@given(counts, counts, st.sampled_from([Decimal(1), Decimal("0.1"), Decimal("0.01")]), st.integers(2, 30))
def test_a_share_is_found_only_when_it_is_wrong(part: int, more: int, step: Decimal, off: int) -> None:
    whole = part + more
    share = Decimal(100 * part) / whole
    assert _found(f"排查自建房{whole}栋,其中有隐患{part}栋,占{_printed(share, step)}%。") == []
    wrong = share + off * step
    assume(wrong <= 100)
    text = f"排查自建房{whole}栋,其中有隐患{part}栋,占{_printed(wrong, step)}%。"
    printed = [f"{whole}栋", f"{part}栋", f"{_printed(wrong, step)}%"]
    assert _found(text) in ([("share-differs", printed)], [])
    if off >= 2 and whole % 100 and part % 100:
        assert _found(text) == [("share-differs", printed)]


@given(counts, counts, rounded_to, st.integers(2, 50))
def test_growth_is_found_only_when_it_is_wrong(base: int, more: int, step: Decimal, off: int) -> None:
    result = base + more
    growth = Decimal(100 * more) / base
    right = f"渡船由{base}艘增加到{result}艘,增长{_printed(growth, step)}%。"
    assert _found(right) == []
    wrong = f"增长{_printed(growth + off * step, step)}%"
    assert _found(f"渡船由{base}艘增加到{result}艘,{wrong}。") == [
        ("growth-differs", [f"{base}艘", f"{result}艘", wrong])
    ]


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not beside this checkout")
def test_the_real_reports_hardly_contradict_themselves() -> None:
    """Seventy-two reports, read by many eyes: what is found in them was looked at one by one."""
    found: Counter[str] = Counter()
    for line in (SHARED / "corpus" / "state-council-reports.jsonl").read_text("utf-8").splitlines():
        report = json.loads(line)
        for each in reading.read(report["title"] + "\n" + report["content"]).findings:
            found[each.finding] += each.finding != "note-missing"
    assert found.total() <= 5
    assert set(found) <= {"percentage-points", "relative-change-of-rate", "note-missing"}
