"""Dates as pages and files write them."""

from __future__ import annotations

import re
from datetime import date


def date_in(text: str) -> date | None:
    """The first date written 2023-01-08, 2023/1/8 or 2023年1月8日 in a text; None where there is none."""
    for found in re.finditer(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)", text):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue  # a date that does not exist
    return None
