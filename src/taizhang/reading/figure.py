"""A figure of a sentence, before it is known what it is of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from taizhang.reading.claim import Bound, ClaimKind

Basis = Literal["yoy", "other"] | None
"""What a change is told against."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its place in the text and what its wording means."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    step: Decimal
    bound: Bound
    unit: str
    kind: ClaimKind
    approx: bool
    basis: Basis = None
    scope: str = ""
    rules: tuple[str, ...] = ()
