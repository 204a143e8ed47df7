"""How verdicts, findings and numbers are worded on pages."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

VERDICTS = {
    "confirmed": "相符",
    "contradicted": "不符",
    "no-indicator": "无对应指标",
    "undecided": "无法判定",
}
FINDINGS = {
    "percentage-points": "应为百分点",
    "relative-change-of-rate": "比率的相对变化",
    "truncated": "截尾而非四舍五入",
    "far-above": "远高于所称",
    "inconsistent": "前后不一",
    "note-missing": "注释缺失",
}
KINDS = {"level": "水平", "change": "变化", "rank": "名次", "multiple": "倍数"}
BOUNDS = {
    "exact": "恰为",
    "about": "约",
    "above": "超过",
    "odd": "余、多",
    "at_least": "不低于",
    "below": "低于",
    "at_most": "不超过",
    "range": "区间",
}


def shown(value: Any, unit: str = "") -> str:
    """A number for people: at most four decimals, thousands apart by thin commas, with its unit."""
    if value is None:
        return ""
    exact = Fraction(value) if not isinstance(value, float) else Fraction(str(value))
    rounded = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.0001"))
    text = f"{rounded:,f}".rstrip("0").rstrip(".")
    return f"{text}{unit}" if unit == "%" else f"{text} {unit}".strip()


STATEMENTS = {
    "coverage": "覆盖",
    "direction": "升降",
    "milestone": "节点",
    "membership": "归属",
    "honour": "荣誉",
    "agreement": "协议",
    "duty": "责任",
    "campaign": "行动",
}


def statement_row(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A checked statement as the table shows it."""
    why, _, why_en = row["why"].partition(" / ")
    return dict(row) | {
        "kind_zh": STATEMENTS[row["kind"]],
        "indicator_name": names.get(row["indicator"] or "", ""),
        "verdict_zh": VERDICTS[row["verdict"]],
        "why": why,
        "why_en": why_en,
    }


def claim_row(number: int, row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A checked claim as the table shows it."""
    numerator, denominator = row.get("numerator"), row.get("denominator")
    fraction = f"{shown(numerator)} / {shown(denominator)}" if denominator is not None else "—"
    if row.get("kind") == "rank" and row.get("figure") is not None:
        figure = f"第 {shown(row['figure'])}"
    else:
        figure = shown(row.get("figure"), row.get("unit") or "")
    return dict(row) | {
        "number": number,
        "kind_zh": KINDS.get(row["kind"], row["kind"]),
        "bound_zh": BOUNDS.get(row["bound"], row["bound"]),
        "low_shown": shown(row["low"]) if row["low"] is not None else "−∞",
        "high_shown": shown(row["high"]) if row["high"] is not None else "∞",
        "indicator_name": names.get(row.get("indicator") or "", ""),
        "shown": figure,
        "fraction": fraction,
        "verdict_zh": VERDICTS[row["verdict"]],
        "findings_words": "、".join(FINDINGS.get(finding, finding) for finding in row.get("findings", ())),
    }
