"""The monthly assessment: sheets, their confirmation, and points given back after an appeal."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

from .clock import DAY, at
from .places import TOWN_AREAS
from .writing import Item, Writer

SHEET = "golden-kettle.sheet"
FULL_MARKS = (("01", 20), ("02", 25), ("03", 10), ("04", 15), ("05", 10), ("06", 20))


def kettle(rng: random.Random) -> Iterator[Item]:
    """A sheet for each town, month and item; some 5 % deducted, one in forty corrected after an appeal."""
    writer = Writer(rng, "urban-management", "demo.assessor")
    for month in range(1, 13):
        for area, _, _ in TOWN_AREAS:
            for item, full in FULL_MARKS:
                deducted = full * rng.random() * 0.1
                second = at(date(2022, month, 26), 540 + int(rng.random() * 120))
                sheet = writer.write(
                    second, "open", SHEET, area,
                    payload={
                        "item": item,
                        "month": f"2022-{month:02d}-01",
                        "full_marks": f"{full}.00",
                        "deduction": f"{deducted:.2f}",
                    },
                )  # fmt: skip
                yield sheet
                record = sheet[1]["id"]
                yield writer.write(second + 2 * DAY, "step", SHEET, area, record=record, step="confirm")
                if rng.random() < 0.025:
                    yield writer.amend(
                        second + (16 + int(rng.random() * 12)) * DAY, sheet,
                        "申诉成立,扣分核减(演示)", deduction=f"{deducted / 2:.2f}",
                    )  # fmt: skip
