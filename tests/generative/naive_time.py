"""Working time by hand, for the naive player: the rules of docs/explanation/records.md, “Limits”."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

import chinese_calendar

ONE_DAY = timedelta(days=1)


class NaiveCalendar:
    """Worked days and office hours of the trial district."""

    def __init__(self, overrides: Mapping[date, bool], hours: tuple[tuple[str, str], ...]) -> None:
        self.overrides = overrides
        self.hours = [(time.fromisoformat(a), time.fromisoformat(b)) for a, b in hours]

    def worked(self, day: date) -> bool:
        if day in self.overrides:
            return self.overrides[day]
        return bool(chinese_calendar.is_workday(day))

    def spans(self, after: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Every stretch of working time that is not over at `after`, cut to what is left of it."""
        day = after.date()
        while True:
            if self.worked(day):
                for opens, closes in self.hours:
                    start, end = datetime.combine(day, opens), datetime.combine(day, closes)
                    if end > after:
                        yield max(start, after), end
            day += ONE_DAY

    def add(self, start: datetime, duration: str) -> datetime:
        """When a duration that begins at `start` runs out."""
        amount, working, unit = _parts(duration)
        if unit == "days":
            if not working:
                return datetime.combine(start.date() + timedelta(days=amount), time(23, 59, 59))
            return self._close(start.date(), amount)
        length = timedelta(minutes=amount * (60 if unit == "hours" else 1))
        return self._work(start, length) if working else start + length

    def moved(self, due: datetime, since: datetime, until: datetime, like: str) -> datetime:
        """Where `due` goes when the clock of a limit stood still from `since` to `until`."""
        if due < since:
            return due  # had run out before
        _, working, unit = _parts(like)
        if unit == "days":
            begun = [
                day
                for n in range(1, (until.date() - since.date()).days + 1)
                if self.worked(day := since.date() + n * ONE_DAY) or not working
            ]
            return self._close(due.date(), len(begun)) if working else due + len(begun) * ONE_DAY
        if not working:
            return due + (until - since)
        passed = timedelta()
        for start, end in self.spans(since):
            if start >= until:
                break
            passed += min(end, until) - start
        return self._work(due, passed) if passed else due

    def _close(self, day: date, amount: int) -> datetime:
        """The close of the `amount`-th worked day after `day`."""
        while amount:
            day += ONE_DAY
            amount -= self.worked(day)
        return datetime.combine(day, self.hours[-1][1])

    def _work(self, start: datetime, length: timedelta) -> datetime:
        for begin, end in self.spans(start):
            if length <= end - begin:
                return begin + length
            length -= end - begin
        raise AssertionError("working time never ends")


def _parts(duration: str) -> tuple[int, bool, str]:
    amount, *rest = duration.split()
    return int(amount), "working" in rest, rest[-1].rstrip("s") + "s"
