"""The reader: one call from a source to everything that its text asserts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path

from taizhang.reading.claim import Claim, Statement, TextFinding
from taizhang.reading.claims import claims_of
from taizhang.reading.document import LIMIT_BYTES, load
from taizhang.reading.findings import findings_of
from taizhang.reading.script import narrow
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


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read. Every `start` counts code points in `text`; `furniture` are the ranges left out."""

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


def read(source: Path | str | bytes, limit: int = LIMIT_BYTES) -> Reading:
    """Read a file (`Path`), the bytes of one, or a text itself (`str`).

    The same source always gives the same reading; nothing is fetched. Raises DocumentError for
    what is missing, over `limit` bytes, empty, binary or in no known encoding.
    """
    text = load(source, limit)
    furniture = furniture_of(text)
    plain = narrow(text)
    title = title_of(text, furniture)
    day = date_of(plain, furniture)
    year = year_of(plain, narrow(title), day)
    sections = sections_of(text, furniture)
    sentences = sentences_of(text, sections, furniture)
    claims = claims_of(sentences, year, None if day is None else day.year)
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
