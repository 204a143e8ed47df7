"""What is rendered from a number reads back to that number, however it is written."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.reading.written_numbers import TRADITIONAL, WIDE, chinese, spoken, ways

from taizhang import reading

WHOLE = st.one_of(
    st.integers(11, 10**7 - 1),
    st.builds(lambda head, zeros: head * 10**zeros, st.integers(11, 9999), st.integers(0, 6)),
)
"""Numbers as reports have them: small ones, and large ones with few digits that are not zero."""
RATES = st.decimals(Decimal("0.01"), Decimal("999"), places=2)


def the_claim(text: str) -> reading.Claim:
    (claim,) = reading.read(text)
    assert text[claim.start : claim.start + len(claim.surface)] == claim.surface
    return claim


@given(WHOLE)
def test_a_count_reads_back_however_it_is_written(number: int) -> None:
    for written in ways(number):
        claim = the_claim(f"湖畔栽植水杉{written}株。")
        assert (claim.low, claim.high, claim.unit, claim.bound) == (number, number, "株", "exact"), written


@given(WHOLE)
def test_the_last_printed_place_is_the_step(number: int) -> None:
    for written in (str(number), f"{number:,}", str(number).translate(WIDE)):
        assert the_claim(f"湖畔栽植水杉{written}株。").step == 1
    assert the_claim(f"湖畔栽植水杉{number}万株。").step == 10_000
    assert the_claim(f"湖畔栽植水杉{number}.5万株。").step == 1_000


@given(RATES)
def test_a_rate_reads_back(rate: Decimal) -> None:
    ways = (f"{rate}%", f"{rate}%".translate(WIDE), f"百分之{rate}", f"百分之{spoken(rate)}")
    for written in ways:
        claim = the_claim(f"全镇垃圾分类覆盖率为{written}。")
        assert (claim.low, claim.high, claim.unit, claim.kind) == (rate, rate, "%", "level"), written


@given(RATES, st.sampled_from([("增长", 1), ("下降", -1), ("提高", 1), ("减少", -1)]))
def test_a_change_reads_back_with_its_sign(rate: Decimal, verb: tuple[str, int]) -> None:
    word, sign = verb
    for written in (f"{rate}%", f"百分之{spoken(rate)}", f"{rate}个百分点"):
        claim = the_claim(f"全镇水果产量比上年{word}{written}。")
        assert (claim.low, claim.high) == (sign * rate, sign * rate), written
        assert (claim.kind, claim.basis) == ("change", "yoy")


@given(WHOLE)
def test_a_chinese_numeral_is_the_same_in_both_scripts(number: int) -> None:
    simplified, traditional = chinese(number), chinese(number).translate(TRADITIONAL)
    first, second = the_claim(f"栽植水杉{simplified}株。"), the_claim(f"栽植水杉{traditional}株。")
    assert (first.low, first.step, first.bound) == (second.low, second.step, second.bound)


@given(WHOLE, RATES)
def test_full_width_changes_nothing_of_a_sentence(number: int, rate: Decimal) -> None:
    text = f"2030年栽植水杉{number}株,比上年增长{rate}%;完成投资超过{number}.5万元(含补助{rate}万元)。"
    plain, wide = reading.read(text), reading.read(text.translate(WIDE))
    assert len(plain.claims) == 4

    def but_for_words(claim: reading.Claim) -> tuple[object, ...]:
        return tuple(
            getattr(claim, name)
            for name in reading.Claim.__dataclass_fields__
            if name not in ("surface", "sentence")
        )

    assert [but_for_words(claim) for claim in plain] == [but_for_words(claim) for claim in wide]
