"""How long figures take at millions of records, beside PostgreSQL.

    python benchmarks/figures/run.py [--records 5000000] [--runs 3] [--no-peer] [--folder DIR]

Makes synthetic cases and doses in a real DuckLake (`district.py`), computes through `figures.compute`, and in
the same run asks a tuned PostgreSQL, with one query for each indicator and with our own plan. Every value of
the peer's is compared with ours. Ours are medians of --runs; the peer is asked once, warm.
Processor seconds are this process' own.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import district
import duckdb
import peer
import psycopg

from taizhang.figures import DuckDBEngine, Engine, Figures, PostgresEngine, Request, compute
from taizhang.lake import LakeSettings
from taizhang.lake.connection import connect
from taizhang.values import Period, parse_period

MONTHS = parse_period("2022").split(parse_period("2022-01").grain)
DEFINITIONS = district.definitions()


def timed(work: Callable[[], Any], runs: int) -> tuple[float, float]:
    """Median seconds and the median of this process' processor seconds."""
    clock, processor = [], []
    for _ in range(runs):
        started, used = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - started)
        processor.append(time.process_time() - used)
    return statistics.median(clock), statistics.median(processor)


def say(what: str, seconds: float, processor: float | None = None, more: str = "") -> None:
    used = f"{processor:8.3f}" if processor is not None else " " * 8
    print(f"{what:66} {seconds:8.3f} s {used}   {more}", flush=True)


def load_average() -> str:
    return " ".join(f"{value:.1f}" for value in os.getloadavg())


def keys(*indicators: str) -> tuple[str, ...]:
    return tuple(f"p.{indicator}" for indicator in indicators)


def make(folder: Path, records: int, tables: Sequence[str]) -> tuple[duckdb.DuckDBPyConnection, int]:
    """A lake with that many records in each table; the last position."""
    connection = connect(LakeSettings(folder, memory="4GB"))
    connection.execute("CALL lake.set_option('parquet_version', 2)")
    started = time.perf_counter()
    position = max(district.fill(connection, table, records) for table in tables)
    rows = connection.execute(f'SELECT count(*) FROM lake.main."{tables[0]}"').fetchone()
    assert rows
    taken = time.perf_counter() - started
    print(f"lake of {records:,} records ({rows[0]:,} versions) a table made in {taken:.0f} s", flush=True)
    return connection, position


class Bench:
    """A lake and what is asked of it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, position: int, runs: int) -> None:
        self.engine: Engine = DuckDBEngine(connection)
        self.setting, self.runs = district.setting(position), runs

    def figures(self, request: Request, engine: Engine | None = None) -> Figures:
        return compute(DEFINITIONS, request, engine or self.engine, self.setting)

    def say(self, what: str, request: Request) -> tuple[float, Figures]:
        figures = self.figures(request)
        seconds, processor = timed(lambda: self.figures(request), self.runs)
        say(what, seconds, processor, f"{len(figures):,} figures")
        return seconds, figures

    def one(self, place: str) -> float:
        """One indicator of one area's month, with its change on the year and without."""
        month = (parse_period("2022-05"),)
        seconds, _ = timed(
            lambda: self.figures(Request(keys("filed"), month, (place,), changes=False)), 5 * self.runs
        )
        change, _ = timed(lambda: self.figures(Request(keys("filed"), month, (place,))), 5 * self.runs)
        print(
            f"  {place:5} {seconds * 1000:7.1f} ms, with the change on the year {change * 1000:7.1f} ms",
            flush=True,
        )
        return seconds


def additive(bench: Bench) -> tuple[float, Figures]:
    """The twelve, as values alone and with everything that comes with them."""
    asked = Request(keys(*district.TWELVE), MONTHS, changes=False)
    seconds, figures = bench.say("12 additive indicators, all areas x 12 months", asked)
    reading, processor = timed(lambda: list(figures), bench.runs)
    say("  and every one of those figures put together as fractions", reading, processor)
    bench.say("  with the change on the year (24 slots)", Request(keys(*district.TWELVE), MONTHS))
    bench.say("1 stock (open cases), all areas x 12 months", Request(keys("open"), MONTHS, changes=False))
    return seconds, figures


