"""Claims and figures made from the data files' short forms."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from taizhang.figures import Figure
from taizhang.reading import Claim
from taizhang.values import Period, parse_period

YEAR: Period = parse_period("2022")


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def claim(**given: Any) -> Claim:
    """A claim; what is not given is an exact, achieved level of the year 2022 in 家."""
    known: dict[str, Any] = {
        "surface": "", "start": 0, "low": None, "high": None, "step": 1, "bound": "exact", "unit": "家",
        "kind": "level", "approx": False, "basis": None, "modality": "achieved", "subject": "", "section": "",
        "period": "2022",
    }  # fmt: skip
    known |= given
    for key in ("low", "high", "step"):
        known[key] = _decimal(known[key])
    return Claim(**known)


def figure(given: str | Mapping[str, Any], unit: str = "家") -> Figure:
    """A figure from its value alone (in `unit`) or from the keys of a data file."""
    known: Mapping[str, Any] = {"value": given} if isinstance(given, str) else given

    def exact(key: str) -> Fraction | None:
        return None if known.get(key) is None else Fraction(known[key])

    return Figure(
        indicator=known.get("indicator", "made.by-hand"),
        area=known.get("area", "450205"),
        period=YEAR,
        value=exact("value"),
        unit=known.get("unit", unit),
        numerator=exact("numerator"),
        denominator=exact("denominator"),
        records=known.get("records", 1),
        position=7,
        definition="",
        yoy_difference=exact("difference"),
        yoy_growth=exact("growth"),
        rank=known.get("rank"),
        rank_of=known.get("rank_of"),
        reported=known.get("reported"),
        expected=known.get("expected"),
        origin=known.get("origin", "computed"),
    )
