"""Figures that stand side by side, and the words between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from taizhang.reading.claim import Claim, TextFinding
from taizhang.reading.structure import Range

_CLAUSE_MARK = re.compile(r"[,，。；;：:！？!?\n]")
_CLAUSE = 60  # farther back no clause is looked for


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

    def before(self, number: int) -> str:
        """The words of its clause before a claim, or before the one left of it in that clause."""
        start = self.claims[number].start
        floor = max(start - _CLAUSE, self.ends[number - 1] if number else 0, 0)
        return _CLAUSE_MARK.split(self.text[floor:start])[-1]

    def after(self, number: int, length: int = 12) -> str:
        """The words after a claim."""
        return self.text[self.ends[number] : self.ends[number] + length]

    def same_sentence(self, one: int, two: int) -> bool:
        """Whether two claims stand in one sentence."""
        return two < len(self.claims) and not re.search(r"[。！？!?\n]", self.between(one, two))

    def place(self, number: int) -> Range:
        """Where a claim stands."""
        return self.claims[number].start, self.ends[number]

    def finding(
        self, code: str, numbers: Sequence[int], arithmetic: str, certainty: str, why: str
    ) -> TextFinding:
        """A finding at these claims, in the order of the text."""
        places = tuple(sorted(self.place(number) for number in numbers))
        return TextFinding(code, places, arithmetic, certainty, why)  # type: ignore[arg-type]
