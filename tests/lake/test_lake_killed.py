"""Killed with SIGKILL in the middle of its writing: the lake is as it was, and goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from plain_cases import CASE, case_type, rows
from plain_ledger import PlainLedger, definitions

from taizhang.errors import HomeError
from taizhang.lake import Lake, LakeSettings

PROCESS = Path(__file__).with_name("catching_process.py")
BATCH = 2_000
BEFORE = 700
WAYS = {"transfer": 1, "direct": 10**9}


def soon(happened: Callable[[], object]) -> object:
    """What `happened` gives, as soon as it is true."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if found := happened():
            return found
        time.sleep(0.002)
    raise AssertionError("it did not happen within a minute")


def long_backlog(home: Path) -> tuple[PlainLedger, LakeSettings]:
    """A lake with some versions, and a ledger that is many batches ahead."""
    ledger = PlainLedger(home / "ledger.sqlite", definitions(case_type()))
    ledger.post(rows(0, BEFORE))
    lake = Lake.open(LakeSettings(home), ledger)
    lake.catch_up()
    lake.close()
    ledger.post(rows(BEFORE, 60_000))
    return ledger, LakeSettings(home, batch=BATCH)


def files(settings: LakeSettings) -> set[Path]:
    return set(settings.data.rglob("*.parquet"))


def whole(lake: Lake, ledger: PlainLedger) -> None:
    """Every position once, none missing, and the lake as of the last."""
    with lake.reading() as cursor:
        found = cursor.execute(
            f'SELECT count(*), count(DISTINCT position), min(position), max(position) FROM "{CASE}"'
        ).fetchone()
    last = ledger.position()
    assert found == (last, last, 1, last)
    assert lake.position == last


@pytest.mark.parametrize("way", WAYS)
def test_a_process_killed_between_its_batches_leaves_the_lake_as_it_was(tmp_path: Path, way: str) -> None:
    ledger, settings = long_backlog(tmp_path)
    known = files(settings)
    command = [sys.executable, str(PROCESS), str(tmp_path), "1", str(WAYS[way]), str(BATCH)]
    victim = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    soon(lambda: len(files(settings) - known) >= 3)
    os.killpg(victim.pid, signal.SIGKILL)  # the transferring process too: they share the group
    said, _ = victim.communicate()
    assert (victim.returncode, said) == (-signal.SIGKILL, "open\n")
    assert files(settings) > known  # what was written is there, and belongs to nothing
    lake = Lake.open(settings, ledger)
    assert lake.position == BEFORE
    assert [(table.rows, table.position) for table in lake.tables()] == [(BEFORE, BEFORE)]
    whole(lake, ledger)
    lake.close()


def child() -> int | None:
    """The process id of the transfer that this process has started."""
    for task in Path("/proc/self/task").iterdir():
        for pid in (task / "children").read_text().split():
            if b"taizhang.lake.transfer" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return int(pid)
    return None


def test_a_killed_transfer_is_told_and_can_be_tried_again(tmp_path: Path) -> None:
    ledger, settings = long_backlog(tmp_path)
    known = files(settings)
    lake = Lake.open(settings, ledger)
    failures: list[HomeError] = []

    def catch_up() -> None:
        try:
            lake.catch_up()
        except HomeError as error:
            failures.append(error)

    thread = threading.Thread(target=catch_up)
    thread.start()
    pid = soon(child)
    soon(lambda: len(files(settings) - known) >= 3)
    assert isinstance(pid, int)
    os.kill(pid, signal.SIGKILL)
    thread.join()
    assert [error.problems[0].code for error in failures] == ["lake-transfer"]
    assert lake.position == BEFORE
    whole(lake, ledger)
    lake.close()
