"""Catching up the lake: records a second for a long backlog, and the wait for one fresh entry.

    python benchmarks/lake/run.py [--records 1000000 ...] [--of case|dose] [--fresh 60] [--server URL]

The ledger is a table of synthetic version documents of one type, as the ledger stores them, in a SQLite
file or, with `--server`, in a database made on that PostgreSQL server and dropped afterwards; past 250,000
the same documents come again as other records.
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
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "lake"), str(Path(__file__).parent)]

from plain_ledger import PlainLedger, definitions, record_type  # noqa: E402
from postgres_ledger import PostgresLedger  # noqa: E402

from taizhang.lake import Lake, LakeSettings  # noqa: E402
from taizhang.programmes import RecordType  # noqa: E402
from taizhang.programmes.definition import (  # noqa: E402
    Clock,
    Duration,
    Field,
    FieldType,
    Limit,
    Mechanism,
    Name,
    Step,
)

STATES = ("reported", "filed", "dispatched", "handled", "verified", "closed", "rejected")
STEPS = ("accept", "dispatch", "handle", "verify", "close", "reject", "extend")
FIELDS = {
    "category": FieldType.CODE,
    "channel": FieldType.CHOICE,
    "area_m2": FieldType.NUMBER,
    "phone": FieldType.TEXT,
}
START = datetime(2022, 1, 1, 8)


DOSE = {
    "person": FieldType.PERSON,
    "residence": FieldType.AREA,
    "vaccine": FieldType.CODE,
    "dose_number": FieldType.WHOLE,
    "completes": FieldType.YES_NO,
    "mode": FieldType.CHOICE,
}


def case_type() -> RecordType:
    """A case with seven states, as in `city-cases`."""
    fields = {name: Field(name, kind, Name(name), personal=name == "phone") for name, kind in FIELDS.items()}
    steps = {name: Step(name, Name(name), {}) for name in STEPS}
    limits = {"filing": Limit("filing", "reported", "filed", Duration(30, "minutes", Clock.WORKING))}
    return record_type("city-cases.case", fields=fields, states=STATES, steps=steps, limits=limits)


def dose_type() -> RecordType:
    """A dose, as in `vaccination`."""
    fields = {name: Field(name, kind, Name(name)) for name, kind in DOSE.items()}
    return record_type("vaccination.dose", Mechanism.SERVICE, fields=fields, states=("given",))


def dose(number: int) -> dict:
    """A dose; about 390 bytes of JSON."""
    given = (START + timedelta(seconds=number * 6 % (730 * 86_400))).isoformat()
    return {
        "record": f"01GW{number:022d}",
        "void": False,
        "late": False,
        "state": "given",
        "area": f"450205{number % 997:06d}",
        "body": "health-bureau",
        "opened_at": given,
        "given_at": given,
        "first_given_at": given,
        "person": number * 2_654_435_761 % 2**53,
        "residence": f"450205{number % 991:06d}",
        "vaccine": "inactivated",
        "dose_number": number % 3 + 1,
        "completes": number % 3 == 1,
        "mode": "fixed",
    }


def case(number: int) -> dict:
    """A closed case; about 830 bytes of JSON."""
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


Ledger = PlainLedger | PostgresLedger
OF = {"case": (case_type(), case), "dose": (dose_type(), dose)}


def fresh_entries(lake: Lake, ledger: Ledger, of: str, number: int) -> list[float]:
    """Seconds from before the post of one entry until a count over its area and month includes it."""
    kind, document = OF[of]
    waits = []
    for turn in range(number):
        started = time.perf_counter()
        ledger.post([(kind.key, f"fresh{turn}", None, document(turn))])
        cursor = lake.cursor()
        found = cursor.execute(
            f'SELECT count(*) FROM "{kind.key}" WHERE opened_at >= ? AND opened_at < ? AND area = ?',
            [datetime(2022, 1, 1), datetime(2022, 2, 1), f"450205{turn % 997:06d}"],
        ).fetchone()
        cursor.close()
        assert found and found[0] > 0
        waits.append(time.perf_counter() - started)
    return waits


def catch_up_only(lake: Lake, ledger: Ledger, of: str, number: int) -> list[float]:
    """Seconds that catching up with one entry takes."""
    kind, document = OF[of]
    waits = []
    for turn in range(number):
        ledger.post([(kind.key, f"only{turn}", None, document(turn))])
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


@contextmanager
def new_ledger(home: Path, server: str, kind: RecordType) -> Iterator[tuple[Ledger, LakeSettings]]:
    """An empty ledger, and the settings of its lake."""
    if not server:
        yield PlainLedger(home / "ledger.sqlite", definitions(kind)), LakeSettings(home)
        return
    ledger = PostgresLedger(server, definitions(kind))
    try:
        yield ledger, LakeSettings(home, catalogue=ledger.database)
    finally:
        ledger.drop()


def measure(records: int, of: str, fresh: int, server: str) -> None:
    kind, document = OF[of]
    with (
        tempfile.TemporaryDirectory() as folder,
        new_ledger(Path(folder), server, kind) as (ledger, settings),
    ):
        block = min(records, 250_000)
        ledger.post((kind.key, f"r{n}", None, document(n)) for n in range(block))
        while (missing := records - ledger.position()) > 0:
            ledger.repeat(min(block, missing))
        lake = Lake.open(settings, ledger)
        started, worked = time.perf_counter(), processor_seconds()
        caught = lake.catch_up()
        took, worked = time.perf_counter() - started, processor_seconds() - worked
        rate = f"{records / took:,.0f} records/s ({caught.way}), {worked:.1f} processor seconds"
        print(f"{records:>11,} records ({of}): caught up in {took:.1f} s, {rate}")
        print(f"{'':>11}  load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        print(f"{'':>11}  one entry, catching up: {milliseconds(catch_up_only(lake, ledger, of, fresh))}")
        print(f"{'':>11}  one entry, post to count: {milliseconds(fresh_entries(lake, ledger, of, fresh))}")
        started = time.perf_counter()
        lake.tidy()
        print(f"{'':>11}  tidied in {time.perf_counter() - started:.1f} s; {lake.tables()}")
        print(f"{'':>11}  after that: {milliseconds(fresh_entries(lake, ledger, of, fresh))}")
        lake.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, nargs="+", default=[1_000_000, 5_000_000])
    parser.add_argument("--fresh", type=int, default=60)
    parser.add_argument("--of", choices=sorted(OF), default="case")
    parser.add_argument("--server", default="", help="postgresql://…: the ledger on PostgreSQL")
    options = parser.parse_args()
    print(f"{datetime.now():%Y-%m-%d %H:%M}, Python {platform.python_version()}, {' '.join(sys.argv)}")
    for records in options.records:
        measure(records, options.of, options.fresh, options.server)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"most memory: {own:.0f} MB here, {child:.0f} MB in the transferring process")


if __name__ == "__main__":
    main()
