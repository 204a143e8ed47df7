"""What a text says against itself, seen without any ledger."""

from __future__ import annotations

from collections.abc import Sequence

from taizhang.reading import consistency
from taizhang.reading.claim import Claim, TextFinding
from taizhang.reading.structure import Range


def findings_of(text: str, claims: Sequence[Claim], furniture: Sequence[Range]) -> tuple[TextFinding, ...]:
    """All findings, by their place. `claims` are the text's, in its order."""
    near = consistency.Neighbours(text, claims)
    found = [
        *consistency.note_missing(text, furniture),
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
