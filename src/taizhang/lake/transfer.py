"""`python -m taizhang.lake.transfer`: one catching up from a SQLite ledger, in a process of its own.

The work comes as JSON on standard input. This process never imports Django, so that DuckDB's scanner is the
only SQLite that opens the ledger here. It inherits the lake's locked file, so that the lock holds for as long
as it works, even when the process that asked for it is killed.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import duckdb

from taizhang.errors import HomeError, Problem
from taizhang.lake.connection import connect, damaged
from taizhang.lake.converting import convert
from taizhang.lake.scanning import Scanner
from taizhang.lake.settings import LakeSettings
from taizhang.lake.work import Work


def request(settings: LakeSettings, scanner: Scanner, work: Work) -> str:
    """The JSON that `main` reads."""
    content = {"settings": asdict(settings) | {"home": str(settings.home)}, "scanner": asdict(scanner)}
    return json.dumps(content | {"work": work.to_json()})


def failure(returncode: int, told: str) -> HomeError:
    """What a failed transfer means: its own problems, or that it was killed. The lake is as it was."""
    if returncode == 2:
        problems = json.loads(told.splitlines()[-1])  # after any warnings of the interpreter
        return HomeError([Problem(code, found, remedy=remedy) for code, found, remedy in problems])
    return HomeError(
        Problem(
            "lake-transfer",
            f"转入湖的进程中止 / the transferring process ended with {returncode}: {told.strip()[-500:]}",
            remedy="再试一次；湖未改动 / try again; the lake is as it was",
        )
    )


def main() -> int:
    content = json.load(sys.stdin)
    settings = LakeSettings(**content["settings"] | {"home": Path(content["settings"]["home"])})
    scanner = Scanner(**content["scanner"])
    work = Work.from_json(content["work"])
    try:
        connection = connect(settings)
        scanner.attach(connection)
        versions = convert(
            connection, work, lambda span: scanner.batches(connection, span, settings.batch), ahead=True
        )
    except (HomeError, duckdb.Error) as error:
        said = error if isinstance(error, HomeError) else damaged(settings, error)
        json.dump([[p.code, p.found, p.remedy] for p in said.problems], sys.stderr)
        return 2
    print(versions)
    return 0


if __name__ == "__main__":
    sys.exit(main())
