"""PDFs: paragraphs whole, heads and page numbers out, notes at the end, tables as rows; refusals with a
remedy.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_files import Printer, scan
from tests.reading.refusals import assert_refused

from taizhang import reading
from taizhang.errors import DocumentError
from taizhang.reading.documents.document import load

TITLE = "青岚县人民政府工作报告"
LONG = (
    "过去的一年,我们坚持以人民为中心的发展思想,推动经济社会各项事业发展。全年栽植银杏260株,渡口新购渡船9艘。"
    "粮食播种面积稳定在12.6万亩,新建改建农村公路48公里,改造老旧小区17个,空气质量优良天数比例达到93.5%。"
)
OTHER = "全县居民人均可支配收入31260元,比上年增长6.1%。城镇登记失业率控制在3.8%以内,新增城镇就业2030人。"


def test_paragraphs_are_rejoined_and_heads_left_out() -> None:
    printer = Printer(head=TITLE, lines=9)
    printer.title(TITLE)
    expected = [TITLE]
    for number in range(6):
        said = f"({'一二三四五六'[number]})完成第{number + 1}项工作"
        printer.paragraph(said)
        printer.paragraph(LONG)
        printer.paragraph(OTHER)
        expected += [said, LONG, OTHER]
    found = load(printer.done())
    assert found.kind == "pdf"
    assert found.text.splitlines() == expected
    claims = reading.read(printer.stream.getvalue()).claims
    assert [claim.surface for claim in claims].count("93.5%") == 6


@pytest.mark.parametrize("foot", ["— {} —", "{}", "第 {} 页", "- {} -", "第{}页 共5页", "{}/5"])
def test_numbers_of_pages_are_no_text(foot: str) -> None:
    printer = Printer(head="", foot=foot, lines=6)
    for _ in range(5):
        printer.paragraph(LONG)
    assert load(printer.done()).text.splitlines() == [LONG] * 5


def test_a_figure_at_the_edge_of_a_page_stays() -> None:
    printer = Printer(foot="", lines=31)
    for number in range(31):
        printer.paragraph(f"其中第{number}所学校有学生{1000 + number}人。")
    lines = load(printer.done()).text.splitlines()
    assert len(lines) == 31
    assert lines[-1] == "其中第30所学校有学生1030人。"


def test_a_title_over_two_lines_is_one() -> None:
    printer = Printer()
    printer.title("关于青岚县2030年国民经济和社会发展计划", "执行情况与2031年计划草案的报告")
    printer.paragraph(LONG)
    found = reading.read(printer.done())
    assert found.title == "关于青岚县2030年国民经济和社会发展计划执行情况与2031年计划草案的报告"
    assert (found.region, found.year) == ("青岚县", 2030)


def test_notes_go_to_the_end_and_raised_marks_are_no_digits() -> None:
    printer = Printer(lines=24)
    printer.paragraph(LONG)
    printer.marked("实施“双十”工程", "1", "改造道路12条。")
    printer.notes = ["1. “双十”工程:十个园区、十条道路。"]
    for _ in range(6):
        printer.paragraph(LONG)
    found = reading.read(printer.done())
    lines = found.text.splitlines()
    assert lines[1] == "实施“双十”工程[1]改造道路12条。"
    assert lines[-1] == "1. “双十”工程:十个园区、十条道路。"
    assert lines[2:-1] == [LONG] * 6
    assert [mark.note for mark in found.marks] == [0]
    assert found.findings == ()


def test_a_table_is_read_by_its_columns() -> None:
    printer = Printer()
    printer.paragraph("主要指标完成情况如下。")
    rows = [
        ["指标", "单位", "2030年", "比上年增长(%)"],
        ["粮食产量", "万吨", "4.8", "3.5"],
        ["生猪存栏", "万头", "3.1", "-1.2"],
        ["农村公路", "公里", "48", "2.0"],
    ]
    printer.table(rows, [80, 220, 300, 400])
    printer.paragraph(LONG)
    found = load(printer.done())
    assert found.text.splitlines() == [
        "主要指标完成情况如下。",
        "2030年粮食产量4.8万吨,比上年增长3.5%。",
        "2030年生猪存栏3.1万头,比上年下降1.2%。",
        "2030年农村公路48公里,比上年增长2.0%。",
        LONG,
    ]
    (table,) = found.tables
    assert table.rows == tuple(map(tuple, rows))


def test_heads_of_a_table_may_be_centred() -> None:
    printer = Printer()
    printer.paragraph(LONG)
    printer.table([["指标", "单位", "2030年"]], [110, 260, 400])
    printer.table([["粮食产量", "万吨", "4.8"], ["生猪存栏", "万头", "3.1"]], [80, 220, 340])
    lines = load(printer.done()).text.splitlines()
    assert lines == [LONG, "2030年粮食产量4.8万吨。", "2030年生猪存栏3.1万头。"]


def test_what_fills_the_line_is_no_head_though_many_pages_begin_with_it() -> None:
    printer = Printer(lines=6)
    for _ in range(12):
        printer.paragraph(LONG)
    assert load(printer.done()).text.splitlines() == [LONG] * 12


def test_what_may_be_read_without_a_password_is_read() -> None:
    printer = Printer(password="")
    printer.paragraph(LONG)
    assert load(printer.done()).text == LONG + "\n"


def _locked() -> bytes:
    printer = Printer(password="geheim")
    printer.paragraph(LONG)
    return printer.done()


def _whole() -> bytes:
    printer = Printer()
    printer.paragraph(LONG)
    return printer.done()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (_locked(), "document-encrypted"),
        (scan(), "document-no-text-layer"),
        (_whole()[:300], "document-damaged"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, "document-damaged"),
    ],
    ids=["locked", "scan", "cut", "noise"],
)
def test_what_is_no_readable_pdf_is_refused(data: bytes, code: str, tmp_path: Path) -> None:
    assert_refused(tmp_path / "report.pdf", data, code)


def test_a_cut_or_damaged_pdf_never_crashes() -> None:
    whole = _whole()
    for at in range(0, len(whole), max(1, len(whole) // 60)):
        for data in (whole[:at], whole[:at] + b"\x00\xff" * 20 + whole[at + 40 :]):
            try:
                text = load(b"%PDF-1.4\n" + data[9:]).text
            except DocumentError as refused:
                assert all(problem.remedy for problem in refused.problems)
            else:
                assert text.strip()
