"""Identity numbers against the formula of GB 11643-1999."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.programmes.identity_number import check_character, identity_number_fault

WEIGHTS = [2 ** (17 - place) % 11 for place in range(17)]


def test_the_example_of_the_standard_fits() -> None:
    assert identity_number_fault("11010519491231002X") == ""


@given(st.from_regex(r"[0-9]{17}", fullmatch=True).filter(str.isascii))
def test_the_check_character_solves_the_congruence(digits: str) -> None:
    last = check_character(digits)
    value = 10 if last == "X" else int(last)
    assert (sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=True)) + value) % 11 == 1


@pytest.mark.parametrize(
    "number",
    ["", "1", "11010519491231002x", "110105194912310021", "11010519490231002X", "01010519491231002X",
     "11010519491231002XX", "1101051949123100٢X", "１1010519491231002X", " 1010519491231002X"],
)  # fmt: skip
def test_what_does_not_fit_is_told_without_the_number(number: str) -> None:
    fault = identity_number_fault(number)
    assert fault
    assert len(number) < 5 or number not in fault
