"""A note mark without its note."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from taizhang.reading.claim import TextFinding
from taizhang.reading.structure import Range

_MARK = re.compile(r"(?<=[\u4e00-\u9fff”》])[(（](\d{1,3})[)）]")
_BLANK = r"[ \t\u3000\xa0]*"  # never \s: blank lines would be read again for each of them
_NOTE = re.compile(
    rf"(?m)^{_BLANK}(?:[\[【(（]?(\d{{1,3}})[\])】）]|(\d{{1,3}})[.．、:：]|注\s?(\d{{1,3}})){_BLANK}\S"
)


def note_missing(text: str, furniture: Sequence[Range]) -> Iterator[TextFinding]:
    """Each note mark, as (3) after a word, for which no line of the text gives the note."""
    marks = list(_MARK.finditer(text))
    if not marks:
        return
    notes = {one or two or three for one, two, three in _NOTE.findall(text)}
    for match in marks:
        left_out = any(start <= match.start() < end for start, end in furniture)
        if not left_out and match[1] not in notes:
            arithmetic = f"有注号 {match.group()},无注文 / mark {match.group()} without its note"
            why = "没有一行以这个注号起首 / no line begins with this number"
            yield TextFinding("note-missing", (match.span(),), arithmetic, "certain", why)
