"""The whole check of a text: what is asked for, what comes out, row by row."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from made_by_hand import figure

from taizhang.figures import AreaNode, Figure, Request
from taizhang.programmes import Definitions, load
from taizhang.reading import Reading, Statement, TextFinding, read
from taizhang.reports import CheckReport, check, claim_row, finding_row, statement_row

ROOT = Path(__file__).resolve().parents[2]
DISTRICT = "450205"
AREAS = (AreaNode(DISTRICT, "柳北区", "district", ""), AreaNode("450205201", "沙塘镇", "town", DISTRICT))
CLAIM_KEYS = [
    "surface", "start", "low", "high", "step", "bound", "unit", "kind", "approx", "basis", "modality",
    "subject", "section", "period", "verdict", "findings", "indicator", "area", "figure_period", "figure",
    "numerator", "denominator", "records", "position", "why",
]  # fmt: skip
STATEMENT_KEYS = [
    "kind", "surface", "start", "subject", "indicator", "verdict", "findings", "why",
    "asserts", "object", "period", "area", "figure_period", "figure", "numerator", "denominator", "records",
    "sample", "position",
]  # fmt: skip

TEXT = """柳北区人民政府工作报告(2023年1月8日)

全年实施老旧小区改造项目60个,其中沙塘镇老旧小区改造项目7个。空气质量优良天数比率92.1%,同比上升0.4%。
数管平台处置结案率100%,总成绩排名城区第一。查获走私香烟179件。
"""


@dataclass
class Ledger:
    """Known values by indicator and area, and every request that was made."""

    values: dict[tuple[str, str], dict[str, Any]]
    asked: list[Request] = field(default_factory=list)

    def compute(self, request: Request) -> list[Figure]:
        self.asked.append(request)
        found = []
        for key in request.indicators:
            for area in request.areas or ():
                if (key, area) in self.values:
                    made = figure({**self.values[key, area], "indicator": key, "area": area})
                    found.append(replace(made, period=request.periods[0]))
        return found


def ledger() -> Ledger:
    return Ledger(
        {
            ("old-communities.projects", DISTRICT): {"value": "60", "unit": "个"},
            ("old-communities.projects", "450205201"): {"value": "6", "unit": "个"},
            ("air-quality.good-days", DISTRICT): {
                "value": Fraction(33500, 364), "unit": "%", "numerator": 335, "denominator": 364,
                "difference": "0.41", "growth": "0.45",
            },
            ("city-cases.closing-rate", DISTRICT): {
                "value": "100", "unit": "%", "numerator": 61000, "denominator": 61000, "records": 61000,
            },
            ("city-cases.total-score", DISTRICT): {"value": "98.5", "unit": "分", "rank": 1, "rank_of": 5},
        }
    )  # fmt: skip


@pytest.fixture(scope="module")
def liubei() -> Definitions:
    return load(ROOT / "districts" / "liubei")


def checked(reading: Reading, definitions: Definitions, known: Ledger) -> CheckReport:
    return check(reading, definitions, known.compute, areas=AREAS, default_area=DISTRICT, position=41)


def test_rows_carry_the_contracts_keys_and_verdicts(liubei: Definitions) -> None:
    report = checked(read(TEXT), liubei, ledger())
    rows = [claim_row(row) for row in report.claims]
    assert all(list(row) == CLAIM_KEYS for row in rows)
    assert [(r["surface"], r["indicator"], r["verdict"], r["findings"]) for r in rows] == [
        ("60个", "old-communities.projects", "confirmed", []),
        ("7个", "old-communities.projects", "contradicted", []),
        ("92.1%", "air-quality.good-days", "contradicted", []),
        ("同比上升0.4%", "air-quality.good-days", "confirmed", ["percentage-points"]),
        ("100%", "city-cases.closing-rate", "confirmed", []),
        ("城区第一", "city-cases.total-score", "confirmed", []),
        ("179件", None, "no-indicator", []),
    ]
    assert [r["area"] for r in rows[:2]] == [DISTRICT, "450205201"]
    assert rows[3]["figure"] == Fraction(41, 100) and rows[5]["figure"] == 1
    assert (rows[4]["numerator"], rows[4]["records"], rows[4]["position"]) == (61000, 61000, 41)
    assert all(rows[6][key] is None for key in ("indicator", "area", "figure", "numerator", "figure_period"))
    assert report.counts == {"confirmed": 4, "contradicted": 2, "no-indicator": 1}


def test_figures_are_asked_for_once_an_area_and_period(liubei: Definitions) -> None:
    known = ledger()
    checked(read(TEXT), liubei, known)
    assert [(r.areas, len(r.indicators)) for r in known.asked] == [((DISTRICT,), 4), (("450205201",), 1)]
    assert all(len(set(r.indicators)) == len(r.indicators) and r.changes for r in known.asked)


def test_what_is_not_computed_is_undecided(liubei: Definitions) -> None:
    report = checked(read(TEXT), liubei, Ledger({}))
    assert report.counts == {"undecided": 6, "no-indicator": 1}


def test_a_rank_among_a_group_that_nobody_named_is_undecided(liubei: Definitions) -> None:
    unnamed = {key: replace(p, report=()) for key, p in liubei.programmes.items()}
    report = checked(read(TEXT), replace(liubei, programmes=unnamed), ledger())
    rank = next(row for row in report.claims if row.claim.kind == "rank")
    assert (rank.verdict.verdict, rank.binding.indicator) == ("undecided", "city-cases.total-score")
    named = check(
        read(TEXT), replace(liubei, programmes=unnamed), ledger().compute,
        areas=AREAS, default_area=DISTRICT, position=41, peers={"c20": "城区"},
    )  # fmt: skip
    assert next(r for r in named.claims if r.claim.kind == "rank").verdict.verdict == "confirmed"


def test_a_claim_without_a_period_is_undecided(liubei: Definitions) -> None:
    reading = read(TEXT)
    undated = replace(reading, claims=tuple(replace(c, period="") for c in reading.claims))
    known = ledger()
    report = checked(undated, liubei, known)
    assert known.asked == []
    assert report.counts == {"undecided": 6, "no-indicator": 1}


def test_statements_get_no_verdict_that_nobody_reached(liubei: Definitions) -> None:
    said = (Statement("coverage", "全覆盖", 3, "幼儿园"), Statement("appraisal", "成效显著", 9, "工作"))
    found = TextFinding("inconsistent", ((3, 5), (9, 12)), "7 + 8 = 15,不是 16", "certain", "两数都在文中")
    report = checked(replace(read(TEXT), statements=said, findings=(found,)), liubei, ledger())
    rows = [statement_row(row) for row in report.statements]
    assert list(rows[0]) == STATEMENT_KEYS
    assert [row["verdict"] for row in rows] == ["no-indicator", None]
    assert finding_row(report.findings[0]) == {
        "finding": "inconsistent", "places": [[3, 5], [9, 12]], "arithmetic": "7 + 8 = 15,不是 16",
        "certainty": "certain", "why": "两数都在文中",
    }  # fmt: skip


def wanted_of(shared: Path) -> dict[int, dict[str, Any]]:
    """The claims that must be found in the real report, by where they start."""
    lines = (shared / "report" / "claims.jsonl").read_text("utf-8").splitlines()
    return {row["start"]: row for row in map(json.loads, lines)}


def test_the_real_report_is_never_passed_without_figures(shared: Path, liubei: Definitions) -> None:
    report = checked(read(shared / "report" / "liubei-2022.txt"), liubei, Ledger({}))
    own = sum(row["indicator"] in {i.key for i in liubei.indicators} for row in wanted_of(shared).values())
    assert report.counts == {
        verdict: n for verdict, n in (("undecided", own), ("no-indicator", 45 - own)) if n
    }


def test_the_real_reports_claims_are_confirmed_by_figures_that_fit(shared: Path, liubei: Definitions) -> None:
    """Figures at the printed values confirm each that is defined; a printed step less contradicts each."""
    reading = read(shared / "report" / "liubei-2022.txt")
    wanted = wanted_of(shared)
    units = {indicator.key: indicator.unit for indicator in liubei.indicators}
    for moved, verdict in ((0, "confirmed"), (1, "contradicted")):
        values: dict[tuple[str, str], dict[str, Any]] = {}
        for claim in reading.claims:
            key, shift = wanted[claim.start]["indicator"], moved * Fraction(claim.step)
            known = values.setdefault((key, DISTRICT), {"unit": units.get(key, "")})
            # 超过 is strictly above what is printed: the next step fits, what is printed does not.
            printed = (
                Fraction(claim.low or 0) - shift + (Fraction(claim.step) if claim.bound == "above" else 0)
            )
            match claim.kind:
                case "change":
                    known |= {"difference": printed, "growth": printed * 2}
                case "rank":
                    known |= {"value": 98, "rank": int(claim.low or 0) + moved, "rank_of": 9}
                case _:
                    known |= {"value": printed}
        report = checked(reading, liubei, Ledger(values))
        assert len(report.claims) == 45
        for row in report.claims:
            if row.binding.indicator and row.claim.modality == "achieved":
                assert (wanted[row.claim.start]["indicator"], row.verdict.verdict) == (
                    row.binding.indicator, verdict,
                ), row.verdict.why  # fmt: skip
            else:
                assert row.verdict.verdict in ("no-indicator", "undecided")
