"""What was found against what was labelled: precision, recall, F1, and the parts of what was matched.

A claim found is matched with a claim labelled when both say the same number (low and high), unit and kind and
their places overlap. Of matched claims the subject, bound, basis, modality and period are compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from labelled import LabelledClaim, LabelledStatement

from taizhang.reading import Claim, Statement

PARTS = ("subject", "bound", "basis", "modality", "period")
SHARED_PAIRS = 0.6
Found = TypeVar("Found", Claim, Statement)
QUOTES = '“”"「」『』'


def bare(text: str) -> str:
    """The subject without what makes no difference between two of them: blanks and quotation marks."""
    return "".join(one for one in text if not one.isspace() and one not in QUOTES)


def dice(one: str, other: str) -> float:
    """The share of character pairs that two words have in common, 0 to 1."""
    pairs, others = _pairs(one), _pairs(other)
    both = sum(pairs.values()) + sum(others.values())
    return 2 * sum((pairs & others).values()) / both if both else 0.0


def _pairs(text: str) -> Counter[str]:
    return Counter(text[index : index + 2] for index in range(len(text) - 1))


def same_subject(one: str, other: str) -> bool:
    """Two subjects share 0.6 of their character pairs (Dice), or one contains the other."""
    one, other = bare(one), bare(other)
    if not one or not other:
        return False
    return one in other or other in one or dice(one, other) >= SHARED_PAIRS


def same_part(part: str, label: LabelledClaim, claim: Claim) -> bool | None:
    """Whether that part agrees; None where the label leaves it open (a period of several years, say)."""
    wanted, found = getattr(label, part), getattr(claim, part)
    if part == "subject":
        return same_subject(wanted, found)
    if part == "period" and not wanted:
        return None
    return bool(wanted == found)


@dataclass(slots=True)
class Share:
    """So many of so many."""

    right: int = 0
    all: int = 0

    def add(self, agrees: bool | None) -> None:
        if agrees is not None:
            self.all += 1
            self.right += agrees

    @property
    def value(self) -> float:
        return self.right / self.all if self.all else 1.0


@dataclass(slots=True)
class Score:
    """Counts of what was found, labelled and matched, and how often each part of a match agrees."""

    sentences: int = 0
    found: int = 0
    labelled: int = 0
    matched: int = 0
    parts: dict[str, Share] = field(default_factory=dict)

    @property
    def precision(self) -> float:
        return self.matched / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.matched / self.labelled if self.labelled else 1.0

    @property
    def f1(self) -> float:
        both = self.found + self.labelled
        return 2 * self.matched / both if both else 1.0

    def part(self, name: str) -> Share:
        return self.parts.setdefault(name, Share())

    @property
    def subject_f1(self) -> float:
        """F1 of claims that are right only when their subject is right too."""
        both = self.found + self.labelled
        return 2 * self.part("subject").right / both if both else 1.0

    def add(self, match: Match) -> None:
        self.sentences += 1
        self.found += len(match.pairs) + len(match.extra)
        self.labelled += len(match.pairs) + len(match.missed)
        self.matched += len(match.pairs)
        for label, claim in match.pairs:
            for part in PARTS:
                self.part(part).add(same_part(part, label, claim))


@dataclass(frozen=True, slots=True)
class Match:
    """One sentence's claims: those matched, those labelled only and those found only."""

    pairs: tuple[tuple[LabelledClaim, Claim], ...]
    missed: tuple[LabelledClaim, ...]
    extra: tuple[Claim, ...]


def match_claims(labels: Sequence[LabelledClaim], claims: Iterable[Claim]) -> Match:
    """Pairs each label with at most one claim found. An optional one counts neither when found nor missed."""
    left = list(claims)
    pairs, missed = [], []
    for label in sorted(labels, key=lambda label: label.optional):
        near = [claim for claim in left if overlaps(label, claim)]
        claim = _nearest(label, [claim for claim in near if same_value(label, claim)])
        if label.optional:
            claim = claim or _nearest(label, near)
        elif claim is None:
            missed.append(label)
        else:
            pairs.append((label, claim))
        if claim is not None:
            left.remove(claim)
    return Match(tuple(pairs), tuple(missed), tuple(left))


def match_statements(
    labels: Sequence[LabelledStatement], statements: Iterable[Statement]
) -> tuple[list[LabelledStatement], list[Statement]]:
    """Those labelled but not found in their place with the right kind, and those found but not labelled."""
    left, missed = list(statements), []
    for label in labels:
        found = _nearest(label, [one for one in left if one.kind == label.kind and overlaps(label, one)])
        if found is None:
            missed.append(label)
        else:
            left.remove(found)
    return missed, left


def same_value(label: LabelledClaim, claim: Claim) -> bool:
    return (label.low, label.high, label.unit, label.kind) == (claim.low, claim.high, claim.unit, claim.kind)


def overlaps(label: LabelledClaim | LabelledStatement, found: Claim | Statement) -> bool:
    return label.start < found.start + len(found.surface) and found.start < label.start + label.length


def _nearest(label: LabelledClaim | LabelledStatement, found: Sequence[Found]) -> Found | None:
    return min(found, key=lambda one: abs(one.start - label.start), default=None)
