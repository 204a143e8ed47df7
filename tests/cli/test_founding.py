"""Founding, checking and changing a district's files by the real command."""

from __future__ import annotations

import pytest
from tests.cli.conftest import Place

PROGRAMME = "programmes/street-lights.yaml"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: 第一街道, level: subdistrict", "name: 第一街道", ("district.yaml:12", "missing-key")),
        ('root: "990101"', 'root: "990109"', ("district.yaml:5:7", "unknown-area", "990101")),
        ("areas:", "araes:", ("district.yaml:10:1", "araes", "是否为 `areas`")),
        ("office_hours:", "ofice_hours:", ("district.yaml:8:1", "是否为 `office_hours`")),
        ('"14:30", "17:30"', '"14:30", "25:30"', ("district.yaml:8:", "wrong-value")),
        ("Asia/Shanghai", "Europe/Paris", ("district.yaml:6:11", "Asia/Shanghai")),
        ('"990101002", name', '"990101001", name', ("duplicate-id", "district.yaml:13")),
        ("parent: \"990101\"}\nbodies", "parent: \"99\"}\nbodies", ("district.yaml:13", "unknown-area")),
        ('since: "2020-01-01"', 'since: "2020-13-01"', ("district.yaml:9", "not-a-date")),
        ("name: {zh: 示例区, en: Example District}", "name:{zh: 示例区", ("district.yaml:3", "missing-key")),
    ],
)  # fmt: skip
def test_a_wrong_district_file_is_refused_with_its_place_and_founds_nothing(
    empty: Place, old: str, new: str, said: tuple[str, ...]
) -> None:
    good = (empty.district / "district.yaml").read_text("utf-8")
    empty.edit("district.yaml", old, new)
    for command in ("validate", "init"):
        done = empty.run(command, empty.district)
        assert done.code == 2, done.out
        for words in said:
            assert words in done.err
    assert empty.run("figures").code == 2
    (empty.district / "district.yaml").write_text(good, "utf-8")
    assert empty.run("validate", empty.district).code == 0
    founded = empty.run("init", empty.district)
    assert founded.code == 0, founded.err
    assert "位置 / position 7" in founded.out


def test_validate_says_what_is_wrong_in_all_files_at_once(empty: Place) -> None:
    empty.edit("district.yaml", "areas:", "araes:")
    empty.edit(PROGRAMME, "mechanism: case", "mechanism: csae")
    done = empty.run("validate", empty.district)
    assert done.code == 2
    assert "araes" in done.err
    assert "csae" in done.err


def test_a_body_that_cannot_be_leaves_no_half_founded_home(empty: Place) -> None:
    # The ledger refuses it after definitions and areas were posted: they must be gone too.
    bodies = "  - {code: district-office, name: 区政府办公室}\n"
    empty.edit("district.yaml", bodies, bodies + '  - {code: other, name: "a\\0b"}\n')
    done = empty.run("init", empty.district)
    assert done.code == 2, done.out
    empty.edit("district.yaml", '  - {code: other, name: "a\\0b"}\n', "")
    assert empty.run("init", empty.district).code == 0


def test_founding_twice_is_refused_with_the_way_to_change_files(place: Place) -> None:
    done = place.run("init", place.district)
    assert done.code == 2
    assert "home-taken" in done.err
    assert "taizhang apply" in done.err


def changes(rows: list[dict[str, object]]) -> dict[object, object]:
    return {row["what"]: row["change"] for row in rows}


def test_applying_what_has_not_changed_is_harmless(place: Place) -> None:
    rows = place.rows("apply", place.district)
    assert set(changes(rows).values()) == {"same"}
    assert place.rows("verify")[0]["entries"] == 7


def test_changed_and_new_files_areas_and_bodies_come_into_force(place: Place) -> None:
    place.edit(PROGRAMME, 'unit: "%"', 'unit: "‰"')
    extra = (place.district / PROGRAMME).read_text("utf-8")
    extra = extra.replace("street-lights", "park-lights").replace("路灯", "公园灯")
    (place.district / "programmes" / "park-lights.yaml").write_text(extra, "utf-8")
    place.edit("district.yaml", "name: 第二街道", "name: 第二街道办")
    place.edit(
        "district.yaml",
        "bodies:\n",
        '  - {code: "990101003", name: 第三街道, level: subdistrict, parent: "990101"}\n'
        '  - {code: "990101003001", name: 一社区, level: community, parent: "990101003"}\nbodies:\n'
        "  - {code: parks, name: 园林所}\n",
    )
    wanted = {
        "district.yaml": "changed", PROGRAMME: "changed", "programmes/park-lights.yaml": "new",
        "990101002": "changed", "990101003": "new", "990101003001": "new", "parks": "new",
    }  # fmt: skip
    trial = place.rows("apply", place.district, "--dry-run")
    assert changes(trial) == wanted
    assert place.rows("verify")[0]["entries"] == 7
    assert place.rows("figures")[0]["unit"] == "%"
    assert changes(place.rows("apply", place.district)) == wanted
    assert place.rows("verify", "--deep")[0] == {
        "code": "sound", "position": None, "what": "", "entries": 14, "sealed": 0, "unsealed": 14,
        "files": 0, "forgotten": 0,
    }  # fmt: skip
    figures = place.rows("figures", "--area", "第三街道", "--area", "第二街道办")
    assert {row["indicator"] for row in figures} == {"street-lights.mended", "park-lights.mended"}
    assert {row["unit"] for row in figures} == {"‰"}
    assert set(changes(place.rows("apply", place.district)).values()) == {"same"}
    before = place.rows("figures", "--as-of", "7")
    assert [row["unit"] for row in before] == ["%"]


