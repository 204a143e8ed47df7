"""The demonstration's annual report at a size, and a copy with three figures changed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

from .quantities import expected

# Printed figure that follows the size → indicator, and the value of one printed unit.
SCALED = {
    "119.14万剂次": ("vaccination.doses", 10_000),
    "92.95%": ("vaccination.coverage", 1),
    "90.04%": ("vaccination.full-course", 1),
}


def annual_report(size: float = 1.0) -> str:
    """The report of the district at `size`: the file's own words, with the doses and rates of that size."""
    text = (Path(__file__).parent / "report" / "annual-2022.zh.txt").read_text("utf-8")
    figures = expected(size)
    for printed, (indicator, unit) in SCALED.items():
        rest = printed.lstrip("0123456789.")
        text = _once(text, printed, f"{_hundredths(figures[indicator] / unit)}{rest}")
    return text


def altered_report(size: float = 1.0) -> str:
    """The report with three figures changed (firms, the coverage, projects) and one statement (chiefs)."""
    text = annual_report(size)
    coverage = _hundredths(expected(size)["vaccination.coverage"])
    for before, after in (
        ("入库65家", "入库68家"),
        (f"覆盖率{coverage}%", f"覆盖率{coverage + 1}%"),
        ("改造项目60个", "改造项目62个"),
        ("林长制、田长制", "林长制、湖长制"),
    ):
        text = _once(text, before, after)
    return text


def _hundredths(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _once(text: str, before: str, after: str) -> str:
    if text.count(before) != 1:
        raise ValueError(f"应恰有一处 / should stand once: {before}")
    return text.replace(before, after)
