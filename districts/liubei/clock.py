"""Seconds since 2020-01-01 in the district's wall clock, working minutes, and ids made from a time."""

from __future__ import annotations

import random
from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta, timezone

import chinese_calendar

START = datetime(2020, 1, 1)
DAY = 86_400
WORKING_DAY = 390  # minutes: 08:30-12:00 and 14:30-17:30
LOCAL_HOLIDAYS = (date(2021, 4, 14), date(2021, 4, 15), date(2022, 4, 6), date(2022, 4, 7))
_CHINA = timezone(timedelta(hours=8))
_EPOCH = int((START.replace(tzinfo=_CHINA) - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds())
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TRIPLES = tuple(a + b + c for a in _DIGITS for b in _DIGITS for c in _DIGITS)
_DATES = tuple((START + timedelta(days=n)).strftime("%Y-%m-%dT") for n in range(1461))
_TIMES = tuple(f"{m // 60:02d}:{m % 60:02d}:" for m in range(1440))
_TWO = tuple(f"{n:02d}" for n in range(60))


def day_number(day: date) -> int:
    """Days since the start."""
    return (day - START.date()).days


def at(day: date, minute: int = 540) -> int:
    """Seconds since the start, of a minute of a day."""
    return day_number(day) * DAY + minute * 60


def in_next_month(year: int, month: int, day: int) -> date:
    """A day of the month after."""
    return date(year + month // 12, month % 12 + 1, day)


def wall(second: int) -> str:
    """`2022-03-01T08:15:00`."""
    day, rest = divmod(second, DAY)
    minute, part = divmod(rest, 60)
    return _DATES[day] + _TIMES[minute] + _TWO[part]


def ulid(second: int, rng: random.Random) -> str:
    """An id of the ULID form from a time and 80 random bits."""
    value = (_EPOCH + second) * 1000
    bits = rng.getrandbits(80)
    triples = _TRIPLES
    return (
        triples[value >> 35 & 32767]
        + triples[value >> 20 & 32767]
        + triples[value >> 5 & 32767]
        + _DIGITS[value & 31]
        + triples[bits & 32767]
        + triples[bits >> 15 & 32767]
        + triples[bits >> 30 & 32767]
        + triples[bits >> 45 & 32767]
        + triples[bits >> 60 & 32767]
        + _DIGITS[bits >> 75]
    )


def is_working(day: date) -> bool:
    """Whether the district works on `day`: the national calendar less the region's own holidays."""
    return day not in LOCAL_HOLIDAYS and chinese_calendar.is_workday(day)


WORKING_DAYS = tuple(
    number
    for number in range(day_number(date(2020, 12, 1)), day_number(date(2023, 6, 1)))
    if is_working(START.date() + timedelta(days=number))
)


def to_second(working: int) -> int:
    """The second at which `working` minutes of work have gone by since the first working day."""
    day, minute = divmod(working, WORKING_DAY)
    start = 510 if minute < 210 else 660  # 08:30, or 14:30 less the morning's 210 minutes
    return WORKING_DAYS[day] * DAY + (start + minute) * 60


def to_working(second: int) -> int:
    """The working minute at or next after `second`."""
    day, rest = divmod(second, DAY)
    index = bisect_left(WORKING_DAYS, day)
    if WORKING_DAYS[index] != day:
        return index * WORKING_DAY
    minute = -(-rest // 60)
    if minute <= 720:
        return index * WORKING_DAY + max(0, minute - 510)
    return index * WORKING_DAY + min(WORKING_DAY, max(210, minute - 660))


def in_hours(second: int, more: int = 0) -> int:
    """The moment of work at or next after `second`, or `more` working minutes after it."""
    return to_second(to_working(second) + more)
