"""The real report, where it lies beside us: its claims exactly, and none of its names in the code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.reading.said import KEYS, said

from taizhang import reading

ROOT = Path(__file__).parents[2]
REPORT = ROOT.parent / "shared" / "report"
CORPUS = ROOT.parent / "shared" / "corpus" / "state-council-reports.jsonl"

beside = pytest.mark.skipif(not REPORT.is_dir(), reason="../shared is not beside this checkout")


def _expected() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (REPORT / "claims.jsonl").read_text("utf-8").splitlines()]


def _bigrams(text: str) -> set[str]:
    return {text[index : index + 2] for index in range(len(text) - 1)}


@beside
def test_the_report_makes_exactly_its_claims() -> None:
    made = said(reading.read(REPORT / "liubei-2022.txt"))
    expected = _expected()
    as_printed = [json.dumps({key: claim[key] for key in KEYS}, ensure_ascii=False) for claim in made]
    assert as_printed == [
        json.dumps({key: claim[key] for key in KEYS}, ensure_ascii=False) for claim in expected
    ]
    for claim, wanted in zip(made, expected, strict=True):
        bigrams = _bigrams(wanted["subject"])
        assert len(bigrams & _bigrams(claim["subject"])) >= 0.6 * len(bigrams), (
            wanted["subject"],
            claim["subject"],
        )


@beside
def test_the_report_itself() -> None:
    found = reading.read(REPORT / "liubei-2022.txt")
    assert (found.year, str(found.date)) == (2022, "2023-01-08")
    assert [section.numeral for section in found.sections] == ["四", "五", "六", "七"]
    left_out = "".join(found.text[start:end] for start, end in found.furniture)
    for word in ("导航", "验证码", "留言", "本文地址", "仅代表"):
        assert word in left_out
    assert not any(start <= claim.start < end for claim in found.claims for start, end in found.furniture)
    at = [(finding.finding, [found.text[a:b] for a, b in finding.places]) for finding in found.findings]
    marks = [places for code, places in at if code == "note-missing"]
    assert marks == [["(3)"], ["(4)"], ["(5)"], ["(6)"], ["(7)"], ["(8)"]]
    assert [each for each in at if each[0] != "note-missing"] == [
        ("percentage-points", ["92.1%", "同比上升0.4%"]),
        ("relative-change-of-rate", ["同比下降41.46%"]),
    ]


@beside
def test_no_name_of_the_report_stands_in_the_code() -> None:
    source = "".join(
        path.read_text("utf-8") for path in (ROOT / "src" / "taizhang" / "reading").rglob("*.py")
    )
    subjects = {wanted["subject"] for wanted in _expected()}
    pieces = {subject[at : at + 5] for subject in subjects for at in range(len(subject) - 4)}
    assert pieces
    assert not sorted(piece for piece in pieces if piece in source)
    places = "柳州 柳北 广西 白露 白沙 马厂 沙塘 长塘 滨江 金壶 柳钢 光裕 百福 君武 科创 疫苗 信访 棚户 泊位 违停 瞪羚 聚才 河长 林长 田长".split()  # noqa: SIM905, E501
    assert not [place for place in places if place in source]


@pytest.mark.skipif(not CORPUS.is_file(), reason="../shared is not beside this checkout")
def test_the_corpus_is_read_without_a_slip() -> None:
    for line in CORPUS.read_text("utf-8").splitlines():
        report = json.loads(line)
        found = reading.read(report["title"] + "\n" + report["content"])
        ends = 0
        for claim in found.claims:
            assert claim.start >= ends, (report["title"], claim)
            ends = claim.start + len(claim.surface)
            assert found.text[claim.start : ends] == claim.surface
            assert claim.low is None or claim.high is None or claim.low <= claim.high
