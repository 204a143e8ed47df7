"""The reader: one call from a source to everything that its text asserts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from html import escape
from itertools import chain
from pathlib import Path

from taizhang.reading.claim import Claim, Statement, TextFinding
from taizhang.reading.claims import claims_of
from taizhang.reading.column import Row
from taizhang.reading.columns import COLUMNS, What
from taizhang.reading.document import LIMIT_BYTES, load
from taizhang.reading.findings import findings_of
from taizhang.reading.marked_page import marked_page
from taizhang.reading.numerals import narrow
from taizhang.reading.statements import statements_of
from taizhang.reading.structure import (
    Range,
    Section,
    Sentence,
    date_of,
    furniture_of,
    region_of,
    sections_of,
    sentences_of,
    title_of,
    year_of,
)
from taizhang.reading.table import Table, rows_of

ENDINGS = (".txt", ".html", ".htm", ".shtml", ".xhtml", ".docx", ".pdf")
"""How the names of documents end."""
_FILE_NAME = re.compile(rf"[^\r\n。；！？]{{1,1000}}(?:{'|'.join(map(re.escape, ENDINGS))})", re.I)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read: iterating gives its claims. Every `start` counts code points in `text`.

    `furniture` are the ranges left out. A notebook shows the text with everything marked.
    """

    text: str
    title: str
    region: str
    year: int | None
    date: Date | None
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    claims: tuple[Claim, ...]
    statements: tuple[Statement, ...]
    findings: tuple[TextFinding, ...]
    furniture: tuple[Range, ...]

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.claims)

    def table(self, what: What = "claims", file: str = "") -> Table:
        """What the text asserts as rows, with the columns of the data dictionary; `file` names the source."""
        return Table(rows_of(self, what, file), COLUMNS[what])

    def marked(self, source: str = "") -> Iterator[str]:
        """The text as a page with everything marked (HTML), in pieces to be written one after the other."""
        return marked_page(self, source)

    def _repr_html_(self) -> str:
        page = escape("".join(self.marked()))
        return f'<iframe sandbox srcdoc="{page}" style="width:100%;height:34rem;border:0"></iframe>'


def read(source: Path | str | bytes, limit: int = LIMIT_BYTES) -> Reading:
    """Read a file, the bytes of one, or a text itself.

    A `str` is a text, unless it is one line that ends as a document's name does ("report.docx"): then it is
    the file of that name. A `Path` is always a file.
    The same source always gives the same reading; nothing is fetched. Raises DocumentError for
    what is missing, over `limit` bytes, empty, binary or in no known encoding.
    """
    text = load(_named(source), limit)
    furniture = furniture_of(text)
    plain = narrow(text)
    title = title_of(text, furniture)
    day = date_of(plain, furniture)
    year = year_of(plain, narrow(title), day)
    sections = sections_of(text, furniture)
    sentences = sentences_of(text, sections, furniture)
    claims = claims_of(sentences, year)
    return Reading(
        text,
        title,
        region_of(title),
        year,
        day,
        sections,
        sentences,
        claims,
        statements_of(sentences, claims, year),
        findings_of(text, claims, furniture),
        furniture,
    )


def table(*sources: Reading | Path | str | bytes, what: What = "claims") -> Table:
    """Several documents as one table, in the order given; `file` is the path of those that are files.

    Raises DocumentError as `read` does.
    """
    return Table(chain.from_iterable(_rows(source, what) for source in sources), COLUMNS[what])


def _rows(source: Reading | Path | str | bytes, what: What) -> Iterator[Row]:
    if isinstance(source, Reading):
        return rows_of(source, what)
    named = _named(source)
    return rows_of(read(named), what, str(named) if isinstance(named, Path) else "")


def _named(source: Path | str | bytes) -> Path | str | bytes:
    """The file that a line such as "report.docx" names, else what was given."""
    return Path(source) if isinstance(source, str) and _FILE_NAME.fullmatch(source) else source
