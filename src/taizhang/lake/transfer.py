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

from taizhang.errors import HomeError
from taizhang.lake.connection import connect
from taizhang.lake.converting import convert
from taizhang.lake.scanning import Scanner
from taizhang.lake.settings import LakeSettings
from taizhang.lake.work import Work


def request(settings: LakeSettings, scanner: Scanner, work: Work) -> str:
    """The JSON that `main` reads."""
    content = {"settings": asdict(settings) | {"home": str(settings.home)}, "scanner": asdict(scanner)}
    return json.dumps(content | {"work": work.to_json()})


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
        print(error, file=sys.stderr)
        return 2
    print(versions)
    return 0


if __name__ == "__main__":
    sys.exit(main())
