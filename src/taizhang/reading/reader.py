"""The reader: one call from a source to everything that its text asserts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Date
from pathlib import Path

from taizhang.reading.claim import Claim, Statement, TextFinding
from taizhang.reading.claims import claims_of
from taizhang.reading.documents.document import LIMIT_BYTES, Kind, load
from taizhang.reading.documents.table import Table
from taizhang.reading.findings import findings_of
from taizhang.reading.furniture import furniture_of
from taizhang.reading.heads import date_of, issuer_of, region_of, title_of, year_of
from taizhang.reading.notes import notes_of
from taizhang.reading.numerals import narrow
from taizhang.reading.paragraphs import paragraphs_of
from taizhang.reading.sections import headings_of, sections_of
from taizhang.reading.sentences import sentences_of
from taizhang.reading.statements import statements_of
from taizhang.reading.structure import Note, NoteMark, Range, Section, Sentence


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read. Every `start` counts code points in `text`; `furniture` are the ranges left out.

    `issuer` is the body that gives the report; `sections` are a tree (each names its parent); `tables` say
    where the document's tables stand in the text; `kind` and `encoding` are the container's, and no part of
    what was read.
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
    issuer: str = ""
    paragraphs: tuple[Range, ...] = ()
    marks: tuple[NoteMark, ...] = ()
    notes: tuple[Note, ...] = ()
    tables: tuple[Table, ...] = ()
    kind: Kind = field(default="text", compare=False)
    encoding: str = field(default="", compare=False)


def read(source: Path | str | bytes, limit: int = LIMIT_BYTES) -> Reading:
    """Read a file (`Path`), the bytes of one, or a text itself (`str`).

    The same source always gives the same reading; nothing is fetched. Raises DocumentError for
    what is missing, over `limit` bytes, empty, cut, damaged, encrypted, binary or in no known encoding.
    """
    document = load(source, limit)
    text = document.text
    furniture = furniture_of(text)
    plain = narrow(text)
    title = title_of(text, furniture, document.title, trusted=document.kind == "page")
    day = date_of(plain, furniture)
    year = year_of(plain, narrow(title), day, document.published)
    region = region_of(title, text, furniture)
    paragraphs = paragraphs_of(text, furniture)
    headings = headings_of(plain, paragraphs)
    sections = sections_of(list(headings.values()), len(text), year)
    sentences = sentences_of(text, paragraphs, headings, sections)
    claims = claims_of(sentences, year)
    notes = notes_of(text, furniture)
    return Reading(
        text,
        title,
        region,
        year,
        day or document.published,
        sections,
        sentences,
        claims,
        statements_of(sentences, claims, year),
        findings_of(text, claims, notes),
        furniture,
        issuer_of(title, region, text, furniture, document.issuer),
        paragraphs,
        notes.marks,
        notes.notes,
        document.tables,
        document.kind,
        document.encoding,
    )
