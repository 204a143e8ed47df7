"""The text against itself: what two of its own figures, or a figure and its noun, say against each other.

A finding is made only when no rounding of the printed figures explains the difference: each stands for all
values that round to it (interval arithmetic in decimals). It names every place, the arithmetic in words, and
how sure it is.
"""

from taizhang.reading.consistency.growth import growth_against_levels
from taizhang.reading.consistency.impossible import impossible_units, rates_over_hundred
from taizhang.reading.consistency.neighbours import Neighbours
from taizhang.reading.consistency.parts import parts_against_total, shares_of_a_whole, structure_in_percent
from taizhang.reading.consistency.points import changes_of_rates
from taizhang.reading.consistency.repeats import said_twice
from taizhang.reading.consistency.shares import shares_against_counts

__all__ = [
    "Neighbours",
    "changes_of_rates",
    "growth_against_levels",
    "impossible_units",
    "parts_against_total",
    "rates_over_hundred",
    "said_twice",
    "shares_against_counts",
    "shares_of_a_whole",
    "structure_in_percent",
]
