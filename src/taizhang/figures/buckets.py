"""Time cut at the borders of the slots: every date falls into one bucket, every slot is a run of buckets.

Bucket b holds what comes after exactly b of the borders have passed. A date that is not there counts as
never, in the last bucket: a flow does not count it, and what has not ended stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlglot import exp

from taizhang.figures.plan import Slot
from taizhang.programmes import Measure


@dataclass(frozen=True, slots=True)
class Run:
    """The buckets of a slot. A flow counts dates in `first`..`last`; what stands at its end has begun in a
    bucket up to `last` and ends in one past it."""

    slot: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Buckets:
    """The borders, in order, and each slot's run of buckets."""

    borders: tuple[date, ...]
    runs: tuple[Run, ...]

    @staticmethod
    def of(slots: tuple[Slot, ...], measures: tuple[Measure, ...]) -> Buckets:
        """Stocks need only the ends of the slots, flows their starts too."""
        ends = {slot.period.end for slot in slots}
        flows = any(measure.standing is None for measure in measures)
        borders = sorted(ends | {slot.period.start for slot in slots} if flows else ends)
        place = {border: number for number, border in enumerate(borders)}
        runs = tuple(
            Run(number, place.get(slot.period.start, -1) + 1, place[slot.period.end])
            for number, slot in enumerate(slots)
        )
        return Buckets(tuple(borders), runs)

    def number(self, moment: exp.Expr) -> exp.Expr:
        """The bucket of a date or moment: comparisons in a tree, so that few are made for each row."""

        def between(low: int, high: int) -> exp.Expr:
            if low == high:
                return exp.Literal.number(low)
            middle = (low + high) // 2
            before = exp.LT(this=moment.copy(), expression=day(self.borders[middle]))
            # `<` is not true of a missing date, which so ends up in the last bucket.
            return exp.Case(
                ifs=[exp.If(this=before, true=between(low, middle))], default=between(middle + 1, high)
            )

        return between(0, len(self.borders))


def day(value: date) -> exp.Expr:
    """A day as a literal."""
    return exp.cast(exp.Literal.string(value.isoformat()), "DATE")
