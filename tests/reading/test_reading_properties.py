"""Numbers read back however they are written; positions hold; reading is a function of the text."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.written_numbers import chinese

from taizhang import reading
from taizhang.reading.numerals import chinese_value

WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


def _only(text: str) -> reading.Claim:
    (claim,) = reading.read(f"湖畔栽植水杉{text}株。").claims
    return claim


@given(st.integers(2, 10**12 - 1))
def test_chinese_numerals_read_back(number: int) -> None:
    assert chinese_value(chinese(number)) == number


@given(st.integers(11, 10**8 - 1))
def test_each_way_of_writing_reads_back(number: int) -> None:
    ways = [
        str(number),
        f"{number:,}",
        f"{number:,}".replace(",", "，"),
        str(number).translate(WIDE),
        chinese(number),
    ]
    if number % 1000 == 0:
        ways.append(f"{Decimal(number) / 10000:f}万")
    assert {(_only(way).low, _only(way).high) for way in ways} == {(number, number)}


@given(st.decimals(Decimal("0.01"), Decimal("9999"), places=2))
def test_full_width_changes_nothing(number: Decimal) -> None:
    plain, wide = _only(f"{number}万"), _only(f"{number}万".translate(WIDE))
    assert (plain.low, plain.high, plain.step, plain.bound, plain.unit) == (
        wide.low,
        wide.high,
        wide.step,
        wide.bound,
        wide.unit,
    )
    assert plain.step == 100


@given(
    st.text(
        "0123456789一二十百万亿余多约超过同比增长下降%家个元第年月(),。;“”《》.-至到分之成倍翻番全省前名",
        min_size=1,
        max_size=60,
    )
)
@settings(max_examples=300)
def test_no_claim_outside_the_text_and_reading_is_a_function(text: str) -> None:
    text = "湖" + text
    found = reading.read(text)
    assert found == reading.read(text)
    ends = 0
    for claim in found.claims:
        assert claim.start >= ends
        ends = claim.start + len(claim.surface)
        assert found.text[claim.start : ends] == claim.surface
        assert claim.surface
        assert claim.low is None or claim.high is None or claim.low <= claim.high


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    found = reading.read("报告" + text)
    assert all(0 <= start < end <= len(found.text) for start, end in found.furniture)
