"""Which records the words of a statement name: names in records against names in texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from taizhang.reports.words import Vocabulary, plain

LEVELS = ("首批", "国家级", "自治区", "全国", "国家", "全省", "全市", "省级", "市级", "区级", "县级", "年度")
"""Words by which a text says who gives a title or when; a record need not repeat them."""
TOLERANCE = 0.5
"""Weight of rare words that a text may have beyond a record's name: less than one rare character."""
OWN = 1.5
"""Weight of rare words that a text must share with a name alone, or with the whole of a shorter name."""
NEAR = 0.5
"""From this share of the words on, a name is near: the same may be meant, and nothing is decided."""

_NOTE = re.compile(r"[(\uff08\[][^()\uff08\uff09\[\]]{0,12}[)\uff09\]]")
_AND_SO_ON = re.compile(r"等(?![次级奖高教学待候量额值])[^、]*$")
_YEAR = re.compile(r"(?:19|20)\d\d年度?")
_JOINT = re.compile(r"[、,\uff0c+\uff0b]|以及|及(?!其|时|格)|和(?!平|谐|睦|美|解)|与(?!会)")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a text names, and the names in the records that are it, or may be."""

    said: str
    names: tuple[str, ...]  # those that are it
    near: tuple[str, ...] = ()  # those that may be it


def listed(text: str) -> list[str]:
    """The things that `text` lists: 甲、乙和丙等项目 → 甲, 乙, 丙."""
    bare = _AND_SO_ON.sub("", _NOTE.sub("", text))
    return [part for part in (one.strip() for one in _JOINT.split(bare)) if len(plain(part)) > 1]


def named(text: str, names: Sequence[str], context: str) -> list[Item]:
    """What `text` names, each with the names of records that are it.

    The whole text is one name where a record bears it, or else a list, each part of which names something.
    `context` holds words that say what kind of thing it is, which no name need repeat.
    """
    vocabulary = Vocabulary(names)
    bare = _YEAR.sub("", _AND_SO_ON.sub("", _NOTE.sub("", text)))
    whole = _matched(bare, names, context, vocabulary)
    parts = listed(bare)
    if whole.names or len(parts) < 2:
        return [whole] if len(plain(bare)) > 1 else []
    return [_matched(part, names, context, vocabulary) for part in parts]


def chosen(text: str, names: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Of `names` (value → what it is called) those that `text` names; the parts of a list that name none."""
    vocabulary = Vocabulary([*names.values(), text])
    found = {value: name for value, name in names.items() if _stands(name, text, vocabulary)}
    parts = listed(text)
    if len(parts) < 2:
        return found, []
    return found, [part for part in parts if not any(_stands(n, part, vocabulary) for n in found.values())]


def _stands(name: str, text: str, vocabulary: Vocabulary) -> bool:
    if plain(name) in plain(text):
        return True
    cover = vocabulary.cover(name, text)
    return cover.share > 0.999 and cover.rare >= OWN


def _matched(said: str, names: Iterable[str], context: str, vocabulary: Vocabulary) -> Item:
    """Of the names that leave nothing of `said` unaccounted for, those with the least besides.

    A longer name of the text may lead up to the record's (广西首批 before 国家工业遗产)."""
    exact = [name for name in names if plain(name) == plain(said)]
    if exact:
        return Item(said, tuple(exact))
    kind = "\n".join((context, *LEVELS))
    full: list[tuple[float, str]] = []
    near: list[str] = []
    whole, alone = _weight(said, vocabulary), len(listed(said)) < 2
    for name in names:
        beyond, shared, own = _compared(said, name, kind, vocabulary)
        weight = _weight(name, vocabulary)
        led = alone and plain(said).endswith(plain(name)) and weight >= 2 * OWN
        enough = min(OWN, weight * 0.9)
        mine = shared >= max(enough, 0.5) and (own or shared >= NEAR * whole)
        if led or (beyond <= TOLERANCE and mine):
            surplus, _, _ = _compared(name, said, kind, vocabulary)
            full.append((surplus, name))
        elif own and own >= NEAR * (own + beyond):
            near.append(name)
    least = min((surplus for surplus, _ in full), default=0.0)
    best = tuple(name for surplus, name in full if surplus <= least + TOLERANCE)
    return Item(said, best, () if best else tuple(near))


def _compared(said: str, name: str, kind: str, vocabulary: Vocabulary) -> tuple[float, float, float]:
    """The weight of the rare words of `said` that neither `name` nor `kind` has, that `name` has, and that
    only `name` has."""
    beyond = shared = own = 0.0
    for token in vocabulary.tokens(said):
        if not token.rare:
            continue
        of_kind = vocabulary.token_stands(token, said, kind)
        if vocabulary.token_stands(token, said, name):
            shared += token.weight
            own += 0.0 if of_kind else token.weight
        elif not of_kind:
            beyond += token.weight
    return beyond, shared, own


def _weight(name: str, vocabulary: Vocabulary) -> float:
    return sum(token.weight for token in vocabulary.tokens(name) if token.rare)
