"""The reader: one call from a source to everything that its text asserts."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date as Date
from pathlib import Path

from taizhang.reading.claim import Claim, Statement, TextFinding
from taizhang.reading.claims import claims_of
from taizhang.reading.document import LIMIT_BYTES, load
from taizhang.reading.findings import findings_of
from taizhang.reading.folding import fold
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
    """A text read. Every `start` counts code points in `text`; `furniture` are the ranges left out.

    What it quotes is as printed; the region is in simplified characters whatever the title's are.
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


def read(source: Path | str | bytes, limit: int = LIMIT_BYTES) -> Reading:
    """Read a file (`Path`), the bytes of one, or a text itself (`str`).

    The same source always gives the same reading; nothing is fetched. Raises DocumentError for
    what is missing, over `limit` bytes, empty, binary or in no known encoding.
    """
    text = load(source, limit)
    return _as_printed(_read_folded(fold(text)), text)


def _read_folded(text: str) -> Reading:
    furniture = furniture_of(text)
    title = title_of(text, furniture)
    day = date_of(text, furniture)
    year = year_of(text, title, day)
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


def _as_printed(found: Reading, text: str) -> Reading:
    """The reading of a folded text with its quotations cut from the printed one: places are the same in both.

    What the reader says in its own words (subject, scope, unit, region, arithmetic) stays folded.
    """

    def cut(words: str, start: int) -> str:
        return text[start : start + len(words)]

    sentences = tuple(replace(each, text=cut(each.text, each.start)) for each in found.sentences)
    starts = [each.start for each in sentences]
    claims = (
        replace(
            claim,
            surface=cut(claim.surface, claim.start),
            sentence=sentences[bisect_right(starts, claim.start) - 1].text,
        )
        for claim in found.claims
    )
    return replace(
        found,
        text=text,
        title=cut(found.title, found.text.find(found.title)),
        sections=tuple(
            replace(part, title=cut(part.title, found.text.find(part.title, part.start)))
            for part in found.sections
        ),
        sentences=sentences,
        claims=tuple(claims),
        statements=tuple(replace(each, surface=cut(each.surface, each.start)) for each in found.statements),
    )
