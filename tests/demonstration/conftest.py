"""The demonstration, built small by the real command in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
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


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a demonstration at a small scale."""
    return tmp_path_factory.mktemp("demonstration") / "home"


@pytest.fixture(scope="session")
def run(home: Path) -> Callable[..., Ran]:
    """Run the command `taizhang` on the home."""
    command = Path(sys.executable).with_name("taizhang")

    def runs(*words: str, with_home: bool = True) -> Ran:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("TAIZHANG_")}
        if with_home:
            environment["TAIZHANG_HOME"] = str(home)
        done = subprocess.run(
            [command, *words], capture_output=True, text=True, env=environment, timeout=240, check=False
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return runs


@pytest.fixture(scope="session")
def built(run: Callable[..., Ran]) -> Ran:
    """The outcome of `taizhang demo --no-serve`."""
    return run("demo", "--no-serve", "--scale", SCALE)
