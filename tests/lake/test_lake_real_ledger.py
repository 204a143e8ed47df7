"""A real district's ledger, posted to, on SQLite and PostgreSQL: the lake equals its versions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

SERVER = os.environ.get("TAIZHANG_TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
PROCESS = Path(__file__).with_name("real_ledger_process.py")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "sqlite":
        yield ""
        return
    try:
        server = psycopg.connect(SERVER, autocommit=True)
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL: {error}")
    name = f"taizhang_lake_{uuid.uuid4().hex[:12]}"
    server.execute(f"CREATE DATABASE {name}")
    yield f"{SERVER.rpartition('/')[0]}/{name}"
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")
    server.close()


def test_the_lake_equals_what_was_posted(database_url: str, tmp_path: Path, repository: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(PROCESS), str(tmp_path), str(repository / "districts" / "liubei")],
        env=os.environ | {"TAIZHANG_DATABASE_URL": database_url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["vendor"] == ("postgresql" if database_url else "sqlite")
    assert told["rows"]["chiefs.duty"] == 88
    assert told["rows"]["chiefs.duty.rounds"] == 88 * 13
    assert (
        told["position"] == told["rebuilt"] == sum(told["rows"].values()) - told["rows"]["chiefs.duty.rounds"]
    )
    assert told["ways"] == ["direct"] * 4 + ["scan" if database_url else "transfer"]
    assert "inside a transaction" in told["refused"]
    assert (tmp_path / "lake" / "catalogue.sqlite").exists() is not bool(database_url)
