"""Where words for people are printed: as they are, since paths and texts may look like markup or emoji."""

from __future__ import annotations

import sys

from rich.console import Console

WIDTH_IN_A_FILE = 160
"""Columns of a table that is written to a file or a pipe."""


def out() -> Console:
    """Standard output."""
    width = None if sys.stdout.isatty() else WIDTH_IN_A_FILE
    return Console(width=width, emoji=False, markup=False, highlight=False)


def err() -> Console:
    """Standard error: progress, notices and problems, so that output can be piped."""
    return Console(stderr=True, emoji=False, markup=False, highlight=False)


def notice(text: str, style: str = "") -> None:
    """A line on standard error, not broken at the screen's edge: it may be searched for or copied."""
    err().print(text, style=style, soft_wrap=True)
