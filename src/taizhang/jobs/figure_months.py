"""A figure month by month, for a picture of the year."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from taizhang import figures
from taizhang.jobs.naming import area_named, indicator_named
from taizhang.jobs.setting import standpoint
from taizhang.values import parse_period


@dataclass(frozen=True, slots=True)
class Month:
    """The figure of one month; None where it is undecided."""

    month: int
    value: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None


def figure_by_month(indicator: str, *, area: str, year: int, as_of: int) -> list[Month]:
    """The twelve months of a year, as known at `as_of`. Raises UnknownName for a name nobody has declared."""
    with standpoint(as_of) as here:
        request = figures.Request(
            indicators=(indicator_named(here.definitions, indicator).key,),
            periods=tuple(parse_period(f"{year}-{month:02d}") for month in range(1, 13)),
            areas=(area_named(here.setting, area),),
            changes=False,
        )
        computed = figures.compute(here.definitions, request, here.engine, here.setting)
    by_period = {str(figure.period): figure for figure in computed}
    months = []
    for month in range(1, 13):
        figure = by_period[f"{year}-{month:02d}"]
        months.append(Month(month, figure.value, figure.numerator, figure.denominator))
    return months
