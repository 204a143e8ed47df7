"""How fast entries are posted to a new SQLite ledger: `python benchmarks/posting/run.py [SCALE]`.

It founds the demonstration district, posts its entries with every check, seals, verifies, and plays every
record again. Each line says entries a second by the clock, and CPU seconds: on a busy machine only these
compare.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

DISTRICTS = Path(__file__).resolve().parents[2] / "districts"


def stage(name: str, count: int | None, work: Callable[[], Any]) -> Any:
    """Do `work` and print its speed; `count` None: what it gives back says how many."""
    clock, cpu = time.perf_counter(), time.process_time()
    done = work()
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    entries = done.taken if count is None else count
    print(f"{name:<12} {entries:>9,} entries {entries / clock:>9,.0f}/s {clock:7.1f} s, CPU {cpu:7.1f} s")
    return done


def main(scale: float) -> None:
    from taizhang.server import start

    with tempfile.TemporaryDirectory() as folder:
        start(Path(folder))
        sys.path.insert(0, str(DISTRICTS))
        from django.db import connection

        import liubei
        from taizhang.ledger import actions, queries

        names = [*liubei.FOLDER.glob("programmes/*.yaml"), *liubei.FOLDER.glob("codes/*.yaml")]
        files = {
            path.relative_to(liubei.FOLDER).as_posix(): path.read_text("utf-8")
            for path in (liubei.FOLDER / "district.yaml", *names)
        }
        print(f"cores {os.cpu_count()}, load before {os.getloadavg()[0]:.1f}")
        actions.found(
            files, administrator="administrator", password="benchmark only", importer="demo.importer"
        )
        by = actions.officer("demo.importer")
        stage("post", None, lambda: actions.post_bulk(liubei.generate(2022, scale), by=by))
        count = queries.position()
        stage("seal", count, actions.seal)
        for deep in (False, True):
            name = "verify deep" if deep else "verify"
            if not stage(name, count, lambda deep=deep: queries.verify(deep=deep)).whole:
                raise SystemExit("the ledger does not verify")
        again = stage("post again", count, lambda: actions.post_bulk(liubei.generate(2022, scale), by=by))
        if again.taken:
            raise SystemExit("what was known was taken again")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"peak memory {peak:,.0f} MB, load after {os.getloadavg()[0]:.1f}")
        connection.close()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 0.05)
