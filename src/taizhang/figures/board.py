"""All values of one request: one plan a table is run, and each indicator read out of what it came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from sqlglot import exp

from taizhang.errors import Problem, UnknownName
from taizhang.figures.completeness import delivered, owing, units_of
from taizhang.figures.exact import arithmetic
from taizhang.figures.figure import Request, Setting
from taizhang.figures.plan import (
    NOWHERE,
    Cell,
    Components,
    Engine,
    Plan,
    Slot,
    aggregates,
    columns_of,
    formula_parts,
    record_type_of,
    recurring,
    varying,
)
from taizhang.figures.trees import Forest
from taizhang.programmes import Definitions, FieldType, Indicator, Measure
from taizhang.values import Period

Origin = Literal["computed", "reported", "partly"]


@dataclass(frozen=True, slots=True)
class Value:
    """An indicator in a cell."""

    value: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None
    records: int


class Board:
    """The values of a request's indicators, and of those that they are built from, cell by cell."""

    def __init__(self, definitions: Definitions, request: Request, engine: Engine, setting: Setting) -> None:
        self.definitions, self.request, self.setting = definitions, request, setting
        self.forest = Forest(setting)
        self.slots: dict[Slot, int] = {}
        for period in request.periods:
            self.slots.setdefault(self.slot(period), len(self.slots))
            if request.changes:
                self.slots.setdefault(self.base(period), len(self.slots))
        self.order = tuple(self.slots)
        self.indicators = {key: self._find(key) for key in request.indicators}
        pending = list(self.indicators.values())
        while pending:
            for key in formula_parts(pending.pop()):
                if key not in self.indicators:
                    self.indicators[key] = self._find(key)
                    pending.append(self.indicators[key])
        self._check_by()
        self.whole = request.areas is None or setting.root in request.areas
        self._found: dict[tuple[str, bool], Components] = {}
        self._returns: dict[tuple[str, str], tuple[Components, Components]] = {}
        self._fetch(engine)
        self._readers = {
            (key, upper): self._reader(measure, self._found.get((key, upper)))
            for key, upper, measure in self._measures()
        }

    def _find(self, key: str) -> Indicator:
        try:
            return self.definitions.indicator(key)
        except KeyError:
            problem = Problem("unknown-indicator", f"没有指标 {key} / no indicator {key}")
            raise UnknownName(problem) from None

    def _check_by(self) -> None:
        by = self.request.by
        if not by:
            return
        kinds = {m.of: record_type_of(self.definitions, m.of) for _, _, m in self._measures() if m.of}
        choices = (FieldType.CHOICE, FieldType.CODE)
        fields = {
            f
            for kind in kinds.values()
            for f, field in kind.fields.items()
            if field.type in choices and not field.personal
        }
        if by not in fields:
            problem = Problem(
                "unknown-field",
                f"不能按 {by} 分组:不是选项或代码字段 / not a choice or code field of these indicators",
                "、".join(sorted(fields)),
            )
            raise UnknownName(problem)

    def _measures(self) -> list[tuple[str, bool, Measure]]:
        return [
            (key, upper, measure)
            for key, indicator in self.indicators.items()
            for upper, measure in ((True, indicator.numerator), (False, indicator.denominator))
            if measure is not None
        ]

    def slot(self, period: Period) -> Slot:
        """The slot of a period in the tree asked for."""
        tree = self.request.tree
        chosen = period.last_day if tree == "then" else self.setting.today if tree == "now" else tree
        assert isinstance(chosen, date)
        return Slot(period, self.forest.tree(chosen))

    def base(self, period: Period) -> Slot:
        """The slot of the year before, in the tree of the later year."""
        return Slot(period.year_before(), self.slot(period).tree)

    def _fetch(self, engine: Engine) -> None:
        tables: dict[str, list[tuple[str, bool, Measure]]] = {}
        for key, upper, measure in self._measures():
            if measure.of:
                tables.setdefault(measure.of, []).append((key, upper, measure))
        trees = dict.fromkeys(slot.tree for slot in self.order)
        climbs = tuple(c for tree in trees for c in self.forest.climbs(tree))
        for table, asked in tables.items():
            by = self.request.by if self.request.by in columns_of(self.definitions, table) else ""
            pairs = self._expecting(table, [measure for _, _, measure in asked])
            measures = tuple(m for _, _, m in asked) + tuple(m for pair in pairs.values() for m in pair)
            plan = Plan(
                table, measures, self.order, climbs, self.setting.position,
                varying(self.definitions, table), by, self._areas_needed(), nowhere=self.whole,
                recurs=recurring(self.definitions, table),
            )  # fmt: skip
            found = engine.components(plan)
            for (key, upper, _), components in zip(asked, found, strict=False):
                self._found[key, upper] = components
            rest = iter(found[len(asked) :])
            for area in pairs:
                self._returns[table, area] = (next(rest), next(rest))

    def _expecting(self, table: str, measures: list[Measure]) -> dict[str, tuple[Measure, Measure]]:
        kind = record_type_of(self.definitions, table)
        if kind.expects is None or kind.key != table or self.request.by:
            return {}
        areas = dict.fromkeys(measure.area for measure in measures)
        return {area: (owing(kind, area), delivered(kind, area, self.setting.today)) for area in areas}

    def _areas_needed(self) -> tuple[str, ...]:
        """The areas to compute: those asked for; every one where areas are ranked among each other."""
        ranked = self.request.changes and any(
            i.rank is not None and not i.rank.peers for i in self.indicators.values()
        )
        return () if self.request.areas is None or ranked else self.request.areas

    def bys(self, key: str) -> list[str]:
        """The values that the breakdown takes in the areas asked for, or [""] without one."""
        if not self.request.by:
            return [""]
        asked = self.request.areas
        parts = formula_parts(self.indicators[key]) or [key]
        found: set[str] = set()
        for part in parts:
            if self.indicators[part].formula is not None:
                found |= set(self.bys(part))
            for upper in (True, False):
                components = self._found.get((part, upper))
                for cell in components.cells() if components else ():
                    inside = cell[0] in asked if asked is not None else cell[0] != NOWHERE
                    if inside and components and components.counted(cell):
                        found.add(cell[2])
        return sorted(found)

    def value(self, key: str, cell: Cell) -> Value:
        """An indicator's value in a cell, exact; formulas ask again for their parts."""
        indicator = self.indicators[key]
        if indicator.formula is not None:
            value = arithmetic(indicator.formula, lambda node: self.value(node.name, cell).value)
            records = sum(self.value(part, cell).records for part in formula_parts(indicator))
            return Value(value, None, None, records)
        found = self._found.get((key, True))
        records = found.counted(cell) if found else 0
        upper = self._readers[key, True](cell)
        if indicator.denominator is None:
            return Value(upper, upper, None, records)
        lower = self._readers[key, False](cell)
        return Value(_share(indicator.factor, upper, lower), upper, lower, records)

    def returns(self, key: str, cell: Cell) -> tuple[int | None, int | None]:
        """How many units reported of how many expected, where the numerator's record type expects any."""
        numerator = self.indicators[key].numerator
        found = self._returns.get((numerator.of, numerator.area)) if numerator is not None else None
        if numerator is None or found is None:
            return None, None
        expects = record_type_of(self.definitions, numerator.of).expects
        assert expects is not None
        units = units_of(self.order[cell[1]].period, expects, self.setting.today)
        if not units:
            return None, None
        owing_, delivered_ = (int(components.values[0].at(cell) or 0) for components in found)
        return delivered_, owing_ * units

    def unplaced(self, key: str, cell: Cell) -> int:
        """The records that the indicator would count in the slot if the tree knew their area."""
        nowhere = (NOWHERE, cell[1], cell[2])
        parts = formula_parts(self.indicators[key])
        if parts:
            return sum(self.unplaced(part, cell) for part in parts)
        found = self._found.get((key, True))
        return found.counted(nowhere) if found else 0

    def origin(self, key: str) -> Origin:
        """Whether the records behind the value are totals taken over from elsewhere."""
        indicator = self.indicators[key]
        if indicator.formula is not None:
            origins = {self.origin(part) for part in formula_parts(indicator)}
            return origins.pop() if len(origins) == 1 else "partly"
        said = [
            record_type_of(self.definitions, measure.of).reported
            for measure in (indicator.numerator, indicator.denominator)
            if measure is not None and measure.of
        ]
        return "reported" if said and all(said) else "partly" if any(said) else "computed"

    def _reader(self, measure: Measure, found: Components | None) -> Callable[[Cell], Fraction | None]:
        """What gives a measure's value in a cell."""
        if measure.areas:
            counts = {tree: self._below(tree, measure.areas) for tree in {s.tree for s in self.order}}
            return lambda cell: Fraction(counts[self.order[cell[1]].tree][cell[0]])
        assert found is not None
        if measure.covered or measure.each:
            return lambda cell: Fraction(found.values[0].at(cell) or 0)
        nodes = aggregates(measure)
        columns = dict(zip(map(id, nodes), found.values, strict=True))
        zero = {id(node) for node in nodes if isinstance(_inner(node), (exp.Count, exp.Sum))}

        def leaf(node: exp.Expr, cell: Cell) -> Fraction | None:
            value = columns[id(node)].at(cell)
            if value is None:
                return Fraction(0) if id(node) in zero else None
            return Fraction(value)

        tree = measure.value
        assert tree is not None
        if id(tree) in columns:
            return lambda cell: leaf(tree, cell)
        return lambda cell: arithmetic(tree, lambda node: leaf(node, cell))

    def _below(self, tree: date, level: str) -> Counter[str]:
        levels = self.forest.levels(tree)
        return Counter(c.area for c in self.forest.climbs(tree) if levels[c.leaf] == level)


def _share(factor: int, upper: Fraction | None, lower: Fraction | None) -> Fraction | None:
    """factor * upper / lower in one step, which is thrice as fast as in two; undecided over nothing."""
    if upper is None or not lower:
        return None
    over = factor * upper.numerator * lower.denominator
    return Fraction(over, upper.denominator * lower.numerator)


def _inner(node: exp.Expr) -> exp.Expr:
    inner = node.this if isinstance(node, exp.Filter) else node
    assert isinstance(inner, exp.Expr)
    return inner
