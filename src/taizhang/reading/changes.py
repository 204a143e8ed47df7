"""Level or change: the verb and the comparison that lead to a figure, or the rate that follows it."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from taizhang.reading.vocabulary import AT_RATE, CHANGE, CHANGE_OF, COMPARED, PER_YEAR

Basis = Literal["yoy", "other"] | None
RELATIVE = frozenset({"%", "‰", "‱", "个百分点", "个千分点", "个基点", "倍"})
_REACH = 40  # how far back a verb and its comparison are looked for


class Change(NamedTuple):
    """What makes a figure a change: where its wording starts, its sign, against what, by which rule."""

    start: int
    sign: int
    basis: Basis
    rule: str


def basis_in(text: str, start: int, end: int) -> Basis:
    """The last comparison that a stretch of text names."""
    found: Basis = None
    for match in COMPARED.finditer(text, start, end):
        found = "yoy" if match["yoy"] else "other"
    return found


def _led(text: str, start: int, clause: int, unit: str) -> Change | None:
    match = CHANGE.search(text, max(clause, start - _REACH), start)
    if match is None:
        return None
    basis: Basis = "yoy" if match["yoy"] else "other" if match["other"] else None
    verb = next(match.start(name) for name in ("rise", "fall", "more", "less") if match[name])
    compared = basis or basis_in(text, max(clause, start - _REACH), verb)
    if (match["more"] or match["less"]) and not compared:
        return None
    if unit not in RELATIVE:
        per_year = match["other"] and PER_YEAR.fullmatch(match["other"])
        if compared is None or per_year:
            return None
    if compared is None and PER_YEAR.search(text, max(clause, verb - 12), verb):
        compared = "other"
    begin = match.start() if basis else verb
    return Change(begin, -1 if match["fall"] or match["less"] else 1, compared, "verb")


def change_before(text: str, start: int, clause: int, unit: str) -> Change | None:
    """The change that leads to the amount at `start`, within its clause; None for a level."""
    if found := _led(text, start, clause, unit):
        return found
    if unit not in RELATIVE:
        return None
    match = CHANGE_OF.search(text, max(clause - 1, start - _REACH, 0), start)
    if match is None:
        return None
    return Change(start, -1 if match["fall"] else 1, basis_in(text, clause, match.start() + 1), "verb-object")


def rate_after(text: str, start: int, end: int, clause: int) -> Change | None:
    """以年均9.8%的速度增长: the verb follows the figure."""
    match = AT_RATE.match(text, end)
    if match is None:
        return None
    basis = basis_in(text, max(clause, start - _REACH), start)
    if basis is None and PER_YEAR.search(text, max(clause, start - 12), start):
        basis = "other"
    return Change(start, -1 if match["fall"] else 1, basis, "rate")
