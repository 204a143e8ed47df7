"""Where marks stand in a text, and the text in pieces that each lie under the same marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from taizhang.reading.claim import Claim, Statement, TextFinding
from taizhang.reading.rows import ReadDocument

MarkOf = Literal["claim", "statement", "finding"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that something found there covers; `number` counts from 1 among its like."""

    start: int
    end: int
    of: MarkOf
    number: int
    found: Claim | Statement | TextFinding
    place: int = 0

    @property
    def key(self) -> str:
        """A name that no other mark of the text has."""
        return f"{self.of}-{self.number}" + (f"-{self.place}" if self.place else "")


@dataclass(frozen=True, slots=True)
class Event:
    """What comes next: words, a mark that opens (`first`: for the first time), a mark that ends."""

    kind: Literal["words", "open", "close"]
    words: str = ""
    mark: Mark | None = None
    first: bool = True


def marks_of(read: ReadDocument) -> tuple[Mark, ...]:
    """Every claim, statement and place of a finding, the outer before the inner."""
    marks = [
        Mark(claim.start, claim.start + len(claim.surface), "claim", number, claim)
        for number, claim in enumerate(read.claims, 1)
    ]
    marks += [
        Mark(statement.start, statement.start + len(statement.surface), "statement", number, statement)
        for number, statement in enumerate(read.statements, 1)
    ]
    marks += [
        Mark(start, end, "finding", number, finding, place)
        for number, finding in enumerate(read.findings, 1)
        for place, (start, end) in enumerate(finding.places)
    ]
    return tuple(sorted((mark for mark in marks if mark.start < mark.end), key=_outer_first))


def _outer_first(mark: Mark) -> tuple[int, int]:
    return mark.start, -mark.end


def marked(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Event]:
    """The text from `start` to `end` under its marks (outer first): what opens is closed, in good order.

    A mark that crosses another is closed and taken up again, so that the marks nest; each opens as the
    first once in a whole text, where it begins.
    """
    at = start
    stack: list[Mark] = []
    waiting = sorted((mark for mark in marks if mark.start < end and mark.end > start), key=_outer_first)
    index = 0
    while at < end:
        stops = [mark.end for mark in stack]
        if index < len(waiting):
            stops.append(max(waiting[index].start, at))
        until = min([*stops, end])
        if until > at:
            yield Event("words", text[at:until])
            at = until
        yield from _closed(stack, at)
        while index < len(waiting) and waiting[index].start <= at < end:
            yield Event("open", mark=waiting[index], first=waiting[index].start >= start)
            stack.append(waiting[index])
            index += 1
    for mark in reversed(stack):
        yield Event("close", mark=mark)


def _closed(stack: list[Mark], at: int) -> Iterator[Event]:
    """Close what ends here; what lies above it and goes on is closed and opened again."""
    over = next((place for place, mark in enumerate(stack) if mark.end <= at), None)
    if over is None:
        return
    above = stack[over:]
    del stack[over:]
    for mark in reversed(above):
        yield Event("close", mark=mark)
    for mark in above:
        if mark.end > at:
            yield Event("open", mark=mark, first=False)
            stack.append(mark)
