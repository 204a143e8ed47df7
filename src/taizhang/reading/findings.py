"""What a text says against itself, seen without any ledger."""

from __future__ import annotations

import re
from collections.abc import Sequence

from taizhang.reading.claim import Claim, TextFinding
from taizhang.reading.structure import Range

_MARK = re.compile(r"(?<=[\u4e00-\u9fff”》])[(（](\d{1,3})[)）]")
_NOTE = r"(?m)^[\s\u3000]*(?:[\[【(（]?{number}[\])】）]|{number}[.．、:：]|注\s?{number})\s*\S"


def note_missing(text: str, furniture: Sequence[Range]) -> list[TextFinding]:
    """Each note mark, as (3) after a word, for which no line of the text gives the note."""
    found = []
    for match in _MARK.finditer(text):
        left_out = any(start <= match.start() < end for start, end in furniture)
        if not left_out and not re.search(_NOTE.format(number=match[1]), text):
            arithmetic = f"有注号 {match.group()},无注文 / mark {match.group()} without its note"
            found.append(TextFinding("note-missing", ((match.start(), match.end()),), arithmetic, "certain"))
    return found


def said_twice(claims: Sequence[Claim]) -> list[TextFinding]:
    """One subject of one period given two exact levels that differ."""
    first: dict[tuple[str, str, str, str, str], Claim] = {}
    found = []
    for claim in claims:
        if claim.kind != "level" or claim.bound != "exact" or len(claim.subject) < 4:
            continue
        key = (claim.subject, claim.unit, claim.period, claim.modality, str(claim.basis))
        earlier = first.setdefault(key, claim)
        coarser = max(earlier.step, claim.step)
        if earlier.low is not None and claim.low is not None and abs(earlier.low - claim.low) >= coarser:
            places = tuple((each.start, each.start + len(each.surface)) for each in (earlier, claim))
            found.append(TextFinding("said-twice", places, f"{earlier.surface} ≠ {claim.surface}", "likely"))
    return found


def findings_of(text: str, claims: Sequence[Claim], furniture: Sequence[Range]) -> tuple[TextFinding, ...]:
    """All findings, by their place."""
    return tuple(
        sorted(note_missing(text, furniture) + said_twice(claims), key=lambda finding: finding.places)
    )
