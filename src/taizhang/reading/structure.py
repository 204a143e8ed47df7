"""The parts of a text, as the reader's other steps take them. Every place counts code points of the text."""

from __future__ import annotations

from dataclasses import dataclass

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of the text, in a tree.

    `numeral` as printed, without its brackets ("" for a heading that has none); `start` to `end` includes the
    heading and all parts below it; `level` is 0 for the outermost; `parent` is the index of the section
    above, -1 for none; `planned`: it speaks of what is to be done. `body` is where its heading ends.
    `years` are the first and last year that its heading, or one above it, gives it; None where none does.
    """

    numeral: str
    title: str
    start: int
    end: int
    planned: bool = False
    level: int = 0
    parent: int = -1
    body: int = 0
    years: Range | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its place, a slice of the text (it may run over a line's end where the text is broken
    there).

    `section` is the numeral of the outermost numbered section around it, `within` the index of the innermost
    section (-1: none); `paragraph` counts the paragraphs of the text; `years` are the section's.
    """

    text: str
    start: int
    section: str
    planned: bool = False
    paragraph: int = 0
    within: int = -1
    years: Range | None = None

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The mark of a note in the text, such as (3), [注1] or ①: its number, its place, and which note it
    has.
    """

    number: int
    surface: str
    start: int
    end: int
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A numbered note: its number, its text without the mark, and its place; `marked`: some mark leads to
    it.
    """

    number: int
    text: str
    start: int
    end: int
    marked: bool = True
