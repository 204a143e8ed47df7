"""All wordings in the order of trial, and a fast way to those that a clause may have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from taizhang.reading.statements.coverage import COVERAGE
from taizhang.reading.statements.deeds import DEEDS
from taizhang.reading.statements.directions import DIRECTIONS
from taizhang.reading.statements.honours import HONOURS
from taizhang.reading.statements.milestones import MILESTONES
from taizhang.reading.statements.praise import PRAISE, RESULTS_PRAISED
from taizhang.reading.statements.relations import RELATIONS
from taizhang.reading.statements.wordings import Rule

RULES: tuple[Rule, ...] = (
    RESULTS_PRAISED,  # before anything that its clause may name
    *COVERAGE,
    *HONOURS,
    *RELATIONS,
    *DIRECTIONS,
    *DEEDS,
    *MILESTONES,
    *PRAISE,
)

_SIGNALS: dict[str, tuple[int, ...]] = {}
for _number, _rule in enumerate(RULES):
    for _signal in _rule.signals:
        _SIGNALS[_signal] = (*_SIGNALS.get(_signal, ()), _number)


def _alternation() -> re.Pattern[str]:
    """All signals in one pattern, branched by their first character."""
    by_first: dict[str, list[str]] = {}
    for word in _SIGNALS:
        by_first.setdefault(word[0], []).append(word[1:])
    branches = []
    for first, rests in by_first.items():
        ordered = "|".join(re.escape(rest) for rest in sorted(rests, key=len, reverse=True))
        branches.append(re.escape(first) + (f"(?:{ordered})" if ordered else ""))
    return re.compile("|".join(branches))


_SIGNAL = _alternation()


@lru_cache(maxsize=4096)
def _begun_by(word: str) -> tuple[tuple[int, int, int | None], ...]:
    """(rule, length of its signal, its tail) for each signal that this one begins with."""
    return tuple(
        (number, len(signal), RULES[number].tail)
        for signal, numbers in _SIGNALS.items()
        if word.startswith(signal)
        for number in numbers
    )


Signal = tuple[int, str]  # where it stands, and the longest one there


def signals(text: str) -> list[Signal]:
    """Words that a statement may have, with their places: one at least in every clause that makes one."""
    found: list[Signal] = []
    position, search = 0, _SIGNAL.search
    while match := search(text, position):
        found.append((match.start(), match.group()))
        position = match.start() + 1
    return found


def rules_at(hits: Iterable[Signal], end: int) -> list[Rule]:
    """The rules that these signals of a clause, which ends there, call for, in the order of trial."""
    numbers = {
        number
        for place, word in hits
        for number, length, tail in _begun_by(word)
        if tail is None or end - place - length <= tail
    }
    return [RULES[number] for number in sorted(numbers)]
