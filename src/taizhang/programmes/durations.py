"""Durations as programme files and entries write them: `30 working minutes`, `5 working days`, `7 days`."""

from __future__ import annotations

import re
from typing import Literal, cast

from taizhang.programmes.definition import Clock, Duration

_FORM = re.compile(r"(\d{1,5})\s+(?:(working|calendar)\s+)?(minute|hour|day)s?")

FORM = "30 working minutes, 4 working hours, 5 working days, 7 days"
"""The wanted form, for messages."""


def parse_duration(text: str) -> Duration:
    """Read a duration; without `working` it counts calendar time.

    Raises ValueError when `text` is none, or is of no length.
    """
    match = _FORM.fullmatch(text.strip())
    if match is None or int(match[1]) == 0:
        raise ValueError(f"{text!r} is not a duration; write for instance {FORM}")
    clock = Clock.WORKING if match[2] == "working" else Clock.CALENDAR
    return Duration(int(match[1]), cast(Literal["minutes", "hours", "days"], match[3] + "s"), clock)


def write_duration(duration: Duration) -> str:
    """The text that `parse_duration` reads as this duration."""
    working = "working " if duration.clock is Clock.WORKING else ""
    return f"{duration.amount} {working}{duration.unit}"
