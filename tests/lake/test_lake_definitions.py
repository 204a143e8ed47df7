"""Definitions change: tables are widened, or made anew where a type changed."""

from __future__ import annotations

from pathlib import Path

from plain_cases import CASE, case, case_type, rows
from plain_ledger import PlainLedger, definitions, record_type

from taizhang.lake import Lake
from taizhang.lake.source import DEFINITION_TYPE
from taizhang.programmes import Field, FieldType, Name, RecordType, Step, logical_tables

SYSTEM = record_type(DEFINITION_TYPE)


def redefine(ledger: PlainLedger, *types: RecordType) -> None:
    """Put other definitions into force, as the ledger does: by an entry."""
    ledger.in_force = definitions(SYSTEM, *types)
    ledger.post([(DEFINITION_TYPE, "d", None, {"record": "d", "void": False})])


def all_rows(lake: Lake, name: str = CASE) -> list[tuple]:
    return lake.cursor().execute(f'FROM "{name}" ORDER BY position').fetchall()


def test_a_new_field_and_step_widen_the_table(lake: Lake, ledger: PlainLedger) -> None:
    ledger.post(rows(0, 4))
    before = all_rows(lake)
    kind = case_type()
    wider = case_type(
        fields={**kind.fields, "place": Field("place", FieldType.TEXT, Name("地点"))},
        steps={**kind.steps, "urge": Step("urge", Name("催办"), {"filed": None})},
    )
    redefine(ledger, wider)
    ledger.post([(CASE, "n", None, case(9, place="鹧鸪江", urge_count=2))])
    found = all_rows(lake)
    names = list(logical_tables(wider)[0].columns)
    place, urge = names.index("place"), names.index("urge_count")
    assert [(row[place], row[urge]) for row in found] == [(None, 0)] * 4 + [("鹧鸪江", 2)]
    kept = [index for index, name in enumerate(names) if name not in ("place", "urge_count")]
    assert [tuple(row[index] for index in kept) for row in found[:4]] == before


def test_a_changed_type_is_filled_again_from_the_ledger(lake: Lake, ledger: PlainLedger) -> None:
    ledger.post((CASE, f"r{n}", None, case(n, amount="7")) for n in range(300))
    lake.catch_up()
    redefine(ledger, case_type(fields={"amount": Field("amount", FieldType.WHOLE, Name("金额"))}))
    found = lake.cursor().execute(f'SELECT typeof(amount), amount, count(*) FROM "{CASE}" GROUP BY ALL')
    assert found.fetchall() == [("BIGINT", 7, 300)]
    assert lake.position == ledger.position()


def test_versions_of_a_type_that_is_defined_later_are_not_lost(lake: Lake, ledger: PlainLedger) -> None:
    ledger.post([("late.thing", "a", None, case(1)), (CASE, "b", None, case(2))])
    assert len(all_rows(lake)) == 1
    late = record_type("late.thing", fields=case_type().fields, states=("filed",))
    redefine(ledger, case_type(), late)
    ledger.post([("late.thing", "c", None, case(3))])
    assert [row[1] for row in all_rows(lake, "late.thing")] == [1, 4]
    assert len(all_rows(lake)) == 1


def test_another_process_learns_of_definitions_it_did_not_catch_up_itself(
    lake: Lake, ledger: PlainLedger, tmp_path: Path
) -> None:
    ledger.post(rows(0, 2))
    lake.catch_up()
    # What the other process did: caught up past the change and wrote its progress.
    kind = case_type(fields={**case_type().fields, "more": Field("more", FieldType.TEXT, Name("更多"))})
    redefine(ledger, kind)
    for key in [key for key, opened in Lake._opened.items() if opened is lake]:
        del Lake._opened[key]
    other = Lake.open(lake.settings, ledger)
    other.catch_up()
    names = [column[0] for column in lake.cursor().execute(f'FROM "{CASE}"').description]
    assert "more" in names
    other.close()


def test_rebuilding_gives_the_same_rows(lake: Lake, ledger: PlainLedger) -> None:
    ledger.post(rows(0, 250))
    lake.catch_up()
    ledger.post((CASE, f"r{n}", n + 1, case(n, state="closed")) for n in range(20))
    before = all_rows(lake)
    caught = lake.rebuild()
    assert (caught.versions, caught.position) == (270, 270)
    assert all_rows(lake) == before
    ledger.post(rows(300, 1))
    assert len(all_rows(lake)) == 271
