"""Catching up the lake: records a second for a long backlog, and the wait for one fresh entry.

    python benchmarks/lake/run.py [--records 1000000 5000000 20000000] [--fresh 60]

The ledger is a SQLite table of synthetic version documents of one case type, as the ledger stores them; past
250,000 the same documents come again as other records.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "lake"))

from plain_ledger import PlainLedger, definitions, record_type  # noqa: E402

from taizhang.lake import Lake, LakeSettings  # noqa: E402
from taizhang.programmes.definition import Clock, Duration, Field, FieldType, Limit, Name, Step  # noqa: E402

STATES = ("reported", "filed", "dispatched", "handled", "verified", "closed", "rejected")
STEPS = ("accept", "dispatch", "handle", "verify", "close", "reject", "extend")
KEY = "city-cases.case"
FIELDS = {
    "category": FieldType.CODE,
    "channel": FieldType.CHOICE,
    "area_m2": FieldType.NUMBER,
    "phone": FieldType.TEXT,
}
START = datetime(2022, 1, 1, 8)


def case_type():
    """A case with seven states, as in `city-cases`."""
    fields = {name: Field(name, kind, Name(name), personal=name == "phone") for name, kind in FIELDS.items()}
    steps = {name: Step(name, Name(name), {}) for name in STEPS}
    limits = {"filing": Limit("filing", "reported", "filed", Duration(30, "minutes", Clock.WORKING))}
    return record_type(KEY, fields=fields, states=STATES, steps=steps, limits=limits)


def document(number: int) -> dict:
    """A closed case; about 600 bytes of JSON."""
    opened = START + timedelta(seconds=number * 6 % (730 * 86_400))
    times = [opened + timedelta(minutes=20 * step) for step in range(6)]
    entered = {f"{state}_at": time.isoformat() for state, time in zip(STATES, times, strict=False)}
    first = {f"first_{name}": time for name, time in entered.items()}
    return {
        "record": f"01GW{number:022d}",
        "void": False,
        "late": False,
        "state": "closed",
        "area": f"450205{number % 997:06d}",
        "body": "urban-management",
        "opened_at": opened.isoformat(),
        **entered,
        **first,
        **{f"{step}_count": 1 for step in STEPS[:5]},
        "filing_due": (opened + timedelta(minutes=30)).isoformat(),
        "category": f"{number % 40:04d}",
        "channel": "patrol",
        "area_m2": f"{number % 1000}.2500",
        "phone": {"cipher": "AAAA"},
    }


def fresh_entries(lake: Lake, ledger: PlainLedger, number: int) -> list[float]:
    """Seconds from before the post of one entry until a count over its area and month includes it."""
    waits = []
    for turn in range(number):
        started = time.perf_counter()
        ledger.post([(KEY, f"fresh{turn}", None, document(turn))])
        cursor = lake.cursor()
        found = cursor.execute(
            f'SELECT count(*) FROM "{KEY}" WHERE closed_at >= ? AND closed_at < ? AND area = ?',
            [datetime(2022, 1, 1), datetime(2022, 2, 1), f"450205{turn % 997:06d}"],
        ).fetchone()
        cursor.close()
        assert found and found[0] > 0
        waits.append(time.perf_counter() - started)
    return waits


def catch_up_only(lake: Lake, ledger: PlainLedger, number: int) -> list[float]:
    """Seconds that catching up with one entry takes."""
    waits = []
    for turn in range(number):
        ledger.post([(KEY, f"only{turn}", None, document(turn))])
        started = time.perf_counter()
        lake.catch_up()
        waits.append(time.perf_counter() - started)
    return waits


def processor_seconds() -> float:
    """Processor time of this process and of those that it has waited for."""
    return sum(os.times()[:4])


def milliseconds(waits: list[float]) -> str:
    ordered = sorted(waits)
    return (
        f"median {statistics.median(ordered) * 1000:.0f} ms, "
        f"p95 {ordered[int(len(ordered) * 0.95) - 1] * 1000:.0f} ms, most {ordered[-1] * 1000:.0f} ms"
    )


def measure(records: int, fresh: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        ledger = PlainLedger(home / "ledger.sqlite", definitions(case_type()))
        block = min(records, 250_000)
        ledger.post((KEY, f"r{n}", None, document(n)) for n in range(block))
        while (missing := records - ledger.position()) > 0:
            ledger.repeat(min(block, missing))
        lake = Lake.open(LakeSettings(home), ledger)
        started, worked = time.perf_counter(), processor_seconds()
        caught = lake.catch_up()
        took, worked = time.perf_counter() - started, processor_seconds() - worked
        rate = f"{records / took:,.0f} records/s ({caught.way})"
        print(f"{records:>11,} records: caught up in {took:.1f} s, {rate}; {worked:.1f} processor seconds")
        print(f"{'':>11}  load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        print(f"{'':>11}  one entry, catching up: {milliseconds(catch_up_only(lake, ledger, fresh))}")
        print(f"{'':>11}  one entry, post to count: {milliseconds(fresh_entries(lake, ledger, fresh))}")
        started = time.perf_counter()
        lake.tidy()
        print(f"{'':>11}  tidied in {time.perf_counter() - started:.1f} s; {lake.tables()}")
        print(f"{'':>11}  after that: {milliseconds(fresh_entries(lake, ledger, fresh))}")
        lake.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, nargs="+", default=[1_000_000, 5_000_000])
    parser.add_argument("--fresh", type=int, default=60)
    options = parser.parse_args()
    print(f"{datetime.now():%Y-%m-%d %H:%M}, Python {platform.python_version()}, {' '.join(sys.argv)}")
    for records in options.records:
        measure(records, options.fresh)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"most memory: {own:.0f} MB here, {child:.0f} MB in the transferring process")


if __name__ == "__main__":
    main()
