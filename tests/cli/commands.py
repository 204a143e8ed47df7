"""Running the real command in a district of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TAIZHANG = Path(sys.executable).with_name("taizhang")
OPENED = {"kind": "open", "type": "street-lights.fault", "happened": "2026-03-01T09:00:00"}
THERE = {"area": "990101001", "body": "district-office"}


@dataclass(frozen=True)
class Ran:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class Place:
    """A folder with a founded district: `district` its files, `home` its ledger."""

    folder: Path

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def environment(self) -> Mapping[str, str]:
        return os.environ | {"TAIZHANG_HOME": str(self.home), "TAIZHANG_DATABASE_URL": ""}

    def run(self, *words: object, **more: Any) -> Ran:
        """Run the command to its end."""
        done = subprocess.run(
            [TAIZHANG, *map(str, words)], capture_output=True, text=True, env=self.environment, timeout=120,
            check=False, **more,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout, done.stderr)

    def started(self, *words: object) -> subprocess.Popen[str]:
        """Start the command, to be killed."""
        quiet = subprocess.DEVNULL
        return subprocess.Popen(
            [TAIZHANG, *map(str, words)], env=self.environment, stdout=quiet, stderr=quiet
        )

    def write(self, name: str, content: str | bytes) -> Path:
        """A file beside the district."""
        file = self.folder / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def position(self) -> int:
        """The ledger's last position, read past the product."""
        import sqlite3

        with sqlite3.connect(f"file:{self.home / 'ledger.sqlite3'}?mode=ro", uri=True) as database:
            return database.execute("SELECT position FROM ledger_counter").fetchone()[0]

    def refuses(self, *words: object, **more: Any) -> str:
        """What is said when bad input is refused: exit code 2, no traceback, nothing taken."""
        before = self.position()
        outcome = self.run(*words, **more)
        assert outcome.code == 2, outcome
        assert "Traceback" not in outcome.err
        assert self.position() == before
        return outcome.err


def founded(folder: Path) -> Place:
    """A district founded by the command."""
    place = Place(folder)
    assert place.run("init", folder / "district").code == 0
    return place


def entry(number: int, **more: Any) -> dict[str, Any]:
    """An entry of a fault as it is sent."""
    base = {"id": f"01KTEST{number:019d}", **OPENED, **THERE, "payload": {"place": "东街口", "lamps": 2}}
    return base | more


def lines(*entries: Mapping[str, Any]) -> str:
    """JSON Lines."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in entries)
