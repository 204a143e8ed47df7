"""How many units have reported of those expected, from what a record type expects of whom."""

from __future__ import annotations

from datetime import date

from sqlglot import exp

from taizhang.programmes import Expects, Measure, RecordType, Standing
from taizhang.values import Grain, Period

PERIOD_START = "PERIOD_START"
"""A function of ours in measures made here: the first day of the day, month, quarter or year of a date."""


def units_of(period: Period, expects: Expects, today: date) -> int:
    """The days, months … of a period that are over; 0 for a period shorter than one of them."""
    grain = Grain(expects.every)
    if period.grain.months < grain.months:
        return 0
    return sum(unit.last_day < today for unit in period.split(grain))


def owing(kind: RecordType, area: str) -> Measure:
    """Who owes: the distinct `each` of all records opened before a period's end."""
    assert kind.expects is not None
    each = exp.column(kind.expects.each)
    counted = exp.Count(this=exp.Distinct(expressions=[each]))
    return Measure(of=kind.key, value=counted, standing=Standing("opened_at"), area=area)


def delivered(kind: RecordType, area: str, today: date) -> Measure:
    """What came in: the distinct pairs of `each` and unit of time, of the units that are over."""
    expects = kind.expects
    assert expects is not None
    on = exp.column(expects.on)
    unit = exp.Anonymous(this=PERIOD_START, expressions=[exp.Literal.string(expects.every), on])
    running = Period.of(today, Grain(expects.every)).start
    over = exp.LT(this=on.copy(), expression=exp.cast(exp.Literal.string(running.isoformat()), "DATE"))
    counted = exp.Count(this=exp.Distinct(expressions=[exp.column(expects.each), unit]))
    return Measure(of=kind.key, value=counted, where=over, on=expects.on, area=area)
