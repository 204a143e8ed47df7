"""What a reading's claims say, as the command prints them."""

from __future__ import annotations

import json
from typing import Any

from taizhang import reading

KEYS = "surface start low high step bound unit kind approx basis modality section period".split()  # noqa: SIM905
"""The contract's keys whose values must be exact; `subject`, before `section`, may be worded otherwise."""


def said(read: reading.Reading) -> list[dict[str, Any]]:
    """A row for each claim, as in JSON Lines."""
    return [json.loads(reading.COLUMNS["claims"].line(row)) for row in read.table()]
