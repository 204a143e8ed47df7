"""From definitions and a request to figures: exact values, change on the year, rank, target and light."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from taizhang.errors import Problem, UnknownName
from taizhang.figures.board import Board, Origin
from taizhang.figures.comparing import Comparing, light
from taizhang.figures.figure import Figure, Request, Setting
from taizhang.figures.plan import Cell, Engine
from taizhang.programmes import Definitions
from taizhang.values import Period


@dataclass(frozen=True, slots=True)
class _Group:
    """The figures of one indicator, period and value of the breakdown: one for each of the areas."""

    key: str
    period: Period
    slot: int
    base: int | None
    by: str
    areas: tuple[str, ...]
    origin: Origin


class Figures(Sequence[Figure]):
    """Figures in order. All that they are made of has been found; each is put together when it is read."""

    def __init__(self, board: Board, groups: list[_Group]) -> None:
        self._board, self._groups = board, groups
        self._comparing = Comparing(board)
        self._ends: list[int] = []
        for group in groups:
            self._ends.append((self._ends[-1] if self._ends else 0) + len(group.areas))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, index: int) -> Figure: ...

    @overload
    def __getitem__(self, index: slice) -> list[Figure]: ...

    def __getitem__(self, index: int | slice) -> Figure | list[Figure]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(index)
        number = bisect_right(self._ends, place)
        group = self._groups[number]
        return self._made(group, group.areas[place - self._ends[number] + len(group.areas)])

    def __iter__(self) -> Iterator[Figure]:
        for group in self._groups:
            for area in group.areas:
                yield self._made(group, area)

    def _made(self, group: _Group, area: str) -> Figure:
        board, key = self._board, group.key
        indicator, setting = board.indicators[key], board.setting
        cell: Cell = (area, group.slot, group.by)
        now = board.value(key, cell)
        reported, expected = board.returns(key, cell)
        by = {board.request.by: group.by} if board.request.by else {}
        unplaced = board.unplaced(key, cell) if area == setting.root else None
        figure = (
            key, area, group.period, now.value, indicator.unit, now.numerator, now.denominator, now.records,
            setting.position, indicator.version, reported, expected,
        )  # fmt: skip
        if group.base is None:
            return Figure(*figure, origin=group.origin, by=by, unplaced=unplaced)
        before = board.value(key, (area, group.base, group.by)).value
        difference = None if now.value is None or before is None else now.value - before
        growth = 100 * difference / before if difference is not None and before else None
        target = self._comparing.target(indicator, area, group.period)
        ranks = (None, None) if by else self._comparing.rank(indicator, area, group.slot, now.value)
        colour = light(indicator, now.value, target)
        return Figure(*figure, difference, growth, *ranks, target, colour, group.origin, by, unplaced)


def compute(definitions: Definitions, request: Request, engine: Engine, setting: Setting) -> Figures:
    """The figures asked for, in the order of indicators, periods, values of the breakdown, areas; exact.

    Raises UnknownName for an indicator, area or breakdown that nobody has declared.
    """
    known = {node.code for node in setting.areas}
    for area in request.areas or ():
        if area not in known:
            raise UnknownName(Problem("unknown-area", f"没有区域 {area} / no area {area}"))
    board = Board(definitions, request, engine, setting)
    groups: list[_Group] = []
    for key in request.indicators:
        bys, origin = board.bys(key), board.origin(key)
        for period in request.periods:
            slot = board.slot(period)
            tree = board.forest.levels(slot.tree)
            areas = tuple(a for a in tree if request.areas is None or a in request.areas)
            base = board.slots[board.base(period)] if request.changes else None
            groups += [_Group(key, period, board.slots[slot], base, by, areas, origin) for by in bys]
    return Figures(board, groups)
