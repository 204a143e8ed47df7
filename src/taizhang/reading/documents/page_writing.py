"""The elements of a page's text → lines: a block each, tables as rows, raised numbers as marks of notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from taizhang.reading.documents.page_content import BLOCKS, Content, is_table, plain
from taizhang.reading.documents.table import Row, TextBuilder

_NOTE_MARK = re.compile(r"\s*[\[(（【〔]?\s*(?:注\s*)?(\d{1,3})\s*[\])）】〕]?\s*")


def write_page(content: Content, builder: TextBuilder) -> None:
    """The main branch of a page into a text."""
    _Writer(content, builder).write(content.main)


class _Writer:
    """Writes elements as lines."""

    def __init__(self, content: Content, builder: TextBuilder) -> None:
        self.content, self.builder = content, builder
        self.pieces: list[str] = []
        self.items: dict[html.HtmlElement, int] = {}  # how many of each ordered list have come

    def end(self) -> None:
        self.builder.line(plain("".join(self.pieces)))
        self.pieces.clear()

    def write(self, root: html.HtmlElement) -> None:
        """All that stands in an element; without recursion, since pages may be nested deep."""
        waiting: list[tuple[html.HtmlElement, bool]] = [(root, True)]
        while waiting:
            element, opening = waiting.pop()
            if not opening:
                if element.tag in BLOCKS:
                    self.end()
                if element is not root:
                    self.pieces.append(element.tail or "")
                continue
            if element.tag == "br":
                self.end()
            elif element is not root and self.content.around(element):
                if isinstance(element.tag, str) and element.tag in BLOCKS:
                    self.end()
            elif element.tag == "table" and is_table(element):
                self.end()
                self.builder.table(list(_rows(element)))
            elif element.tag == "sup" and (mark := _NOTE_MARK.fullmatch(element.text_content())):
                self.pieces.append(self._mark(mark[1]))
            else:
                self._open(element)
                waiting.append((element, False))
                waiting.extend((child, True) for child in reversed(element))
                continue
            self.pieces.append(element.tail or "")
        self.end()

    def _open(self, element: html.HtmlElement) -> None:
        if element.tag in BLOCKS:
            self.end()
        if element.tag == "li" and element.getparent().tag == "ol":
            number = self.items[element.getparent()] = self.items.get(element.getparent(), 0) + 1
            self.pieces.append(f"{number}. ")
        self.pieces.append(element.text or "")

    def _mark(self, number: str) -> str:
        """A raised number: the mark of a note behind a word, a power behind a letter or a digit."""
        before = "".join(self.pieces).rstrip()[-1:]
        return number if not before or (before.isascii() and before.isalnum()) else f"[{number}]"


def _rows(table: html.HtmlElement) -> Iterator[Row]:
    """The cells of each row; one that covers several columns or rows stands in each."""
    down: dict[int, tuple[int, str]] = {}
    for row in table.iter("tr"):
        cells: list[str] = []

        def hanging(cells: list[str] = cells) -> None:
            while len(cells) in down and len(cells) < 1000:
                left, text = down.pop(column := len(cells))
                if left > 1:
                    down[column] = left - 1, text
                cells.append(text)

        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            hanging()
            text = plain(cell.text_content())
            for _ in range(_span(cell, "colspan")):
                if (rows := _span(cell, "rowspan")) > 1:
                    down[len(cells)] = rows - 1, text
                cells.append(text)
        hanging()
        yield tuple(cells)


def _span(cell: html.HtmlElement, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), 200) if value.isdecimal() and len(value) < 6 else 1
