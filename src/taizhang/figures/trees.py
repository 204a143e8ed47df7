"""The area tree as it was at a date, with each node's ancestors; worked out once for each shape it had."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import NamedTuple

from taizhang.figures.figure import Setting


class Climb(NamedTuple):
    """Under the tree of date `tree`, `leaf` lies at or below `area`, whose level is `level`."""

    tree: date
    leaf: str
    area: str
    level: str


class Forest:
    """The trees of a setting. A tree goes by the date since which it has had its shape."""

    def __init__(self, setting: Setting) -> None:
        self._nodes = setting.areas
        days = {day for node in setting.areas for day in (node.start, node.end) if day is not None}
        self._since = sorted(days)
        self._climbs: dict[date, tuple[Climb, ...]] = {}
        self._levels: dict[date, dict[str, str]] = {}

    def tree(self, day: date) -> date:
        """The date since which the tree of that day has had its shape; the calendar's first, for ever."""
        place = bisect_right(self._since, day)
        return self._since[place - 1] if place else date.min

    def climbs(self, tree: date) -> tuple[Climb, ...]:
        """Every node valid on `tree` with each node at or above it, itself included."""
        if tree not in self._climbs:
            self._climbs[tree] = self._climbed(tree)
        return self._climbs[tree]

    def levels(self, tree: date) -> dict[str, str]:
        """The nodes of the tree, in order, each with its level."""
        if tree not in self._levels:
            self._levels[tree] = {c.area: c.level for c in self.climbs(tree)}
        return self._levels[tree]

    def _climbed(self, tree: date) -> tuple[Climb, ...]:
        valid = {
            node.code: node
            for node in self._nodes
            if (node.start is None or node.start <= tree) and (node.end is None or tree < node.end)
        }
        climbs: list[Climb] = []
        for leaf in valid:
            code, seen = leaf, set[str]()
            while code in valid and code not in seen:
                seen.add(code)
                climbs.append(Climb(tree, leaf, code, valid[code].level))
                code = valid[code].parent
        return tuple(climbs)
