"""Collecting what is wrong with one entry."""

from __future__ import annotations

from taizhang.errors import Problem
from taizhang.values import Place


class Saying:
    """Called with a code and words, it adds a `Problem` at the entry's field and gives all of them back."""

    __slots__ = ("entry", "problems", "source")

    def __init__(self, source: str, entry: str) -> None:
        self.source, self.entry = source, entry
        self.problems: list[Problem] = []

    def __call__(
        self, code: str, found: str, name: str = "", expected: str = "", remedy: str = ""
    ) -> list[Problem]:
        place = Place(self.source, entry=self.entry, field=name)
        self.problems.append(Problem(code, found, expected, remedy, place))
        return self.problems
