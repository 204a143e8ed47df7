"""What a text is, from its first lines: title, region, issuing body, year spoken of, date."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from taizhang import reading

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "spec" / "reading" / "titles.jsonl")
    .read_text("utf-8")
    .splitlines()
]
CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "state-council-reports.jsonl"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"][:24])
def test_what_a_text_is(case: dict[str, Any]) -> None:
    found = reading.read(case["head"])
    said = {
        "title": found.title,
        "region": found.region,
        "issuer": found.issuer,
        "year": found.year,
        "date": str(found.date) if found.date else None,
    }
    assert said == {key: case[key] for key in said}


@pytest.mark.skipif(not CORPUS.is_file(), reason="../shared is not beside this checkout")
def test_what_the_reports_of_the_corpus_are() -> None:
    for line in CORPUS.read_text("utf-8").splitlines():
        report = json.loads(line)
        found = reading.read(report["title"] + "\n" + report["content"])
        assert (found.title, found.region) == (report["title"], "全国")
        assert found.issuer == ("国务院" if report["year"] else report["title"].partition("大会")[0] + "大会")
        if report["year"]:
            assert found.year is not None
            assert int(report["year"]) - 1 <= found.year <= int(report["year"])
