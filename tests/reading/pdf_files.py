"""PDFs made for the tests by reportlab, set as reports are: heads, page numbers, wrapped lines, tables,
notes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
WIDTH, HEIGHT = 595, 842
LEFT, RIGHT, TOP, SIZE, LEADING = 72, 516, 90, 12, 22
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


class Printer:
    """Sets paragraphs line by line, and begins pages, as a word processor does."""

    def __init__(
        self, head: str = "", foot: str = "— {} —", password: str | None = None, lines: int = 28
    ) -> None:
        self.stream = io.BytesIO()
        lock = StandardEncryption(password, canPrint=1) if password is not None else None
        self.canvas = Canvas(self.stream, pagesize=(WIDTH, HEIGHT), encrypt=lock)
        self.head, self.foot, self.lines = head, foot, lines
        self.page, self.row = 0, 0
        self.notes: list[str] = []
        self._begin()

    def _begin(self) -> None:
        self.page, self.row = self.page + 1, 0
        self._put(self.head, LEFT, 50, 9)
        self._put(self.foot.format(self.page), WIDTH / 2 - 15, HEIGHT - 40, 9)

    def _put(self, text: str, left: float, down: float, size: float = SIZE) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(left, HEIGHT - down, text)

    def _down(self) -> float:
        if self.row == self.lines:
            self._end()
            self._begin()
        self.row += 1
        return TOP + self.row * LEADING

    def _end(self) -> None:
        for number, note in enumerate(reversed(self.notes)):
            self._put(note, LEFT, HEIGHT - 62 - 12 * number, 8)
        self.notes = []
        self.canvas.showPage()

    def title(self, *lines: str) -> None:
        for line in lines:
            self._put(line, WIDTH / 2 - 9 * len(line), self._down(), 18)

    def paragraph(self, text: str) -> None:
        """Indented by two letters, wrapped at the margin; numbers are not broken, and no line begins with a
        stop.
        """
        left, line = LEFT + 2 * SIZE, ""
        for token in re.findall(r"[0-9.]+%?[，。、,]?|[^0-9][，。、,]?", text):
            if left + pdfmetrics.stringWidth(line + token, FONT, SIZE) > RIGHT:
                self._put(line, left, self._down())
                left, line = LEFT, ""
            line += token
        self._put(line, left, self._down())

    def marked(self, before: str, mark: str, after: str) -> None:
        """One line with a small raised mark in it."""
        down, left = self._down(), LEFT + 2 * SIZE
        self._put(before, left, down)
        left += pdfmetrics.stringWidth(before, FONT, SIZE)
        self._put(mark, left, down - 5, 7)
        self._put(after, left + pdfmetrics.stringWidth(mark, FONT, 7), down)

    def table(self, rows: Sequence[Sequence[str]], columns: Sequence[float]) -> None:
        for row in rows:
            down = self._down()
            for left, cell in zip(columns, row, strict=True):
                self._put(cell, left, down)

    def done(self) -> bytes:
        self._end()
        self.canvas.save()
        return self.stream.getvalue()


def scan(pages: int = 2) -> bytes:
    """Pages with strokes and no text, as a scanner makes them."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(WIDTH, HEIGHT))
    for _ in range(pages):
        canvas.rect(50, 50, 400, 600, fill=1)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
