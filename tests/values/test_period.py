"""Periods: written and read back, split, the year before."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.values import Grain, Period, parse_period

days = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 12, 30))
periods = st.builds(Period.of, days, st.sampled_from(Grain))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2022", date(2022, 1, 1), date(2023, 1, 1)),
        ("2022-H2", date(2022, 7, 1), date(2023, 1, 1)),
        ("2022-Q3", date(2022, 7, 1), date(2022, 10, 1)),
        ("2022-11", date(2022, 11, 1), date(2022, 12, 1)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 3, 1)),
    ],
)
def test_a_period_is_what_is_written(text: str, start: date, end: date) -> None:
    period = parse_period(text)
    assert (period.start, period.end) == (start, end)
    assert str(period) == text


@pytest.mark.parametrize(
    "text", ["", "22", "2022-13", "2022-Q5", "2022-H3", "2023-02-29", "2022/11", "2022-1", "二〇二二"]
)
def test_what_is_no_period_is_refused_with_the_forms(text: str) -> None:
    with pytest.raises(ValueError, match="2022-Q3"):
        parse_period(text)


@given(periods)
def test_written_and_read_back(period: Period) -> None:
    assert parse_period(str(period)) == period


@given(days, st.sampled_from(Grain))
def test_the_period_of_a_day_holds_it(day: date, grain: Grain) -> None:
    period = Period.of(day, grain)
    assert period.start <= day <= period.last_day < period.end


@given(periods, st.sampled_from(Grain))
def test_parts_cover_the_whole_without_gap(period: Period, grain: Grain) -> None:
    order = list(Grain)
    if order.index(grain) > order.index(period.grain):
        return
    parts = period.split(grain)
    assert parts[0].start == period.start
    assert parts[-1].end == period.end
    assert all(one.end == two.start for one, two in itertools.pairwise(parts))


@given(periods)
def test_next_and_previous_are_neighbours(period: Period) -> None:
    assert period.next().previous() == period
    assert period.previous().end == period.start
    assert period.last_day + timedelta(days=1) == period.next().start


def test_the_year_before_a_leap_day_is_the_28th() -> None:
    assert parse_period("2024-02-29").year_before() == parse_period("2023-02-28")
    assert parse_period("2022-Q3").year_before() == parse_period("2021-Q3")
