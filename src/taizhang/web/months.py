"""The months of a year as bars, drawn on the server: no script, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from taizhang.web.words import shown

WIDTH, HEIGHT, TOP = 48, 120, 18
"""A month's width, the height of the tallest bar, and the room above it for its number."""


def chart(months: Sequence[Any], unit: str) -> dict[str, Any] | None:
    """Bars from nought up; None where no month has a value.

    With a denominator, a bar is the denominator with the numerator filled in, so that the size of the base is
    seen as well as the rate; the number above is the figure.
    """
    ratio = any(month.denominator for month in months)
    tops = [(month.denominator if ratio else month.value) or Fraction(0) for month in months]
    highest = max(tops, default=Fraction(0))
    if highest <= 0:
        return None
    bars = []
    for month, top in zip(months, tops, strict=True):
        part = (month.numerator or Fraction(0)) if ratio else top
        whole, filled = (max(Fraction(0), value) / highest * HEIGHT for value in (top, min(part, top)))
        bars.append(
            {
                "month": month.month,
                "left": (month.month - 1) * WIDTH + 6,
                "middle": (month.month - 1) * WIDTH + WIDTH // 2,
                "whole": round(float(whole), 1),
                "whole_top": round(TOP + HEIGHT - float(whole), 1),
                "filled": round(float(filled), 1),
                "filled_top": round(TOP + HEIGHT - float(filled), 1),
                "label_top": round(TOP + HEIGHT - float(whole) - 5, 1),
                "label": _short(month.value),
                "value": shown(month.value, unit) or "无法判定",
                "numerator": shown(month.numerator),
                "denominator": shown(month.denominator),
            }
        )
    return {
        "bars": bars,
        "ratio": ratio,
        "bar_width": WIDTH - 12,
        "width": WIDTH * 12,
        "height": TOP + HEIGHT + 22,
        "base": TOP + HEIGHT,
        "foot": TOP + HEIGHT + 17,
    }


def _short(value: Fraction | None) -> str:
    """At most five figures for above a bar."""
    if value is None:
        return "–"
    number = float(value)
    if number >= 100_000:
        return f"{number / 10_000:.1f}万"
    return f"{number:,.0f}" if number >= 1000 or value.denominator == 1 else f"{number:.1f}"
