"""The benchmark's scorer, on sentences of our own: what counts as found, as missed, as the same."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from taizhang.reading import Claim, Statement

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks" / "reading"))

import score as program  # noqa: E402
from labelled import CORPUS, LABELS, LabelError, Text, check, claim_of, load_corpus, load_labels, statement_of  # noqa: E402
from scoring import Score, dice, match_claims, match_statements, same_part, same_subject  # noqa: E402

TEXT = "云汀湖全年放养鱼苗4200条，同比增长6.7%。湖边新添长椅约30张。"


def label(surface: str, **given: Any) -> dict[str, Any]:
    """A label of that surface in TEXT, right in every part unless told otherwise."""
    plain = {"low": None, "high": None, "unit": "条", "kind": "level", "bound": "exact", "approx": False,
             "basis": None, "modality": "achieved", "period": "", "subject": "放养鱼苗"}  # fmt: skip
    return {"start": TEXT.index(surface), "length": len(surface), **plain, **given}


FISH = label("4200条", low="4200", high="4200")
GROWTH = label("同比增长6.7%", low="6.7", high="6.7", unit="%", kind="change", basis="yoy")
CHAIRS = label("约30张", low="30", high="30", unit="张", bound="about", approx=True, subject="长椅")


def sentence(*claims: dict[str, Any], length: int = len(TEXT), **given: Any) -> str:
    return json.dumps({"year": 2030, "start": 0, "length": length, "claims": claims, **given})


def claim(label: dict[str, Any]) -> Claim:
    """What a reader finds who agrees with that label."""
    low, high = (None if label[end] is None else Decimal(label[end]) for end in ("low", "high"))
    surface = TEXT[label["start"] : label["start"] + label["length"]]
    parts = {key: label[key] for key in ("bound", "unit", "kind", "approx", "basis", "modality", "subject")}
    return Claim(
        surface,
        label["start"],
        low,
        high,
        step=Decimal(1),
        section="",
        period=label["period"] or "2030",
        **parts,
    )


def scored(*labels: dict[str, Any]) -> Score:
    """The score of one who finds the three, against those labels."""
    score = Score()
    found = [claim(one) for one in (FISH, GROWTH, CHAIRS)]
    score.add(match_claims([claim_of(label) for label in labels], found))
    return score


def test_all_right_is_one() -> None:
    score = scored(FISH, GROWTH, CHAIRS)
    assert (score.precision, score.recall, score.f1, score.subject_f1) == (1, 1, 1, 1)
    assert score.part("bound").value == score.part("basis").value == 1


def test_what_is_missed_and_what_is_too_much() -> None:
    score = scored(FISH, {**GROWTH, "low": "6.8", "high": "6.8"}, CHAIRS)
    assert (score.labelled, score.found, score.matched) == (3, 3, 2)
    assert scored(FISH).precision == pytest.approx(1 / 3)
    assert scored(FISH).recall == 1
    assert scored(FISH, GROWTH, CHAIRS, FISH).recall == 0.75  # one found is not two


@pytest.mark.parametrize(
    "change", [{"unit": "尾"}, {"kind": "rank"}, {"high": None}, {"low": "420"}, {"start": 0, "length": 3}]
)
def test_number_unit_kind_and_place_must_agree(change: dict[str, Any]) -> None:
    assert scored({**FISH, **change}, GROWTH, CHAIRS).matched == 2


def test_parts_are_counted_among_what_is_matched() -> None:
    score = scored(FISH, {**GROWTH, "basis": "other"}, {**CHAIRS, "subject": "游船"})
    assert score.f1 == 1
    assert score.part("basis").value == pytest.approx(2 / 3)
    assert score.part("subject").value == pytest.approx(2 / 3)
    assert score.subject_f1 == pytest.approx(2 / 3)


def test_what_is_optional_counts_for_nobody() -> None:
    found = scored(FISH, GROWTH, {**CHAIRS, "optional": True})
    missed = scored(FISH, GROWTH, CHAIRS, {**CHAIRS, "start": 0, "length": 3, "optional": True})
    differently = scored(FISH, GROWTH, {**CHAIRS, "low": None, "optional": True})
    assert (found.labelled, found.found, found.matched) == (2, 2, 2)
    assert (missed.labelled, missed.found, missed.matched) == (3, 3, 3)
    assert (differently.labelled, differently.found, differently.matched) == (2, 2, 2)


def test_statements_need_their_kind_and_place() -> None:
    labels = [statement_of({"start": 5, "length": 4, "kind": "coverage", "subject": "湖面巡护"})] * 2
    found = [
        Statement(kind, "实现全覆盖", start, "")
        for kind, start in (("duty", 5), ("coverage", 3), ("coverage", 20))
    ]
    missed, besides = match_statements(labels, found)
    assert missed == labels[:1]
    assert [(one.kind, one.start) for one in besides] == [("duty", 5), ("coverage", 20)]


def test_subjects() -> None:
    assert dice("鱼苗放养", "鱼苗放养") == 1
    assert dice("鱼苗", "长椅") == dice("鱼", "鱼") == 0
    assert dice("放养鱼苗量", "放养鱼苗") == pytest.approx(6 / 7)
    assert same_subject("放养鱼苗", "云汀湖全年放养鱼苗")
    assert same_subject("“名师”课堂", "名师 课堂")
    assert not same_subject("放养鱼苗", "")
    assert not same_subject("水产养殖总产量", "水产品出口总额")


def test_a_period_left_open_is_not_compared() -> None:
    found, open_label = claim(FISH), claim_of(FISH)
    assert same_part("period", open_label, found) is None
    assert same_part("period", replace(open_label, period="2030"), found) is True
    assert same_part("period", replace(open_label, period="2029"), found) is False


def test_labels_are_read_and_checked(tmp_path: Path) -> None:
    file = tmp_path / "some.jsonl"
    texts = {"2030": Text("云汀湖2030年工作报告", TEXT)}
    file.write_text(sentence(FISH, {**CHAIRS, "optional": True}), "utf-8")
    (one,) = load_labels([file])
    assert one.claims[0].low == Decimal(4200)
    assert one.claims[1].optional
    check([one], texts)
    for wrong in (
        sentence({**FISH, "start": 0, "length": 2}),  # no numeral there
        sentence(CHAIRS, length=10),  # outside its sentence
        sentence(FISH, year=2029),  # no such text
        sentence(length=500),
    ):
        file.write_text(wrong, "utf-8")
        with pytest.raises(LabelError):
            check(load_labels([file]), texts)
    file.write_text(sentence({key: value for key, value in FISH.items() if key != "unit"}), "utf-8")
    with pytest.raises(LabelError, match=r"some\.jsonl:1"):
        load_labels([file])


def test_the_program_reads_the_whole_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    labels, corpus = tmp_path / "some.jsonl", tmp_path / "corpus.jsonl"
    labels.write_text(sentence(FISH, {**GROWTH, "low": "7", "high": "7"}, CHAIRS), "utf-8")
    report = {"title": "云汀湖2030年工作报告", "year": "2030", "content": TEXT}
    corpus.write_text("\n".join(json.dumps(one) for one in ({**report, "year": None}, report)), "utf-8")
    asked = ["score", str(labels), "--corpus", str(corpus), "--report", str(tmp_path / "none"), "--show"]
    monkeypatch.setattr(sys, "argv", asked)
    assert program.main() == 0
    out = capsys.readouterr().out
    assert "| 全部 all | 1 | 3 | 3 | 0.667 | 0.667 | 0.667 |" in out
    assert "缺 missed  “同比增长6.7%” 7…7 % change" in out
    assert "多 extra   “同比增长6.7%” 6.7…6.7 % change" in out
    assert "跳过 / no wholly labelled report" in out


def test_it_says_so_where_there_is_no_corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = str(tmp_path / "none")
    monkeypatch.setattr(sys, "argv", ["score", "--corpus", nowhere, "--report", nowhere])
    assert program.main() == 0
    assert "没有语料，跳过标注集" in capsys.readouterr().out


@pytest.mark.skipif(not CORPUS.exists(), reason="../shared is not beside this checkout")
def test_every_label_of_ours_points_at_a_numeral() -> None:
    texts = load_corpus(CORPUS)
    for path in sorted(LABELS.glob("*.jsonl")):
        sentences = load_labels([path])
        check(sentences, texts)
        assert len({(one.text, one.start) for one in sentences}) == len(sentences)
