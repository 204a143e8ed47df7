"""The real command, killed (SIGKILL) while it posts, catches up or seals: nothing half-done, on it goes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.commands import Place, entry, founded, lines

FIGURE = ("figures", "--indicator", "street-lights.mended", "--period", "2026", "--format", "jsonl")
SEALING = Path(__file__).with_name("killed_sealing.py")
MANY = 6_000


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return founded(tmp_path_factory.mktemp("killed"))


def killed_when(process: subprocess.Popen[str], there: Callable[[], bool]) -> bool:
    """Kill the process as soon as something is there; whether it was still running."""
    until = time.monotonic() + 60
    while process.poll() is None and not there() and time.monotonic() < until:
        time.sleep(0.001)
    alive = process.poll() is None
    if alive:
        os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=60)
    return alive


def test_killed_while_posting(place: Place) -> None:
    """Killed as the batch goes into the write-ahead log: all of the file is in, or none."""
    file = place.write("many.jsonl", lines(*(entry(n) for n in range(1000, 1000 + MANY))))
    before, log = place.position(), place.home / "ledger.sqlite3-wal"
    killed = 0
    for size in (1, 400_000):
        victim = place.started("post", file)
        killed += killed_when(victim, lambda: log.exists() and log.stat().st_size > size)  # noqa: B023
        assert place.position() in (before, before + MANY)
    assert killed
    row = place.run("post", file, "--format", "jsonl").rows[0]
    assert row["taken"] + row["known"] == MANY
    assert place.position() == before + MANY
    assert place.run("verify", "--deep").code == 0


def test_killed_while_catching_up(place: Place, tmp_path: Path) -> None:
    """Killed as the lake comes to be: the next question is answered as by a lake that never was."""
    file = place.write("lamps.jsonl", lines(*(entry(n) for n in range(20_000, 20_000 + MANY))))
    assert place.run("post", file).code == 0
    lake = place.home / "lake"
    points = (
        lambda: (lake / "catalogue.sqlite").exists(),
        lambda: (
            (lake / "catalogue.sqlite-wal").exists() and (lake / "catalogue.sqlite-wal").stat().st_size > 0
        ),
        lambda: any(lake.rglob("*.parquet")),
    )
    killed = [killed_when(place.started(*FIGURE), point) for point in points]
    assert any(killed)
    answer = place.run(*FIGURE)
    assert answer.code == 0, answer
    assert answer.rows[0]["position"] == place.position()
    assert answer.rows[0]["denominator"] >= MANY
    (place.home / "lake").rename(tmp_path / "lake")
    assert place.run(*FIGURE).rows == answer.rows


@pytest.mark.parametrize("point", ["leaves", "seal", "committed", "draft"])
def test_killed_while_sealing(place: Place, point: str) -> None:
    more = place.write("more.jsonl", lines(entry(90_000 + len(point))))
    assert place.run("post", more).code == 0
    before, position = _checkpoints(place), place.position()
    victim = subprocess.run(
        [sys.executable, str(SEALING), str(place.home), point], env=place.environment, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert victim.returncode == -signal.SIGKILL, victim.stderr
    assert _checkpoints(place) == before  # a checkpoint is there whole, or not at all
    assert place.run("verify").code == 0
    assert place.run("seal").code == 0
    [made] = _checkpoints(place) - before
    assert made == f"{position:012d}.checkpoint"
    assert place.run("verify", "--checkpoint", place.home / "checkpoints" / made).code == 0


def test_the_points_are_reached(place: Place) -> None:
    """Where nobody kills, the same process seals: the points above are no accidents."""
    done = subprocess.run(
        [sys.executable, str(SEALING), str(place.home), "never"], env=place.environment, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == str(place.position())


def _checkpoints(place: Place) -> set[str]:
    return {file.name for file in (place.home / "checkpoints").glob("*.checkpoint")}
