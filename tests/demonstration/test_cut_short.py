"""A demonstration that is stopped or killed while it is built goes on where it was."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.demonstration.conftest import taizhang

SCALE = "0.012"
"""More entries than one batch has, so that the build can be stopped between two."""

WORDS = ("demo", "--no-serve", "--scale", SCALE)


def position(home: Path) -> int:
    """The last position that was committed; 0 before there is a ledger."""
    file = home / "ledger.sqlite3"
    if not file.exists():
        return 0
    ledger = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        return ledger.execute("SELECT coalesce(max(position), 0) FROM ledger_entry").fetchone()[0]
    except sqlite3.OperationalError:  # the tables are being made
        return 0
    finally:
        ledger.close()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=lambda how: how.name)
def test_it_goes_on_where_it_was(how: signal.Signals, tmp_path: Path) -> None:
    home = tmp_path / "home"
    command = [str(Path(sys.executable).with_name("taizhang")), *WORDS]
    building = subprocess.Popen(
        command, env=os.environ | {"TAIZHANG_HOME": str(home)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 120
    while position(home) < 1_000:
        assert building.poll() is None, building.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    building.send_signal(how)
    said = building.communicate(timeout=60)[0].decode()
    stopped = position(home)
    assert stopped >= 1_000
    if how is signal.SIGINT:
        assert building.returncode == 130
        assert f"已入账的 {stopped:,} 条完好" in said
    again = taizhang(home, *WORDS)
    assert again.code == 0, again.err
    assert f"上次停在位置 {stopped:,}" in again.out
    assert "confirmed 43" in again.out
    assert taizhang(home, "verify", "--deep").code == 0
    with sqlite3.connect(home / "ledger.sqlite3") as ledger:
        count, ids, last = ledger.execute(
            "SELECT count(*), count(distinct id), max(position) FROM ledger_entry"
        ).fetchone()
    assert count == ids == last


def test_another_generator_s_ledger_is_not_gone_on_with(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert taizhang(home, "demo", "--no-serve", "--scale", "0.001").code == 0
    mark = home / "demonstration.json"
    mark.write_text(mark.read_text().replace('"done": true', '"done": false').replace("0.001", "0.002"))
    outcome = taizhang(home, "demo", "--no-serve", "--scale", "0.002")
    assert outcome.code == 2
    assert "demonstration-changed" in outcome.err
