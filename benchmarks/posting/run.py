"""How fast entries are appended to a new SQLite ledger: `python benchmarks/posting/run.py [ENTRIES]`.

It measures digesting and writing alone (`taizhang.ledger.appending`), not the checks before it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path


def main(count: int, size: int = 10_000) -> None:
    from taizhang.server import start

    with tempfile.TemporaryDirectory() as folder:
        start(Path(folder))
        from django.core.management import call_command
        from django.db import connection, transaction

        from taizhang.ledger import sealing, verifying
        from taizhang.ledger.appending import Prepared, append
        from taizhang.programmes.entry import Entry, EntryKind

        call_command("migrate", verbosity=0, skip_checks=True)
        begun = time.perf_counter()
        for first in range(0, count, size):
            batch = [
                Prepared(
                    Entry(
                        f"{n:026d}",
                        EntryKind.OPEN,
                        "demo.thing",
                        f"r{n}",
                        "2022-03-01T08:15:00+08:00",
                        "450205",
                        "b",
                        "o",
                        "2022-03-01T08:15:00+08:00",
                        payload={"amount": f"{n}.00"},
                    ),
                    {"record": f"r{n}", "state": "open", "amount": f"{n}.00"},
                    None,
                )
                for n in range(first, min(first + size, count))
            ]
            with transaction.atomic():
                append(batch)
        print(f"append: {count / (time.perf_counter() - begun):,.0f} entries/s")
        begun = time.perf_counter()
        sealing.seal()
        print(f"seal:   {count / (time.perf_counter() - begun):,.0f} entries/s")
        begun = time.perf_counter()
        if not verifying.verify().whole:
            raise SystemExit("the ledger does not verify")
        print(f"verify: {count / (time.perf_counter() - begun):,.0f} entries/s")
        connection.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
