"""Parallel figures: the subject that they share, shared out among them."""

from __future__ import annotations

import re

from taizhang.reading.context import ATTRIBUTE

_JOINT = re.compile(r"、|和|及|以及|与")
_COMMA = re.compile("、")
_AND = re.compile("和|及|以及|与")
_SHARED_HEAD = re.compile(
    "人均|户均|居民|平均|每[人户]|固定|社会|销售|出口|进口|生产|投资|工业|产业|行业|企业|用地|土地|耕地"
    "|种植|播种|货物|旅客|运输|职工"
)
_PLACED = "国省市县区"
_PER_HEAD = re.compile(r"(?:人均|户均|亩均)[\u4e00-\u9fff]+$")
_OTHER_ATTRIBUTE = re.compile("(?:标准|浓度|水平|密度|待遇|工资)$")


def _tail_of(first: str, last: str) -> str:
    """What the last member of a list says of all: 高技术制造业、装备制造业增加值 → 增加值."""
    first = first.rpartition("的")[2] or first
    for length in range(min(4, len(first)), 0, -1):
        at = last.rfind(first[-length:])
        if at > 0 and len(last) > at + length:
            return last[at + length :]
    if (each := _PER_HEAD.search(last)) and each.start():
        return each.group()
    if first[-1:] in _PLACED and (placed := re.match(rf".*[{_PLACED}](?=.{{2}})", last)):
        return last[placed.end() :]  # 全国和自由贸易试验区负面清单条数
    shared = last[len(first) :]
    return shared if len(first) <= 4 and _SHARED_HEAD.match(shared) else ""


def _parts(text: str, count: int) -> list[str]:
    """The members of a list of so many; 、 divides before 和 where both stand in it."""
    for joint in (_JOINT, _COMMA, _AND):
        parts = [part for part in joint.split(text) if part]
        if len(parts) == count > 1:
            return parts
    return []


def shared_out(subject: str, count: int) -> list[str]:
    """The subjects of `count` parallel figures (粮食、棉花产量分别…): as many parts, or all the whole."""
    heads, _, predicate = subject.removesuffix("净").partition("分别")
    parts = _parts(heads, count)
    if not parts:
        return [subject] * count
    if predicate:
        return [part + predicate for part in parts]
    attribute = ATTRIBUTE.search(parts[-1]) or _OTHER_ATTRIBUTE.search(parts[-1])
    if not attribute or len(parts[-1]) - len(attribute.group()) < 1:
        return parts
    shared = next((tail for part in reversed(parts[:-1]) if (tail := _tail_of(part, parts[-1]))), "")
    whole = shared if shared.endswith(attribute.group()) else attribute.group()
    return [
        part
        if ATTRIBUTE.search(part) or _OTHER_ATTRIBUTE.search(part)
        else part + (whole if _tail_of(part, parts[-1]) else attribute.group())
        for part in parts
    ]
