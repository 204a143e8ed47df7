"""Long texts made of what the parts of a text are told by: they are taken apart, and soon."""

from __future__ import annotations

import pytest

from taizhang.reading.furniture import furniture_of
from taizhang.reading.heads import date_of, issuer_of, region_of, title_of, year_of
from taizhang.reading.notes import notes_of
from taizhang.reading.paragraphs import paragraphs_of
from taizhang.reading.sections import headings_of, sections_of
from taizhang.reading.sentences import sentences_of

PIECES = [
    *(
        "\n",
        " \n",
        "\u3000",
        "一",
        "一、",
        "(一)",
        "一、\n",
        "(一)农业\n",
        "1.",
        "1.\n",
        "(1)",
        "业(1)",
        "业①",
        "①\n",
    ),
    *(
        "[注1]",
        "注1",
        "附 ",
        "附\n",
        "名词解释\n",
        "(",
        "（",
        "“",
        "”",
        "《",
        "。",
        "业.",
        "。”",
        "“。",
        "市",
        "市县",
        "县区镇",
    ),
    *(
        "登录",
        "登录\n",
        "本站版权所有",
        "/",
        "1 ",
        "1/",
        "2031年",
        "2031年1月9日",
        "2031年的",
        "关于\n",
        "人民政府\n",
        "局 ",
    ),
    *(
        "业(1)\n1.业:业\n",
        "业(1)、(2)",
        "业①、",
        "\t",
        "1\t2\n",
        "第一,",
        "第一部分\n第一章\n第一节\n",
        "农业\n。\n",
        "\u200b",
    ),
]


@pytest.mark.parametrize("piece", PIECES, ids=repr)
@pytest.mark.timeout(60)
def test_a_long_text_is_taken_apart(piece: str) -> None:
    text = "报告\n业" + piece * (120_000 // len(piece)) + "业\n"
    furniture = furniture_of(text)
    paragraphs = paragraphs_of(text, furniture)
    headings = headings_of(text, paragraphs)
    sections = sections_of(list(headings.values()), len(text), 2030)
    sentences = sentences_of(text, paragraphs, headings, sections)
    title = title_of(text, furniture)
    region = region_of(title, text, furniture)
    assert all(text[one.start : one.end] == one.text for one in sentences)
    assert len(title) <= 200
    issuer_of(title, region, text, furniture)
    year_of(text, title, date_of(text, furniture))
    assert all(text[mark.start : mark.end] == mark.surface for mark in notes_of(text, furniture).marks)
