"""The bounds of an amount: the words before it, behind it, or before what it is a part of."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import cast

from taizhang.reading.amounts import Amount
from taizhang.reading.claim import Bound
from taizhang.reading.vocabulary import (
    AFTER_BOUND,
    AFTER_BOUNDS,
    APPROXIMATE,
    BEFORE_BOUND,
    BEFORE_BOUNDS,
    FALLS,
    RISES,
)

# 超过全球一半, 还不到原定计划的一半: the bound stands before what the part is of.
_BOUND_AFAR = re.compile(
    r"(?P<word>超过|不到|不足|接近"
    r"|将近)了?(?![^，,；;。]{0,4}计划[^的]*\Z)(?:(?![超到近])[\u4e00-\u9fff\ue002]){2,12}?(?P<of>的?)\Z"
)

# 约增长5%, 大约损失1000亿元, 约占职工总数的四分之一: "about" before the verb.
_ABOUT_VERB = re.compile(
    r"(?:(?<![节条签预和合契公制特大相])约|大约|大概|大致|大体上?)(?:可|能|要|将|共|已|比[^，,；;。]{2,10}?)*"
    rf"(?:(?:{RISES}|{FALLS}|损失|生产|收入|支出|投资|完成|达到?|为|有|需要?|合|折合|占)了?"
    r"|(?:占|等于|相当于|是)[^，,；;。、]{2,20}的)\Z"
)
# 略低于8%的预定目标: a target that something is held against, not a bound of the figure.
_OF_TARGET = re.compile(
    r"(?:左右)?的(?:年初|全年|年度|原定)?(?:预定|预期|既定|规定|计划|调控|控制|增长)*(?:目标|计划|指标|任务)(?!是)"
)
_HELD_TO = re.compile(r"(?:低于|高于|超过|超出|突破|接近|不到|少于|多于)了?\Z")


def about_before_verb(text: str, start: int, clause: int) -> bool:
    """Whether "about" stands before the verb that leads to the amount at `start`."""
    return bool(_ABOUT_VERB.search(text, max(clause, start - 32), start))


def held_to_target(text: str, start: int, end: int) -> bool:
    """Whether the amount is a target that something falls short of or goes beyond."""
    return bool(_OF_TARGET.match(text, end) and _HELD_TO.search(text, max(0, start - 4), start))


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


def negated(low: Decimal | None, high: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """The interval turned round zero: a fall instead of a rise."""
    return None if high is None else -high, None if low is None else -low


def bounded(low: Decimal, high: Decimal, bound: Bound) -> tuple[Decimal | None, Decimal | None]:
    """The open or closed interval that the bound makes of a number."""
    if bound in {"above", "odd", "at_least"}:
        return low, None
    return (None, high) if bound in {"below", "at_most"} else (low, high)
