"""Pieces of text with their places → paragraphs: running heads out, broken lines rejoined, notes at the end.

All by geometry, none by words: a head is what stands at the edge of many pages alike but for its numbers; a
line goes on when it reaches the right margin and the next begins at the left one; a table is rows of several
pieces in columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from taizhang.reading.documents.table import Extracted, Row, TextBuilder, heads_of


class Line(NamedTuple):
    """A piece of text on a page: its edges, its foot's distance from the top, the height of its letters."""

    text: str
    left: float
    right: float
    down: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """The pieces of a page and how high and wide it is."""

    lines: tuple[Line, ...]
    height: float
    width: float


Printed = tuple[Line, ...]  # what stands on one height of a page, from left to right

_NUMBER_OF_PAGE = re.compile(
    r"[\-—–―_·•.|/\s第]*(?:\d{1,4}|[ivxlcIVXLC]{1,6}|[一二三四五六七八九十百]{1,5})\s*页?[\-—–―_·•.|\s]*"
    r"(?:[/,，;；(（]?\s*(?:共|of)?\s*\d{1,4}\s*页?[)）]?)?\s*"
)
_NOTE = re.compile(r"[\[(（【]?(?:注\s*)?\d{1,3}[\])）】.．、:：]|[①-⑳]|注\s*[\d:：]|\*|※")
_ENDS = re.compile(r"[。！？!?；;：:][”’」』）)]*$")
_OPENS = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、章节部条]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、]\D)"
)
# What is not broken at a line's end: a number or a word of Latin letters, a character with the stop behind
# it.
_TOKEN = re.compile(r"(?:[\w.,%/+-]{1,24}(?<=[\x00-\x7f])|.)[，。；：、！？）》”%]?", re.A | re.S)
_EDGE = 0.13  # the part of a page's height where heads and feet stand


def text_of_pages(pages: Sequence[Page], title: str) -> Extracted:
    """The text of a document's pages, with its tables."""
    printed = [_printed(page) for page in pages]
    width = max((page.width for page in pages), default=0.0)
    measure = _Measure.of((row for rows in printed for row in rows), width)
    bodies = _without_heads(printed, pages, measure)
    notes: list[Printed] = []
    rows: list[tuple[int, Printed]] = []
    for number, body in enumerate(bodies):
        kept, foot = _split_notes(body, measure, pages[number].height)
        rows += [(number, row) for row in kept]
        notes += foot
    builder = TextBuilder()
    for block in _blocks(rows):
        if block.cells:
            builder.table(block.cells)
        else:
            for paragraph in measure.paragraphs(block.rows):
                builder.line(paragraph)
    for note in _notes(notes):
        builder.line(note)
    return Extracted(builder.text(), title, None, "", tuple(builder.tables))


