"""`taizhang figures` and `verify` by the real command."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.cli.conftest import Place

FAULTS = "地点,灯数,happened\n东,1,2026-01-05\n西,2,2026-02-05\n南,3,2026-03-05\n北,4,2026-03-06\n"
BY = """    by: [kind]
    unit: "%"
"""


def stock(place: Place) -> None:
    """Faults of two kinds."""
    lamps = "      lamps: {name: {zh: 灯数, en: Lamps}, type: whole, low: 1, required: true}\n"
    kind = "      kind: {name: {zh: 种类, en: Kind}, type: choice, choices: {street: 街灯, park: 公园灯}}\n"
    place.edit("programmes/street-lights.yaml", lamps, lamps + kind)
    place.edit("programmes/street-lights.yaml", '    unit: "%"\n', BY)
    indicator = """  waiting:
    name: {zh: 未修复数}
    of: fault
    value: count(*)
    standing: {from: opened_at, to: mended_at}
    unit: 起
report:
"""
    place.edit("programmes/street-lights.yaml", "report:\n", indicator)
    assert place.run("apply", place.district).code == 0
    rows = [
        "地点,灯数,种类,happened",
        "东,1,街灯,2026-01-05",
        "西,2,公园灯,2026-02-05",
        "南,3,公园灯,2026-03-05",
    ]
    assert place.lamps("\n".join(rows) + "\n").code == 0


def test_many_areas_and_periods_at_once(stock_of: Place) -> None:
    rows = stock_of.rows(
        "figures", "--indicator", "路灯修复率", "--area", "all", "--period", "2026-01..2026-03"
    )
    counted = {(row["area"], row["period"]): row["denominator"] for row in rows}
    assert len(rows) == 9
    assert counted["990101", "2026-02"] == counted["990101001", "2026-02"] == 1
    assert counted["990101002", "2026-02"] == 0
    towns = stock_of.rows("figures", "--level", "subdistrict", "--period", "2026-Q1", "--period", "2026")
    assert {row["area"] for row in towns} == {"990101001", "990101002"}
    assert {row["period"] for row in towns} == {"2026-Q1", "2026"}
    named = stock_of.rows("figures", "--area", "第一街道", "--area", "990101", "--period", "2026-Q1")
    assert {row["area"] for row in named} == {"990101", "990101001"}


def test_a_breakdown_names_its_field(stock_of: Place) -> None:
    rows = stock_of.rows("figures", "--indicator", "street-lights.mended", "--by", "kind", "--period", "2026")
    assert {row["by"]["kind"]: row["denominator"] for row in rows} == {"street": 1, "park": 2}
    # With no indicator named, those that may be broken down by it.
    assert {row["indicator"] for row in stock_of.rows("figures", "--by", "kind")} == {"street-lights.mended"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--by", "nosuch"), ("unknown-field", "kind")),
        (("--by", "place", "--indicator", "street-lights.mended"), ("unknown-field", "kind")),
        (("--by", "knid", "--indicator", "street-lights.mended"), ("unknown-field", "did you mean: kind")),
        (("--by", "kind", "--indicator", "street-lights.waiting"), ("unknown-field", "waiting")),
        (
            ("--by", "kind", "--indicator", "street-lights.mended", "--indicator", "street-lights.waiting"),
            ("unknown-field", "street-lights.waiting"),
        ),
        (("--level", "town"), ("unknown-level", "subdistrict")),
        (("--area", "第三街道"), ("unknown-area", "第一街道")),
        (("--period", "2026-13"), ("unknown-period",)),
        (("--period", "2026-03..2026-01"), ("unknown-period", "2022-01..2022-12")),
        (("--period", "2026-01..2026"), ("unknown-period",)),
        (("--indicator", "street-lights.mendet"), ("unknown-indicator", "street-lights.mended")),
    ],
)  # fmt: skip
def test_a_name_that_nobody_declared_is_refused_with_the_nearest(
    stock_of: Place, words: tuple[str, ...], said: tuple[str, ...]
) -> None:
    done = stock_of.run("figures", *words)
    assert done.code == 2, done.out
    for word in said:
        assert word in done.err


def test_parquet_has_one_schema(stock_of: Place) -> None:
    tables = [
        pq.read_table(io.BytesIO(stock_of.run("figures", *words, "--format", "parquet").raw))
        for words in ((), ("--by", "kind"), ("--area", "990101002"))
    ]
    assert tables[0].schema.equals(tables[1].schema)
    assert tables[0].schema.equals(tables[2].schema)
    assert tables[0].schema.field("records").type == pa.int64()
    assert dict(tables[1].column("by").to_pylist()[0]).keys() == {"kind"}


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_verify_says_how_long_the_unsealed_tail_is_in_every_format(place: Place, form: str) -> None:
    assert place.run("seal").code == 0
    assert place.lamps(FAULTS).code == 0
    done = place.run("verify", "--format", form)
    assert done.code == 0
    if form == "parquet":
        [row] = pq.read_table(io.BytesIO(done.raw)).to_pylist()
    elif form == "csv":
        header, values = (line.split(",") for line in done.out.splitlines())
        row = {
            key: int(value) if value.isdigit() else value for key, value in zip(header, values, strict=True)
        }
    else:
        [row] = done.rows
    assert (row["code"], row["entries"], row["sealed"], row["unsealed"]) == ("sound", 11, 7, 4)
    assert "未封 4" in place.run("verify").out


def test_verify_names_a_breach_with_the_counts_beside_it(place: Place) -> None:
    from django.db import connection

    assert place.run("seal").code == 0
    with connection.cursor() as cursor:
        names = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry'"
        for (name,) in cursor.execute(names).fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("UPDATE ledger_entry SET digest = zeroblob(32) WHERE position = 3")
    done = place.run("verify", "--format", "jsonl")
    assert done.code == 1
    assert any(row["position"] == 3 for row in done.rows)
    assert {(row["entries"], row["sealed"]) for row in done.rows} == {(7, 7)}
