"""Air quality: three stations by day over two years."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from .clock import DAY, at
from .places import TOWN_AREAS
from .writing import Item, Writer

TYPE = "air-quality.station-day"
# Year → good days, and days on which no station reported.
YEARS = {2021: (331, 4), 2022: (336, 0)}


def air(rng: random.Random) -> Iterator[Item]:
    """331 good of 361 valid days in 2021, 336 of 365 in 2022. Some station-days are missing, some come late,
    some were measured while a station was calibrated and are voided, some are corrected the next month."""
    writer = Writer(rng, "ecology-bureau", "demo.monitor")
    for year, (good, silent) in YEARS.items():
        days = list(range(365))
        rng.shuffle(days)
        lost, fine = set(days[:silent]), set(days[silent : silent + good])
        for number in range(365):
            day = date(year, 1, 1) + timedelta(days=number)
            for n in range(3):
                aqi = _aqi(rng, number, fine=number in fine)
                # The first station is never away alone, so that a day is lost only where all are.
                if number not in lost and not (n and rng.random() < 0.03):
                    yield from _station_day(writer, day, n, aqi)


def _aqi(rng: random.Random, number: int, *, fine: bool) -> int:
    """Higher in winter; on a good day up to 96, on another from 104."""
    winter = abs(number - 182) / 182
    return int((28 + 40 * winter + rng.random() * 28) if fine else 104 + winter * 30 + rng.random() * 30)


def _station_day(writer: Writer, day: date, n: int, aqi: int) -> Iterator[Item]:
    rng = writer.rng
    area = TOWN_AREAS[n * 4][0]
    evening = at(day, 1410)
    payload: dict[str, object] = {
        "station": f"S{n + 1}",
        "measured_on": day.isoformat(),
        "aqi": aqi,
        "pm25": f"{aqi * (0.55 + 0.1 * rng.random()):.1f}",
    }
    fate = rng.random()
    if fate < 0.006:
        yield writer.write(
            evening, "open", TYPE, area,
            entered=writer.next_month(evening), payload=payload, reason="通信中断,恢复后补传(演示)",
        )  # fmt: skip
        return
    item = writer.write(evening, "open", TYPE, area, payload=payload)
    if n and fate > 0.996:
        wrong = writer.write(evening - 3600, "open", TYPE, area, payload=payload | {"aqi": 500})
        yield wrong
        yield writer.void(evening - 1800, wrong, "校准期间的读数无效,作废(演示)")
    yield item
    if fate < 0.014:
        yield writer.amend(
            (evening // DAY + 32) * DAY + 36_000, item, "月度复核更正", pm25=f"{aqi * 0.62:.1f}"
        )
