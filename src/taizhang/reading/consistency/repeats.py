"""One figure said twice, differently."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from taizhang.reading.claim import Certainty, Claim, TextFinding
from taizhang.reading.consistency.interval import ROUNDED, plain, printed, round_number, value_of
from taizhang.reading.consistency.neighbours import Neighbours

_LEADS = re.compile(r"^(?:全年|年内|全[省市区县州]|截至目前|目前|我[省市区县])+")
_LINK = re.compile(r"(?:达到|达|为|是|共|共计|已)+$")
_COMPARED = re.compile(r"[比占由从至到每]|分别|增加|[年月]|以上|以下|左右")
_TIME = re.compile(
    r"(?P<years>[二三四五六七八九十两]年[来间中内]|过去[二三四五十两]年|“?十[一二三四五]?五”?(?:时期|期间|规划)"
    r"|“[一二三四五六七八九]五|“十[一二三四五]?五|第[一二三四五六七八九十]个五年|任期|本届)"
    r"|(?P<year>\d{4}|[一二三四五六七八九〇零○]{4})年(?!代)"
    r"|(?P<word>今年|本年|明年|上年|去年|前年|过去一年|[上下]半年|季度|今后)"
)
_BACK = 1500  # how far back a time is looked for that still holds
_VAGUE = re.compile(
    r"^(?:其中|总数|数量|面积|人数|金额|投资|资金|项目|总投资|总面积|比重|占比|同比)$|[高多低少大小长]$"
)


def _subject(near: Neighbours, number: int) -> str:
    """The claim's subject where its clause says all of it and compares nothing, else empty."""
    bare = _LINK.sub("", _LEADS.sub("", near.before(number).strip()))
    subject = near.claims[number].subject
    whole = bare == subject or _LEADS.sub("", subject) == bare
    return bare if whole and len(bare) >= 4 and not _COMPARED.search(bare) and not _VAGUE.search(bare) else ""


def _times(text: str) -> tuple[list[int], list[str]]:
    """Every time that the text names: where its words end, and which it is."""
    found = list(_TIME.finditer(text))
    return [each.end() for each in found], ["years" if m["years"] else m["year"] or m["word"] for m in found]


def _key(claim: Claim, subject: str, time: str) -> tuple[str, ...]:
    """What must be the same: the figure of another time, kind or mood may well differ."""
    kind = (claim.unit, claim.kind, claim.period, claim.modality, str(claim.basis))
    return (subject, *kind, time)


def said_twice(near: Neighbours) -> Iterator[TextFinding]:
    """One subject of one period given two values in two sentences that no rounding makes one."""
    first: dict[tuple[str, ...], int] = {}
    ends, times = _times(near.text)
    for number, claim in enumerate(near.claims):
        if claim.kind not in {"level", "change"} or claim.basis == "other" or value_of(claim) is None:
            continue
        subject = _subject(near, number)
        if not subject or re.match(r"[\u4e00-\u9fff]", near.after(number, 1)):
            continue
        at = bisect_right(ends, claim.start) - 1
        near_by = at >= 0 and claim.start - ends[at] <= _BACK and times[at] != claim.period
        earlier = first.setdefault(_key(claim, subject, times[at] if near_by else ""), number)
        other = near.claims[earlier]
        one, two = printed(other), printed(claim)
        if claim.sentence == other.sentence or one is None or two is None or one.meets(two):
            continue
        wide = (round_number(other), round_number(claim))
        rounded = wide[0] is not None and wide[1] is not None and wide[0].meets(wide[1])
        unit = claim.unit
        values = (value_of(other), value_of(claim))
        if values[0] is None or values[1] is None:
            continue
        arithmetic = (
            f"“{subject}”先作 {plain(values[0])}{unit},后作 {plain(values[1])}{unit}"
            f" / first {plain(values[0])}, then {plain(values[1])}"
        )
        certainty: Certainty = "possible" if rounded else "likely"
        why = ROUNDED if rounded else "除非两处所指范围不同 / unless the two mean different extents"
        yield near.finding("said-twice", [earlier, number], arithmetic, certainty, why)
