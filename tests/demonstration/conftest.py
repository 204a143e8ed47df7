"""The demonstration, built small by the real command in a process of its own, once for all workers."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest

SCALE = "0.02"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


def taizhang(home: Path | None, *words: str) -> Ran:
    """Run the command `taizhang` on a home."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("TAIZHANG_")}
    if home is not None:
        environment["TAIZHANG_HOME"] = str(home)
    command = Path(sys.executable).with_name("taizhang")
    done = subprocess.run(
        [command, *words], capture_output=True, text=True, env=environment, timeout=240, check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> tuple[Path, Ran]:
    """The home of a demonstration, built once for all workers, and the outcome of building it. Not to be
    changed: `home` is a copy."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "built-demonstration"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        said = folder / "said.json"
        if not said.exists():
            ran = taizhang(folder / "home", "demo", "--no-serve", "--scale", SCALE)
            said.write_text(json.dumps(asdict(ran)), encoding="utf-8")
    return folder / "home", Ran(**json.loads(said.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def built(original: tuple[Path, Ran]) -> Ran:
    """The outcome of `taizhang demo --no-serve`."""
    return original[1]


@pytest.fixture(scope="session")
def home(original: tuple[Path, Ran], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This worker's own copy of the demonstration's home."""
    copy = tmp_path_factory.mktemp("demonstration") / "home"
    shutil.copytree(original[0], copy)
    return copy


@pytest.fixture(scope="session")
def run(home: Path) -> Callable[..., Ran]:
    """Run the command `taizhang` on the home."""

    def runs(*words: str, with_home: bool = True) -> Ran:
        return taizhang(home if with_home else None, *words)

    return runs
