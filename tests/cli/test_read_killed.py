"""The real `taizhang read`, killed (SIGKILL) at any moment: nothing lost, nothing twice, no process left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

TAIZHANG = Path(sys.executable).with_name("taizhang")
DOCUMENTS = 24


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with reports that take a while."""
    place = tmp_path_factory.mktemp("killed")
    (place / "reports").mkdir()
    for number in range(DOCUMENTS):
        text = f"第{number}镇工作报告\n" + "".join(
            f"栽植银杏{100 + number * 1000 + line}株,粮食产量6.2万吨,比上年增长5.3%。\n" for line in range(25)
        )
        (place / "reports" / f"{number:03d}.txt").write_text(text)
    return place


def started(folder: Path, *words: object) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    command = [TAIZHANG, "read", "reports", *map(str, words)]
    return subprocess.Popen(command, cwd=folder, stdout=quiet, stderr=quiet)


def journal_lines(folder: Path, out: str) -> int:
    journal = folder / f"{out}.unfinished" / "journal.jsonl"
    return journal.read_bytes().count(b"\n") if journal.exists() else 0


def until(there: Callable[[], bool], process: subprocess.Popen[bytes]) -> bool:
    """Wait until something is there; whether the process was still running then."""
    latest = time.monotonic() + 120
    while not there() and process.poll() is None and time.monotonic() < latest:
        time.sleep(0.001)
    return process.poll() is None


def children_of(process: int) -> list[int]:
    """The processes that a process has started."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [int(child) for child in listed]


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("ending", ["jsonl", "xlsx"])
def test_killed_again_and_again(folder: Path, processes: int, ending: str) -> None:
    out, expected = f"rows-{processes}.{ending}", f"expected-{processes}.{ending}"
    assert started(folder, "--out", expected).wait(timeout=120) == 0
    kills = 0
    for more in (1, 2, 6):
        before = journal_lines(folder, out)
        victim = started(folder, "--out", out, "--jobs", processes)
        if until(lambda: journal_lines(folder, out) >= max(before, 1) + more, victim):  # noqa: B023
            kills += 1
        children = children_of(victim.pid) if victim.poll() is None else []
        victim.send_signal(signal.SIGKILL)
        victim.wait(timeout=60)
        assert not (folder / out).exists()
        assert journal_lines(folder, out) > before
        for child in children:
            gone_by_itself(child)
    assert kills
    known = journal_lines(folder, out)
    told = subprocess.run(
        [TAIZHANG, "read", "reports", "--out", out, "--jobs", str(processes)],
        cwd=folder, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert f"其中 {known - 1} 份上次已读" in told.stderr
    assert (folder / out).read_bytes() == (folder / expected).read_bytes()
    assert not (folder / f"{out}.unfinished").exists()


def gone_by_itself(process: int) -> None:
    """A reading process ends with the one that started it."""
    latest = time.monotonic() + 30
    while time.monotonic() < latest:
        try:
            if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return
        except OSError:
            return
        time.sleep(0.01)
    pytest.fail(f"process {process} outlived its parent")


@pytest.mark.parametrize("processes", [1, 2])
def test_stopped_by_ctrl_c(folder: Path, processes: int) -> None:
    out = f"stopped-{processes}.csv"
    command = [TAIZHANG, "read", "reports", "--out", out, "--jobs", str(processes)]
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)
    running = until(lambda: journal_lines(folder, out) >= 3, process)  # type: ignore[arg-type]
    os.kill(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=120)
    if running:
        assert process.returncode == 130, said
        assert "同一命令接着读" in said
        assert "Traceback" not in said
    assert started(folder, "--out", out).wait(timeout=120) == 0
    assert len((folder / out).read_text().splitlines()) == DOCUMENTS * 75 + 1