def _printed(page: Page) -> list[Printed]:
    """The pieces of a page by height: those on one baseline are one row."""
    rows: list[list[Line]] = []
    for line in sorted(page.lines, key=lambda one: (one.down, one.left)):
        if rows and abs(line.down - rows[-1][0].down) < 0.45 * min(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [tuple(sorted(row, key=lambda one: one.left)) for row in rows]


def _said(row: Printed) -> str:
    return " ".join(line.text for line in row)


def _likeness(row: Printed) -> str:
    """A row's words without what changes from page to page."""
    return re.sub(r"[\d\s]+|(?<=第)[一二三四五六七八九十]+(?=页)", "#", _said(row)).strip("#")


def _edges(rows: Sequence[Printed], page: Page) -> tuple[list[int], list[int]]:
    """Which rows stand at the upper edge (from the top down) and at the lower one (from the bottom up)."""
    upper = [at for at, row in enumerate(rows[:3]) if row[0].down < _EDGE * page.height]
    last = range(len(rows) - 1, max(len(rows) - 4, -1), -1)
    lower = [at for at in last if rows[at][0].down > (1 - _EDGE) * page.height and at not in upper]
    return upper, lower


def _without_heads(
    printed: Sequence[list[Printed]], pages: Sequence[Page], measure: _Measure
) -> list[list[Printed]]:
    """The rows of each page without running heads, running feet and page numbers."""
    edges = [_edges(rows, page) for rows, page in zip(printed, pages, strict=True)]
    seen: Counter[tuple[int, str]] = Counter()
    for rows, sides in zip(printed, edges, strict=True):
        seen.update({(side, _likeness(rows[at])) for side in (0, 1) for at in sides[side]})
    often = max(2, -(-len(pages) * 3 // 10))
    bodies = []
    for rows, sides in zip(printed, edges, strict=True):
        out: set[int] = set()
        for side in (0, 1):
            for at in sides[side]:
                like = _likeness(rows[at])
                number = _NUMBER_OF_PAGE.fullmatch(_said(rows[at]))
                repeated = like and seen[side, like] >= often and not measure.is_full(rows[at])
                if not number and not repeated:
                    break  # from the edge inwards: behind a line of the text there is no head
                out.add(at)
        bodies.append([row for at, row in enumerate(rows) if at not in out])
    return bodies


def _split_notes(
    body: list[Printed], measure: _Measure, height: float
) -> tuple[list[Printed], list[Printed]]:
    """A page's rows, and its notes: the smaller print at its foot that begins with a mark."""
    at = len(body)
    while at and body[at - 1][0].size < 0.92 * measure.size and body[at - 1][0].down > 0.4 * height:
        at -= 1
    while at < len(body) and not _NOTE.match(_said(body[at])):
        at += 1
    return body[:at], body[at:]


def _notes(rows: Iterable[Printed]) -> list[str]:
    """Each note in one piece: it goes on until the next mark."""
    notes: list[str] = []
    for row in rows:
        if _NOTE.match(_said(row)) or not notes:
            notes.append(_said(row))
        else:
            notes[-1] = joined(notes[-1], _said(row))
    return notes


def joined(first: str, second: str) -> str:
    """Two pieces of a broken line: Latin words stay apart, all else is put together."""
    letters = (
        first[-1:].isascii() and second[:1].isascii() and (first[-1:].isalpha() and second[:1].isalpha())
    )
    return first + (" " if letters else "") + second


def _width(token: re.Match[str] | None, size: float) -> float:
    """About how wide the first unbreakable piece of a line is, and a little more."""
    said = token.group() if token else ""
    return size * (0.6 + sum(0.55 if char.isascii() else 1.0 for char in said))


@dataclass(slots=True)
class _Block:
    """Rows with the number of their page; `cells` where they make a table."""

    rows: list[tuple[int, Printed]]
    cells: list[Row]


def _blocks(rows: Sequence[tuple[int, Printed]]) -> list[_Block]:
    """The rows in order: runs of rows of several pieces that make a table apart from all others."""
    blocks: list[_Block] = []
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and len(rows[end][1]) > 1:
            end += 1
        cells = _cells([row for _, row in rows[at:end]]) if end - at >= 2 else []
        if cells and heads_of(cells) != (0, 0):
            blocks.append(_Block(list(rows[at:end]), cells))
        else:
            end = max(end, at + 1)
            if not blocks or blocks[-1].cells:
                blocks.append(_Block([], []))
            blocks[-1].rows.extend(rows[at:end])
        at = end
    return blocks


def _cells(rows: Sequence[Printed]) -> list[Row]:
    """Rows as cells. Most rows have a piece for each column; the pieces of others go to the nearest."""
    columns = Counter(len(row) for row in rows).most_common(1)[0][0]
    whole = [row for row in rows if len(row) == columns]
    spans = [
        (min(row[at].left for row in whole), max(row[at].right for row in whole)) for at in range(columns)
    ]
    table = []
    for row in rows:
        cells = [""] * columns
        for number, line in enumerate(row):
            at = number if len(row) == columns else _nearest(line, spans)
            cells[at] = joined(cells[at], line.text)
        table.append(tuple(cells))
    return table


def _nearest(line: Line, spans: Sequence[tuple[float, float]]) -> int:
    """The column that a piece lies in, or is nearest to."""
    middle = (line.left + line.right) / 2

    def away(at: int) -> float:
        left, right = spans[at]
        return max(left - middle, middle - right, 0.0)

    return min(range(len(spans)), key=away)


@dataclass(frozen=True, slots=True)
class _Measure:
    """How a document's lines are set: letter size, margins, the distance from line to line."""

    size: float
    left: float
    right: float
    leading: float

    @staticmethod
    def of(rows: Iterable[Printed], width: float) -> _Measure:
        kept = list(rows)
        sizes: Counter[float] = Counter()
        for row in kept:
            sizes[round(row[0].size, 1)] += len(_said(row))
        size = sizes.most_common(1)[0][0] if sizes else 10.0
        usual = [row for row in kept if abs(row[0].size - size) < 0.6]
        lefts = Counter(round(row[0].left) for row in usual)
        often = [left for left, count in lefts.items() if count * 8 >= len(usual)]
        left = min(often, default=min(lefts, default=0))
        rights = sorted(row[-1].right for row in usual)
        right = rights[-1 - len(rights) // 40] if rights else 0.0  # but for a few that hang over
        right = right if right > 0.7 * width else width  # short lines only: none is broken at a margin
        steps = (
            round(after[0].down - before[0].down)
            for before, after in pairwise(usual)
            if size < after[0].down - before[0].down < 4 * size
        )
        leading = Counter(steps).most_common(1)
        return _Measure(size, left, right, leading[0][0] if leading else 2 * size)

    def is_full(self, row: Printed) -> bool:
        """Whether a row is a line of the text that fills the measure, as no running head does."""
        filled = sum(line.right - line.left for line in row)
        return abs(row[0].size - self.size) < 0.05 * self.size and filled > 0.85 * (self.right - self.left)

    def paragraphs(self, rows: Sequence[tuple[int, Printed]]) -> list[str]:
        """The paragraphs that the rows make, a string each."""
        made: list[str] = []
        before: tuple[int, Printed] | None = None
        for number, row in rows:
            said = _said(row)
            if before is not None and self._goes_on(before, (number, row)):
                made[-1] = joined(made[-1], said)
            else:
                made.append(said)
            before = number, row
        return made

    def _goes_on(self, before: tuple[int, Printed], after: tuple[int, Printed]) -> bool:
        """Whether the second row continues the first one's paragraph."""
        first, second = before[1], after[1]
        size = first[0].size
        if abs(size - second[0].size) > 0.15 * size:
            return False
        if before[0] == after[0] and second[0].down - first[0].down > max(1.5 * self.leading, 2.2 * size):
            return False
        if size > 1.15 * self.size:  # a title in large letters over several lines
            return (
                before[0] == after[0] and not _ENDS.search(_said(first)) and not _OPENS.match(_said(second))
            )
        room = self.right - first[-1].right
        full = room < _width(_TOKEN.match(_said(second)), size)
        at_margin = second[0].left <= self.left + 0.8 * size
        return full and at_margin and not (_ENDS.search(_said(first)) and _OPENS.match(_said(second)))
