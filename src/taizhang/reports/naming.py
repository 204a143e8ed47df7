"""Which area a claim speaks of, and whether a text speaks of this district at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from taizhang.figures import AreaNode

ENDINGS = ("街道办事处", "街道", "自治县", "新区", "社区", "镇", "乡", "村", "屯", "区", "县", "市")
WIDER = ("全国", "我国", "全省", "全自治区", "全市", "全州", "地级及以上城市")
"""Whole of something larger than a district or county; a district's own text says 全区, 城区, 辖区."""
_GOVERNMENT = re.compile(r"([\u4e00-\u9fff]{2,12}?(?:省|自治区|自治州|市|州|县|区|镇|乡))(?:人民)?政府")
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
    """The names of an area tree, longest first, below the area that a text speaks of by default."""

    names: tuple[tuple[str, str], ...]
    default: str
    default_names: tuple[str, ...]
    is_city: bool

    @staticmethod
    def of(areas: Sequence[AreaNode], default: str) -> Gazetteer:
        """The gazetteer of `areas`; a name that two areas share names neither of them."""
        owners: dict[str, set[str]] = {}
        own: set[str] = set()
        for node in areas:
            if node.code == default:
                own |= {full(node.name), short(node.name)}
            else:
                owners.setdefault(full(node.name), set()).add(node.code)
        named = [(name, codes.pop()) for name, codes in owners.items() if len(codes) == 1 and len(name) > 1]
        named.sort(key=lambda pair: (-len(pair[0]), pair[0]))
        city = any(name.endswith(("市", "州")) for name in own)
        return Gazetteer(tuple(named), default, tuple(sorted(own)), city)

    def area_in(self, text: str) -> str | None:
        """The one area that `text` names, the default when it names none; None when it names several."""
        found: list[str] = []
        for name, code in self.names:
            if name in text or self._short_in(name, text):
                found.append(code)
                text = text.replace(name, "\n")
        if not found:
            return self.default
        return found[0] if len(set(found)) == 1 else None

    def wider_in(self, text: str) -> str:
        """The word by which `text` speaks of more than the default area, or ""."""
        words = [w for w in WIDER if not (self.is_city and w == "全市")]
        return next((word for word in words if word in text), "")

    def elsewhere(self, text: str) -> str:
        """The place that a whole text is about when that is not this district, else "".

        A text that names the district, or an area of its tree, is its own; one that names none of them and
        speaks for another government or the whole country is not; one that names no place may be anybody's.
        """
        if any(name in text for name in self.default_names) or any(name in text for name, _ in self.names):
            return ""
        government = _GOVERNMENT.search(text)
        if government:
            return government.group(1)
        return next((word for word in NATION if text.count(word) >= NATION[word]), "")

    def _short_in(self, name: str, text: str) -> bool:
        stem = short(name)
        if stem == name:
            return False
        return (len(stem) > 2 and stem in text) or any(stem + after in text for after in _AFTER_SHORT)
