"""Figures that stand side by side, and the words between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from taizhang.reading.claim import Certainty, Claim, TextFinding
from taizhang.reading.structure import Range

_CLAUSE_MARK = re.compile(r"[,，。；;：:！？!?\n]")
_ASIDE = frozenset(("%", "‰", "个百分点"))
_ASIDES = 3  # so many stand between a figure and the next of its list
_CLAUSE = 60  # farther back no clause is looked for

FROM = re.compile(r"(?:由|从)[^,，。；;\n]{0,24}$")
"""What something rose or fell from."""


@dataclass(frozen=True)
class Neighbours:
    """The claims of a text with the text: what stands before, between and after them."""

    text: str
    claims: Sequence[Claim]

    @cached_property
    def ends(self) -> list[int]:
        """Where each claim ends."""
        return [claim.start + len(claim.surface) for claim in self.claims]

    def between(self, one: int, two: int) -> str:
        """The words between two claims, by their numbers; at most what a clause holds."""
        return self.text[self.ends[one] : min(self.claims[two].start, self.ends[one] + 2 * _CLAUSE)]

    def _aside(self, number: int) -> bool:
        """Whether a claim only tells of the figure before it: a change, a share, a rank."""
        claim = self.claims[number]
        return claim.kind != "level" or claim.unit in _ASIDE

    def level_after(self, number: int) -> int | None:
        """The next level that is no aside, None where more than a few asides stand between."""
        for other in range(number + 1, min(number + 2 + _ASIDES, len(self.claims))):
            if not self._aside(other):
                return other
        return None

    def level_before(self, number: int) -> int | None:
        """The level before that is no aside, None where more than a few asides stand between."""
        for other in range(number - 1, max(number - 2 - _ASIDES, -1), -1):
            if not self._aside(other):
                return other
        return None

    def bridge(self, one: int, two: int) -> str:
        """The words between two claims, without the clauses of the asides that stand there."""
        words, edge = "", self.ends[one]
        for aside in range(one + 1, two):
            start = self.claims[aside].start
            if start - edge > 2 * _CLAUSE:
                return words + self.text[edge : edge + 2 * _CLAUSE]
            gap = self.text[edge:start]
            words += gap[: max(0, *(gap.rfind(mark) for mark in ",，;；(（"))]
            edge = self.ends[aside]
        return words + self.text[edge : min(self.claims[two].start, edge + 2 * _CLAUSE)]

    def before(self, number: int) -> str:
        """The words of its clause before a claim, or before the one left of it in that clause."""
        start = self.claims[number].start
        floor = max(start - _CLAUSE, self.ends[number - 1] if number else 0, 0)
        return _CLAUSE_MARK.split(self.text[floor:start])[-1]

    def lead(self, number: int) -> str:
        """The words of the sentence close before a claim."""
        start = self.claims[number].start
        return re.split(r"[。；;\n]", self.text[max(0, start - 40) : start])[-1]

    def after(self, number: int, length: int = 12) -> str:
        """The words after a claim."""
        return self.text[self.ends[number] : self.ends[number] + length]

    def same_sentence(self, one: int, two: int) -> bool:
        """Whether two claims stand in one sentence; the text between them is short where they do."""
        if two >= len(self.claims) or self.claims[two].start - self.ends[one] > 3 * _CLAUSE:
            return False
        return not re.search(r"[。！？!?\n]", self.text[self.ends[one] : self.claims[two].start])

    def place(self, number: int) -> Range:
        """Where a claim stands."""
        return self.claims[number].start, self.ends[number]

    def finding(
        self, code: str, numbers: Sequence[int], arithmetic: str, certainty: Certainty, why: str
    ) -> TextFinding:
        """A finding at these claims, in the order of the text."""
        places = tuple(sorted(self.place(number) for number in numbers))
        return TextFinding(code, places, arithmetic, certainty, why)
