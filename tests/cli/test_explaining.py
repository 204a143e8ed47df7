"""`taizhang explain` by the real command: a figure down to its proofs, a record up to reports."""

from __future__ import annotations

import hashlib
import io
import json

import pyarrow.parquet as pq
import pytest
from tests.cli.conftest import Place

PROGRAMME = "programmes/street-lights.yaml"
FORMULA = """  backlog:
    name: {zh: 待修率}
    formula: '100 - "street-lights.mended"'
    unit: "%"
report:
"""


def entry(number: int, record: str, kind: str = "open", **more: object) -> dict[str, object]:
    said: dict[str, object] = {
        "id": f"01KTEST{number:019d}", "kind": kind, "type": "street-lights.fault", "record": record,
        "area": "990101001", "body": "district-office",
    }  # fmt: skip
    return said | more


def stock(place: Place) -> None:
    """Two faults, one with a personal telephone and mended after the seal; and a report."""
    lamps = "      lamps: {name: {zh: 灯数, en: Lamps}, type: whole, low: 1, required: true}\n"
    phone = "      phone: {name: {zh: 电话, en: Telephone}, type: text, personal: true}\n"
    place.edit(PROGRAMME, lamps, lamps + phone)
    place.edit(PROGRAMME, "report:\n", FORMULA)
    assert place.run("apply", place.district).code == 0
    one = {"place": "东街口", "lamps": 2, "phone": "13900000000"}
    entries = [
        entry(1, "F.2026.1", happened="2026-03-02T09:00:00", payload=one),
        entry(2, "F.2026.2", happened="2026-04-02T09:00:00", payload={"place": "西街口", "lamps": 1}),
        entry(3, "F.2026.1", "amend", happened="2026-03-02T10:00:00", payload={"lamps": 3}, reason="点错数"),
    ]
    mend = entry(4, "F.2026.1", "step", happened="2026-03-03T09:00:00", step="mend")
    for name, batch in (("a.jsonl", entries), ("b.jsonl", [mend])):
        file = place.write(name, "".join(json.dumps(one) + "\n" for one in batch))
        done = place.run("post", file)
        assert done.code == 0, done.err
        if name == "a.jsonl":
            assert place.run("seal").code == 0
    reports = place.folder / "home" / "reports"
    reports.mkdir()
    text = "示例区2026年工作报告\n\n一、路灯\n\n城区亮化持续推进。2026年路灯修复率50%。群众满意。\n"
    (reports / "annual.txt").write_text(text, "utf-8")


def leads_to_root(proof: dict[str, object]) -> bool:
    """Recompute the root from the audit path, as RFC 9162 2.1.3.2 says."""
    node = hashlib.sha256(b"\x00" + bytes.fromhex(str(proof["digest"]))).digest()
    index, last = int(str(proof["position"])) - 1, int(str(proof["sealed"])) - 1
    for step in proof["path"]:  # type: ignore[attr-defined]
        other = bytes.fromhex(step)
        if index & 1 or index == last:
            node = hashlib.sha256(b"\x01" + other + node).digest()
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            node = hashlib.sha256(b"\x01" + node + other).digest()
        index, last = index >> 1, last >> 1
    return node.hex() == proof["root"]


def test_a_figure_leads_to_records_entries_and_proofs_that_can_be_recomputed(stock_of: Place) -> None:
    [row] = stock_of.rows("explain", "street-lights.mended", "--period", "2026")
    assert (row["value"], row["numerator"], row["denominator"]) == (50, 1, 2)
    assert "期内报修" in row["definition"]
    assert "state = 'mended'" in row["sql"]
    [mended] = row["numerator_records"]
    assert mended["record"] == "F.2026.1"
    assert [one["kind"] for one in mended["entries"]] == ["open", "amend", "step"]
    assert [record["record"] for record in row["denominator_records"]] == ["F.2026.1", "F.2026.2"]
    proofs = [one["proof"] for one in mended["entries"]]
    assert all(proof["holds"] and leads_to_root(proof) for proof in proofs[:2])
    assert proofs[0]["digest"] == mended["entries"][0]["digest"]
    assert proofs[2] is None  # posted after the seal


def test_the_number_of_records_listed_is_asked_for_and_all_are_counted(stock_of: Place) -> None:
    [row] = stock_of.rows("explain", "street-lights.mended", "--period", "2026", "--limit", "1")
    assert (len(row["denominator_records"]), row["denominator_total"]) == (1, 2)


