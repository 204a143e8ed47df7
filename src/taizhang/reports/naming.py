"""Which area a claim speaks of, and whether a text speaks of this district at all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from taizhang.figures import AreaNode

ENDINGS = ("街道办事处", "街道", "自治县", "新区", "社区", "镇", "乡", "村", "屯", "区", "县", "市")
WIDER = ("全国", "我国", "全省", "全自治区", "全市", "全州", "地级及以上城市")
"""Whole of something larger than a district or county; a district's own text says 全区, 城区, 辖区."""
_GOVERNMENT = re.compile(
    r"([\u4e00-\u9fff]{2,12}?(?:省|自治区|自治州|市|州|县|区|镇|乡))(?:人民政府|政府工作报告)"
)
NATION = {"国务院": 1, "我国": 1, "全国": 3}
"""How often a text that names no place of ours says these to be the country's; honours say 全国 too."""
_NOTE = re.compile(r"[(\uff08].*?[)\uff09]")
_AFTER_SHORT = ("街道", "镇", "乡", "村", "社区", "片区", "辖区", "境内", "辖内", "全域")


def short(name: str) -> str:
    """The name without its kind: 石碑坪镇 → 石碑坪; a note in brackets falls away."""
    name = _NOTE.sub("", name)
    for ending in ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name.removesuffix(ending)
    return name


def full(name: str) -> str:
    """The name without a note in brackets: 柳北区(演示) → 柳北区."""
    return _NOTE.sub("", name)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The names of an area tree, and the area that a text speaks of by default.

    `names`: each name, longest first, with the codes of the areas that bear it (和平社区 may stand in every
    street). `parents`: the codes that an area has ever hung under. `own`: the names by which a text says that
    it is this district's: those of the default area and all above it.
    """

    names: tuple[tuple[str, frozenset[str]], ...]
    parents: Mapping[str, frozenset[str]]
    default: str
    default_names: tuple[str, ...]
    own: tuple[str, ...]
    is_city: bool

    @staticmethod
    def of(areas: Sequence[AreaNode], default: str) -> Gazetteer:
        """The gazetteer of `areas`, all nodes with whatever validity."""
        bearers: dict[str, set[str]] = {}
        parents: dict[str, set[str]] = {}
        for node in areas:
            bearers.setdefault(full(node.name), set()).add(node.code)
            parents.setdefault(node.code, set()).update({node.parent} - {""})
        frozen = {code: frozenset(found) for code, found in parents.items()}
        above = _above(default, frozen)
        mine, own = _names_of(areas, {default}), _names_of(areas, above | {default})
        below = ((name, frozenset(codes - above - {default})) for name, codes in bearers.items())
        named = [pair for pair in below if pair[1] and len(pair[0]) > 1]
        named.sort(key=lambda pair: (-len(pair[0]), pair[0]))
        city = any(name.endswith(("市", "州")) for name in mine)
        return Gazetteer(tuple(named), frozen, default, mine, own, city)

    def area_in(self, text: str) -> str | None:
        """The one area that `text` names, the default when it names none; None when that is not clear.

        A name with one of its parents' names beside it is that parent's (雅儒街道和平社区).
        """
        found: list[frozenset[str]] = []
        for name, codes in self.names:
            if name in text or self._short_in(name, text):
                found.append(codes)
                text = text.replace(name, "\n")
        if not found:
            return self.default
        all_codes = frozenset().union(*found)
        lines = {code: _above(code, self.parents) | {code} for code in all_codes}
        deepest = [code for code, line in lines.items() if all(codes & line for codes in found)]
        return deepest[0] if len(deepest) == 1 else None

    def names_of(self, code: str) -> list[str]:
        """The names of an area and of all above it in the tree, and those of the default area."""
        line = _above(code, self.parents) | {code}
        return [*self.default_names, *(name for name, codes in self.names if codes & line)]

    def wider_in(self, text: str) -> str:
        """The word by which `text` speaks of more than the default area, or ""."""
        words = [w for w in WIDER if not (self.is_city and w == "全市")]
        return next((word for word in words if word in text), "")

    def elsewhere(self, text: str) -> str:
        """The place that a whole text is about when that is not this district, else "".

        A text that names the district, or the government of an area of its tree, is its own; one that
        speaks for another government or the whole country is not; one that names no place may be anybody's.
        """
        if any(name in text for name in self.own):
            return ""
        government = _GOVERNMENT.search(text)
        if government:
            said = government.group(1)
            return "" if any(said.endswith(name) for name, _ in self.names) else said
        return next((word for word in NATION if text.count(word) >= NATION[word]), "")

    def _short_in(self, name: str, text: str) -> bool:
        stem = short(name)
        if stem == name:
            return False
        return (len(stem) > 2 and stem in text) or any(stem + after in text for after in _AFTER_SHORT)


def _names_of(areas: Sequence[AreaNode], codes: AbstractSet[str]) -> tuple[str, ...]:
    """The full and short names of the areas of `codes`."""
    names = (name for node in areas if node.code in codes for name in (full(node.name), short(node.name)))
    return tuple(sorted(set(names)))


def _above(code: str, parents: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Every area above one, in any tree that ever was."""
    found: set[str] = set()
    pending = [code]
    while pending:
        new = parents.get(pending.pop(), frozenset()) - found
        found |= new
        pending += new
    return frozenset(found)
