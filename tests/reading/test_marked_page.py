"""The marked page: the text whole, everything marked, nothing of the text taken for markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from taizhang import reading
from taizhang.reading.marked_page import marked_page
from taizhang.reading.marking import Mark, marked, marks_of

TEXT = (
    "青岚县人民政府工作报告(2031年1月9日)\n一、工作回顾\n全年栽植银杏260株(3),粮食产量6.2万吨,比上年增长5.3%,居全市第一。"
    "渡口新桥竣工通车。营商环境成效显著。\n二、2031年工作安排\n力争粮食产量突破7万吨。\n"
)
HOSTILE = (
    "长滩镇工作报告\n<script>alert(1)</script>栽植银杏260株\n\"onfocus=alert(1) x=\"产值增长5%</p></style>\n"
    "<img src=x onerror=alert(1)>共有&lt;3家&gt;企业\u202e,新增30家。]]><!-- --><b>\x00\x08\n"
)  # fmt: skip


def page_of(text: str) -> html.HtmlElement:
    return html.document_fromstring("".join(reading.read(text).marked("报告.txt")))


def words_of(page: html.HtmlElement) -> list[str]:
    """The lines of the text on the page, without the cards."""
    for card in page.xpath("//span[@class='card']"):
        card.drop_tree()
    return [line.text_content() for line in page.xpath("//main/*[self::p or self::h2 or @class='furniture']")]


def test_everything_found_is_marked_where_it_stands() -> None:
    read = reading.read(TEXT)
    page = page_of(TEXT)
    for number, claim in enumerate(read, 1):
        (mark,) = page.xpath(f"//*[@id='claim-{number}']")
        assert mark.get("tabindex") == "0"
        (card,) = page.xpath(f"//*[@id='{mark.get('aria-describedby')}']")
        for part in reading.explained(claim):
            assert part.name in card.text_content()
            assert part.value in card.text_content()
        assert {"m", "claim", claim.kind, claim.modality} <= set(mark.get("class").split())
        assert page.xpath(f"//td/a[@href='#claim-{number}']")
    assert len(page.xpath("//span[contains(@class, 'm statement')]")) == len(read.statements) > 0
    assert len(page.xpath("//span[contains(@class, 'm finding')]")) == len(read.findings) > 0
    assert words_of(page) == TEXT.splitlines()


def test_ids_are_unique_and_the_page_needs_nothing_else() -> None:
    page = page_of(TEXT)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert not page.xpath("//script|//link|//img|//@src|//@onclick|//@style")
    assert all(link.startswith("#") for link in page.xpath("//@href"))
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv]/@content")[0]
    style = page.xpath("//style")[0].text
    assert "url(" not in style
    assert "@import" not in style


def test_a_hostile_text_stays_text() -> None:
    page = page_of(HOSTILE)
    assert not page.xpath("//script|//img|//b|//@onerror|//@onfocus")
    assert len(page.xpath("//style")) == 1
    shown = re.sub("[\x00\x08]", "\ufffd", HOSTILE)
    assert words_of(page) == shown.splitlines()


@pytest.mark.parametrize("text", ["<b>报告</b>\n栽植3株。", '报告"><script>x</script>\n栽植3株。'])
def test_a_hostile_title_stays_text(text: str) -> None:
    page = page_of(text)
    assert not page.xpath("//b|//script")
    assert page.xpath("//h1")[0].text_content() == text.splitlines()[0]


@given(st.text(st.sampled_from("<>&\"'/=260株增长5%。,、\n(3)竣工《》成效显著  \u3000"), max_size=80))
@settings(deadline=None)
def test_any_text_is_shown_whole(text: str) -> None:
    assert words_of(page_of("湖" + text)) == re.findall(r"[^\r\n]+", "湖" + text)


SPANS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 12)), max_size=8)


@given(SPANS, st.integers(0, 10), st.integers(11, 30))
def test_marks_nest_whatever_crosses(spans: list[tuple[int, int]], start: int, end: int) -> None:
    text = "".join(chr(0x4E00 + at) for at in range(40))
    claim = reading.read("栽植银杏260株。").claims[0]
    marks = [Mark(at, at + size, "claim", number, claim) for number, (at, size) in enumerate(spans)]
    open_now: list[Mark] = []
    shown, covered = "", dict.fromkeys(marks, "")
    opened: list[Mark] = []
    for event in marked(text, start, end, marks):
        if event.kind == "words":
            shown += event.words
            for mark in open_now:
                covered[mark] += event.words
        elif event.kind == "open" and event.mark:
            open_now.append(event.mark)
            opened += [event.mark] if event.first else []
        else:
            assert open_now.pop() == event.mark
    assert not open_now
    assert shown == text[start:end]
    for mark in marks:
        assert covered[mark] == text[max(mark.start, start) : max(start, min(mark.end, end))]
        assert opened.count(mark) == (start <= mark.start < end)


def test_a_notebook_shows_the_page_shut_in() -> None:
    shown = html.fragment_fromstring(reading.read(HOSTILE)._repr_html_())
    assert shown.tag == "iframe"
    assert shown.get("sandbox") == ""
    assert shown.get("srcdoc") == "".join(reading.read(HOSTILE).marked())
    assert len(marks_of(reading.read(TEXT))) > 5
    assert "".join(marked_page(reading.read(TEXT))) == "".join(reading.read(TEXT).marked())
