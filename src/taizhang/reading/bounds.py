"""The bounds of an amount: the words before it, behind it, or before what it is a part of."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import cast

from taizhang.reading.amounts import Amount
from taizhang.reading.claim import Bound
from taizhang.reading.vocabulary import AFTER_BOUND, AFTER_BOUNDS, APPROXIMATE, BEFORE_BOUND, BEFORE_BOUNDS

# 超过全球一半, 还不到原定计划的一半: the bound stands before what the part is of.
_BOUND_AFAR = re.compile(
    r"(?P<word>超过|不到|不足|接近"
    r"|将近)了?(?![^，,；;。]{0,4}计划[^的]*\Z)(?:(?![超到近])[\u4e00-\u9fff\ue002]){2,12}?(?P<of>的?)\Z"
)


def bound_before(text: str, start: int, clause: int) -> tuple[int, Bound | None, bool]:
    """Where the bound words before the amount at `start` begin, the bound, and whether they say "about"."""
    match = BEFORE_BOUND.search(text, max(clause, start - 8), start)
    if match is None:
        return start, None, False
    return match.start(), cast(Bound, BEFORE_BOUNDS[match.group()]), match.group() in APPROXIMATE


def bound_after(text: str, end: int) -> tuple[int, Bound | None, bool]:
    """Where the bound words behind an amount end, the bound, and whether they say "about"."""
    match = AFTER_BOUND.match(text, end)
    if match is None:
        return end, None, False
    word = match.group().strip()
    return match.end(), cast(Bound, AFTER_BOUNDS.get(word, "at_least")), word in APPROXIMATE


def bound_afar(text: str, amount: Amount, clause: int) -> Bound | None:
    """The bound that stands before what a share is of; None where there is none."""
    found = _BOUND_AFAR.search(text, max(clause, amount.start - 20), amount.start)
    if found is None or not (found["of"] or amount.rule == "half"):
        return None
    return cast(Bound, BEFORE_BOUNDS[found["word"]])


def bounded(low: Decimal, high: Decimal, bound: Bound) -> tuple[Decimal | None, Decimal | None]:
    """The open or closed interval that the bound makes of a number."""
    if bound in {"above", "odd", "at_least"}:
        return low, None
    return (None, high) if bound in {"below", "at_most"} else (low, high)
