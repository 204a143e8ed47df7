"""How fast entries are posted: `python benchmarks/posting/run.py [--scale F] [--postgresql URL]`.

On a new SQLite ledger, and on PostgreSQL where there is one (a database of its own, dropped afterwards).
The demonstration's entries go in by `post_bulk` with every check: doses, which name persons, and all others,
which do not; then single entries by `post`, each one its own transaction, by one process and by four; then
sealing, verifying and playing every record again. On a busy machine only this process's CPU seconds compare.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

DISTRICTS = Path(__file__).resolve().parents[2] / "districts"
SERVER = os.environ.get("TAIZHANG_TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
IMPORTER = "demo.importer"


def stage(name: str, count: int, work: Callable[[], Any]) -> Any:
    """Do `work` on `count` entries and print its speed."""
    clock, cpu = time.perf_counter(), time.process_time()
    done = work()
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    print(
        f"  {name:<34} {count:>9,} entries {count / clock:>9,.0f}/s {clock:7.1f} s, "
        f"CPU {cpu:6.1f} s, {cpu / count * 1e6:6.1f} us each",
        flush=True,
    )
    return done


def entries(scale: float) -> tuple[list[Any], list[Any], list[Any]]:
    """The system's entries, those that name persons, and the others, each in order."""
    sys.path.insert(0, str(DISTRICTS))
    import liubei
    from taizhang.ledger import queries

    definitions = queries.definition_records()
    kinds: tuple[list[Any], list[Any], list[Any]] = ([], [], [])
    for entry in liubei.generate(2022, scale, definitions):
        kind = entry["type"]
        if kind == "system.closing":  # all of the system's are posted first here, and nothing is late
            continue
        which = 0 if kind.startswith("system.") else 1 if kind == "vaccination.dose" else 2
        kinds[which].append(entry)
    return kinds


def found() -> Any:
    """A founded district, and the officer who hands in."""
    sys.path.insert(0, str(DISTRICTS))
    import liubei
    from taizhang.jobs.founding import definition_files
    from taizhang.ledger import actions

    files = definition_files(liubei.FOLDER)
    actions.found(files, administrator="administrator", password="benchmark only", importer=IMPORTER)
    return actions.officer(IMPORTER)


def run(home: Path, scale: float, singles: int) -> None:
    """Every stage on the ledger that Django is set up for."""
    from django.db import connection

    from taizhang.ledger import actions, queries

    by = found()
    system, personal, others = entries(scale)
    actions.post_bulk(system, by=by)
    kept = personal[-singles:], others[-singles:]
    for name, some in (("bulk, with persons", personal[:-singles]), ("bulk, without", others[:-singles])):
        posted = stage(name, len(some), lambda some=some: actions.post_bulk(some, by=by))
        assert posted.taken == len(some), posted
    for name, some in zip(("one at a time, with persons", "one at a time, without"), kept, strict=True):
        stage(name, len(some), lambda some=some: [actions.post([one], by=by) for one in some])
    connection.close()
    writers(home, singles)
    count = queries.position()
    stage("sealing", count, actions.seal)
    for deep in (False, True):
        name = "verifying deep" if deep else "verifying"
        if not stage(name, count, lambda deep=deep: queries.verify(deep=deep)).whole:
            raise SystemExit("the ledger does not verify")
    again = stage("posting what is known", len(others), lambda: actions.post_bulk(others, by=by))
    if again.taken:
        raise SystemExit("what was known was taken again")
    connection.close()


def writers(home: Path, singles: int) -> None:
    """Four processes post single entries at once; they start together."""
    begin = time.time() + 4
    command = [sys.executable, __file__, "--writer", str(home), "--singles", str(singles // 4)]
    processes = [
        subprocess.Popen([*command, "--number", str(n), "--begin", str(begin)], stdout=subprocess.PIPE)
        for n in range(4)
    ]
    spans = [tuple(map(float, one.communicate()[0].split())) for one in processes]
    if any(one.returncode for one in processes):
        raise SystemExit("a writer failed")
    clock = max(end for _, end in spans) - min(start for start, _ in spans)
    count = singles // 4 * 4
    print(
        f"  {'one at a time, four writers':<34} {count:>9,} entries {count / clock:>9,.0f}/s {clock:7.1f} s"
    )


def write(number: int, count: int, begin: float) -> None:
    """One of four: open `count` city cases of its own, one after the other."""
    from django.db import connection

    from taizhang.ledger import actions

    by = actions.officer(IMPORTER)
    _, _, others = entries(0.002)
    case = next(e for e in others if e["type"] == "city-cases.case" and e["kind"] == "open")
    mine = [{**case, "id": f"01Z{number}{n:022d}", "record": f"w{number}-{n}"} for n in range(count)]
    connection.ensure_connection()
    actions.post([{**case, "id": f"01Z{number}{count:022d}", "record": f"w{number}-warm"}], by=by)
    time.sleep(max(0.0, begin - time.time()))
    start = time.time()
    for one in mine:
        actions.post([one], by=by)
    print(start, time.time())


@contextmanager
def database(server: str) -> Iterator[str]:
    """The address of a PostgreSQL database of its own."""
    import psycopg

    name = f"taizhang_bench_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        settings = ("shared_buffers", "synchronous_commit", "fsync", "max_wal_size")
        values = [connection.execute(f"SHOW {setting}").fetchone()[0] for setting in settings]
        print("  " + ", ".join(f"{key} = {value}" for key, value in zip(settings, values, strict=True)))
        try:
            yield server.rpartition("/")[0] + "/" + name
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def main(arguments: argparse.Namespace) -> None:
    from taizhang.server import start

    if arguments.writer:
        start(Path(arguments.writer))
        write(arguments.number, arguments.singles, arguments.begin)
        return
    with tempfile.TemporaryDirectory() as folder:
        start(Path(folder))
        run(Path(folder), arguments.scale, arguments.singles)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  peak memory {peak:,.0f} MB, the list of sent entries included")


def everything(arguments: argparse.Namespace) -> None:
    """Each database in a process of its own, since Django is set up once."""
    print(f"cores {os.cpu_count()}, load before {os.getloadavg()[0]:.1f}, scale {arguments.scale}")
    sizes = ["--scale", str(arguments.scale), "--singles", str(arguments.singles)]
    command = [sys.executable, __file__, "--here", *sizes]
    print("SQLite", flush=True)
    subprocess.run(command, check=True, env=os.environ | {"TAIZHANG_DATABASE_URL": ""})
    if arguments.postgresql:
        print("PostgreSQL", flush=True)
        with database(arguments.postgresql) as url:
            subprocess.run(command, check=True, env=os.environ | {"TAIZHANG_DATABASE_URL": url})
    print(f"load after {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=0.2)
    parser.add_argument("--singles", type=int, default=2000)
    parser.add_argument("--postgresql", default=SERVER, help="empty: SQLite only")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--writer", default="", help=argparse.SUPPRESS)
    parser.add_argument("--number", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--begin", type=float, default=0, help=argparse.SUPPRESS)
    given = parser.parse_args()
    main(given) if given.here or given.writer else everything(given)
