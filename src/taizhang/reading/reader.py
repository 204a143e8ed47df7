"""The reader: one call from a source to everything that its text asserts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date as Date
from html import escape
from pathlib import Path

from taizhang.reading.claim import Claim, Statement, TextFinding
from taizhang.reading.claims import claims_of
from taizhang.reading.columns import COLUMNS, What
from taizhang.reading.documents.document import LIMIT_BYTES, Document, Kind, load
from taizhang.reading.documents.pieces import PIECE, pieces
from taizhang.reading.documents.table import Table
from taizhang.reading.findings import NOTE_FINDINGS, findings_of, note_findings
from taizhang.reading.folding import fold
from taizhang.reading.furniture import furniture_of
from taizhang.reading.heads import date_of, given_in, issuer_of, region_of, title_of, year_of
from taizhang.reading.marked_page import marked_page
from taizhang.reading.naming import named
from taizhang.reading.notes import notes_of, tie
from taizhang.reading.paragraphs import paragraphs_of
from taizhang.reading.rows import RowTable, rows_of
from taizhang.reading.sections import Heading, headings_of, sections_of, still_open
from taizhang.reading.sentences import sentences_of
from taizhang.reading.statements import statements_of
from taizhang.reading.structure import Note, NoteMark, Range, Section, Sentence


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read: iterating gives its claims. Every `start` counts code points in `text`.

    What is quoted stands as printed; what the reader says in its own words (subject, scope, unit, region,
    issuer) is in simplified characters. A notebook shows the text with everything marked. `furniture` are
    the ranges left out; `issuer` is the body that gives the report; `sections` are a tree (each names its
    parent); `tables` say where the document's tables stand in the text; `kind` and `encoding` are the
    container's, and no part of what was read.
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
    start: int = 0  # of the text in the whole, where it is a piece
    kind: Kind = field(default="text", compare=False)
    encoding: str = field(default="", compare=False)

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.claims)

    def table(self, what: What = "claims", file: str = "") -> RowTable:
        """What the text asserts as rows, with the columns of the data dictionary; `file` names the source."""
        return RowTable(rows_of(self, what, file), COLUMNS[what])

    def marked(self, source: str = "") -> Iterator[str]:
        """The text as a page with everything marked (HTML), in pieces to be written one after the other."""
        return marked_page(self, source)

    def _repr_html_(self) -> str:
        page = escape("".join(self.marked()))
        return f'<iframe sandbox srcdoc="{page}" style="width:100%;height:34rem;border:0"></iframe>'


@dataclass(frozen=True, slots=True)
class _Whole:
    """What is known of a text as a whole when one of its pieces is read, and the headings still open
    there.
    """

    title: str
    region: str
    issuer: str
    day: Date | None
    year: int | None
    spoken: int | None
    open: tuple[Heading, ...] = ()

    @staticmethod
    def of(document: Document, text: str, furniture: tuple[Range, ...]) -> _Whole:
        """Of the document and its folded text."""
        title = title_of(text, furniture, fold(document.title), trusted=document.kind == "page")
        day = date_of(text, furniture)
        year = year_of(text, title, day, document.published)
        spoken = given_in(text, title, day or document.published)
        region = region_of(title, text, furniture)
        issuer = issuer_of(title, region, text, furniture, fold(document.issuer))
        printed = document.title if title == fold(document.title) else _cut(title, 0, text, document.text)
        return _Whole(printed, region, issuer, day or document.published, year, spoken)


def read(source: Path | str | bytes, limit: int = LIMIT_BYTES) -> Reading:
    """Read a file, the bytes of one, or a text itself.

    A `str` is a text, unless it is one line that ends as a document's name does ("report.docx") and there is
    such a file: then it is that file. A `Path` is always a file, and an error where there is none.

    The same source always gives the same reading; nothing is fetched. Raises DocumentError for
    what is missing, over `limit` bytes, empty, cut, damaged, encrypted, binary or in no known encoding.
    """
    reading, _ = _read(load(named(source), limit), None)
    return reading


def read_pieces(source: Path, size: int = PIECE) -> Iterator[Reading]:
    """Read a file of any length piece by piece; a file of up to `size` code points, and what is no plain
    text, in one.

    Each reading's places count from its own `start` in the whole text. Sections, title, region and year carry
    over. What a text says against itself is looked for within each piece; marks without notes, and notes
    without marks, in the whole: they come with the last reading, placed as its other places are (so those
    before it are negative). Raises DocumentError as `read` does, and where the file stops making sense once
    it is reached.
    """
    whole: _Whole | None = None
    marks: list[NoteMark] = []
    notes: list[Note] = []
    for document, piece in pieces(source, size):
        reading, whole = _read(document, whole, piece.start)
        if piece.number == 0 and piece.last:
            yield reading
            return
        marks += (
            replace(mark, start=mark.start + piece.start, end=mark.end + piece.start)
            for mark in reading.marks
        )
        notes += (
            replace(note, start=note.start + piece.start, end=note.end + piece.start)
            for note in reading.notes
        )
        findings = tuple(one for one in reading.findings if one.finding not in NOTE_FINDINGS)
        if piece.last:
            findings += tuple(note_findings(tie(marks, notes), piece.start))
        yield replace(reading, findings=findings)


def _read(document: Document, whole: _Whole | None, start: int = 0) -> tuple[Reading, _Whole]:
    """The reading of a document or of a piece of it, and what the next piece has to know."""
    text = fold(document.text)
    furniture = furniture_of(text)
    known = whole or _Whole.of(document, text, furniture)
    paragraphs = paragraphs_of(text, furniture)
    headings = headings_of(text, paragraphs)
    listed = [*known.open, *headings.values()]
    sections = sections_of(listed, len(text), known.year)
    sentences = sentences_of(text, paragraphs, headings, sections, len(known.open))
    claims = claims_of(sentences, known.year, known.spoken)
    notes = notes_of(text, furniture)
    reading = Reading(
        text,
        known.title,
        known.region,
        known.year,
        known.day,
        sections,
        sentences,
        claims,
        statements_of(sentences, claims, known.year),
        findings_of(text, claims, notes),
        furniture,
        known.issuer,
        paragraphs,
        notes.marks,
        notes.notes,
        document.tables,
        start,
        document.kind,
        document.encoding,
    )
    still = tuple(replace(listed[at], start=0, words=0, end=0) for at in still_open(sections))
    return _as_printed(reading, document.text), replace(known, open=still)


def _cut(words: str, start: int, folded: str, text: str) -> str:
    """Words that stand in the folded text from a place on, as they are printed there."""
    at = folded.find(words, start)
    return text[at : at + len(words)] if at >= 0 else words


def _as_printed(found: Reading, text: str) -> Reading:
    """The reading of a folded text, its quotations cut from the printed one: places are the same in both."""
    folded = found.text
    if folded == text:
        return found
    sentences = tuple(replace(each, text=text[each.start : each.end]) for each in found.sentences)
    starts = [each.start for each in sentences]
    claims = (
        replace(
            claim,
            surface=_cut(claim.surface, claim.start, folded, text),
            sentence=sentences[bisect_right(starts, claim.start) - 1].text,
        )
        for claim in found.claims
    )
    return replace(
        found,
        text=text,
        sections=tuple(
            replace(part, title=_cut(part.title, part.start, folded, text)) for part in found.sections
        ),
        sentences=sentences,
        claims=tuple(claims),
        statements=tuple(
            replace(each, surface=_cut(each.surface, each.start, folded, text)) for each in found.statements
        ),
        marks=tuple(replace(mark, surface=text[mark.start : mark.end]) for mark in found.marks),
        notes=tuple(replace(note, text=_cut(note.text, note.start, folded, text)) for note in found.notes),
    )
