"""Sheets by the real command: what people have in their spreadsheets, twice, wrong, and mended."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from tests.cli.conftest import LAMPS, Place

SHEET = "地点,灯数\n东街口,2\n西街口,3\n"
KINDS = """
      kind: {name: {zh: 种类, en: Kind}, type: choice, choices: {street: 街灯, park: 公园灯}}
      cause: {name: {zh: 原因, en: Cause}, type: code, codes: causes}
      served: {name: {zh: 服务区域, en: Area served}, type: area}
"""
CAUSES = """codes: causes
name: 原因
version: "1"
items:
  "01": {name: 灯泡}
  "02": {name: 线路}
  "03": {name: 线路}
"""


def with_kinds(place: Place) -> None:
    """Give the faults a choice, a code and an area."""
    lamps = "      lamps: {name: {zh: 灯数, en: Lamps}, type: whole, low: 1, required: true}\n"
    place.edit("programmes/street-lights.yaml", lamps, lamps + KINDS.lstrip("\n"))
    (place.district / "codes").mkdir(exist_ok=True)
    (place.district / "codes" / "causes.yaml").write_text(CAUSES, "utf-8")
    done = place.run("apply", place.district)
    assert done.code == 0, done.err


def workbook(file: Path, rows: list[list[object]]) -> Path:
    """A workbook as spreadsheets write it, with one sheet."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(
            f"<c t='n'><v>{value}</v></c>"
            if isinstance(value, int | float)
            else f"<c t='inlineStr'><is><t>{escape(str(value))}</t></is></c>"
            for value in row
        )
        lines.append(f"<row r='{number}'>{cells}</row>")
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    doc = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    sheet_type = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f"<Types xmlns='{types}'>"
        "<Default Extension='xml' ContentType='application/xml'/>"
        f"<Override PartName='/xl/workbook.xml' ContentType='{sheet_type}.sheet.main+xml'/>"
        f"<Override PartName='/xl/worksheets/sheet1.xml' ContentType='{sheet_type}.worksheet+xml'/></Types>",
        "_rels/.rels": f"<Relationships xmlns='{package}'>"
        f"<Relationship Id='r1' Type='{doc}/officeDocument' Target='xl/workbook.xml'/></Relationships>",
        "xl/workbook.xml": f"<workbook xmlns='{main}' xmlns:r='{doc}'>"
        "<sheets><sheet name='路灯' sheetId='1' r:id='r1'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{package}'>"
        f"<Relationship Id='r1' Type='{doc}/worksheet' Target='worksheets/sheet1.xml'/></Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet xmlns='{main}'>"
        f"<sheetData>{''.join(lines)}</sheetData></worksheet>",
    }
    with zipfile.ZipFile(file, "w") as package_file:
        for name, text in parts.items():
            package_file.writestr(name, f"<?xml version='1.0' encoding='UTF-8'?>{text}")
    return file


def test_a_sheet_without_times_twice_is_taken_once(place: Place) -> None:
    assert place.lamps(SHEET).rows[0]["taken"] == 2
    again = place.lamps(SHEET)
    assert again.code == 0, again.err
    assert (again.rows[0]["taken"], again.rows[0]["known"]) == (0, 2)


def test_equal_rows_are_records_of_their_own_and_said(place: Place) -> None:
    done = place.lamps("地点,灯数\n东街口,2\n东街口,2\n东街口,2\n")
    assert done.rows[0]["taken"] == 3
    assert "2 行" in done.err
    assert place.rows("figures")[0]["denominator"] == 3
    assert place.lamps("灯数,地点\n2,东街口\n2,东街口\n2,东街口\n").rows[0]["known"] == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding_is_read(place: Place, encoding: str) -> None:
    file = place.write("lamps.csv", SHEET, encoding)
    assert place.rows("import", file, *LAMPS)[0]["taken"] == 2


def test_a_trial_takes_nothing_and_finds_everything(place: Place) -> None:
    done = place.lamps(SHEET, "--dry-run")
    assert (done.code, done.rows[0]["taken"], done.rows[0]["rehearsed"]) == (0, 2, True)
    assert place.rows("figures")[0]["denominator"] == 0
    bad = place.lamps("地点,灯数\n东街口,0\n", "--dry-run")
    assert bad.code == 2
    assert "too-low" in bad.err
    assert place.lamps(SHEET).rows[0]["taken"] == 2


