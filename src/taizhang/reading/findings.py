"""What a text says against itself, seen without any ledger."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from taizhang.reading.claim import Claim, TextFinding
from taizhang.reading.notes import Notes

NOTE_FINDINGS = frozenset({"note-missing", "mark-missing"})


def note_findings(notes: Notes, start: int = 0) -> list[TextFinding]:
    """Each note mark, as (3) after a word, for which the text gives no note; each note that no mark leads to.

    Places count from `start`.
    """
    found = []
    for mark in notes.without_note():
        arithmetic = f"有注号 {mark.surface},无注文 / mark {mark.surface} without its note"
        place = (mark.start - start, mark.end - start)
        found.append(TextFinding("note-missing", (place,), arithmetic, "certain"))
    for note in notes.without_mark():
        arithmetic = f"有注 {note.number},无注号 / note {note.number} without its mark"
        place = (note.start - start, note.end - start)
        found.append(TextFinding("mark-missing", (place,), arithmetic, "likely"))
    return found


def _stands_alone(text: str, claim: Claim) -> bool:
    """Whether the figure's clause is its whole subject: nothing carried over, nothing compared."""
    clause = re.split(r"[，,。；;：:、！？\n]", text[max(0, claim.start - 60) : claim.start])[-1]
    bare = re.sub(r"^(?:全年|全[省市区县])|(?:达到|达|为|是|共)$", "", clause.strip())
    return bare == claim.subject and not re.search(r"[比占由从至到每]|分别|增加|[年月]", bare)


def said_twice(text: str, claims: Sequence[Claim]) -> list[TextFinding]:
    """One subject of one period given two exact levels that differ."""
    first: dict[tuple[str, str, str, str, str], Claim] = {}
    found = []
    for claim in claims:
        if claim.kind != "level" or claim.bound != "exact" or len(claim.subject) < 4:
            continue
        if not _stands_alone(text, claim):
            continue
        key = (claim.subject, claim.unit, claim.period, claim.modality, str(claim.basis))
        earlier = first.setdefault(key, claim)
        coarser = max(earlier.step, claim.step)
        if (
            claim.sentence != earlier.sentence
            and earlier.low is not None
            and claim.low is not None
            and abs(earlier.low - claim.low) >= coarser
        ):
            places = tuple((each.start, each.start + len(each.surface)) for each in (earlier, claim))
            found.append(TextFinding("said-twice", places, f"{earlier.surface} ≠ {claim.surface}", "likely"))
    return found


def _parts_after(text: str, claims: Sequence[Claim], total: int) -> list[Claim]:
    """The figures of one list that 其中 begins after this figure, in its unit."""
    whole, parts, edge = claims[total], list[Claim](), claims[total].start + len(claims[total].surface)
    for claim in claims[total + 1 :]:
        between = text[edge : claim.start]
        opens = re.match(r"[^。；;\n]{0,12}[，,。；;]\s*其中", between)
        joins = re.fullmatch(r"[、，,和][^、，,。；;\n年比占达]{1,15}", between)
        if not (joins if parts else opens) or (claim.unit, claim.kind, claim.bound) != (
            whole.unit,
            "level",
            "exact",
        ):
            break
        parts.append(claim)
        edge = claim.start + len(claim.surface)
    return parts


def parts_exceed_total(text: str, claims: Sequence[Claim]) -> list[TextFinding]:
    """A list of parts after 其中 that adds up to more than its total, beyond what rounding explains."""
    found = []
    for index, whole in enumerate(claims):
        if whole.kind != "level" or whole.bound != "exact" or whole.low is None:
            continue
        parts = _parts_after(text, claims, index)
        added = sum((part.low for part in parts if part.low is not None), Decimal(0))
        slack = sum((part.step for part in parts), whole.step) / 2
        if len(parts) >= 2 and (added > whole.low + slack or (whole.step == 1 and added > whole.low)):
            sides = (" + ".join(part.surface for part in parts), whole.surface)
            places = tuple((each.start, each.start + len(each.surface)) for each in (whole, *parts))
            found.append(TextFinding("parts-exceed-total", places, f"{sides[0]} > {sides[1]}", "likely"))
    return found


def findings_of(text: str, claims: Sequence[Claim], notes: Notes) -> tuple[TextFinding, ...]:
    """All findings, by their place."""
    return tuple(
        sorted(
            note_findings(notes) + said_twice(text, claims) + parts_exceed_total(text, claims),
            key=lambda finding: finding.places,
        )
    )
