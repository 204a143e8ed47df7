"""Statements without a number, of the nine kinds, by the official verb that makes each."""

from __future__ import annotations

import re
from collections.abc import Iterable

from taizhang.reading.claim import Claim, Statement, StatementKind
from taizhang.reading.grammar import mask
from taizhang.reading.structure import Sentence
from taizhang.reading.vocabulary import MASK

# In order: the first kind whose words a clause has is its kind.
_KINDS: tuple[tuple[StatementKind, re.Pattern[str]], ...] = (
    ("coverage", re.compile("全覆盖|全部(?:整改|完成|销号|办结|达标|脱贫|开工)|应\\w尽\\w|清零")),
    (
        "honour",
        re.compile(
            "荣获|获评|被(?:[^,，]{0,12})(?:确定|认定|列|评|授予|命名)|获(?:批|得|命名)[^,，]*(?:称号|示范|试点)|优秀等次|通报表扬|拟获|命名为|首批\\w+|写入"
        ),
    ),
    ("agreement", re.compile("签约|签订|签署|达成[^,，]*(?:协议|合作)")),
    ("membership", re.compile("纳入|加入|并入|成为[^,，]*成员|涵盖")),
    (
        "direction",
        re.compile("双下降|双提升|(?:持续|逐年|稳步|明显|大幅|不断|连续)(?:下降|上升|减少|增长|提高|回落)"),
    ),
    ("campaign", re.compile("专项(?:行动|斗争|治理|整治)|百日行动|集中整治|治理整治|攻坚战|禁烧|专项检查")),
    ("duty", re.compile("(?:落实|压实|实施|推行|实行)[^,，]*(?:责任|长制|包保|机制|制度|责任制)")),
    (
        "milestone",
        re.compile(
            "(?:建成|竣工|开工|投用|投入使用|完工|交付|启用|开园|开业|开通|挂牌|征地完成|全面完成|加快建设|有力推进|顺利推进|批准实施|启动建设)"
        ),
    ),
    (
        "appraisal",
        re.compile(
            "成效显著|持续改善|更加|进一步提升|精准有力|开门红|迈上|成效明显|稳步提升|不断提升|再上新台阶|全面进步|成果丰硕|有力有序|和谐有序"
        ),
    ),
)
_CLAUSE = re.compile(r"[^,，;；。！？!?]+")


def _kind_of(clause: str) -> tuple[StatementKind, re.Match[str]] | None:
    for kind, pattern in _KINDS:
        if match := pattern.search(clause):
            return kind, match
    return None


def statements_of(
    sentences: Iterable[Sentence], claims: Iterable[Claim], year: int | None
) -> tuple[Statement, ...]:
    """Every clause that makes one of the nine kinds and carries no claim, in the order of the text."""
    taken = [(claim.start, claim.start + len(claim.surface)) for claim in claims]
    period = "" if year is None else str(year)
    found: list[Statement] = []
    for sentence in sentences:
        if sentence.planned:
            continue
        blank = "".join(
            "\ue001" if old in ",，;；。" and new == MASK else old
            for old, new in zip(sentence.text, mask(sentence.text), strict=True)
        )
        for clause in _CLAUSE.finditer(blank):
            start, end = sentence.start + clause.start(), sentence.start + clause.end()
            made = _kind_of(clause.group())
            if made is None or any(start <= low and high <= end for low, high in taken):
                continue
            kind, match = made
            surface = sentence.text[clause.start() : clause.end()].strip()
            lead = len(clause.group()) - len(clause.group().lstrip())
            subject = clause.group()[: match.start()].strip() or clause.group()[match.end() :].strip()
            subject = subject.replace("\ue001", ",") or surface
            found.append(Statement(kind, surface, start + lead, subject, sentence.section, period))
    return tuple(found)
