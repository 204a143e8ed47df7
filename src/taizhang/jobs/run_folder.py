"""The folder beside an output in which a run over many documents keeps what it has, so that it can go on.

`journal.jsonl` has a first line that says what is read by which reader, then one line a document: its digest,
and where in which `rows-….jsonl` its rows lie. Rows are on the disk before their line is. A line that was cut
short, and rows that no line names, do not count.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from taizhang.errors import OutputError, Problem
from taizhang.values import Place

JOURNAL = "journal.jsonl"


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A document that has been read: where its rows lie in the run's folder, and what it is about."""

    file: str
    digest: str
    rows: int
    spool: str
    at: int
    size: int
    title: str
    region: str
    year: int | None
    found: Mapping[str, int]
    page: str = ""


class RunFolder:
    """A run's folder, held by this process alone until it is closed."""

    def __init__(self, path: Path, head: Mapping[str, str]) -> None:
        """Open `path`, or make it. What a run with another `head` left there is dropped.

        Raises OutputError where the folder cannot be made or another run holds it.
        """
        self.path = path
        self.known: dict[str, ReadFile] = {}
        """What was read before, by file."""
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._journal: BinaryIO = (path / JOURNAL).open("a+b")
        except OSError as error:
            raise OutputError(_unwritable(path, error)) from error
        try:
            fcntl.flock(self._journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._journal.close()
            found = "另一次运行正在写这个结果 / another run is writing this output"
            remedy = "等它结束,或换一个 --out / wait for it, or name another --out"
            raise OutputError(Problem("output-in-use", found, "", remedy, Place(str(path)))) from error
        self._take_up(dict(head))

    def _take_up(self, head: dict[str, str]) -> None:
        """Read the journal up to its last whole line; one of another kind begins anew."""
        self._journal.seek(0)
        whole = 0
        lines = []
        for line in self._journal:
            try:
                lines.append(json.loads(line) if line.endswith(b"\n") else None)
            except ValueError:
                lines.append(None)
            if lines[-1] is None:
                lines.pop()
                break
            whole += len(line)
        if lines and lines[0] == head:
            self._journal.truncate(whole)
            for line in lines[1:]:
                held = ReadFile(**line)
                if self._holds(held):
                    self.known[held.file] = held
            return
        self._journal.truncate(0)
        for file in self.path.glob("rows-*.jsonl"):
            file.unlink()
        self._append(head)

    def _holds(self, held: ReadFile) -> bool:
        file = self.path / held.spool
        return file.is_file() and file.stat().st_size >= held.at + held.size

    def _append(self, line: Mapping[str, object]) -> None:
        self._journal.write(json.dumps(line).encode() + b"\n")  # ASCII: names may hold what no encoding holds
        self._journal.flush()
        os.fsync(self._journal.fileno())

    def record(self, held: ReadFile) -> None:
        """Remember a document that has been read; on the disk when this returns."""
        self._append(asdict(held))
        self.known[held.file] = held

    def lines(self, held: ReadFile) -> Iterator[bytes]:
        """The rows of a document, a line of JSON each."""
        with (self.path / held.spool).open("rb") as rows:
            rows.seek(held.at)
            left = held.size
            while left > 0:
                line = rows.readline()
                left -= len(line)
                yield line

    def close(self) -> None:
        """Let another process have it."""
        self._journal.close()

    def remove(self) -> None:
        """The run is over and its output complete: nothing of this is needed any more."""
        shutil.rmtree(self.path)
        self.close()


def _unwritable(path: Path, error: OSError) -> Problem:
    found = f"这里写不了 / cannot be written: {error.strerror}"
    return Problem("output-unwritable", found, "", "请换一个位置 / name another place", Place(str(path)))
