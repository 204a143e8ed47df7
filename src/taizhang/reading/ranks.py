"""Places among peers: 居世界第二位, 全市第一, 居首位, 前五名."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from taizhang.reading.numerals import chinese_value

_ORDINAL = re.compile(
    r"第 ?(?P<number>\d{1,4}|[一二三四五六七八九十百]{1,5})(?P<place> ?位| ?名|大(?=[\u4e00-\u9fff]))?"
    r"|(?P<first>首位|榜首|之首)"
    r"|前(?P<within>\d{1,3}|[一二三四五六七八九十]{1,3})(?P<within_place>位|名|强)?"
)
_WHERE = (
    r"(?:(?:全|同类|各)(?:国|世界|球|省|区|市|县|州|盟|旗|镇|乡|自治区)(?:同类\w{1,4})?|全国同类\w{1,4}"
    r"|城区|县区|世界|国际|亚洲|全球|省内|市内|区内|国内|"
    r"(?:东|中|西)部(?:地区)?|省会城市|地级市|县域|发展中国家|同行业|同期|历史|同类城市|主要经济体)"
)
_VERB = (
    r"(?:排名|排在|排到|排|位居|位列|居于?|列|名列|跃居|稳居|升至|升到|跃升(?:到|至|为)?|上升(?:到|至"
    r"|为)?|下降(?:到|至|为)|降至|提升(?:到|至|为)|前移(?:到|至)|跻身|进入|保持|占|为"
    r"|由|从|得分|夺得|获得?|总成绩|成绩|总量|规模|位次|名次|晋升(?:到|至)?|退居)"
)
_BEFORE = re.compile(
    rf"(?:(?P<verb>{_VERB})?(?:上年|去年|连续多年)?居?(?P<scope>{_WHERE})(?:的|中)?(?P<verb2>排名"
    rf"|位次)?(?:第)?|(?P<verb3>{_VERB}))(?:上升|下降|提升|前移)?\Z"
)
_PUT = re.compile(r"(?:放|摆|列|处|看|作)(?:在|到|为|于)?[^，,。；;]{0,14}\Z")
_NO_PLACE = re.compile(r"[\u4e00-\u9fff]")


class Place(NamedTuple):
    """A rank: where it stands, which place, among whom; `within` for 前五名."""

    start: int
    end: int
    place: Decimal
    within: bool
    scope: str


def ranks(text: str) -> Iterator[Place]:
    """Every rank of a masked text, from left to right."""
    for match in _ORDINAL.finditer(text):
        found = _rank(text, match)
        if found:
            yield found


def _rank(text: str, match: re.Match[str]) -> Place | None:
    before = _BEFORE.search(text, max(0, match.start() - 16), match.start())
    if before is None:
        return None
    scope = before["scope"] or ""
    named = bool(match["place"] or match["within_place"])
    if match["first"]:
        if _PUT.search(text, max(0, match.start() - 18), match.start()):
            return None
        value: Decimal | None = Decimal(1)
    else:
        number = match["number"] or match["within"]
        value = Decimal(number) if number.isdigit() else chinese_value(number)
        follows = text[match.end() : match.end() + 1]
        if not named and follows and _NO_PLACE.match(follows):
            return None
        if not named and not (
            scope or (before["verb3"] or "")[:1] in {"排", "位", "居", "名", "跃", "稳", "升"}
        ):
            return None
        if match["place"] == "大" and not scope:
            return None
        if match["within"] and not (scope or named):
            return None
    if not value:
        return None
    start = before.start("scope") if scope else match.start()
    return Place(start, match.end(), value, bool(match["within"]), scope)