def distinct(bench: Bench) -> None:
    """One indicator of distinct persons at all levels."""
    for indicator, what in (
        ("persons", "distinct persons of each month, by place"),
        ("ever", "distinct persons ever, by residence"),
        ("ever-placed", "distinct persons ever, by place (most in several grids)"),
    ):
        bench.say(what, Request(keys(indicator), MONTHS, changes=False))


def beside_peer(bench: Bench, connection: duckdb.DuckDBPyConnection, ours: float, figures: Figures) -> None:
    """The twelve in PostgreSQL, each value compared."""
    try:
        with peer.database() as postgres:
            started = time.perf_counter()
            peer.load(postgres, connection, district.areas())
            print(f"\n{'; '.join(peer.settings(postgres))}")
            taken = time.perf_counter() - started
            print(f"loaded by COPY, indexed, analysed in {taken:.0f} s; load {load_average()}")
            position = bench.setting.position
            peer.ask(postgres, "filed", position)  # warms the cache
            total = 0.0
            for indicator in district.TWELVE:
                found: list[Any] = []
                started = time.perf_counter()
                found = peer.ask(postgres, indicator, position)
                taken = time.perf_counter() - started
                total += taken
                compare(figures, indicator, found)
                print(f"  {indicator:18} {taken:7.3f} s", flush=True)
            say(
                "PostgreSQL, one query an indicator",
                total,
                None,
                f"{total / ours:.1f} x ours; all values equal",
            )
            engine = PostgresEngine(postgres)
            asked = Request(keys(*district.TWELVE), MONTHS, changes=False)
            started = time.perf_counter()
            shared = bench.figures(asked, engine)
            seconds = time.perf_counter() - started
            assert list(shared) == list(figures)
            say(
                "PostgreSQL, our own shared plan (PostgresEngine)",
                seconds,
                None,
                f"{seconds / ours:.1f} x ours; equal",
            )
    except psycopg.OperationalError as error:
        print(f"PostgreSQL could not be asked, so there is no ratio: {error}")


def compare(figures: Figures, indicator: str, found: list[Any]) -> None:
    """Every cell of the peer's answer against ours; raises AssertionError where they differ."""
    ours: dict[tuple[str, Period], Any] = {
        (f.area, f.period): f
        for f in figures
        if f.indicator == f"p.{indicator}" and (f.records or f.denominator)
    }
    assert len(ours) == len(found), (indicator, len(ours), len(found))
    month = MONTHS[0].grain
    for area, start, upper, lower in found:
        figure = ours[area, Period(start, month)]
        if indicator == "hours":
            # The peer divides to a limited number of digits.
            assert abs(figure.value - Fraction(upper) / Fraction(lower)) < Fraction(1, 10**6)
            continue
        assert figure.numerator == Fraction(upper), (indicator, area, start)
        assert lower is None or figure.denominator == Fraction(lower), (indicator, area, start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--records", type=int, default=5_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--folder", type=Path, help="where the lake is made; a temporary folder else")
    asked = parser.parse_args()
    now = datetime.now().strftime("%Y-%m-%d %H:%M")
    print(f"{now}, Python {platform.python_version()}, DuckDB {duckdb.__version__}, {os.cpu_count()} cores, "
          f"load {load_average()}")  # fmt: skip
    with tempfile.TemporaryDirectory(dir=asked.folder) as scratch:
        small, at = make(Path(scratch) / "small", asked.records // 10, ["p.case"])
        before = {place: Bench(small, at, asked.runs) for place in ("G005", "C005", "T05")}
        print(f"one figure of one area's month at {asked.records // 10:,} records")
        few = [bench.one(place) for place, bench in before.items()]
        small.close()
        connection, position = make(Path(scratch) / "large", asked.records, ["p.case", "p.dose"])
        bench = Bench(connection, position, asked.runs)
        print(f"one figure of one area's month at {asked.records:,} records")
        many = [bench.one(place) for place in ("G005", "C005", "T05")]
        grown = ", ".join(f"{m / f:.1f}" for m, f in zip(many, few, strict=True))
        print(f"  ten times the records take {grown} times as long")
        print(f"{'':66} {'clock':>10} {'processor':>8}   load {load_average()}")
        ours, figures = additive(bench)
        distinct(bench)
        if not asked.no_peer:
            beside_peer(bench, connection, ours, figures)
        connection.close()


if __name__ == "__main__":
    main()
