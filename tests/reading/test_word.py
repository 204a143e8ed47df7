"""Word files: what a reader of the printed page sees comes out, and nothing else."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from tests.reading.refusals import assert_refused
from word_files import W, changed, with_body, word_file

from taizhang import reading
from taizhang.reading.documents.document import load

HEAD = "青岚县人民政府工作报告"
TABLE = [
    ["指标", "单位", "2030年", "比上年增长(%)"],
    ["粮食产量", "万吨", "4.8", "3.5"],
    ["生猪存栏", "万头", "3.1", "-1.2"],
    ["农村公路", "公里", "48", "—"],
]


def text(data: bytes) -> str:
    return load(data).text


def paragraph(said: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{said}</w:t></w:r></w:p>"


def test_paragraphs_and_tables_in_order() -> None:
    found = reading.read(
        word_file(HEAD, "一、2030年工作回顾", "全年栽植银杏260株。", TABLE, "渡口新购渡船9艘。")
    )
    assert found.kind == "word"
    assert found.text.splitlines() == [
        HEAD,
        "一、2030年工作回顾",
        "全年栽植银杏260株。",
        "2030年粮食产量4.8万吨,比上年增长3.5%。",
        "2030年生猪存栏3.1万头,比上年下降1.2%。",
        "2030年农村公路48公里。",
        "渡口新购渡船9艘。",
    ]
    (table,) = found.tables
    assert table.rows[1] == ("粮食产量", "万吨", "4.8", "3.5")
    assert found.text[table.start : table.end].startswith("2030年粮食产量")
    assert found.text[table.start : table.end].endswith("48公里。\n")
    said = {(claim.subject, str(claim.low), claim.unit) for claim in found.claims}
    assert ("粮食产量", "48000", "吨") in {(subject, low.split(".")[0], unit) for subject, low, unit in said}


def test_numerals_that_word_puts_itself() -> None:
    numbering = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="0">
      <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText
      w:val="%1、"/></w:lvl> <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt
      w:val="chineseCounting"/><w:lvlText w:val="(%2)"/></w:lvl> <w:lvl w:ilvl="2"><w:start
      w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl> <w:lvl w:ilvl="3"><w:start
      w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl> </w:abstractNum><w:num
      w:numId="5"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
    styles = f"""<w:styles {W}><w:style w:styleId="T1"><w:pPr><w:numPr><w:numId
    w:val="5"/></w:numPr></w:pPr></w:style>
      <w:style w:styleId="T2"><w:basedOn w:val="T1"/></w:style></w:styles>"""

    def at(level: int) -> str:
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="5"/></w:numPr>'

    body = "".join(
        [
            paragraph("回顾", '<w:pStyle w:val="T2"/>'),
            paragraph("农业", at(1)),
            paragraph("粮食", at(2)),
            paragraph("生猪", at(2)),
            paragraph("杂项", at(3)),
            paragraph("工业", at(1)),
            paragraph("纺织", at(2)),
            paragraph("打算", '<w:pStyle w:val="T1"/>'),
        ]
    )
    lines = text(with_body(body, numbering=numbering, styles=styles)).splitlines()
    assert lines == ["一、回顾", "(一)农业", "1.粮食", "2.生猪", "杂项", "(二)工业", "1.纺织", "二、打算"]


def test_inserted_text_is_read_and_deleted_text_is_not() -> None:
    body = (
        "<w:p><w:r><w:t>渡船</w:t></w:r><w:del><w:r><w:delText>7</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>9</w:t></w:r></w:ins><w:r><w:t>艘。</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部批注88个</w:t></w:r>"
        "<w:r><w:instrText>PAGE 5</w:instrText></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件中的文字3处。</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert text(with_body(body)) == "渡船9艘。\n控件中的文字3处。\n"


def test_footnotes_are_tied_to_their_marks() -> None:
    notes = f"""<w:footnotes {W}><w:footnote w:id="2">
      <w:p><w:r><w:t>“四好公路”:建好、管好、护好、运营好。</w:t></w:r></w:p>
      </w:footnote></w:footnotes>"""
    body = (
        "<w:p><w:r><w:t>新建“四好公路”</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
        "<w:r><w:t>48公里。</w:t></w:r></w:p>"
    )
    found = reading.read(with_body(body, footnotes=notes))
    assert found.text == "新建“四好公路”[1]48公里。\n[1] “四好公路”:建好、管好、护好、运营好。\n"
    assert [mark.note for mark in found.marks] == [0]
    assert [note.text for note in found.notes] == ["“四好公路”:建好、管好、护好、运营好。"]
    assert found.findings == ()


def test_merged_cells_stand_in_every_place_that_they_cover() -> None:
    def cell(said: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(said)}</w:tc>"

    rows = [
        cell("产品", "<w:vMerge w:val='restart'/>") + cell("2030年(万吨)", "<w:gridSpan w:val='2'/>"),
        cell("", "<w:vMerge/>") + cell("产量") + cell("销量"),
        cell("稻谷") + cell("4.8") + cell("3.9"),
    ]
    body = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    assert text(with_body(body)) == "2030年稻谷产量4.8万吨,2030年稻谷销量3.9万吨。\n"


def test_a_table_that_is_a_frame_is_read_as_text() -> None:
    said = paragraph("全年栽植银杏260株。") + paragraph("新购渡船9艘。")
    body = f"<w:tbl><w:tr><w:tc>{said}</w:tc></w:tr></w:tbl>"
    assert text(with_body(body)) == "全年栽植银杏260株。\n新购渡船9艘。\n"


def test_a_file_is_known_by_its_bytes_not_by_its_name(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(word_file(HEAD, "全年栽植银杏260株。"))
    assert reading.read(file).kind == "word"


def _zip(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_", "."), content)
    return stream.getvalue()


BOMB = """<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>"""
OUTSIDE = """<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>"""


def _with_type(declaration: str) -> bytes:
    def put(part: str) -> str:
        return part.replace("<w:document", declaration + "<w:document", 1).replace(
            "<w:body>", "<w:body>&a;", 1
        )

    return changed(word_file(HEAD), {"word/document.xml": put})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (word_file(HEAD, "全年栽植银杏260株。" * 300)[:-400], "document-damaged"),
        (word_file(HEAD)[:200], "document-damaged"),
        (word_file(""), "document-empty"),
        (_zip(xl__workbook_xml=b"<a/>"), "document-not-text"),
        (_zip(ppt__slides_xml=b"<a/>"), "document-not-text"),
        (_zip(OFD_xml=b"<a/>"), "document-not-text"),
        (_zip(readme_txt=b"12"), "document-not-text"),
        (_zip(word__document_xml=b"<w:document>"), "document-damaged"),
        (_zip(word__document_xml=b"<a>" + bytes(400) + b"</a>"), "document-damaged"),
        (_zip(word__document_xml=b" " * (300 * 1024 * 1024)), "document-too-large"),
        (_with_type(BOMB), "document-damaged"),
        (_with_type(OUTSIDE), "document-damaged"),
    ],
    ids=[
        "cut",
        "cut early",
        "empty",
        "workbook",
        "slides",
        "ofd",
        "zip",
        "xml",
        "nul",
        "bomb",
        "entities",
        "outside",
    ],
)
def test_what_is_no_word_file_is_refused(data: bytes, code: str, tmp_path: Path) -> None:
    assert_refused(tmp_path / "report.docx", data, code)
