"""Numbers as people and programs write them, against exact arithmetic."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.programmes.normalising import Unfit, read_number

FULL_WIDTH = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789.,-"}


@given(st.integers(1 - 10**12, 10**12 - 1), st.integers(0, 4), st.integers(0, 6))
def test_a_number_keeps_its_value_or_is_refused(digits: int, places: int, decimals: int) -> None:
    number = Decimal(digits).scaleb(-places)
    fits = number == number.quantize(Decimal(1).scaleb(-decimals))
    for written in (f"{number:f}", f"{number:,f}", f"{number:f}".translate(FULL_WIDTH), f" {number:f} "):
        if fits:
            found = read_number(written, decimals)
            assert Decimal(found) == number
            assert len(found.partition(".")[2]) == decimals
            assert read_number(found, decimals) == found
        else:
            with pytest.raises(Unfit, match="more than"):
                read_number(written, decimals)


@pytest.mark.parametrize(
    "text", ["", ".", "-", "1.2.3", "1,2", "1e5", "٣", "一", "0x10", "1_000", "+-1", "NaN", "12,3456"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Unfit, match="not a number"):
        read_number(text, 4)


def test_leading_zeros_are_dropped_and_zero_has_no_sign() -> None:
    assert read_number("007.10", 2) == "7.10"
    assert read_number("-0", 2) == "0.00"
    assert read_number(0.1, 4) == "0.1000"
    with pytest.raises(Unfit, match="more than"):
        read_number(0.1 + 0.2, 4)
