"""Sentences → clauses, as statements need them: quotations whole, note marks left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from taizhang.reading.claim import Claim
from taizhang.reading.statements.rules import Signal, signals

_LONGEST = 160  # a clause longer than this makes no statement
_MARK = re.compile(r"[(（\[【]\s?(?:注\s?)?\d{1,3}[)）\]】]|[①-⑳]")
_SHIELDED = re.compile(
    r"《[^》]{1,80}》|“[^”]{1,60}”|\"[^\"]{1,60}\"|[(（][^()（）]{1,60}[)）]|(?<=\d)[,，](?=\d{3}(?!\d))"
)
_CUT = re.compile(r"[,，;；:：。！？!?]")
_SPACE = " \t\u3000\xa0"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause without its note marks; `at` leads from its characters to places in the sentence.

    `start` and `end` are its places in the sentence, `part` counts what semicolons divide.
    """

    text: str
    at: Sequence[int]
    start: int
    end: int
    part: int
    hits: Sequence[Signal]
    figures: Sequence[Claim]

    def place(self, first: int, past: int) -> tuple[int, int]:
        """Where characters of the clause stand in the sentence; the whole clause keeps its marks."""
        start = self.start if first == 0 else self.at[first]
        end = self.end if past == len(self.text) else self.at[past - 1] + 1
        return start, end


def adjoin(sentence: str, before: Clause, after: Clause) -> bool:
    """Whether one mark alone divides two clauses of a sentence."""
    between = sentence[before.end : after.start]
    return before.part == after.part and len(between.strip(_SPACE)) == 1


def clauses(plain: str, offset: int, hits: Sequence[Signal], figures: Sequence[Claim]) -> Iterator[Clause]:
    """The clauses in which a signal or a figure stands; what quotation marks hold is never divided.

    `offset` is where the sentence starts in the text that the figures' places count in.
    """
    shielded = _SHIELDED.sub(lambda match: "\ue000" * len(match.group()), plain)
    begin = part = taken = seen = 0
    for cut in [*(match.start() for match in _CUT.finditer(shielded)), len(plain)]:
        start, end = begin, cut
        begin = cut + 1
        while start < end and plain[start] in _SPACE:
            start += 1
        while end > start and plain[end - 1] in _SPACE:
            end -= 1
        first, came = taken, seen
        while seen < len(hits) and hits[seen][0] < cut:
            seen += 1
        while taken < len(figures) and figures[taken].start < offset + end:
            taken += 1
        if (seen > came or taken > first) and 0 < end - start <= _LONGEST:
            text, mine = plain[start:end], [(place - start, word) for place, word in hits[came:seen]]
            at: Sequence[int] = range(start, end)
            if marks := [match.span() for match in _MARK.finditer(text)]:
                out = {index for span in marks for index in range(*span)}
                kept = [index for index in range(end - start) if index not in out]
                at, text = [start + index for index in kept], "".join(text[index] for index in kept)
                mine = signals(text)
            yield Clause(text, at, start, end, part, mine, figures[first:taken])
        part += plain[cut : cut + 1] in {";", "；"}
