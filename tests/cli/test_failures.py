"""What cannot be helped, said plainly: databases that do not answer, disks, and faults of our own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from tests.cli.conftest import Place
from tests.ledger.conftest import SERVER

SOMEBODY = "450205199001011234"


def taizhang(home: Path, url: str, *words: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own: how a database is reached is settled when it starts."""
    command = Path(sys.executable).with_name("taizhang")
    environment = os.environ | {"TAIZHANG_HOME": str(home), "TAIZHANG_DATABASE_URL": url}
    return subprocess.run(
        [command, *words], capture_output=True, text=True, env=environment, timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://nobody@127.0.0.1:1/taizhang", "database-unreachable"),
        ("postgresql://nobody@no-such-host.invalid/taizhang", "database-unreachable"),
        ("postgresql://nobody@127.0.0.1:port/taizhang", "bad-database-url"),
        ("mysql://127.0.0.1/taizhang", "bad-database-url"),
    ],
)
def test_a_database_that_cannot_be_reached_is_said_so(tmp_path: Path, url: str, said: str) -> None:
    done = taizhang(tmp_path / "home", url, "verify")
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("user", "name", "said"),
    [(None, "no_such_database", "database-missing"), ("nobody_here", None, "database-refused")],
)
def test_a_server_that_refuses_is_said_so(
    tmp_path: Path, user: str | None, name: str | None, said: str
) -> None:
    parts = urlsplit(SERVER)
    try:
        psycopg.connect(SERVER).close()
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL: {error}")
    address = f"{user or parts.username}@{parts.hostname}:{parts.port}/{name or parts.path.lstrip('/')}"
    done = taizhang(tmp_path / "home", f"postgresql://{address}", "figures")
    assert done.returncode == 2, done.stderr
    assert said in done.stderr


def test_a_database_without_a_ledger_says_what_to_do(tmp_path: Path) -> None:
    try:
        psycopg.connect(SERVER).close()
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL: {error}")
    for url in (SERVER.rpartition("/")[0] + "/template1", ""):
        done = taizhang(tmp_path / "home", url, "verify")
        assert done.returncode == 2, done.stderr
        assert "home-empty" in done.stderr
        assert "taizhang init" in done.stderr


def test_a_fault_of_our_own_is_neither_done_nor_bad_input(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    from taizhang.ledger import queries

    def fails(*words: object, **named: object) -> None:
        raise RuntimeError(f"cannot go on with {SOMEBODY}")

    monkeypatch.setattr(queries, "verify", fails)
    monkeypatch.delenv("TAIZHANG_DEBUG", raising=False)
    done = place.run("verify")
    assert done.code == 70
    assert "RuntimeError" in done.err
    assert "TAIZHANG_DEBUG=1" in done.err
    assert SOMEBODY not in done.err
    assert "Traceback" not in done.err
    monkeypatch.setenv("TAIZHANG_DEBUG", "1")
    assert "Traceback" in place.run("verify").err


def test_a_disk_that_is_full_is_no_fault_of_ours(place: Place) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    command = Path(sys.executable).with_name("taizhang")
    with full.open("w") as out:
        words = [command, "validate", place.district, "--format", "jsonl"]
        done = subprocess.run(words, stdout=out, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert done.returncode == 2, done.stderr
    assert "disk-full" in done.stderr
    assert "Traceback" not in done.stderr
