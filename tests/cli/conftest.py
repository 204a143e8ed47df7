"""A small district of its own for each test, and the real command run on it: its `main`, in this process."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.ledger.conftest import use

from taizhang.server import start

LAMPS = ["--as", "street-lights.fault", "--area", "990101001", "--body", "district-office"]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command gave back."""

    code: int
    out: str
    err: str
    raw: bytes = b""

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True, slots=True)
class Place:
    """A folder with a district's files in `district` and its ledger in `home`."""

    folder: Path

    @property
    def district(self) -> Path:
        return self.folder / "district"

    def run(self, *words: object) -> Ran:
        return run(*words)

    def rows(self, *words: object) -> list[dict[str, Any]]:
        """The rows that a command prints; it must have done what it was told."""
        done = run(*words, "--format", "jsonl")
        assert done.code == 0, done.err
        return done.rows

    def write(self, name: str, text: str, encoding: str = "utf-8") -> Path:
        file = self.folder / name
        file.write_bytes(text.encode(encoding))
        return file

    def edit(self, name: str, old: str, new: str) -> None:
        """Change a file of the district."""
        file = self.district / name
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    def lamps(self, text: str, *words: object, name: str = "lamps.csv") -> Ran:
        """Import a sheet of broken street lights."""
        return run("import", self.write(name, text), *LAMPS, *words, "--format", "jsonl")


def run(*words: object) -> Ran:
    """Run `taizhang` with these words, as its script does."""
    from taizhang.cli import main

    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    was, sys.argv = sys.argv, ["taizhang", *(str(word) for word in words)]
    code = 0
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main()
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    finally:
        sys.argv = was
    raw = out.buffer.getvalue()
    return Ran(code, raw.decode("utf-8", "replace"), err.buffer.getvalue().decode(), raw)


def settle(home: Path) -> None:
    """Let Django of this process work on `home`."""
    from django.conf import settings

    home.mkdir(exist_ok=True)
    settings.HOME = home
    options = {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": "PRAGMA journal_mode=WAL;"}
    use(
        {
            "ENGINE": "django.db.backends.sqlite3", "NAME": home / "ledger.sqlite3", "OPTIONS": options,
            "HOST": "", "USER": "", "PORT": "",
        }
    )  # fmt: skip


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("founded")
    start(folder / "home")
    settle(folder / "home")
    done = run("init", folder / "district")
    assert done.code == 0, done.err
    from django.db import connection

    connection.close()
    return folder


@pytest.fixture(scope="module")
def stocked(founded: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a district that the module's `stock(place)` has filled, for tests that only read it."""
    folder = tmp_path_factory.mktemp("stocked")
    shutil.copytree(founded, folder, dirs_exist_ok=True)
    for place in at(folder):
        request.module.stock(place)
    return folder


@pytest.fixture
def stock_of(stocked: Path) -> Iterator[Place]:
    """The module's own district, to be read."""
    yield from at(stocked)


@pytest.fixture
def empty(founded: Path, tmp_path: Path) -> Iterator[Place]:
    """A home without a ledger, and a founded district's files."""
    shutil.copytree(founded / "district", tmp_path / "district")
    yield from at(tmp_path)


@pytest.fixture
def place(founded: Path, tmp_path: Path) -> Iterator[Place]:
    """A founded district."""
    shutil.copytree(founded, tmp_path, dirs_exist_ok=True)
    yield from at(tmp_path)


def at(folder: Path) -> Iterator[Place]:
    from django.db import connection

    settle(folder / "home")
    yield Place(folder)
    connection.close()
