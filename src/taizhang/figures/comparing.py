"""A value beside others: its target and light, its rank among peers or areas of the same level."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from taizhang.figures.board import Board
from taizhang.programmes import Indicator
from taizhang.values import Period


class Comparing:
    """Targets, lights and ranks of a board's values; a level's values are put in order once for each slot."""

    def __init__(self, board: Board) -> None:
        self._board = board
        # The last one set is the one that holds.
        self._targets = {(t.indicator, t.area, t.period): t.value for t in board.setting.targets}
        self._ordered: dict[tuple[str, int], dict[str, list[Fraction]]] = {}

    def target(self, indicator: Indicator, area: str, period: Period) -> Fraction | None:
        """The target set for the area, or, for the district, the one written in the programme file."""
        found: Decimal | None = self._targets.get((indicator.key, area, period))
        if found is None and area == self._board.setting.root and indicator.targets:
            found = indicator.targets.get(str(period))
        return None if found is None else Fraction(found)

    def rank(
        self, indicator: Indicator, area: str, slot: int, value: Fraction | None
    ) -> tuple[int | None, int | None]:
        """The place and of how many; ties share the better place."""
        if indicator.rank is None or value is None:
            return None, None
        if indicator.rank.peers:
            if area != self._board.setting.root:
                return None, None
            values = sorted([*self._peers(indicator, indicator.rank.peers, slot), value])
        else:
            values = self._level(indicator.key, area, slot)
        lower = indicator.better == "lower"
        better = bisect_left(values, value) if lower else len(values) - bisect_right(values, value)
        return better + 1, len(values)

    def _peers(self, indicator: Indicator, peers: str, slot: int) -> list[Fraction]:
        setting, period = self._board.setting, self._board.order[slot].period
        others = {
            p.peer: Fraction(p.value)
            for p in setting.peer_values
            if (p.indicator, p.peers, p.period) == (indicator.key, peers, period)
            and p.peer != setting.own_peer
        }
        return list(others.values())

    def _level(self, key: str, area: str, slot: int) -> list[Fraction]:
        board = self._board
        levels = board.forest.levels(board.order[slot].tree)
        if (key, slot) not in self._ordered:
            found: dict[str, list[Fraction]] = {}
            for code, level in levels.items():
                value = board.value(key, (code, slot, "")).value
                if value is not None:
                    found.setdefault(level, []).append(value)
            self._ordered[key, slot] = {level: sorted(values) for level, values in found.items()}
        return self._ordered[key, slot][levels[area]]


def light(
    indicator: Indicator, value: Fraction | None, target: Fraction | None
) -> Literal["green", "amber", "red"] | None:
    """Green when the target is met, amber within `amber` of it, else red; None without target or value."""
    if value is None or target is None:
        return None
    lower = indicator.better == "lower"
    if value <= target if lower else value >= target:
        return "green"
    if indicator.amber is None:
        return "red"
    share = Fraction(indicator.amber)
    near = value * share <= target if lower else value >= target * share
    return "amber" if near else "red"
