"""From definitions and a request to figures: exact values, change on the year, rank, target and light."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from sqlglot import exp

from taizhang.errors import Problem, UnknownName
from taizhang.figures.figure import Figure, Request, Setting
from taizhang.figures.plan import (
    Climb,
    Component,
    Components,
    Engine,
    Plan,
    Slot,
    aggregates,
    closure,
    formula_parts,
)
from taizhang.programmes import Definitions, Indicator, Measure, logical_tables
from taizhang.values import Period

Cell = tuple[str, Slot, str]  # area, slot, by


@dataclass(frozen=True, slots=True)
class _Value:
    value: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None
    records: int


class _Board:
    """All the values of one request, indicator by indicator, cell by cell."""

    def __init__(self, definitions: Definitions, request: Request, engine: Engine, setting: Setting) -> None:
        self.definitions, self.request, self.setting = definitions, request, setting
        slots: dict[Slot, None] = {}
        for period in request.periods:
            slots[self.slot(period)] = None
            if request.changes:
                slots[self.base(period)] = None
        self.slots = tuple(slots)
        self.closures: dict[date, tuple[Climb, ...]] = {
            t: closure(setting, t) for t in {s.tree for s in self.slots}
        }
        self.indicators = {key: self._find(key) for key in request.indicators}
        pending = list(self.indicators.values())
        while pending:
            for key in formula_parts(pending.pop()):
                if key not in self.indicators:
                    self.indicators[key] = self._find(key)
                    pending.append(self.indicators[key])
        self.cells: dict[tuple[str, bool], dict[Cell, Components]] = {}
        self._fetch(engine)

    def _find(self, key: str) -> Indicator:
        try:
            return self.definitions.indicator(key)
        except KeyError:
            problem = Problem("unknown-indicator", f"没有指标 {key} / no indicator {key}")
            raise UnknownName(problem) from None

    def slot(self, period: Period) -> Slot:
        tree = self.request.tree
        chosen = period.last_day if tree == "then" else self.setting.today if tree == "now" else tree
        assert isinstance(chosen, date)
        return Slot(period, chosen)

    def base(self, period: Period) -> Slot:
        return Slot(period.year_before(), self.slot(period).tree)

    def _fetch(self, engine: Engine) -> None:
        tables: dict[str, list[tuple[str, bool, Measure]]] = {}
        for key, indicator in self.indicators.items():
            for upper, measure in ((True, indicator.numerator), (False, indicator.denominator)):
                if measure is not None and measure.of:
                    tables.setdefault(measure.of, []).append((key, upper, measure))
        climbs = tuple(c for tree in self.closures.values() for c in tree)
        for table, asked in tables.items():
            kind = self.definitions.record_type(table.removesuffix(".rounds"))
            columns = next(t.columns for t in logical_tables(kind) if t.name == table)
            by = self.request.by if self.request.by in columns else ""
            plan = Plan(
                table,
                tuple(m for _, _, m in asked),
                self.slots,
                climbs,
                self.setting.position,
                "valid_from" in columns,
                by,
                self._areas_needed(),
            )
            for found in engine.components(plan):
                key, upper, _ = asked[found.measure]
                cell = (found.area, self.slots[found.slot], found.by)
                self.cells.setdefault((key, upper), {})[cell] = found

    def _areas_needed(self) -> tuple[str, ...]:
        """The areas to compute: those asked for; every one where areas are ranked among each other."""
        ranked = any(i.rank is not None and not i.rank.peers for i in self.indicators.values())
        return () if self.request.areas is None or ranked else self.request.areas

    def bys(self, key: str) -> list[str]:
        """The values that the breakdown takes in the areas asked for, or [""] without one."""
        if not self.request.by:
            return [""]
        asked = self.request.areas
        cells = [item for upper in (True, False) for item in self.cells.get((key, upper), {}).items()]
        return sorted({c[2] for c, found in cells if found.records and (asked is None or c[0] in asked)})

    def value(self, key: str, cell: Cell) -> _Value:
        """An indicator's value in a cell, exact; formulas ask again for their parts."""
        indicator = self.indicators[key]
        if indicator.formula is not None:
            value = _arithmetic(indicator.formula, lambda node: self.value(node.name, cell).value)
            return _Value(
                value, None, None, sum(self.value(n, cell).records for n in formula_parts(indicator))
            )
        upper, records = self._measure(key, True, indicator.numerator, cell)
        if indicator.denominator is None:
            return _Value(upper, upper, None, records)
        lower, _ = self._measure(key, False, indicator.denominator, cell)
        value = indicator.factor * upper / lower if upper is not None and lower else None
        return _Value(value, upper, lower, records)

    def _measure(
        self, key: str, upper: bool, measure: Measure | None, cell: Cell
    ) -> tuple[Fraction | None, int]:
        if measure is None:
            return None, 0
        if measure.areas:
            tree = self.closures[cell[1].tree]
            return Fraction(
                sum(c.area == cell[0] and self._level(c.leaf, tree) == measure.areas for c in tree)
            ), 0
        found = self.cells.get((key, upper), {}).get(cell)
        if measure.covered or measure.each:
            return (_exact(found.values[0]) or Fraction(0), found.records) if found else (Fraction(0), 0)
        nodes = aggregates(measure)
        values = dict(zip(map(id, nodes), found.values, strict=True)) if found else {}

        def leaf(node: exp.Expr) -> Fraction | None:
            value = _exact(values.get(id(node)))
            inner = node.this if isinstance(node, exp.Filter) else node
            return Fraction(0) if value is None and isinstance(inner, (exp.Count, exp.Sum)) else value

        assert measure.value is not None
        return _arithmetic(measure.value, leaf), found.records if found else 0

    def _level(self, code: str, tree: Iterable[Climb]) -> str:
        if not hasattr(self, "_levels"):
            self._levels: dict[tuple[date, str], str] = {
                (date_, c.area): c.level for date_, climbs in self.closures.items() for c in climbs
            }
        return self._levels.get((next(iter(tree)).tree, code), "")