def test_choices_codes_and_areas_may_be_written_by_name(place: Place) -> None:
    with_kinds(place)
    done = place.lamps("地点,灯数,种类,原因,服务区域\n东街口,2,公园灯,灯泡,第二街道\n")
    assert done.code == 0, done.err
    same = place.lamps("地点,灯数,种类,原因,服务区域\n东街口,2,park,01,990101002\n")
    assert same.rows[0]["known"] == 1
    doubtful = place.lamps("地点,灯数,原因\n东街口,2,线路\n")
    assert doubtful.code == 2
    assert "lamps.csv:2:3" in doubtful.err
    assert "02、03" in doubtful.err


def test_a_workbook_is_read_with_its_title_and_its_numbers(place: Place) -> None:
    rows: list[list[object]] = [["路灯故障台账", "", ""], ["地点", "灯数", "备注"], ["东街口", 2, ""]]
    file = workbook(place.folder / "lamps.xlsx", [rows[0], *rows[1:]])
    unknown = place.run("import", file, *LAMPS)
    assert unknown.code == 2
    assert "lamps.xlsx:2:3" in unknown.err
    workbook(file, [row[:2] for row in rows])
    assert place.rows("import", file, *LAMPS)[0]["taken"] == 1
    assert place.rows("import", file, *LAMPS, "--sheet", "路灯")[0]["known"] == 1
    missing = place.run("import", file, *LAMPS, "--sheet", "别的")
    assert missing.code == 2
    assert "路灯" in missing.err


def test_a_workbook_that_lost_digits_or_is_cut_is_refused(place: Place) -> None:
    file = workbook(place.folder / "lamps.xlsx", [["地点", "灯数"], [450205199001011234, 2]])
    done = place.run("import", file, *LAMPS)
    assert done.code == 2
    assert "lamps.xlsx:2:1" in done.err
    assert "digits-lost" in done.err
    file.write_bytes(file.read_bytes()[:300])
    cut = place.run("import", file, *LAMPS)
    assert cut.code == 2
    assert "sheet-damaged" in cut.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("地点,灯数,地点\n东街口,2,西街口\n", ("lamps.csv:1:3", "duplicate-column", "第 1 列")),
        ("地点,灯数,place\n东街口,2,西街口\n", ("lamps.csv:1:3", "duplicate-column")),
        ("地点,灯数量\n东街口,2\n", ("lamps.csv:1:2", "unknown-column", "是否为“灯数”")),
        ('地点,灯数\n"东街口,2\n', ("lamps.csv:2", "not-a-sheet")),
        ("地点,灯数\n东街口\n西街口,1,2\n", ("lamps.csv:2:", "lamps.csv:3:", "row-length")),
        ("地点,灯数\n东街口,2\n西街口,0\n", ("lamps.csv:3:2", "too-low")),
        ('地点,灯数\n"东\n街口",2\n西街口,0\n', ("lamps.csv:4:2", "too-low")),
        ("地点,灯数\n东街口,\x00\n", ("wrong-encoding",)),
    ],
)
def test_what_is_wrong_is_said_at_its_place(place: Place, text: str, said: tuple[str, ...]) -> None:
    done = place.lamps(text)
    assert done.code == 2, done.out
    for words in said:
        assert words in done.err
    assert place.rows("verify")[0]["entries"] == 7


def test_a_path_that_looks_like_an_emoji_is_printed_as_it_is(place: Place) -> None:
    text = "地点,灯数\n" + "东街口,1\n" * 99 + "西街口,0\n"
    assert "lamps.csv:101:2 " in place.lamps(text).err
    assert "[bold]:100:.csv:2:2 " in place.lamps("地点,灯数\n东,0\n", name="[bold]:100:.csv").err


def test_refused_rows_come_back_as_a_sheet_to_mend_and_send_again(place: Place) -> None:
    done = place.lamps("地点,灯数\n东街口,2\n西街口,0\n", "--partial")
    assert done.code == 2
    refused = Path(done.rows[0]["refused_file"])
    assert refused == place.folder / "lamps.refused.csv"
    header, row = csv.reader(refused.read_text("utf-8-sig").splitlines()[:2])
    assert (header[:2], row[:2]) == (["地点", "灯数"], ["西街口", "0"])
    assert "too-low" in row[2]
    again = place.run("import", refused, *LAMPS, "--partial", "--format", "jsonl")
    assert Path(again.rows[0]["refused_file"]).name == "lamps.refused-2.csv"
    mended = place.write("lamps.refused.csv", refused.read_text("utf-8-sig").replace("西街口,0", "西街口,4"))
    assert place.rows("import", mended, *LAMPS)[0]["taken"] == 1
    assert place.rows("figures")[0]["denominator"] == 2


def test_an_unknown_record_type_suggests_the_nearest(place: Place) -> None:
    done = place.run("import", place.write("a.csv", SHEET), "--as", "street-light.fault")
    assert done.code == 2
    assert "street-lights.fault" in done.err
