"""Texts in every encoding that Chinese reports come in, told apart without a mark."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taizhang import reading
from taizhang.errors import DocumentError
from taizhang.reading.documents.encoding import decode

SIMPLIFIED = (
    "过去的一年,我们坚持以人民为中心的发展思想,推动经济社会各项事业发展。全年栽植银杏260株,渡口新购渡船9艘。"
    "粮食播种面积稳定在12.6万亩,农民人均可支配收入增长6.1%。新建改建农村公路48公里,改造老旧小区17个。"
    "全面落实河湖长制,空气质量优良天数比例达到93.5%。城镇登记失业率控制在3.8%以内。"
)
TRADITIONAL = (
    "過去的一年，我們堅持以人民為中心的發展，推動經濟社會各項事業。全年栽植銀杏260株，有渡船3萬艘。"
    "農村道路新建48公里，學校改建17所，衛生院床位增加120張。財政收入比上年增長6.1%，支出控制在預算以內。"
)
ENCODINGS = {
    SIMPLIFIED: [
        "utf-8",
        "utf-8-sig",
        "gb18030",
        "gbk",
        "gb2312",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
    ],
    TRADITIONAL: [
        "utf-8",
        "utf-8-sig",
        "gb18030",
        "gbk",
        "big5",
        "big5hkscs",
        "cp950",
        "utf-16-le",
        "utf-16-be",
    ],
}
CASES = [(text, encoding) for text, encodings in ENCODINGS.items() for encoding in encodings]


@pytest.mark.parametrize(("text", "encoding"), CASES)
def test_an_encoding_changes_nothing(text: str, encoding: str) -> None:
    assert reading.read(text.encode(encoding)) == reading.read(text)


@given(st.sampled_from(CASES), st.data())
@settings(max_examples=300)
def test_any_piece_of_a_text_is_told_apart(case: tuple[str, str], data: st.DataObject) -> None:
    text, encoding = case
    length = data.draw(st.integers(20, len(text)))
    start = data.draw(st.integers(0, len(text) - length))
    piece = text[start : start + length]
    assert decode(piece.encode(encoding))[0] == piece


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-8"])
def test_a_long_head_of_latin_letters_hides_nothing(encoding: str) -> None:
    text = "const a = 1;\n" * 20_000 + SIMPLIFIED
    assert decode(text.encode(encoding))[0] == text


def test_characters_beyond_the_first_plane() -> None:
    text = SIMPLIFIED + "𠮷田镇、㙍头村新建渡口2处。"
    for encoding in ("utf-8", "gb18030", "utf-16-le"):
        assert decode(text.encode(encoding))[0] == text


def test_a_page_may_be_damaged_a_little_as_browsers_allow() -> None:
    page = "<html><head><meta charset='gbk'></head><body><p>" + SIMPLIFIED + "</p></body></html>"
    data = page.encode("gbk").replace("渡口".encode("gbk"), b"\xff\xff", 1)
    text, encoding = decode(data)
    assert encoding == "gb18030"
    assert "全年栽植银杏260株" in text
    assert "\ufffd" in text


@given(st.binary(max_size=400))
@settings(max_examples=300)
def test_bytes_make_a_text_or_a_refusal(data: bytes) -> None:
    try:
        text, encoding = decode(data)
    except DocumentError as refused:
        assert all(problem.remedy and problem.place for problem in refused.problems)
    else:
        assert encoding
        assert isinstance(text, str)
