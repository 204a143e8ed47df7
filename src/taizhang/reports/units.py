"""Which printed units can mean an indicator's unit, and by what factor."""

from __future__ import annotations

from fractions import Fraction

RATIOS = {"%": Fraction(100), "‰": Fraction(1000), "": Fraction(1), "比率": Fraction(1), "倍": Fraction(1)}
"""Units of a ratio and what a plain ratio of 1 is in them."""

POINTS = {"百分点": Fraction(1), "个百分点": Fraction(1), "个基点": Fraction(100)}
"""Units of the difference of two rates, and how many of them make a percentage point."""

# Chinese counts one kind of thing with several measure words; within a family they may stand for each other.
FAMILIES: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split())
    for words in (
        "个 项 处 条 座 栋 片 块 段 类 种 台 辆",
        "件 宗 起 例 案 个 项 次",
        "家 户",
        "家 个 所 间",
        "人 名 位 个",
        "剂次 剂 针 针次 剂人次",
        "人次 次 人",
        "次 轮 趟 回 场",
        "天 日",
        "份 篇 张",
    )
)

SCALES: dict[tuple[str, str], Fraction] = {
    ("平方米", "公顷"): Fraction(1, 10_000),
    ("平方米", "亩"): Fraction(3, 2_000),
    ("平方米", "平方公里"): Fraction(1, 1_000_000),
    ("亩", "公顷"): Fraction(1, 15),
    ("米", "公里"): Fraction(1, 1_000),
    ("千克", "吨"): Fraction(1, 1_000),
}
"""Lawful measures: one of the first is so much of the second (1 亩 = 1/15 公顷, GB 3100)."""

SYNONYMS = {"平米": "平方米", "㎡": "平方米", "千米": "公里", "％": "%", "分数": "分", "名次": "位"}


def scale(source: str, target: str) -> Fraction | None:
    """What a value in `source` is multiplied by to be in `target`; None when the two cannot mean the same."""
    source, target = SYNONYMS.get(source, source), SYNONYMS.get(target, target)
    if source == target:
        return Fraction(1)
    if source in RATIOS and target in RATIOS:
        return RATIOS[target] / RATIOS[source]
    if (source, target) in SCALES:
        return SCALES[source, target]
    if (target, source) in SCALES:
        return 1 / SCALES[target, source]
    if any(source in family and target in family for family in FAMILIES):
        return Fraction(1)
    return None


def is_ratio(unit: str) -> bool:
    """Whether the unit is printed as a rate (%, ‰)."""
    return unit in ("%", "‰")
