"""Text → paragraphs: lines that a width or a link broke are taken together, nothing is moved.

A line goes on in the next when that one begins with what cannot begin a line (，。》), or when it ends with
what cannot end a paragraph; where a text sets its paragraphs apart by blank lines, also when it just stops;
and where a text is wrapped at one width, when it is as wide as that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from taizhang.reading.structure import Range

_LINE = re.compile(r"[^\r\n]+")
_BREAK = re.compile(r"\r\n?|\n")
_CANNOT_BEGIN = re.compile(r"[，。；、：！？）》」』”’％%,;!?)\]]")
_CANNOT_END = re.compile(
    r"[，、,（(《“‘「『\[]\s*$|^(?:第?[一二三四五六七八九十]{1,3}[、，]|[一二三四五六七八九十]是)\s*$"
)
_JUST_STOPS = re.compile(r"[\u3400-\u9fffA-Za-z0-9%％”’》」』）)〇]\s*$")
_INDENTED = re.compile(r"[\s\u3000]")
# What begins a paragraph of its own: a numeral of a heading or a list, a dash, a mark.
OPENING = re.compile(
    r"[\s\u3000]*(?:第[一二三四五六七八九十百\d]{1,4}(?:[、，,]|部分|[章节编篇条])|[一二三四五六七八九十]{1,3}(?:[、．.]|\s*$|是)"
    r"|[(（\[【〔][一二三四五六七八九十\d注]{1,3}[)）\]】〕]|\d{1,2}[.．、](?!\d)|[①-⑳]|——|[·•●■◆※*#-])"
)
_LEAST_LINES = 6
_WIDEST = 160


def lines_of(text: str) -> list[Range]:
    """The ranges of the lines that are not blank, without their ends."""
    return [line.span() for line in _LINE.finditer(text) if not line.group().isspace()]


def paragraphs_of(text: str, furniture: Sequence[Range]) -> tuple[Range, ...]:
    """The paragraphs outside the furniture, in order; each is one line, or several that belong together."""
    lines = lines_of(text)
    out = set(furniture)
    blank = [_is_blank(text, before, after) for before, after in pairwise(lines)]
    spaced = len(lines) >= _LEAST_LINES and sum(blank) * 2 >= len(blank)
    width = _wrapped_at(text, lines)
    found: list[Range] = []
    before: Range | None = None
    for number, line in enumerate(lines):
        if line in out:
            before = None
            continue
        if before is not None and not blank[number - 1] and _goes_on(text, before, line, spaced, width):
            found[-1] = (found[-1][0], line[1])
        else:
            found.append(line)
        before = line
    return tuple(found)


def _is_blank(text: str, before: Range, after: Range) -> bool:
    """Whether a blank line stands between two lines."""
    gap = text[before[1] : after[0]]
    return len(gap) > 1 and len(_BREAK.findall(gap)) > 1


def _goes_on(text: str, before: Range, after: Range, spaced: bool, width: int) -> bool:
    if _CANNOT_BEGIN.match(text, after[0]):
        return True
    first, second = text[before[0] : before[1]], text[after[0] : after[1]]
    if _INDENTED.match(second) or "\t" in first or "\t" in second:
        return False
    if _CANNOT_END.search(first[-12:]):
        return True
    if OPENING.match(second) or not _JUST_STOPS.search(first[-4:]):
        return bool(width) and not OPENING.match(second) and _width(first) >= width - 3
    opened = OPENING.match(first)
    if spaced and not (opened and len(first) - opened.end() > 1):
        return True
    return bool(width) and _width(first) >= width - 3


def _width(line: str) -> int:
    """The columns that a line takes: two for each Chinese character."""
    return len(line) + sum(unicodedata.east_asian_width(char) in "WFA" for char in line)


def _wrapped_at(text: str, lines: Sequence[Range]) -> int:
    """The width at which the text is wrapped, 0 for none: few lines are wider, and many are as wide."""
    if len(lines) < _LEAST_LINES:
        return 0
    longest = max(end - start for start, end in lines)
    if longest > _WIDEST:
        return 0
    widths = sorted(_width(text[start:end]) for start, end in lines)
    widest = widths[int((len(widths) - 1) * 0.97)]
    near = sum(widest - 3 <= width <= widest + 1 for width in widths)
    return widest if widest >= 40 and near * 4 >= len(widths) else 0
