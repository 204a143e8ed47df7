"""Pages of several invented layouts: the report comes out whole, and nothing of what stands around it."""

from __future__ import annotations

from datetime import date

import pytest
from page_layouts import PARAGRAPHS, TITLE, pages

from taizhang import reading
from taizhang.errors import DocumentError
from taizhang.reading.documents.document import load
from taizhang.reading.documents.page import is_page

PLAIN = reading.read("\n".join((TITLE, *PARAGRAPHS)))


@pytest.mark.parametrize("layout", list(pages()))
def test_the_text_comes_out_and_the_page_does_not(layout: str) -> None:
    found = reading.read(pages()[layout].encode())
    lines = found.text.splitlines()
    assert [line for line in lines if line != "2031年3月18日"] == [TITLE, *PARAGRAPHS]
    assert (found.kind, found.title, found.region, found.year) == ("page", TITLE, "青岚县", 2030)
    assert [(claim.surface, claim.low) for claim in found.claims] == [
        (claim.surface, claim.low) for claim in PLAIN.claims
    ]


@pytest.mark.parametrize("layout", ["portal", "portal of spans", "for telephones"])
def test_date_and_source_are_kept(layout: str) -> None:
    found = reading.read(pages()[layout])
    assert found.date == date(2031, 3, 18)
    assert found.issuer == "青岚县统计局"


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-16"])
def test_a_page_in_an_old_encoding(encoding: str) -> None:
    page = pages()["mirror"].replace(
        "<head>", f"<head><meta http-equiv='Content-Type' content='text/html; charset={encoding}'>"
    )
    if encoding == "big5":
        page = "<html><head><meta charset=big5></head><body><p>全年栽植銀杏260株，新購渡船9艘。</p>"
    assert [claim.surface for claim in reading.read(page.encode(encoding)).claims][-2:] in (
        [claim.surface for claim in PLAIN.claims][-2:],
        ["260株", "9艘"],
    )


def test_a_table_of_a_bulletin() -> None:
    page = """<html><body><h1>2030年青岚县统计公报</h1><p>主要农产品产量见下表,单位:万吨</p>
    <table><tr><th rowspan=2>产品</th><th colspan=2>2030年</th></tr><tr><th>产量</th><th>同比±%</th></tr>
    <tr><td>稻谷</td><td>4.8</td><td>3.5</td></tr><tr><td>其中:早稻</td><td>1.9</td><td>-0.6</td></tr></table>
    <p>全年栽植银杏260株。</p></body></html>"""
    found = load(page)
    assert found.text.splitlines() == [
        "2030年青岚县统计公报",
        "主要农产品产量见下表,单位:万吨",
        "2030年稻谷产量4.8万吨,同比增长3.5%。",
        "2030年早稻产量1.9万吨,同比下降0.6%。",
        "全年栽植银杏260株。",
    ]
    (table,) = found.tables
    assert table.rows[2] == ("稻谷", "4.8", "3.5")
    assert (table.head_rows, table.head_columns) == (2, 1)


def test_raised_marks_are_notes_and_powers_are_not() -> None:
    page = """<html><body><p>推进“双十”<sup>2</sup>工程,新建厂房1200m<sup>2</sup>。全年栽植银杏260株。</p>
    <p>2. “双十”工程:十个园区、十条道路。</p></body></html>"""
    found = reading.read(page)
    assert "“双十”[2]工程" in found.text
    assert "1200m2" in found.text
    assert [mark.number for mark in found.marks] == [2]
    assert found.findings == ()


def test_what_is_hidden_is_not_read() -> None:
    page = """<html><body><p>全年栽植银杏260株。</p><p style="display: none">隐藏77株。</p>
    <p hidden>隐藏78株。</p>
    <template><p>模板79株。</p></template><!-- 注释80株。 --></body></html>"""
    assert load(page).text == "全年栽植银杏260株。\n"


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("<!DOCTYPE html><p>1", True),
        ("\ufeff <?xml version='1.0'?>\n<!-- a --><!-- b --><html>", True),
        ("<div class=a>1</div>", True),
        ("<<关于公路的通知>>", False),
        ("<!-- a", False),
        ("<!---->" * 50_000 + "x", False),
        ("青岚县人民政府工作报告", False),
    ],
)
def test_what_is_a_page(text: str, page: bool) -> None:
    assert is_page(text) is page


@pytest.mark.parametrize(
    "page",
    [
        "<html>" + "<div>" * 20_000 + "全年栽植银杏260株。",
        "<html><body>" + "<table><tr><td>" * 2_000 + "全年栽植银杏260株。",
        "<html><body>" + "<ol><li>" * 300 + "全年栽植银杏260株。",
        "<html><body><table>" + "<tr><td rowspan=999999 colspan=999999>1</td></tr>" * 50,
        "<html><body>\x00\x01<p>全年栽植银杏260株。</p>",
        "<html><!-- " + "a" * 1000,
        "<html><body><a href=1>" * 500,
        "<html></html>",
    ],
)
def test_hostile_pages_end_in_a_text_or_a_refusal(page: str) -> None:
    try:
        found = load(page)
    except DocumentError as refused:
        assert [problem.code for problem in refused.problems] == ["document-empty"]
    else:
        assert found.text.strip()
