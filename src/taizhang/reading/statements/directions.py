"""Directions: a quantity that rises or falls, without a figure."""

from __future__ import annotations

import re

from taizhang.reading.statements.wordings import Rule, either, words
from taizhang.reading.statements.words import FALL, MANNER, NUMBER, QUANTITY, RISE


def _moved(name: str, code: str, verbs: tuple[str, ...]) -> Rule:
    """A quantity that one of these verbs moves."""
    return Rule(
        name,
        "direction",
        code,
        signals=verbs,
        tail=3,
        pattern=re.compile(
            rf"(?:比(?=[上去前同往历\d一])[^,]{{2,8}})?{MANNER}{{0,4}}(?:有(?:了|"
            rf"所)?[\u4e00-\u9fff]{{0,6}}(?:的)?)?(?:{either(verbs)})(?:了)?(?:趋势|态势|势头)?$"
        ),
        needs=QUANTITY,
    )


DIRECTIONS: tuple[Rule, ...] = (
    Rule(
        "several-down",
        "direction",
        "down",
        signals=words("降 减少"),
        tail=4,
        pattern=re.compile(
            rf"(?:实现|均|都|呈现|继续|持续|保持|连续|同比|“|\"){{0,4}}{NUMBER}(?:下降|减少|降低|"
            r"降|回落)[”\"]?(?:目标|态势|局面)?$"
        ),
    ),
    Rule(
        "several-up",
        "direction",
        "up",
        signals=words("升 增 提高"),
        tail=4,
        pattern=re.compile(
            rf"(?:实现|均|都|呈现|继续|持续|保持|“|\"){{0,4}}{NUMBER}(?:提升|增长|提高|增收|上升|"
            r"增加|升)[”\"]?(?:目标|态势|局面)?$"
        ),
    ),
    Rule(
        "up-and-down",
        "direction",
        "up-and-down",
        signals=words("升 增 提 降 减"),
        tail=5,
        pattern=re.compile(
            r"(?:实现|呈现|“|\"){0,4}[一两双三四](?:升|增|提)[一两双三四](?:降|减)[”\"]?(?:态势|"
            r"局面|目标)?$|(?:实现|呈现|“|\"){0,4}[一两双三四](?:降|减)[一两双三四](?:升|增|"
            r"提)[”\"]?(?:态势|局面|目标)?$"
        ),
    ),
    _moved("falling", "down", FALL),
    _moved("rising", "up", RISE),
)