def _exact(value: Component) -> Fraction | None:
    return None if value is None else Fraction(value)


def _arithmetic(node: exp.Expr, leaf: object) -> Fraction | None:
    """Exact + - * / over whatever `leaf` says of columns and aggregates; undecided is catching."""
    assert callable(leaf)
    match node:
        case exp.Filter() | exp.AggFunc() | exp.Column():
            found = leaf(node)
            return found if isinstance(found, Fraction) else None
        case exp.Paren():
            return _arithmetic(node.this, leaf)
        case exp.Literal():
            return Fraction(node.this)
        case exp.Neg():
            value = _arithmetic(node.this, leaf)
            return None if value is None else -value
    left, right = _arithmetic(node.this, leaf), _arithmetic(node.expression, leaf)
    if left is None or right is None:
        return None
    match node:
        case exp.Add():
            return left + right
        case exp.Sub():
            return left - right
        case exp.Mul():
            return left * right
        case exp.Div():
            return left / right if right else None
    raise TypeError(f"not part of the measure language: {node.sql()}")


def compute(definitions: Definitions, request: Request, engine: Engine, setting: Setting) -> list[Figure]:
    """The figures asked for, in the order of indicators, periods, areas; exact.

    Raises UnknownName for an indicator or area that nobody has declared.
    """
    known = {node.code for node in setting.areas}
    for area in request.areas or ():
        if area not in known:
            raise UnknownName(Problem("unknown-area", f"没有区域 {area} / no area {area}"))
    board = _Board(definitions, request, engine, setting)
    figures: list[Figure] = []
    for key in request.indicators:
        for period in request.periods:
            slot = board.slot(period)
            tree = dict.fromkeys(c.area for c in board.closures[slot.tree])
            areas = [a for a in tree if request.areas is None or a in request.areas]
            for by in board.bys(key):
                made = [_figure(board, key, (area, slot, by)) for area in areas]
                figures += [_ranked(f, board, tuple(tree)) for f in made] if request.changes else made
    return figures


def _figure(board: _Board, key: str, cell: Cell) -> Figure:
    indicator, (area, slot, by) = board.indicators[key], cell
    now = board.value(key, cell)
    figure = Figure(
        key, area, slot.period, now.value, indicator.unit, now.numerator, now.denominator, now.records,
        board.setting.position, indicator.version, by={board.request.by: by} if board.request.by else {},
    )  # fmt: skip
    if not board.request.changes:
        return figure
    before = board.value(key, (area, board.base(slot.period), by)).value
    difference = None if now.value is None or before is None else now.value - before
    growth = 100 * difference / before if difference is not None and before else None
    target = _target(board, indicator, area, slot.period)
    light = _light(indicator, now.value, target)
    return replace(figure, yoy_difference=difference, yoy_growth=growth, target=target, light=light)


def _target(board: _Board, indicator: Indicator, area: str, period: Period) -> Fraction | None:
    set_: list[Decimal] = [
        t.value
        for t in board.setting.targets
        if (t.indicator, t.area, t.period) == (indicator.key, area, period)
    ]
    if set_:
        return Fraction(set_[-1])
    written: Mapping[str, Decimal] = indicator.targets if area == board.setting.root else {}
    return Fraction(written[str(period)]) if str(period) in written else None


def _light(
    indicator: Indicator, value: Fraction | None, target: Fraction | None
) -> Literal["green", "amber", "red"] | None:
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


def _ranked(figure: Figure, board: _Board, tree: tuple[str, ...]) -> Figure:
    indicator, setting = board.indicators[figure.indicator], board.setting
    if indicator.rank is None or figure.value is None or figure.by:
        return figure
    if indicator.rank.peers:
        if figure.area != setting.root:
            return figure
        others = {
            p.peer: Fraction(p.value)
            for p in setting.peer_values
            if (p.indicator, p.peers, p.period) == (figure.indicator, indicator.rank.peers, figure.period)
            and p.peer != setting.own_peer
        }
        values = list(others.values())
    else:
        slot = board.slot(figure.period)
        climbs = board.closures[slot.tree]
        level = board._level(figure.area, climbs)
        asked = [a for a in tree if a != figure.area and board._level(a, climbs) == level]
        values = [v for a in asked if (v := board.value(figure.indicator, (a, slot, "")).value) is not None]
    better = sum(v < figure.value if indicator.better == "lower" else v > figure.value for v in values)
    return replace(figure, rank=better + 1, rank_of=len(values) + 1)
