"""A claim in words: each of its parts, its value, and the rules that made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from taizhang.reading.claim import Claim
from taizhang.reading.column import digits

_PARTS: Final[Mapping[str, str]] = {
    "subject": "主体 / subject",
    "value": "数值 / value",
    "unit": "单位 / unit",
    "kind": "种类 / kind",
    "bound": "界限 / bound",
    "step": "末位 / last place",
    "basis": "基准 / basis",
    "modality": "完成与否 / modality",
    "period": "时期 / period",
    "section": "部分 / section",
    "scope": "范围 / scope",
    "area": "地区 / area",
    "source": "转述 / told of",
}
_WORDS: Final[Mapping[str, str]] = {
    "exact": "确数 / exact",
    "about": "约数 / about",
    "above": "超过 / above",
    "odd": "有余 / odd",
    "at_least": "不低于 / at least",
    "below": "不到 / below",
    "at_most": "不超过 / at most",
    "range": "区间 / range",
    "level": "水平 / level",
    "change": "变化 / change",
    "rank": "排名 / rank",
    "multiple": "倍数 / multiple",
    "yoy": "同比 / on the year",
    "other": "另有基准 / another basis",
    "cumulative": "累计 / cumulative",
    "achieved": "已完成 / achieved",
    "expected": "预计 / expected",
    "planned": "计划 / planned",
    "coverage": "覆盖 / coverage",
    "direction": "走向 / direction",
    "milestone": "节点 / milestone",
    "membership": "入列 / membership",
    "honour": "荣誉 / honour",
    "agreement": "协议 / agreement",
    "duty": "职责 / duty",
    "campaign": "行动 / campaign",
    "appraisal": "评价 / appraisal",
    "certain": "确定 / certain",
    "likely": "很可能 / likely",
    "possible": "可能 / possible",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a claim: what it is called, its value in words, the rules that made it."""

    name: str
    value: str
    rules: tuple[str, ...]


def in_words(code: str) -> str:
    """A code of the contract (`yoy`, `above` …) in Chinese and English; as it is where it is none."""
    return _WORDS.get(code, code)


def value_in_words(low: Decimal | None, high: Decimal | None) -> str:
    """What a wording means, thousands apart: 62,000; ≥ 75; ≤ 75; 5 – 6."""
    if low is None or high is None:
        ends = [f"{sign} {_grouped(end)}" for sign, end in (("≥", low), ("≤", high)) if end is not None]
        return "".join(ends) or "不限 / open"
    return _grouped(low) if low == high else f"{_grouped(low)} – {_grouped(high)}"


def _grouped(value: Decimal) -> str:
    whole, point, after = digits(value).partition(".")
    sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{_by_thousands(whole)}{point}{after}"


def _by_thousands(whole: str) -> str:
    head = len(whole) % 3
    pieces = [whole[:head]] if head else []
    return ",".join(pieces + [whole[at : at + 3] for at in range(head, len(whole), 3)])


def explained(claim: Claim) -> tuple[Part, ...]:
    """The parts of a claim, those that say nothing left out.

    A rule is written `part:rule`; one that names no part stands with the value, which it made.
    """
    by_part: dict[str, list[str]] = {}
    for rule in claim.rules:
        part, colon, name = rule.partition(":")
        by_part.setdefault(part if colon and part in _PARTS else "value", []).append(
            name if colon and part in _PARTS else rule
        )
    values = {
        "value": value_in_words(claim.low, claim.high),
        "step": digits(claim.step),
        "bound": in_words(claim.bound) + (" · 约 / approximate" if claim.approx else ""),
        "kind": in_words(claim.kind),
        "basis": in_words(claim.basis or ""),
        "modality": in_words(claim.modality),
    }
    parts = []
    for name, words in _PARTS.items():
        value = values[name] if name in values else str(getattr(claim, name))
        if value or name in by_part:
            parts.append(Part(words, value, tuple(by_part.get(name, ()))))
    return tuple(parts)
