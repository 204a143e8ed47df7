"""Periods of the civil calendar: day, month, quarter, half-year, year.

Written `2022-11-05`, `2022-11`, `2022-Q3`, `2022-H1`, `2022`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Grain(StrEnum):
    """How long a period is, shortest first."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"

    @property
    def months(self) -> int:
        """Length in months; 0 for a day."""
        return {"day": 0, "month": 1, "quarter": 3, "half-year": 6, "year": 12}[self.value]


_FORM = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d{2})(?:-(\d{2}))?))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A period by its first day and grain. `end` is the first day after it."""

    start: date
    grain: Grain

    @property
    def end(self) -> date:
        """The first day that no longer belongs to the period."""
        if self.grain is Grain.DAY:
            return self.start + timedelta(days=1)
        return _add_months(self.start, self.grain.months)

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)

    def year_before(self) -> Period:
        """The same period of the year before; 29 February maps to 28 February."""
        start = self.start
        if start.month == 2 and start.day == 29:
            start = start.replace(day=28)
        return Period(start.replace(year=start.year - 1), self.grain)

    def previous(self) -> Period:
        """The period of the same grain just before this one."""
        return Period.of(self.start - timedelta(days=1), self.grain)

    def next(self) -> Period:
        """The period of the same grain just after this one."""
        return Period(self.end, self.grain)

    def split(self, grain: Grain) -> tuple[Period, ...]:
        """The periods of a shorter (or the same) grain that make up this one, in order."""
        parts: list[Period] = []
        part = Period.of(self.start, grain)
        while part.start < self.end:
            parts.append(part)
            part = part.next()
        return tuple(parts)

    @staticmethod
    def of(day: date, grain: Grain) -> Period:
        """The period of that grain which holds `day`."""
        if grain is Grain.DAY:
            return Period(day, grain)
        month = (day.month - 1) // grain.months * grain.months + 1
        return Period(date(day.year, month, 1), grain)

    def __str__(self) -> str:
        start = self.start
        match self.grain:
            case Grain.DAY:
                return start.isoformat()
            case Grain.MONTH:
                return f"{start.year:04d}-{start.month:02d}"
            case Grain.QUARTER:
                return f"{start.year:04d}-Q{(start.month + 2) // 3}"
            case Grain.HALF_YEAR:
                return f"{start.year:04d}-H{1 if start.month == 1 else 2}"
            case Grain.YEAR:
                return f"{start.year:04d}"


def parse_period(text: str) -> Period:
    """Read a period as it is written (see the module's docstring).

    Raises ValueError with the wanted forms when `text` is none of them or names a day that does not exist.
    """
    match = _FORM.fullmatch(text.strip())
    wanted = "2022, 2022-H1, 2022-Q3, 2022-11, 2022-11-05"
    if match is None:
        raise ValueError(f"{text!r} is not a period; write one of {wanted}")
    year, quarter, half, month, day = match.groups()
    try:
        if quarter:
            return Period(date(int(year), int(quarter) * 3 - 2, 1), Grain.QUARTER)
        if half:
            return Period(date(int(year), int(half) * 6 - 5, 1), Grain.HALF_YEAR)
        if day:
            return Period(date(int(year), int(month), int(day)), Grain.DAY)
        if month:
            return Period(date(int(year), int(month), 1), Grain.MONTH)
        return Period(date(int(year), 1, 1), Grain.YEAR)
    except ValueError as error:
        raise ValueError(f"{text!r} names no day that exists ({error}); write one of {wanted}") from None


def _add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, day.day)
