"""The labelled sentences are well formed, point where they say, and no two sets share a sentence."""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest

from taizhang.reading.claim import Bound, ClaimKind, StatementKind

ROOT = Path(__file__).resolve().parents[2]
LABELS = ROOT / "benchmarks" / "reading" / "labels"
CORPUS = ROOT.parent / "shared" / "corpus" / "state-council-reports.jsonl"
FILES = sorted(LABELS.glob("*.jsonl"))
NUMERAL = re.compile(r"[0-9０-９〇零一二三四五六七八九十百千万亿两半首第]")


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_line_is_of_the_documented_form(path: Path) -> None:
    for row in rows(path):
        end = row["start"] + row["length"]
        for label in [*row["claims"], *row["statements"]]:
            assert row["start"] <= label["start"] < label["start"] + label["length"] <= end, row
        for claim in row["claims"]:
            low, high = (None if claim[side] is None else Decimal(claim[side]) for side in ("low", "high"))
            assert low is not None or high is not None, claim
            assert low is None or high is None or low <= high, claim
            assert (low is None or high is None) == (
                claim["bound"] in {"above", "odd", "at_least", "below", "at_most"}
            ), claim
            assert claim["bound"] in get_args(Bound)
            assert claim["kind"] in get_args(ClaimKind)
            assert claim["basis"] in {"yoy", "other", "cumulative", None}
            assert claim["modality"] in {"achieved", "expected", "planned"}
            assert re.fullmatch(r"(\d{4})?", claim["period"]), claim
            assert claim["subject"] and claim["unit"]
        for statement in row["statements"]:
            assert statement["kind"] in get_args(StatementKind)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_places_follow_each_other(path: Path) -> None:
    ends: dict[tuple[int, int], int] = {}
    for row in sorted(rows(path), key=lambda row: (row["year"], row["start"])):
        report = (row["year"], row.get("index", 0))
        assert row["start"] >= ends.get(report, 0), row
        ends[report] = row["start"] + row["length"]
        starts = [claim["start"] for claim in row["claims"]]
        assert starts == sorted(set(starts)), row


def test_the_first_two_sets_share_no_report() -> None:
    dev, test = ({row["year"] for row in rows(LABELS / f"{name}.jsonl")} for name in ("dev", "test"))
    assert not dev & test


def test_no_two_sets_share_a_sentence() -> None:
    places = sorted(
        (row["year"], row["start"], row["start"] + row["length"], path.stem)
        for path in FILES
        for row in rows(path)
    )
    for (year, _, end, _), (next_year, start, _, _) in pairwise(places):
        assert year != next_year or end <= start, (year, start)


@pytest.mark.parametrize("name", ["test", "final"])
def test_the_page_counts_the_held_out_sets(name: str) -> None:
    sentences, bare, claims = Counter[str](), Counter[str](), Counter[str]()
    for row in rows(LABELS / f"{name}.jsonl"):
        for key in (f"{row['year'] // 10}0", "合计 Total"):
            sentences[key] += 1
            bare[key] += not row["claims"]
            claims[key] += len(row["claims"])
    page = (LABELS / "README.md").read_text("utf-8")
    section = re.search(rf"^## `{name}\.jsonl`.*?(?=^## )", page, re.M | re.S)
    assert section
    for key, count in sentences.items():
        assert f"| {key} | {count} | {bare[key]} | {claims[key]} |" in section.group().splitlines(), key


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_place_holds_a_number(path: Path) -> None:
    if not CORPUS.exists():
        pytest.skip("the reports are not beside this checkout")
    texts = {
        int(report["year"]): report["content"]
        for report in map(json.loads, CORPUS.read_text("utf-8").splitlines())
        if report["year"]
    }
    for row in rows(path):
        text = texts[row["year"]]
        assert (
            text[row["start"] + row["length"] - 1] in "。！？；!?;”」\n"
            or text[row["start"] + row["length"]].isspace()
        ), row
        for claim in row["claims"]:
            surface = text[claim["start"] : claim["start"] + claim["length"]]
            assert NUMERAL.search(surface), claim
            assert not surface[:1].isspace() and not surface[-1:].isspace(), claim
