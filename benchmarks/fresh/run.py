"""From `post()` of one entry to its figure in the answer, on a big ledger and lake.

    python benchmarks/fresh/run.py [--records 1000000 ...] [--of dose|case] [--period 2022] [--home FOLDER]

A home with the demonstration's definitions and some thousands of its entries, posted; then the ledger's
tables are grown to `--records` versions by repeating them as other records of earlier years (`growing.py`;
that bulk was never posted), and the lake takes them by its ordinary catching up. Each round then posts one
new entry with `actions.post`, catches up, and asks for the district's figure that counts it, which must be
one more than before. Doses are counted since the beginning, so that every record bears on their figure;
cases by period.
The home is thrown away unless `--home` names one, which is used again and only grown.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from datetime import date, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DISTRICTS = HERE.parents[1] / "districts"
sys.path[:0] = [str(HERE), str(DISTRICTS)]

IMPORTER = "demo.importer"
SCALE = 0.01
FIRST_PERSON = 3_000_000  # none of the demonstration's
LATE = "测速 / a benchmark"  # the demonstration's months are closed
TYPES = {"dose": "vaccination.dose", "case": "city-cases.case"}
FIGURES = {"dose": "vaccination.doses", "case": "city-cases.cases"}


def found_and_post() -> None:
    """The demonstration's district with its entries at a small scale."""
    import liubei
    from taizhang.jobs.founding import definition_files
    from taizhang.ledger import actions, queries

    files = definition_files(liubei.FOLDER)
    actions.found(files, administrator="administrator", password="benchmark only", importer=IMPORTER)
    entries = liubei.generate(2022, SCALE, queries.definition_records())
    actions.post_bulk(entries, by=actions.officer(IMPORTER))


def fresh_dose(turn: int) -> list[dict[str, Any]]:
    """A dose to a person whom the ledger does not know."""
    from liubei import doses

    person = FIRST_PERSON + time.time_ns() % 10_000_000
    return [doses.entry(_second(turn), person, 1, 1, False, random.Random()) | {"reason": LATE}]


def fresh_case(turn: int) -> list[dict[str, Any]]:
    """A case that is reported, and its being filed, which is what counts."""
    from liubei import city_cases

    chance = random.Random()
    case = city_cases.Case(
        "0101", "patrol", city_cases.GRID_CODES[turn], "street-team", 0, ("open", "accept")
    )
    opening = city_cases.entry(_second(turn), case, 0, "", chance)
    filing = city_cases.entry(_second(turn) + 60, case, 1, str(opening["id"]), chance)
    return [opening | {"reason": LATE}, filing | {"reason": LATE}]


def _second(turn: int) -> int:
    from liubei.clock import at

    return at(date(2022, 11, 1), 600 + turn)


def figure(of: str, period: str) -> tuple[int, int]:
    """The district's figure of the period, and the position it is as of."""
    from taizhang.jobs.figure_rows import compute_figures

    [row] = compute_figures([FIGURES[of]], periods=[period])
    return int(row["value"]), row["position"]


def rounds(home: Path, of: str, period: str, number: int) -> dict[str, list[float]]:
    """Seconds of each round: posting, catching up, answering, and all of it."""
    from taizhang.lake import Lake
    from taizhang.ledger import actions

    by = actions.officer(IMPORTER)
    taken: dict[str, list[float]] = {"post": [], "catch up": [], "answer": [], "all": []}
    before, _ = figure(of, period)
    for turn in range(number):
        *first, entry = {"dose": fresh_dose, "case": fresh_case}[of](turn)
        if first:
            actions.post(first, by=by)
            figure(of, period)
        moments = [time.perf_counter()]
        posted = actions.post([entry], by=by)
        moments.append(time.perf_counter())
        Lake.open(home).catch_up()
        moments.append(time.perf_counter())
        value, position = figure(of, period)
        moments.append(time.perf_counter())
        if (value, [position]) != (before + 1, list(posted.positions.values())):
            raise SystemExit(f"the entry is not in the figure: {before} -> {value}, {position}, {posted}")
        before = value
        for name, start, end in zip(taken, moments, moments[1:], strict=False):
            taken[name].append(end - start)
        taken["all"].append(moments[-1] - moments[0])
    return taken


def measure(home: Path, of: str, period: str, records: int, number: int) -> None:
    """Grow the home to `records`, catch the lake up, and print what the rounds took."""
    from django.db import connection
    from growing import grow

    from taizhang.lake import Lake
    from taizhang.ledger import queries

    mark = home / "posted"
    if not mark.exists():
        found_and_post()
        mark.write_text(str(queries.position()))
    connection.close()
    started = time.perf_counter()
    grow(Path(str(connection.settings_dict["NAME"])), TYPES[of], int(mark.read_text()), records)
    grown = time.perf_counter() - started
    started, worked = time.perf_counter(), sum(os.times()[:4])
    caught = Lake.open(home).catch_up()
    took, worked = time.perf_counter() - started, sum(os.times()[:4]) - worked
    Lake.open(home).tidy()
    print(
        f"{queries.position():>11,} records ({of}); grown in {grown:.0f} s; {caught.versions:,} caught up in "
        f"{took:.1f} s ({caught.way}), {worked:.1f} processor seconds; load {os.getloadavg()[0]:.1f}"
    )
    worked = sum(os.times()[:4])
    for name, waits in rounds(home, of, period, number).items():
        ordered = sorted(waits)
        p95 = ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]
        print(
            f"{name:>11}: p50 {statistics.median(ordered) * 1000:6.1f} ms, p95 {p95 * 1000:6.1f} ms, "
            f"most {ordered[-1] * 1000:6.1f} ms"
        )
    each = (sum(os.times()[:4]) - worked) / number * 1000
    print(f"{'':>11}  {each:.0f} processor milliseconds a round; load {os.getloadavg()[0]:.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--records", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--of", choices=sorted(TYPES), default="dose")
    parser.add_argument("--period", default="2022", help="of the figure that is asked for")
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    print(f"{datetime.now():%Y-%m-%d %H:%M}, Python {platform.python_version()}, {os.cpu_count()} cores")
    from taizhang.server import start

    with tempfile.TemporaryDirectory() as folder:
        home = options.home or Path(folder)
        home.mkdir(parents=True, exist_ok=True)
        start(home)
        for records in sorted(options.records):
            measure(home, options.of, options.period, records, options.rounds)


if __name__ == "__main__":
    main()
