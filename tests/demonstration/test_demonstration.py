"""The whole way: the demonstration built, its report checked, its figures explained, by the real command."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from tests.demonstration.conftest import SCALE, Ran, taizhang

Run = Callable[..., Ran]


def test_the_demonstration_builds_and_says_that_it_is_synthetic(built: Ran) -> None:
    assert built.code == 0, built.err
    assert "合成" in built.out
    assert "explain" in built.out


def test_every_figure_that_the_generator_promises_comes_out(built: Ran, run: Run) -> None:
    from districts.liubei import expected

    rows = {row["indicator"]: row for row in run("figures", "--period", "2022", "--format", "jsonl").rows}
    for key, value in expected(float(SCALE)).items():
        programme, _, rest = key.partition(".")
        indicator, _, aspect = rest.partition(".")
        row = rows[f"{programme}.{indicator}"]
        got = row[aspect or "value"]
        assert got == pytest.approx(float(value), rel=1e-10), key
    assert (
        Fraction(rows["city-cases.closing-rate"]["numerator"])
        == rows["city-cases.closing-rate"]["denominator"]
    )


def test_the_report_is_confirmed(built: Ran, run: Run, home: Path) -> None:
    rows = run("check", str(home / "reports" / "annual-2022.zh.txt"), "--format", "jsonl").rows
    assert len(rows) == 43
    assert {row["verdict"] for row in rows} == {"confirmed"}, rows


def test_the_altered_report_is_contradicted_exactly_where_it_was_altered(
    built: Ran, run: Run, home: Path
) -> None:
    before = run("check", str(home / "reports" / "annual-2022.zh.txt"), "--format", "jsonl").rows
    after = run("check", str(home / "altered-2022.zh.txt"), "--format", "jsonl").rows
    changed = [b["surface"] for a, b in zip(before, after, strict=True) if a["surface"] != b["surface"]]
    assert len(changed) == 3
    assert [row["surface"] for row in after if row["verdict"] == "contradicted"] == changed
    assert {row["verdict"] for row in after if row["surface"] not in changed} == {"confirmed"}


def test_its_statements_are_confirmed_but_the_one_that_was_altered(built: Ran, run: Run, home: Path) -> None:
    def said(file: str) -> list[dict[str, object]]:
        return run("check", str(home / file), "--what", "statements", "--format", "jsonl").rows

    report, altered = said("reports/annual-2022.zh.txt"), said("altered-2022.zh.txt")
    assert {(row["indicator"], row["kind"], row["verdict"]) for row in report} == {
        ("enterprise-ladder.recognitions", "honour", "confirmed"),
        ("old-communities.grades", "honour", "confirmed"),
        ("chiefs.duties", "duty", "confirmed"),
        ("chiefs.campaigns", "campaign", "confirmed"),
        ("vaccination.sites", "campaign", "confirmed"),
    }
    assert all(row["records"] and row["sample"] for row in report)
    broken = [row["surface"] for row in altered if row["verdict"] == "contradicted"]
    assert broken == ["全面落实河长制、林长制、湖长制"]
    assert len(report) == len(altered) == 6


def test_strict_says_so_with_its_exit_code(built: Ran, run: Run, home: Path) -> None:
    assert run("check", str(home / "altered-2022.zh.txt"), "--strict").code == 1


def test_an_explanation_leads_to_records_and_back(built: Ran, run: Run) -> None:
    row = run("explain", "old-communities.projects", "--period", "2022", "--format", "jsonl").rows[0]
    assert row["value"] == 60
    assert row["records"] == 60
    assert "SELECT" in row["sql"].upper()
    record = run("explain", row["sample"][0], "--format", "jsonl").rows[0]
    touched = {(figure["indicator"], figure["area"], figure["period"]) for figure in record["figures"]}
    assert ("old-communities.projects", row["area"], "2022") in touched
    assert record["entries"][0]["kind"] == "open"
    assert len(record["entries"][0]["digest"]) == 64
    assert record["proof"]["holds"] is True
    assert record["proof"]["digest"] == record["entries"][0]["digest"]


def test_a_past_position_gives_the_past_answer(built: Ran, run: Run) -> None:
    now = run("figures", "--indicator", "vaccination.doses", "--period", "2022", "--format", "jsonl").rows[0]
    half = now["position"] // 2
    words = ("figures", "--indicator", "vaccination.doses", "--period", "2022", "--as-of", str(half))
    then = run(*words, "--format", "jsonl").rows[0]
    assert then["position"] == half
    assert 0 < then["value"] < now["value"]


def test_the_ledger_verifies(built: Ran, run: Run) -> None:
    outcome = run("verify")
    assert outcome.code == 0, outcome.out + outcome.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("figures", "--indicator", "city-cases.closing-rat"), "city-cases.closing-rate"),
        (("figures", "--period", "2022-13"), "2022-Q3"),
        (("figures", "--area", "999"), "999"),
        (("figures", "--as-of", "999999999"), "999999999"),
        (("explain", "no-such-record"), "no-such-record"),
        (("check", "no-such-file.txt"), "no-such-file.txt"),
        (("post", "no-such-file.jsonl"), "no-such-file.jsonl"),
    ],
)
def test_rubbish_is_refused_with_what_was_wrong(
    built: Ran, run: Run, words: tuple[str, ...], said: str
) -> None:
    outcome = run(*words)
    assert outcome.code == 2, outcome.out
    assert said in outcome.err
    assert "Traceback" not in outcome.err


def test_building_again_changes_nothing(built: Ran, home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    words = ("figures", "--indicator", "city-cases.cases", "--period", "2022", "--format", "jsonl")
    before = taizhang(copy, *words).rows[0]
    again = taizhang(copy, "demo", "--no-serve", "--scale", SCALE)
    assert again.code == 0, again.err
    assert "已建成" in again.out
    assert "入账" not in again.err
    assert taizhang(copy, *words).rows[0] == before
    other = taizhang(copy, "demo", "--no-serve", "--scale", "0.5")
    assert other.code == 2
    assert "home-taken" in other.err
