"""Which indicator a claim is about: the district's programmes, the real report, other texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_by_hand import claim
from ruamel.yaml import YAML

from taizhang.figures import AreaNode
from taizhang.programmes import Definitions, load
from taizhang.reading import Claim, read
from taizhang.reports import Binding, bind

ROOT = Path(__file__).resolve().parents[2]
DISTRICT = "450205"
AREAS = (
    AreaNode(DISTRICT, "柳北区(演示)", "district", ""),
    AreaNode("450205200", "石碑坪镇", "town", DISTRICT),
    AreaNode("450205201", "沙塘镇", "town", DISTRICT),
    AreaNode("450205202", "长塘镇", "town", DISTRICT),
    AreaNode("450205001", "解放街道", "subdistrict", DISTRICT),
    AreaNode("450205002", "雅儒街道", "subdistrict", DISTRICT),
    AreaNode("450205003", "胜利街道", "subdistrict", DISTRICT),
    AreaNode("450205001001", "和平社区", "community", "450205001"),
    AreaNode("450205002001", "和平社区", "community", "450205002"),
)


@pytest.fixture(scope="module")
def liubei() -> Definitions:
    return load(ROOT / "districts" / "liubei")


def bound(sentence: str, definitions: Definitions) -> list[Binding]:
    reading = read(f"柳北区2022年政府工作报告\n\n{sentence}。\n")
    assert reading.claims, f"the reader finds no claim in {sentence}"
    return bind(reading.claims, definitions, AREAS, DISTRICT, text=reading.text)


SPEC = ROOT / "tests" / "spec" / "reports"
CASES = [
    case for name in ("bindings.yaml", "bindings-unseen.yaml") for case in YAML(typ="safe").load(SPEC / name)
]


@pytest.mark.parametrize("case", CASES, ids=[case["sentence"] for case in CASES])
def test_other_wordings(case: dict[str, Any], liubei: Definitions) -> None:
    found = bound(case["sentence"], liubei)
    wanted = None if case.get("missed") else case["indicator"]
    assert {b.indicator for b in found} == {wanted}, [b.why for b in found]
    if wanted:
        assert {b.area for b in found} == {case.get("area", DISTRICT)}
    assert all(" / " in b.why for b in found)


def wanted_of(shared: Path) -> dict[int, dict[str, Any]]:
    lines = (shared / "report" / "claims.jsonl").read_text("utf-8").splitlines()
    return {row["start"]: row for row in map(json.loads, lines)}


def defined(wanted: dict[int, dict[str, Any]], definitions: Definitions) -> dict[str, str]:
    """The claims whose indicator some programme defines, with its key."""
    keys = {indicator.key for indicator in definitions.indicators}
    return {row["id"]: row["indicator"] for row in wanted.values() if row["indicator"] in keys}


def test_the_real_report(shared: Path, liubei: Definitions) -> None:
    """What some programme defines is bound to it; every other claim must be bound to nothing."""
    reading = read(shared / "report" / "liubei-2022.txt")
    wanted = wanted_of(shared)
    found = bind(reading.claims, liubei, AREAS, DISTRICT, text=reading.text)
    got = {wanted[b.claim.start]["id"]: b.indicator for b in found}
    own = defined(wanted, liubei)
    assert len(own) >= 12
    assert got == {row["id"]: own.get(row["id"]) for row in wanted.values()}


def without_aliases(definitions: Definitions) -> Definitions:
    programmes = {
        key: replace(p, indicators={k: replace(i, aliases=()) for k, i in p.indicators.items()})
        for key, p in definitions.programmes.items()
    }
    return replace(definitions, programmes=programmes)


def test_without_aliases_fewer_bind_and_none_falsely(shared: Path, liubei: Definitions) -> None:
    reading = read(shared / "report" / "liubei-2022.txt")
    wanted = wanted_of(shared)
    found = bind(reading.claims, without_aliases(liubei), AREAS, DISTRICT, text=reading.text)
    bound_ = {wanted[b.claim.start]["id"]: b.indicator for b in found if b.indicator}
    own = defined(wanted, liubei)
    assert len(bound_) >= 9
    assert all(row == own.get(key) for key, row in bound_.items())


def test_order_and_places_do_not_matter(shared: Path, liubei: Definitions) -> None:
    reading = read(shared / "report" / "liubei-2022.txt")
    moved = [replace(c, start=0, section="") for c in reversed(reading.claims)]
    plain = bind(reading.claims, liubei, AREAS, DISTRICT, text=reading.text)
    turned = bind(moved, liubei, AREAS, DISTRICT, text=reading.text)
    assert [b.indicator for b in reversed(turned)] == [b.indicator for b in plain]


def other_texts(shared: Path) -> Iterator[str]:
    lines = (shared / "corpus" / "state-council-reports.jsonl").read_text("utf-8").splitlines()
    for line in lines[::3]:
        yield json.loads(line)["content"]


def test_a_text_about_elsewhere_binds_nothing(shared: Path, liubei: Definitions) -> None:
    claims = 0
    for text in other_texts(shared):
        reading = read(text)
        claims += len(reading.claims)
        found = bind(reading.claims, liubei, AREAS, DISTRICT, text=reading.text)
        assert [b.why for b in found if b.indicator] == []
    assert claims > 500


def test_another_districts_report_binds_nothing(liubei: Definitions) -> None:
    text = "东岭县人民政府工作报告(2023年)\n\n全年实施老旧小区改造项目60个。空气质量优良天数比率92.1%。\n"
    reading = read(text)
    found = bind(reading.claims, liubei, AREAS, DISTRICT, text=reading.text)
    assert len(found) == 2
    assert all(b.indicator is None and "东岭县" in b.why for b in found)


def projects(count: int, subject: str) -> Claim:
    """A claim of so many projects, in a sentence of just that."""
    said = {"subject": subject, "surface": f"{count}个", "sentence": f"{subject}{count}个"}
    return claim(low=count, high=count, unit="个", **said)


def test_a_street_of_a_common_name_does_not_make_a_text_the_districts_own(liubei: Definitions) -> None:
    reading = read("东岭县人民政府工作报告(2023年)\n\n和平社区老旧小区改造项目6个。\n")
    found = bind(reading.claims, liubei, AREAS, DISTRICT, text=reading.text)
    assert [b.indicator for b in found] == [None]


def test_a_towns_own_report_is_the_districts_too(liubei: Definitions) -> None:
    reading = read("沙塘镇人民政府工作报告(2023年)\n\n全年完成老旧小区改造项目6个。\n")
    found = bind(reading.claims, liubei, AREAS, "450205201", text=reading.text)
    assert [(b.indicator, b.area) for b in found] == [("old-communities.projects", "450205201")]


def test_one_indicator_said_twice(liubei: Definitions) -> None:
    """The same figure twice is bound twice; two figures in the same words are both judged."""
    said = projects(60, "老旧小区改造项目")
    again, other = replace(said, start=9), replace(projects(61, "老旧小区改造项目"), start=9)
    for pair in ((said, again), (said, other)):
        found = bind(pair, liubei, AREAS, DISTRICT)
        assert [b.indicator for b in found] == ["old-communities.projects"] * 2


def test_the_better_fitting_claim_keeps_the_indicator(liubei: Definitions) -> None:
    said, vague = projects(60, "实施老旧小区改造项目"), projects(7, "老旧小区改造配套")
    alone = bind([vague], liubei, AREAS, DISTRICT)[0]
    assert alone.indicator == "old-communities.projects"
    first, second = bind([said, vague], liubei, AREAS, DISTRICT)
    assert first.indicator == "old-communities.projects"
    assert second.indicator is None and "60个" in second.why


def test_ambiguous_lists_the_candidates(liubei: Definitions) -> None:
    base = liubei.programmes["old-communities"]
    twin = replace(base.indicators["projects"], id="projects-again")
    programme = replace(base, indicators={**base.indicators, "projects-again": twin})
    doubled = replace(liubei, programmes={**liubei.programmes, "old-communities": programme})
    found = bound("实施老旧小区改造项目60个", doubled)[0]
    assert found.indicator is None
    assert set(found.candidates) == {"old-communities.projects", "old-communities.projects-again"}


WORDS = st.text(alphabet="老旧小区改造项目接种率数管平台总成绩全市%60个,。“”(1) \n", max_size=24)


UNITS = st.sampled_from(["个", "%", "剂次", "位", ""])
KINDS = st.sampled_from(["level", "change", "rank"])


@given(WORDS, WORDS, WORDS, UNITS, KINDS)
def test_any_words_get_a_binding_or_a_reason(
    liubei: Definitions, subject: str, sentence: str, surface: str, unit: str, kind: str
) -> None:
    said = claim(low=1, high=1, unit=unit, kind=kind, subject=subject, sentence=sentence, surface=surface)
    found = bind([said, said], liubei, AREAS, DISTRICT)
    assert len(found) == 2
    assert found[0] == found[1]
    assert found[0].why
    key = found[0].indicator
    assert key is None or plain_overlap(liubei, key, subject + sentence + surface)


def plain_overlap(definitions: Definitions, key: str, text: str) -> bool:
    """Some pair of characters of the indicator's names stands in the text."""
    indicator = definitions.indicator(key)
    names = [indicator.name.zh, *indicator.aliases]
    return any(name[i : i + 2] in text for name in names for i in range(len(name) - 1))


def test_nothing_is_bound_without_definitions(liubei: Definitions) -> None:
    said = projects(60, "老旧小区改造项目")
    found = bind([said], replace(liubei, programmes={}), AREAS, DISTRICT)
    assert found[0].indicator is None and bind([], liubei, AREAS, DISTRICT) == []


def test_an_unknown_period_leaves_the_binding_without_one(liubei: Definitions) -> None:
    said = claim(low=60, high=60, unit="个", subject="老旧小区改造项目", surface="60个", period="")
    assert bind([said], liubei, AREAS, DISTRICT)[0].period is None
