"""Real processes that write at once, and one that is killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def appender(ledger: str, home: Path, first: int, batches: int) -> subprocess.Popen[str]:
    from django.db import connection

    environment = dict(os.environ)
    if ledger == "postgresql":
        about = connection.settings_dict
        environment["TAIZHANG_DATABASE_URL"] = (
            f"postgresql://{about['USER']}@{about['HOST']}:{about['PORT']}/{about['NAME']}"
        )
    script = Path(__file__).with_name("appender.py")
    return subprocess.Popen(
        [sys.executable, str(script), str(home), str(first), str(batches)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_writers_at_once_leave_no_gap(ledger: str, tmp_path: Path) -> None:
    from taizhang.ledger import queries
    from taizhang.ledger.models import Entry
    from taizhang.ledger.verifying import verify

    writers = [appender(ledger, tmp_path, 1 + n * 10_000, 20) for n in range(4)]
    said = [int(line) for writer in writers for line in writer.communicate(timeout=60)[0].split()]
    assert [writer.returncode for writer in writers] == [0] * 4
    assert sorted(said) == list(range(5, 401, 5))
    assert list(Entry.objects.order_by("position").values_list("position", flat=True)) == list(range(1, 401))
    assert queries.position() == 400
    assert verify().whole


@pytest.mark.parametrize("acknowledged", [1, 7])
def test_killed_while_appending(ledger: str, tmp_path: Path, acknowledged: int) -> None:
    from taizhang.ledger import queries
    from taizhang.ledger.verifying import verify

    with appender(ledger, tmp_path, 1, 100_000) as writer:
        assert writer.stdout
        for _ in range(acknowledged):
            said = int(writer.stdout.readline())
        writer.kill()
        said = max([said, *(int(line) for line in writer.stdout.read().split("\n")[:-1])])
    assert queries.position() >= said
    assert queries.position() % 5 == 0
    assert verify().whole


def test_a_full_disk_takes_nothing(sqlite: Path) -> None:
    from django.db import connection
    from statements import append

    from taizhang.errors import HomeError
    from taizhang.ledger import queries
    from taizhang.ledger.verifying import verify

    append(1)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + 2}")
    with pytest.raises(HomeError, match="disk-full"):
        append(*range(2, 2000))
    assert queries.position() == 1
    assert verify().whole
