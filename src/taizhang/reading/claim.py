"""What the reader finds in a text. The keys are the contract's (docs/reference/claims.md)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Certainty = Literal["certain", "likely", "possible"]
Bound = Literal["exact", "about", "above", "odd", "at_least", "below", "at_most", "range"]
ClaimKind = Literal["level", "change", "rank", "multiple"]
StatementKind = Literal[
    "coverage", "direction", "milestone", "membership", "honour", "agreement", "duty", "campaign", "appraisal"
]


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure that a text asserts.

    `start` counts code points in the extracted text. `low` and `high`: what the wording means (None: open);
    `step` is the value of the last printed place in the base unit; `unit` is the base unit.
    `scope` names whom a rank is among, as printed (城区, 全市), else "". `area` is the area that the
    sentence itself names (全国, 我省), else "": then the document's region holds. `quoted` says
    that another's words or results are told, `source` whose, as printed.
    """

    surface: str
    start: int
    low: Decimal | None
    high: Decimal | None
    step: Decimal
    bound: Bound
    unit: str
    kind: ClaimKind
    approx: bool
    basis: Literal["yoy", "other", "cumulative"] | None
    modality: Literal["achieved", "expected", "planned"]
    subject: str
    section: str
    period: str
    sentence: str = ""
    scope: str = ""
    rules: tuple[str, ...] = ()  # which rule made each part
    area: str = ""
    quoted: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A checkable (or merely praising) statement without a number.

    `asserts` is the code of what is asserted of the subject (all, completed, member, down …; what praise
    asserts cannot be checked), `object` the words that complete it: the group joined, the title given.
    """

    kind: StatementKind
    surface: str
    start: int
    subject: str
    section: str = ""
    period: str = ""
    asserts: str = ""
    object: str = ""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextFinding:
    """Something the text says against itself: places are (start, end) in the extracted text.

    `why` says why it is no surer, or why it is certain.
    """

    finding: str
    places: tuple[tuple[int, int], ...]
    arithmetic: str
    certainty: Certainty
    why: str = ""
