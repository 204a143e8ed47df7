"""Values that every part speaks in: periods and places in a source. They know nothing of the parts."""

from taizhang.values.period import Grain, Period, parse_period
from taizhang.values.place import Place

__all__ = ["Grain", "Period", "Place", "parse_period"]