def test_an_area_moves_from_a_day_on(place: Place) -> None:
    area = '  - {code: "990101001001", name: 社区, level: community, parent: "%s"}\n'
    place.edit("district.yaml", "bodies:\n", area % "990101001" + "bodies:\n")
    place.rows("apply", place.district, "--since", "2025-01-01")
    fault = "地点,灯数,happened\n东街口,1,2026-02-01\n西街口,1,2026-04-01\n"
    file = place.write("lamps.csv", fault)
    where = ["--as", "street-lights.fault", "--area", "990101001001", "--body", "district-office"]
    assert place.rows("import", file, *where)[0]["taken"] == 2
    place.edit("district.yaml", area % "990101001", area % "990101002")
    rows = place.rows("apply", place.district, "--since", "2026-03-01")
    assert changes(rows)["990101001001"] == "moved"
    quarters = place.rows(
        "figures", "--level", "subdistrict", "--period", "2026-Q1..2026-Q2", "--tree", "then"
    )
    months = place.rows("figures", "--level", "subdistrict", "--period", "2026-02", "--period", "2026-04")
    counted = {(row["area"], row["period"]): row["denominator"] for row in months}
    assert counted == {
        ("990101001", "2026-02"): 1, ("990101002", "2026-02"): 0,
        ("990101001", "2026-04"): 0, ("990101002", "2026-04"): 1,
    }  # fmt: skip
    assert {row["period"] for row in quarters} == {"2026-Q1", "2026-Q2"}


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (PROGRAMME, "mechanism: case", "mechanism: csae", ("street-lights.yaml:8", "unknown-mechanism")),
        ("district.yaml", 'root: "990101"\n', 'root: "990101001"\n', ("district.yaml",)),
        (PROGRAMME, "programme: street-lights", "programme: system", ("duplicate-id",)),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(
    place: Place, file: str, old: str, new: str, said: tuple[str, ...]
) -> None:
    place.edit(file, old, new)
    done = place.run("apply", place.district)
    assert done.code == 2, done.out
    for words in said:
        assert words in done.err
    assert place.rows("verify")[0]["entries"] == 7


def test_what_records_rest_on_cannot_be_taken_away(place: Place) -> None:
    lamps = "      lamps: {name: {zh: 灯数, en: Lamps}, type: whole, low: 1, required: true}\n"
    place.edit(PROGRAMME, lamps, lamps.replace("type: whole, low: 1", "type: text"))
    # Before the first record anything may change,
    assert changes(place.rows("apply", place.district))[PROGRAMME] == "changed"
    assert place.lamps("地点,灯数\n东街口,two\n").rows[0]["taken"] == 1
    # then fields stay, and of their type.
    place.edit(
        PROGRAMME, "type: text, required: true}\n    states", "type: whole, required: true}\n    states"
    )
    done = place.run("apply", place.district)
    assert done.code == 2, done.out
    assert "definition-loses" in done.err
    assert "programmes/street-lights.yaml:11" in done.err
    assert "lamps" in done.err


def test_only_an_administrator_may_apply(place: Place) -> None:
    done = place.run("apply", place.district, "--officer", "nobody")
    assert done.code == 2
    assert "unknown-officer" in done.err
    appointment = (
        '{"id": "01KTEST0000000000000000001", "kind": "open", "type": "system.appointment", '
        '"happened": "2026-01-01", "area": "990101", "body": "administrator", '
        '"payload": {"officer": "clerk", "role": "auditor", "area": "990101"}}\n'
    )
    assert place.run("post", place.write("clerk.jsonl", appointment)).code == 0
    place.edit(PROGRAMME, 'unit: "%"', 'unit: "‰"')
    done = place.run("apply", place.district, "--officer", "clerk")
    assert done.code == 2
    assert "not-allowed" in done.err
    assert place.run("apply", place.district, "--officer", "clerk", "--dry-run").code == 2


def test_applying_where_nothing_was_founded_says_what_to_do(empty: Place) -> None:
    done = empty.run("apply", empty.district)
    assert done.code == 2
    assert "home-empty" in done.err
    assert "taizhang init" in done.err
