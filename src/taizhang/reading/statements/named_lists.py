"""Things that a counted list names: each is asserted beside the count."""

from __future__ import annotations

import re

from taizhang.reading.statements.clauses import Clause
from taizhang.reading.statements.wordings import Rule
from taizhang.reading.statements.words import BUILT

_NAME = r"[^、,，;；和及与\d]{2,16}"
_LED = r"^(?:加快|全力|有序|扎实|积极|持续|统筹|大力){0,3}"
_MEMBERS = (
    r"^(?:新建|新增|新设|设立|建立|打造|培育|成立|建成|开设|布设|设置)了?"
    rf"(?P<o>{_NAME}(?:[、和及与]{_NAME}){{1,8}})$"
)


def _works(asserts: str, verbs: str) -> Rule:
    pattern = rf"{_LED}(?:{verbs})了?(?P<o>{_NAME}(?:[、和及与]{_NAME}){{0,8}})等(?:一批)?$"
    return Rule("works-listed", "milestone", asserts, (), re.compile(pattern), about="object")


_WORKS = (
    _works("started", "启动建设|启动|开工建设|开工"),
    _works("completed", "建成|竣工|完成"),
    _works("under-way", "加快推进|推进|推动|加快|改造|实施|建设|改扩建"),
)
_LISTED = Rule("members-listed", "membership", "includes", (), re.compile(_MEMBERS), about="object")
_BETWEEN = re.compile(r"[、和及与]")
_OF_WORKS = re.compile(r"项目|工程|建设|改造")


def named_list(clause: Clause, offset: int) -> tuple[Rule, int, int, str] | None:
    """What a clause names before its first figure: (rule, first, past, subject), None where it names nothing.

    推进甲、乙等7个…项目: each work named is under way. 新建甲、乙、丙…3个: as many names as the
    count, so they are its members.
    `offset` is where the sentence starts in the text.
    """
    figure = clause.figures[0] if clause.figures else None
    if figure is None or figure.kind != "level" or figure.bound != "exact" or figure.low is None:
        return None
    edge = next(
        (index for index, place in enumerate(clause.at) if offset + place >= figure.start), len(clause.text)
    )
    before, after = clause.text[:edge], clause.text[edge + len(figure.surface) :]
    if _OF_WORKS.search(after) or BUILT.search(after):
        for rule in _WORKS:
            if match := rule.pattern.match(before):
                return rule, 0, match.end("o"), match["o"]
    match = _LISTED.pattern.match(before)
    if match and len(_BETWEEN.findall(match["o"])) + 1 == figure.low:
        return _LISTED, 0, match.end("o"), match["o"]
    return None
