"""What the reader is measured beside: when quantities are the same, the plain expression, the time limit."""

from __future__ import annotations

import re
import sys
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks" / "reading"))

import hostile
from quantities import Quantity, Tally, plain_expression, quantity


def of(number: str, unit: str) -> Quantity:
    return quantity(Decimal(number), Decimal(number), unit)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("新建学校3所，投入１，２３４．５万元。", [of("3", "所"), of("12345000", "元")]),
        ("接种1.2亿人次，下降7.5％", [of("120000000", "人次"), of("7.5", "%")]),
        ("2030年第3次会议", [of("3", "次")]),  # so it errs, and is counted as erring
        ("三百所", []),
    ],
)
def test_the_plain_expression(text: str, found: list[Quantity]) -> None:
    assert plain_expression(text) == found


def test_tally_counts_what_is_found_once() -> None:
    tally, plain = Tally(), Tally()
    labels = [of("3", "所"), of("-3", "所"), quantity(Decimal(5), Decimal(8), "%")]
    found = [of("3", "所"), of("8", "%"), of("9", "%"), of("7", "人")]
    tally.add(labels, found, with_unit=True)
    assert (tally.matched, tally.labelled, tally.found) == (2, 3, 4)
    assert str(tally) == "0.500 | 0.667 | 0.571"
    plain.add(labels, [of("3", "处")] * 2, with_unit=False)
    assert plain.matched == 2
    assert str(Tally()) == "– | – | –"


def test_what_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    backtracking = re.compile(r"(?:a|a)+$")
    monkeypatch.setattr(hostile.reading, "read", backtracking.search)
    assert hostile.cost("a" * 40 + "b", 0.1) is None
    assert hostile.cost("b", 5) is not None


def test_the_cost_is_measured_at_growing_lengths(monkeypatch: pytest.MonkeyPatch) -> None:
    lengths: list[int] = []
    monkeypatch.setattr(hostile.reading, "read", lambda text: lengths.append(len(text)))
    size, _, _ = hostile.measure("甲乙丙", 20_000, 5)
    assert size == 24_000
    first = hostile.FIRST + len(hostile.HEAD)
    assert lengths[:3] == [first, first + 1, first + 1]
    assert [length // 1000 for length in lengths[3:]] == [6, 24]
