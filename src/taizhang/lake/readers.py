"""Readers and tidying keep out of each other's way, in this process and in others on this machine.

Tidying puts other files in the place of those that the catalogue names. DuckLake's reader asks the catalogue
more than once, and where tidying came between two questions it has answered with no rows at all (DuckLake of
DuckDB 1.5, seen about once in some thousand readings on a busy machine). So tidying waits until nobody reads,
and who wants to read waits while it works. It gives up after a while and is done another time: a reader that
catches up in the middle of its reading would otherwise wait for a tidying that waits for it.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PATIENCE = 1.0
"""Seconds that tidying waits for readers to end, while new ones wait for it."""
_TICK = 0.005


class Readers:
    """Who reads a lake; `folder` is the lake's."""

    def __init__(self, folder: Path) -> None:
        self._gate, self._inside = folder / "gate", folder / "readers"

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Nothing is tidied while this is entered. Catch up before: see the module."""
        with _locked(self._gate, fcntl.LOCK_SH):
            pass  # a tidying that waits for readers lets no more in
        with _locked(self._inside, fcntl.LOCK_SH):
            yield

    @contextmanager
    def kept_out(self) -> Iterator[bool]:
        """Nobody reads while this is entered; False where somebody would not end."""
        with _locked(self._gate, fcntl.LOCK_EX), _opened(self._inside) as file:
            until = time.monotonic() + PATIENCE
            while not (alone := _taken(file)) and time.monotonic() < until:
                time.sleep(_TICK)
            yield alone


def _taken(file: int) -> bool:
    with suppress(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


@contextmanager
def _locked(path: Path, how: int) -> Iterator[None]:
    with _opened(path) as file:
        fcntl.flock(file, how)
        yield


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """A handle of its own, since locks of one handle do not keep each other out; closing it unlocks."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        yield file
    finally:
        os.close(file)
