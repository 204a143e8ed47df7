"""An entry as it was sent, with the line it stands on, so that what is wrong with it is said at its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from taizhang.errors import Problem


class SentEntry(dict[str, Any]):
    """An entry as it was sent; `line` is that of its file, from 1."""

    __slots__ = ("line",)

    def __init__(self, said: Mapping[str, Any], line: int) -> None:
        super().__init__(said)
        self.line = line


def at_its_place(sent: Any, problems: Sequence[Problem]) -> list[Problem]:
    """The problems of an entry with its line, where that is known."""
    if not isinstance(sent, SentEntry):
        return list(problems)
    return [
        replace(problem, place=replace(problem.place, line=sent.line)) if problem.place else problem
        for problem in problems
    ]
