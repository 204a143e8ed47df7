"""Working time: which days are worked, and when a duration that starts now runs out.

A day is worked as the State Council's yearly notice says (`chinese_calendar`), unless the district's own
calendar says otherwise. A year that neither knows is taken as Monday to Friday, and what depends on it is
provisional until the notice is out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import chinese_calendar

from taizhang.programmes.definition import Clock, Duration

OFFICE_HOURS = ((time(8, 30), time(12, 0)), (time(14, 30), time(17, 30)))
"""The hours of a worked day where the district's file does not say otherwise."""

_END_OF_DAY = time(23, 59, 59)
_FIRST_KNOWN: int = min(chinese_calendar.holidays).year
_LAST_KNOWN: int = max(chinese_calendar.holidays).year
_LONGEST = 20_000
"""Days that a duration may reach ahead before the calendar is taken to have no worked day at all."""


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """The district's working time, on naive datetimes of its own wall clock.

    `overrides` says of single days whether they are worked; `hours` are the spans of a worked day, in order.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict)
    hours: tuple[tuple[time, time], ...] = OFFICE_HOURS
    _days: dict[date, bool] = field(default_factory=dict, init=False, repr=False)
    _spans: tuple[tuple[int, int], ...] = field(default=(), init=False, repr=False)

    def __post_init__(self) -> None:
        spans = tuple((_seconds(start), _seconds(end)) for start, end in self.hours)
        flat = [edge for span in spans for edge in span]
        if not spans or flat != sorted(set(flat)):
            raise ValueError(
                "office hours must be spans in order that do not touch, with an end after its start"
            )
        object.__setattr__(self, "_spans", spans)

    def is_worked(self, day: date) -> bool:
        """Whether the day is worked."""
        if day not in self._days:
            self._days[day] = self._look_up(day)
        return self._days[day]

    def _look_up(self, day: date) -> bool:
        if day in self.overrides:
            return self.overrides[day]
        if _FIRST_KNOWN <= day.year <= _LAST_KNOWN:
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < 5

    def is_provisional(self, start: datetime, due: datetime) -> bool:
        """Whether a due time rests on a year whose holidays are not announced yet."""
        return due.year > _LAST_KNOWN or start.year < _FIRST_KNOWN

    def add(self, duration: Duration, start: datetime) -> datetime:
        """When `duration` runs out that starts at `start`.

        The day it starts on does not count for durations in days, which end at the close of their last day:
        the end of office hours, or 23:59:59 in calendar time (Civil Code, articles 201 to 203).
        """
        if duration.clock is Clock.CALENDAR:
            if duration.unit == "days":
                return datetime.combine(start.date() + timedelta(days=duration.amount), _END_OF_DAY)
            return start + timedelta(**{duration.unit: duration.amount})
        if duration.unit == "days":
            return self._add_days(duration.amount, start.date())
        return self._add_seconds(duration.amount * (60 if duration.unit == "minutes" else 3600), start)

    def _add_days(self, amount: int, day: date) -> datetime:
        one = timedelta(days=1)
        for _ in range(_LONGEST):
            if amount <= 0:
                return datetime.combine(day, self.hours[-1][1])
            day += one
            if self.is_worked(day):
                amount -= 1
        raise ValueError(f"no worked day within {_LONGEST} days")

    def _add_seconds(self, left: int, start: datetime) -> datetime:
        day = start.date()
        now = start.hour * 3600 + start.minute * 60 + start.second
        for _ in range(_LONGEST):
            if self.is_worked(day):
                for opens, closes in self._spans:
                    begin = max(now, opens)
                    if begin < closes:
                        if left <= closes - begin:
                            return datetime.combine(day, time()) + timedelta(seconds=begin + left)
                        left -= closes - begin
            day += timedelta(days=1)
            now = 0
        raise ValueError(f"no worked day within {_LONGEST} days")

    def elapsed(self, start: datetime, end: datetime) -> int:
        """Seconds of working time from `start` to `end`; 0 when `end` is not after it."""
        if end <= start:
            return 0
        total, day, last = 0, start.date(), end.date()
        first_second, last_second = _seconds(start.time()), _seconds(end.time())
        while day <= last:
            if self.is_worked(day):
                low = first_second if day == start.date() else 0
                high = last_second if day == last else 86_400
                total += sum(max(0, min(high, closes) - max(low, opens)) for opens, closes in self._spans)
            day += timedelta(days=1)
        return total

    def days_after(self, start: date, end: date) -> int:
        """How many worked days lie after `start`, up to and including `end`."""
        return sum(self.is_worked(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))

    def shift(self, due: datetime, since: datetime, until: datetime, like: Duration) -> datetime:
        """Where `due` moves to when the clock of a limit of `like` stood still from `since` to `until`.

        A limit in days moves by the days (worked days) that began meanwhile; one in hours or minutes by the
        time (working time) that passed. A limit that had run out by `since` stays where it was.
        """
        if since > due or until <= since:
            return due
        if like.clock is Clock.CALENDAR:
            if like.unit == "days":
                return due + timedelta(days=(until.date() - since.date()).days)
            return due + (until - since)
        if like.unit == "days":
            return self._add_days(self.days_after(since.date(), until.date()), due.date())
        passed = self.elapsed(since, until)
        # Counting no time on from the close of office hours would end at the next opening.
        return self._add_seconds(passed, due) if passed else due

    def extend(self, due: datetime, by: Duration) -> datetime:
        """Where `due` moves to when the limit is extended by `by`."""
        return self.add(by, due)


def _seconds(clock: time) -> int:
    return clock.hour * 3600 + clock.minute * 60 + clock.second
