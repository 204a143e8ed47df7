"""The demonstration district: repeatable, adding up, and fair to real names."""

from __future__ import annotations

import importlib
import json
import sys
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path

import pytest

from taizhang.programmes.entry import ULID

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "districts" / "liubei"
SIZE = 0.01


@pytest.fixture(scope="module")
def liubei():
    sys.path.insert(0, str(ROOT))
    yield importlib.import_module("districts.liubei")
    sys.path.remove(str(ROOT))


@pytest.fixture(scope="module")
def entries(liubei):
    return list(liubei.generate(1, SIZE))


def of(entries, type_):
    return [e for e in entries if e["type"] == type_]


def test_same_seed_same_bytes(liubei, entries):
    assert json.dumps(list(liubei.generate(1, SIZE))) == json.dumps(entries)
    assert json.dumps(list(liubei.generate(2, SIZE))) != json.dumps(entries)


def test_size_must_be_positive(liubei):
    with pytest.raises(ValueError, match="规模"):
        next(liubei.generate(1, 0))


def test_ids_order_and_references(entries):
    ids = {e["id"] for e in entries}
    assert len(ids) == len(entries)
    assert all(ULID.fullmatch(i) for i in ids)
    system = [e["type"].startswith("system.") for e in entries]
    assert system == sorted(system, reverse=True)
    recorded = [e["recorded"] for e in entries]
    assert recorded == sorted(recorded)
    opened = set()
    for e in entries:
        assert e["happened"] <= e["recorded"]
        if e["kind"] == "open":
            opened.add(e["id"])
        else:
            assert e["record"] in opened


def test_doses_add_up(liubei, entries):
    want = liubei.expected(SIZE)
    doses = [e["payload"] for e in of(entries, "vaccination.dose")]
    residents = sum(e["payload"]["residents"] for e in of(entries, "vaccination.population"))
    assert len(doses) == want["vaccination.doses"]
    persons = len({d["person"]["id_number"] for d in doses})
    assert Fraction(100 * persons, residents) == want["vaccination.coverage"]
    complete = len({d["person"]["id_number"] for d in doses if d["completes"]})
    assert Fraction(100 * complete, residents) == want["vaccination.full-course"]
    assert {d["mode"] for d in doses} == {"fixed", "mobile", "home"}


def test_full_size_prints_the_published_figures(liubei):
    want = liubei.expected()
    assert round(want["vaccination.doses"] / 10_000, 2) == Fraction("119.14")
    assert round(want["vaccination.coverage"], 2) == Fraction("92.95")
    assert round(want["vaccination.full-course"], 2) == Fraction("90.04")
    assert round(want["air-quality.good-days"], 1) == Fraction("92.1")
    assert round(want["air-quality.good-days.yoy_difference"], 1) == Fraction("0.4")


def test_identity_numbers_have_the_unassigned_region_and_a_right_check_digit(entries):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    for e in of(entries, "vaccination.dose"):
        number = e["payload"]["person"]["id_number"]
        assert number.startswith("990205") and len(number) == 18
        total = sum(int(d) * w for d, w in zip(number, weights, strict=False))
        assert number[-1] == "10X98765432"[total % 11]


def test_good_days(liubei, entries):
    values = defaultdict(list)
    for e in of(entries, "air-quality.station-day"):
        values[e["payload"]["measured_on"]].append(e["payload"]["aqi"])
    share = {}
    for year in ("2021", "2022"):
        days = [v for day, v in values.items() if day[:4] == year]
        share[year] = Fraction(100 * sum(sum(v) <= 100 * len(v) for v in days), len(days))
    want = liubei.expected()
    assert share["2022"] == want["air-quality.good-days"]
    assert share["2022"] - share["2021"] == want["air-quality.good-days.yoy_difference"]


def test_every_case_that_was_filed_ends_closed(entries):
    steps = defaultdict(list)
    for e in of(entries, "city-cases.case"):
        steps[e.get("record", e["id"])].append(e.get("step", e["kind"]))
    seen = Counter(step for taken in steps.values() for step in taken)
    for taken in steps.values():
        assert "reject" in taken or taken[-1] in ("evaluate", "void", "amend")
    assert all(seen[s] for s in ("accept", "reply", "rework", "extend", "reject", "close", "evaluate"))


def test_registers(liubei, entries):
    kinds = {
        e["id"]: e["payload"].get("kind")
        for e in of(entries, "enterprise-ladder.recognition")
        if e["kind"] == "open"
    }
    given = Counter(
        kinds[e["record"]]
        for e in of(entries, "enterprise-ladder.recognition")
        if e.get("step") == "recognise" and e["happened"][:4] == "2022"
    )
    assert given == {"tech_sme": 65, "high_tech": 20, "emerging": 8, "gazelle": 1, "digital_workshop": 1}
    started = [
        e
        for e in of(entries, "old-communities.project")
        if e.get("step") == "start" and e["happened"][:4] == "2022"
    ]
    assert len(started) == 60
    closed = [
        e for e in of(entries, "chiefs.finding") if e.get("step") == "close" and e["happened"][:4] == "2022"
    ]
    assert len(closed) == liubei.expected()["chiefs.campaigns"]


def test_no_fault_is_laid_on_a_real_firm(entries):
    firms = {e["id"]: e["payload"]["name"] for e in of(entries, "enterprise-ladder.firm")}
    firm_of = {
        e["id"]: firms[e["payload"]["firm"]]
        for e in of(entries, "enterprise-ladder.recognition")
        if e["kind"] == "open"
    }
    blamed = {
        firm_of[e["record"]]
        for e in of(entries, "enterprise-ladder.recognition")
        if e.get("step") == "decline"
    }
    assert blamed and all(name.startswith("演示") for name in blamed)


def test_altered_report_differs_in_three_figures(liubei):
    own = (FOLDER / "report" / "annual-2022.zh.txt").read_text("utf-8")
    altered = liubei.altered_report()
    assert sum(a != b for a, b in zip(own, altered, strict=True)) == 3
    assert (FOLDER / "report" / "annual-2022-altered.zh.txt").read_text("utf-8") == altered


def test_files_have_the_shape_of_programme_files_and_code_lists():
    from ruamel.yaml import YAML

    from taizhang.programmes.file_shape import CodeListShape, ProgrammeShape

    programmes, codes = sorted(FOLDER.glob("programmes/*.yaml")), sorted(FOLDER.glob("codes/*.yaml"))
    assert len(programmes) == 7
    read = YAML(typ="safe")
    for file in programmes:
        assert ProgrammeShape.model_validate(read.load(file.read_text("utf-8"))).programme == file.stem
    for file in codes:
        assert CodeListShape.model_validate(read.load(file.read_text("utf-8"))).codes == file.stem
