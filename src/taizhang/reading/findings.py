"""What a text says against itself, seen without any ledger."""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.reading import consistency
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
        why = "全文没有这个号的注 / no note of this number stands in the text"
        found.append(TextFinding("note-missing", (place,), arithmetic, "certain", why))
    for note in notes.without_mark():
        arithmetic = f"有注 {note.number},无注号 / note {note.number} without its mark"
        place = (note.start - start, note.end - start)
        why = "注号可能未能认出 / its mark may be there and not be seen as one"
        found.append(TextFinding("mark-missing", (place,), arithmetic, "likely", why))
    return found


def findings_of(text: str, claims: Sequence[Claim], notes: Notes) -> tuple[TextFinding, ...]:
    """All findings, by their place. `claims` are the text's, in its order."""
    near = consistency.Neighbours(text, claims)
    found = [
        *note_findings(notes),
        *consistency.structure_in_percent(text),
        *consistency.parts_against_total(near),
        *consistency.shares_of_a_whole(near),
        *consistency.shares_against_counts(near),
        *consistency.growth_against_levels(near),
        *consistency.changes_of_rates(near),
        *consistency.impossible_units(near),
        *consistency.rates_over_hundred(near),
        *consistency.said_twice(near),
    ]
    return tuple(sorted(found, key=lambda finding: (finding.places, finding.finding)))