def test_a_formula_comes_with_its_parts_and_their_records(stock_of: Place) -> None:
    [row] = stock_of.rows("explain", "待修率", "--period", "2026")
    assert row["value"] == 50
    assert [part["indicator"] for part in row["parts"]] == ["street-lights.mended"]
    assert row["parts"][0]["denominator"] == 2
    assert [record["record"] for record in row["numerator_records"]] == ["F.2026.1"]


def test_a_record_leads_to_its_figures_and_the_sentences_that_rest_on_them(stock_of: Place) -> None:
    [row] = stock_of.rows("explain", "F.2026.1")
    assert row["columns"]["lamps"] == 3
    touched = {(one["indicator"], one["area"], one["period"]) for one in row["figures"]}
    assert {
        ("street-lights.mended", "990101", "2026"), ("street-lights.mended", "990101001", "2026-Q1"),
        ("street-lights.mended", "990101", "2026-03"), ("street-lights.backlog", "990101", "2026"),
    } <= touched  # fmt: skip
    assert not any(area == "990101002" or period == "2026-04" for _, area, period in touched)
    [sentence] = row["sentences"]
    assert sentence["sentence"] == "2026年路灯修复率50%。"
    assert (sentence["report"], sentence["verdict"]) == ("annual", "confirmed")
    assert [one["reason"] for one in row["entries"]] == ["", "点错数", ""]
    assert row["entries"][1]["payload"]["lamps"] == 3
    assert row["proof"] == row["entries"][0]["proof"]


def test_a_record_shows_nothing_personal(stock_of: Place) -> None:
    for form in ("table", "jsonl"):
        shown = stock_of.run("explain", "F.2026.1", "--format", form).out
        assert "13900000000" not in shown
        assert "cipher" not in shown
        assert ("phone" if form == "jsonl" else "电话") in shown  # that it was said may be known


@pytest.mark.parametrize(
    ("words", "periods"),
    [
        (("--period", "2026-03-02"), {"2026-03-02"}),
        (("--period", "2026-H1"), {"2026-H1", "2026-Q1", "2026-03"}),
        (("--period", "2026-04"), set()),
    ],
)
def test_a_period_of_any_length_and_an_area_narrow_it(
    stock_of: Place, words: tuple[str, ...], periods: set[str]
) -> None:
    [row] = stock_of.rows("explain", "F.2026.1", *words, "--area", "第一街道")
    assert {one["period"] for one in row["figures"]} == periods
    assert {one["area"] for one in row["figures"]} <= {"990101001"}


def test_tables_are_for_people(stock_of: Place) -> None:
    figure = stock_of.run("explain", "路灯修复率", "--period", "2026")
    assert figure.code == 0, figure.err
    for words in (
        "50 %  =  1 / 2",
        "分母记录",
        "F.2026.2",
        "成立 / holds",
        "未封 / not sealed yet",
        "SELECT",
    ):
        assert words in figure.out
    record = stock_of.run("explain", "F.2026.1")
    for words in ("点错数", "street-lights.mended", "2026, 2026-Q1, 2026-03", "2026年路灯修复率50%。"):
        assert words in record.out


@pytest.mark.parametrize("what", ["street-lights.mended", "F.2026.1"])
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_every_format_is_complete(stock_of: Place, what: str, form: str) -> None:
    done = stock_of.run("explain", what, "--format", form)
    assert done.code == 0, done.err
    if form == "parquet":
        [row] = pq.read_table(io.BytesIO(done.raw)).to_pylist()
        entries = row["entries"] if "entries" in row else row["numerator_records"][0]["entries"]
        assert entries[0]["proof"]["holds"]


def test_a_name_that_is_neither_suggests_the_nearest(stock_of: Place) -> None:
    done = stock_of.run("explain", "street-lights.mende")
    assert done.code == 2
    assert "street-lights.mended" in done.err
    assert stock_of.run("explain", "F.2026.1", "--as-of", "1").code == 2


def test_a_record_as_known_before_it_was_mended(stock_of: Place) -> None:
    [row] = stock_of.rows("explain", "F.2026.1", "--as-of", "9")
    assert [one["kind"] for one in row["entries"]] == ["open"]
    assert row["position"] == 9
