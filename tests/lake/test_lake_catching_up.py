"""Catching up: whole, once, in order; whoever asks, and whatever is killed."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

from plain_cases import CASE, case, case_type, rows
from plain_ledger import PlainLedger, definitions

from taizhang.lake import Lake, LakeSettings

PROCESS = Path(__file__).with_name("catching_process.py")


def positions(lake: Lake) -> list[int]:
    found = lake.cursor().execute(f'SELECT position FROM "{CASE}" ORDER BY position').fetchall()
    return [row[0] for row in found]


def whole(lake: Lake, ledger: PlainLedger) -> None:
    """Every position once, none missing, and the lake as of the last."""
    assert positions(lake) == list(range(1, ledger.position() + 1))
    assert lake.position == ledger.position()


def test_reading_catches_up_first(lake: Lake, ledger: PlainLedger) -> None:
    assert positions(lake) == []
    for turn in range(3):
        ledger.post(rows(turn, 1))
        assert positions(lake) == list(range(1, turn + 2))
    ledger.post(rows(10, 500))
    assert lake.catch_up().way == "transfer"
    assert lake.catch_up().way == "none"
    whole(lake, ledger)


def test_a_cursor_as_of_a_position_holds_nothing_later(lake: Lake, ledger: PlainLedger) -> None:
    ledger.post(rows(0, 5))
    cursor = lake.cursor(3)
    ledger.post([(CASE, "r1", 2, case(1, state="closed"))])
    lake.catch_up()
    assert cursor.execute(f'SELECT max(position), count(*) FROM "{CASE}"').fetchone() == (3, 3)
    assert lake.cursor().execute(f'SELECT max(position) FROM "{CASE}"').fetchone() == (6,)


def test_threads_that_post_and_read_see_their_own_entry(lake: Lake, ledger: PlainLedger) -> None:
    failures: list[str] = []

    def work(number: int) -> None:
        try:
            for turn in range(5):
                mine = f"t{number}-{turn}"
                ledger.post([(CASE, mine, None, case(1, record=mine))])
                cursor = lake.cursor()
                found = cursor.execute(f'SELECT count(*) FROM "{CASE}" WHERE record = ?', [mine]).fetchone()
                cursor.close()
                if found != (1,):
                    failures.append(f"{mine}: {found}")
        except Exception as error:  # noqa: BLE001 - reported by the test, whatever it is
            failures.append(repr(error))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    whole(lake, ledger)


def start(home: Path, rounds: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(PROCESS), str(home), str(rounds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)


def test_two_processes_leave_no_gap_and_no_duplicate(tmp_path: Path, lake: Lake, ledger: PlainLedger) -> None:
    others = [start(tmp_path, 15) for _ in range(2)]
    for turn in range(10):
        ledger.post(rows(turn, 250 if turn == 5 else 2))
        lake.catch_up()
    outputs = [other.communicate(timeout=60)[0].split() for other in others]
    assert [other.returncode for other in others] == [0, 0]
    assert all(len(output) == 16 for output in outputs)
    whole(lake, ledger)


def test_killed_parent_leaves_the_transfer_to_finish_alone(tmp_path: Path) -> None:
    ledger = PlainLedger(tmp_path / "ledger.sqlite", definitions(case_type()))
    ledger.post(rows(0, 10_000))
    victim = start(tmp_path, 1)
    assert victim.stdout and victim.stdout.readline() == "open\n"
    time.sleep(0.3)
    victim.kill()  # the transferring process goes on, and must keep others out until it ends
    lake = Lake.open(LakeSettings(tmp_path, bulk=200, batch=150), ledger)
    whole(lake, ledger)
    victim.communicate()
    whole(lake, ledger)
    lake.close()


def test_inlined_rows_are_flushed_and_merged_without_a_change(tmp_path: Path, ledger: PlainLedger) -> None:
    lake = Lake.open(LakeSettings(tmp_path, flush=40), ledger)
    for turn in range(50):
        ledger.post(rows(turn, 1))
        lake.catch_up()
    lake.tidy()
    whole(lake, ledger)
    [table] = lake.tables()
    assert (table.rows, table.position, table.files > 0, table.bytes > 0) == (50, 50, True, True)
    ledger.post(rows(50, 1))
    whole(lake, ledger)
    lake.close()
