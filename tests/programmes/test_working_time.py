"""Working time: an independent second-by-second count agrees, and the edges are where the rules say."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taizhang.programmes import Calendar, parse_duration, write_duration

MOMENTS = st.datetimes(datetime(2022, 1, 1), datetime(2022, 12, 20)).map(lambda m: m.replace(microsecond=0))
CALENDAR = Calendar({date(2022, 4, 1): False, date(2022, 4, 2): True})


def minutes_worked(start: datetime, end: datetime) -> int:
    """Whole working minutes between two whole minutes, one by one."""
    count = 0
    while start < end:
        clock = start.time()
        if CALENDAR.is_worked(start.date()) and (
            time(8, 30) <= clock < time(12) or time(14, 30) <= clock < time(17, 30)
        ):
            count += 1
        start += timedelta(minutes=1)
    return count


@settings(max_examples=60, deadline=None)
@given(MOMENTS.map(lambda m: m.replace(second=0)), st.integers(1, 3_000))
def test_adding_minutes_counts_each_working_minute(start: datetime, amount: int) -> None:
    due = CALENDAR.add(parse_duration(f"{amount} working minutes"), start)
    assert minutes_worked(start, due) == amount
    assert minutes_worked(start, due - timedelta(minutes=1)) == amount - 1
    assert CALENDAR.elapsed(start, due) == amount * 60


@settings(max_examples=100, deadline=None)
@given(MOMENTS, st.integers(1, 60))
def test_adding_days_ends_at_the_close_of_a_worked_day(start: datetime, amount: int) -> None:
    due = CALENDAR.add(parse_duration(f"{amount} working days"), start)
    assert due.time() == time(17, 30)
    assert CALENDAR.is_worked(due.date())
    assert CALENDAR.days_after(start.date(), due.date()) == amount


@settings(max_examples=100, deadline=None)
@given(
    MOMENTS,
    st.integers(0, 500_000),
    st.sampled_from(["90 working minutes", "5 working days", "7 days", "3 hours"]),
)
def test_a_suspension_never_shortens_a_limit(start: datetime, seconds: int, text: str) -> None:
    like = parse_duration(text)
    due = CALENDAR.add(like, start)
    later = CALENDAR.shift(due, start, start + timedelta(seconds=seconds), like)
    assert later >= due
    assert CALENDAR.shift(due, due + timedelta(seconds=1), due + timedelta(days=9), like) == due


def test_a_suspension_out_of_office_hours_moves_nothing() -> None:
    close = datetime.combine(date(2022, 3, 1), CALENDAR.hours[-1][1])
    resumed = close + timedelta(hours=2)
    for text in ("1 working hours", "30 working minutes"):
        assert CALENDAR.shift(close, close, resumed, parse_duration(text)) == close


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2022, 1, 1), False),  # New Year, a Saturday
        (date(2022, 1, 29), True),  # a Saturday worked for the Spring Festival
        (date(2022, 10, 7), False),  # a Friday of the National Day holiday
        (date(2022, 10, 8), True),
        (date(2022, 4, 1), False),  # overridden
        (date(2090, 3, 1), True),  # not announced: a Wednesday
        (date(2090, 3, 4), False),  # not announced: a Saturday
    ],
)
def test_days(day: date, worked: bool) -> None:
    assert CALENDAR.is_worked(day) is worked


def test_a_year_not_announced_is_provisional() -> None:
    assert CALENDAR.is_provisional(datetime(2089, 12, 30), datetime(2090, 1, 4))
    assert not CALENDAR.is_provisional(datetime(2022, 1, 1), datetime(2022, 2, 1))


def test_hours_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="office hours"):
        Calendar(hours=((time(9), time(12)), (time(11), time(17))))
    with pytest.raises(ValueError, match="office hours"):
        Calendar(hours=())


def test_a_calendar_without_a_worked_day_ends() -> None:
    never = Calendar({date(2022, 1, 1) + timedelta(days=n): False for n in range(21_000)})
    with pytest.raises(ValueError, match="no worked day"):
        never.add(parse_duration("1 working day"), datetime(2022, 1, 1))


@pytest.mark.parametrize(
    "text", ["1 working minutes", "4 working hours", "5 working days", "7 days", "3 hours"]
)
def test_durations_are_written_as_they_are_read(text: str) -> None:
    assert parse_duration(write_duration(parse_duration(text))) == parse_duration(text)


@pytest.mark.parametrize(
    "text", ["", "5", "0 days", "five days", "5 weeks", "-1 days", "5 working", "1.5 days"]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        parse_duration(text)
