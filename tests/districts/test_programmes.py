"""The cases of tests/spec/programmes: what entries of each programme do, and the figures that they make."""

from __future__ import annotations

from typing import Any

import pytest
from ruamel.yaml import YAML
from tests.districts.programme_cases import ROOT, Case, cases, definitions, figures, files, tell, wordings

from taizhang.figures import AreaNode
from taizhang.reading import read
from taizhang.reports import bind

CASES = list(cases())
WORDINGS = list(wordings())
DISTRICT = "450205"
OWN = "柳北区2022年工作报告\n\n{}。\n"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_entries(case: Case) -> None:
    """What a case says is refused is, for the reason it names, and nothing else; records say what it says."""
    told = tell(case)
    wanted = [
        (n, [entry["refused"]]) for n, entry in enumerate(case.data["entries"], 1) if "refused" in entry
    ]
    assert told.refusals == wanted
    for record, keys in case.data.get("gives", {}).items():
        assert {key: told.documents[record].get(key) for key in keys} == keys


@pytest.mark.parametrize("case", [c for c in CASES if "figures" in c.data], ids=str)
def test_figures(case: Case) -> None:
    wanted: list[dict[str, Any]] = [
        {k: v for k, v in f.items() if k not in ("indicator", "area", "period")} for f in case.data["figures"]
    ]
    assert all(wanted), "a figure of which nothing is said"
    told = tell(case)
    assert figures(case, told, "reference") == wanted
    assert figures(case, told, "duckdb") == wanted


@pytest.mark.parametrize(("sentence", "indicator"), WORDINGS, ids=[sentence for sentence, _ in WORDINGS])
def test_wordings(sentence: str, indicator: str | None) -> None:
    reading = read(OWN.format(sentence))
    assert reading.claims, "the reader finds no claim"
    areas = (AreaNode(DISTRICT, "柳北区(演示)", "district", ""),)
    found = bind(reading.claims, definitions(), areas, DISTRICT, text=reading.text)
    assert {b.indicator for b in found} == {indicator}, [b.why for b in found]


def test_a_case_says_something() -> None:
    """Of each case something is wanted: a figure, a state, or a refusal."""
    for case in CASES:
        refusals = [entry for entry in case.data["entries"] if "refused" in entry]
        assert refusals or case.data.get("gives") or case.data.get("figures"), str(case)


@pytest.mark.parametrize("programme", files())
def test_every_indicator_has_a_case_and_a_wording(programme: str) -> None:
    """A programme's indicators each come out of some case, and each is found under other words."""
    own = set(definitions().programmes[programme].indicators)
    in_cases = {f["indicator"] for case in files()[programme]["cases"] for f in case.get("figures", ())}
    assert in_cases == own
    spec = ROOT / "tests" / "spec" / "reports"
    elsewhere = [
        case["indicator"]
        for name in ("bindings.yaml", "bindings-unseen.yaml")
        for case in YAML(typ="safe").load(spec / name)
        if not case.get("missed")
    ]
    found = {key for _, key in WORDINGS} | set(elsewhere)
    assert {f"{programme}.{key}" for key in own} <= found
