"""Paragraphs → sentences. A semicolon ends none; quotations and brackets are kept whole as long as they are
short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from taizhang.reading.sections import Heading, past_list_numeral
from taizhang.reading.structure import Range, Section, Sentence

# An end, an opening or a closing sign. A full stop of Latin writing ends a sentence only between Chinese
# ones.
_SIGN = re.compile(
    r"(?P<end>[。！？!?]+|(?<=[\u4e00-\u9fff%％）)])[.．](?=\s*[\u4e00-\u9fff\u3000]|\s*\Z))|(?P<open>[“「『（(《])|(?P<close>[”」』）)》])"
)
_BEFORE_SPEECH = frozenset("：:，,\n")
_GOES_ON = re.compile(r"[。！？!?，,；;、：:）)]|[的等和与、](?!\n)")
_CLOSING = re.compile(r"[”’」』）)》]+")
_PAIRS = dict(zip("“「『（(《", "”」』））》", strict=True)) | {"(": ")"}
_LONGEST_KEPT = 200  # a quotation longer than this is read sentence by sentence
_EMPTY = " \t\r\n\u3000\u200b\u200d\ufeff。.．"


def sentences_of(
    text: str,
    paragraphs: Sequence[Range],
    headings: dict[int, Heading],
    sections: Sequence[Section],
    before: int = 0,
) -> tuple[Sentence, ...]:
    """Every sentence of the paragraphs, with its section; a heading that stands alone is none.

    The first `before` sections were opened before the text: those after them belong to `headings`.
    """
    found: list[Sentence] = []
    within = before - 1
    outermost = _outermost(sections)
    for number, (start, end) in enumerate(paragraphs):
        heading = headings.get(number)
        if heading is not None:
            within += 1
            start = heading.end if heading.alone else heading.words
        else:
            start = past_list_numeral(text, start, end)
        numeral = outermost[within] if within >= 0 else ""
        planned = sections[within].planned if within >= 0 else False
        years = sections[within].years if within >= 0 else None
        for low, high in _cut(text, start, end):
            found.append(Sentence(text[low:high], low, numeral, planned, number, within, years))
    return tuple(found)


def _outermost(sections: Sequence[Section]) -> list[str]:
    """For each section the numeral of the outermost section that has one, among it and those above it."""
    numerals: list[str] = []
    for section in sections:
        above = numerals[section.parent] if section.parent >= 0 else ""
        numerals.append(above or section.numeral)
    return numerals


def _cut(text: str, start: int, end: int) -> Iterator[Range]:
    """The sentences between two places, without blanks around them."""
    begin = at = start
    while at < end:
        sign = _SIGN.search(text, at, end)
        if sign is None:
            break
        at = sign.end()
        if sign["open"]:
            at = _closed(text, sign, end) or at
            speaks = text[at - 2] in "。！？!?" and text[sign.start() - 1 : sign.start()] in _BEFORE_SPEECH
            if speaks and at > sign.end() and not _GOES_ON.match(text, at, end):
                yield from _trimmed(text, begin, at)  # a quoted sentence ends what it stands in
                begin = at
        elif sign["end"]:
            if closing := _CLOSING.match(text, at, end):
                at = closing.end()
            yield from _trimmed(text, begin, at)
            begin = at
    yield from _trimmed(text, begin, end)


def _closed(text: str, opened: re.Match[str], end: int) -> int | None:
    """Where the pair of an opening sign ends, None where it is not closed soon."""
    sign = opened.group()
    limit = min(end, opened.end() + _LONGEST_KEPT)
    found = text.find(_PAIRS[sign], opened.end(), limit)
    if found < 0 and sign in "（(":
        found = text.find(")" if sign == "（" else "）", opened.end(), limit)
    if found < 0:
        return None
    if sign in "（(" and (inner := text.find(sign, opened.end(), found)) >= 0:  # one in another
        outer = text.find(_PAIRS[sign], found + 1, limit)
        return outer + 1 if outer >= 0 and inner < outer else found + 1
    return found + 1


def _trimmed(text: str, start: int, end: int) -> Iterator[Range]:
    while start < end and (text[start].isspace() or text[start] in "\u200b\u200d\ufeff"):
        start += 1
    finish = end
    while finish > start and (text[finish - 1].isspace() or text[finish - 1] in "\u200b\u200d\ufeff"):
        finish -= 1
    if text[start:finish].strip(_EMPTY):
        yield start, finish
