"""An indicator's shape in a programme file → a checked `Indicator`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import orjson
from sqlglot import exp

from taizhang.programmes.definition import (
    FieldType,
    Indicator,
    Measure,
    Rank,
    RecordType,
    Standing,
)
from taizhang.programmes.file_shape import IndicatorShape, MeasureShape
from taizhang.programmes.measure_language import (
    Columns,
    Refused,
    aggregate_expression,
    formula_expression,
    having_expression,
    offset_of,
    row_expression,
)
from taizhang.programmes.measure_units import unit_of
from taizhang.programmes.record_types import name_of
from taizhang.programmes.reporting import Report
from taizhang.programmes.suggestions import unknown
from taizhang.programmes.tables import LogicalTable, logical_tables
from taizhang.programmes.units import COUNT, UNKNOWN, Quantity, misfit, quantity
from taizhang.programmes.yaml_tree import Path
from taizhang.values import parse_period

FACTORS = {"%": 100, "‰": 1000}
"""What a ratio is multiplied by, by its unit; 1 for every other unit."""

_MOMENTS = ("DATE", "TIMESTAMP")


@dataclass(frozen=True, slots=True)
class Tables:
    """The logical tables of all programmes by name, each with its record type."""

    by_name: Mapping[str, tuple[LogicalTable, RecordType]]

    @staticmethod
    def of(record_types: list[RecordType]) -> Tables:
        return Tables({t.name: (t, r) for r in record_types for t in logical_tables(r)})

    def find(self, programme: str, of: str) -> str:
        """The full name of what `of` names inside `programme`, or "" when there is none."""
        return next((name for name in (f"{programme}.{of}", of) if name in self.by_name), "")


def build_indicator(
    programme: str, key: str, shape: IndicatorShape, tables: Tables, report: Report
) -> Indicator:
    """The indicator that `shape` means; what is wrong with it goes to `report`.

    Names in a formula are made full keys, but looked up later, when all programmes are read.
    """
    path: Path = ("indicators", key)
    found: dict[str, Measure | None] = {}
    units: dict[str, Quantity] = {}
    for part in ("numerator", "denominator", "value"):
        measures, written = _Measures(programme, shape, tables, report), getattr(shape, part)
        found[part] = measures.build(written, (*path, part)) if written else None
        if found[part] is not None:
            units[part] = measures.unit
    _check_parts(shape, report, path)
    _check_better(shape, report, path)
    _check_persons(shape, found, tables, report, path)
    formula = _formula(programme, shape, report, path)
    indicator = Indicator(
        programme=programme,
        id=key,
        name=name_of(shape.name, key),
        aliases=tuple(shape.aliases),
        numerator=found["numerator"] or found["value"],
        denominator=found["denominator"],
        formula=formula,
        unit=shape.unit,
        factor=FACTORS.get(shape.unit, 1) if found["denominator"] else 1,
        better=shape.better,
        targets=_targets(shape, report, path),
        amber=shape.amber,
        rank=Rank(shape.rank.peers) if shape.rank else None,
        persons=shape.persons,
        by=_by(programme, shape, tables, report, path),
        about=name_of(shape.about, "") if shape.about else None,
        source=shape.source,
    )
    _check_unit(shape, found, units, tables, report, path)
    return replace(indicator, version=_version(shape))


def build_measure(
    programme: str, written: MeasureShape, tables: Tables, report: Report, path: Path
) -> Measure | None:
    """A measure that stands by itself, at `path`; None where it means nothing, which is reported."""
    bare = IndicatorShape.model_validate({"name": "-"})
    return _Measures(programme, bare, tables, report).build(written, path)


def _version(shape: IndicatorShape) -> str:
    """The first 12 hex digits of the SHA-256 over the definition, less words that do not bear on it."""
    data = shape.model_dump(mode="json", by_alias=True, exclude={"name", "about", "aliases", "source"})
    return hashlib.sha256(orjson.dumps(data, option=orjson.OPT_SORT_KEYS)).hexdigest()[:12]


def _check_parts(shape: IndicatorShape, report: Report, path: Path) -> None:
    given = [part for part in ("value", "numerator", "formula") if getattr(shape, part)]
    if not given:
        found = "指标没有算法 / the indicator has no measure"
        report.say(path, "missing-key", found, "value, numerator + denominator, formula")
    if len(given) > 1:
        found = f"{'、'.join(given)} 只能有一个 / only one of them"
        report.say((*path, given[1]), "too-many-measures", found)
    if shape.denominator and not shape.numerator:
        report.say(path, "missing-key", "有 denominator 而缺 numerator / a denominator needs a numerator")
    if shape.numerator and not shape.denominator:
        report.say(path, "missing-key", "有 numerator 而缺 denominator / write `value` for a plain figure")


def _check_better(shape: IndicatorShape, report: Report, path: Path) -> None:
    """A target and a rank mean something only where it is said which way is better."""
    if not shape.better:
        for setting in ("targets", "rank"):
            if getattr(shape, setting):
                found = f"有 {setting} 须写明 better / say which way is better"
                report.say((*path, setting), "missing-key", found, remedy="better: higher | lower")


def _check_persons(
    shape: IndicatorShape,
    found: Mapping[str, Measure | None],
    tables: Tables,
    report: Report,
    path: Path,
) -> None:
    """`persons` stands where persons are counted, and by residence where a field says where they live."""
    counting = [part for part, measure in found.items() if measure and _counts_persons(measure, tables)]
    if shape.persons and not counting and any(found.values()):
        said = "没有按人去重的度量 / no measure counts distinct persons"
        report.say((*path, "persons"), "setting-not-here", said, "count(distinct …)")
    for part in counting:
        measure = found[part]
        if not shape.persons:
            said = "按人去重须写明 persons / say how persons are counted"
            report.say((*path, part), "missing-key", said, remedy="persons: residence | place")
        elif shape.persons == "residence" and measure is not None and measure.area == "area":
            said = "按居住地须指明居住区划字段 / by residence needs the area field of the residence"
            report.say((*path, "persons"), "missing-key", said, remedy="area: …")


def _counts_persons(measure: Measure, tables: Tables) -> bool:
    if measure.value is None or measure.of not in tables.by_name:
        return False
    fields = tables.by_name[measure.of][1].fields
    return any(
        column.name in fields and fields[column.name].type is FieldType.PERSON
        for distinct in measure.value.find_all(exp.Distinct)
        for column in distinct.find_all(exp.Column)
    )


def _targets(shape: IndicatorShape, report: Report, path: Path) -> dict[str, Decimal]:
    for period in shape.targets:
        try:
            parse_period(period)
        except ValueError as error:
            report.say((*path, "targets", period), "not-a-period", f"不是期间 / {error}")
    return dict(shape.targets)


def _by(programme: str, shape: IndicatorShape, tables: Tables, report: Report, path: Path) -> tuple[str, ...]:
    parts = (shape.numerator, shape.denominator, shape.value)
    names = {tables.find(programme, part.of or shape.of) for part in parts if part} - {""}
    fields = [tables.by_name[name][1].fields for name in sorted(names)]
    groups = [
        {
            f
            for f, field in one.items()
            if field.type in (FieldType.CHOICE, FieldType.CODE) and not field.personal
        }
        for one in fields
    ]
    known = sorted(set.intersection(*groups)) if groups else []
    for index, field in enumerate(shape.by):
        if field not in known and (names or shape.formula):
            report.unknown((*path, "by", index), ("选项或代码字段", "choice or code field"), field, known)
    return tuple(shape.by)


def _check_unit(
    shape: IndicatorShape,
    found: Mapping[str, Measure | None],
    units: Mapping[str, Quantity],
    tables: Tables,
    report: Report,
    path: Path,
) -> None:
    """The figure is in the indicator's unit; a share has a base: a denominator, or a field that is one."""
    if not shape.unit or shape.formula:
        return
    rate = bool(shape.numerator and shape.denominator)
    if rate and not {"numerator", "denominator"} <= units.keys():
        return
    computed = units["numerator"].times(units["denominator"], -1) if rate else units.get("value", UNKNOWN)
    if why := misfit(computed, shape.unit, rate=rate):
        report.say((*path, "unit"), "impossible-unit", why)
    if shape.unit not in FACTORS or shape.denominator or not shape.value:
        return
    measure = found["value"]
    if measure is not None and measure.value is not None and measure.of:
        fields = tables.by_name[measure.of][1].fields
        columns = [column.name for column in measure.value.find_all(exp.Column)]
        no_sum = not measure.value.find(exp.Sum, exp.Count)
        if no_sum and columns and all(c in fields and fields[c].unit == shape.unit for c in columns):
            return
    said = f"单位 {shape.unit} 需要 denominator 或 formula / a share needs a base"
    report.say((*path, "unit"), "impossible-unit", said)


def _formula(programme: str, shape: IndicatorShape, report: Report, path: Path) -> exp.Expression | None:
    if not shape.formula:
        return None
    for setting in ("of", "on", "where", "area", "standing", "persons"):
        if getattr(shape, setting):
            report.say((*path, setting), "setting-not-here", f"公式指标没有 `{setting}` / not with a formula")
    try:
        tree = formula_expression(shape.formula)
    except Refused as refused:
        _refuse(report, (*path, "formula"), refused)
        return None

    def full(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Column) and "." not in node.name:
            return exp.column(exp.to_identifier(f"{programme}.{node.name}", quoted=True))
        return node

    return tree.transform(full)


def check_twins(indicators: Mapping[str, tuple[Indicator, Report]]) -> None:
    """No two indicators bear one name: nobody could tell which of them a report means."""
    first: dict[str, str] = {}
    for key, (indicator, report) in indicators.items():
        other = first.setdefault(indicator.name.zh, key)
        if other != key:
            found = f"指标 `{other}` 也叫“{indicator.name.zh}” / another indicator has the same name"
            report.say(("indicators", indicator.id, "name"), "name-taken", found)


def check_formulas(indicators: Mapping[str, tuple[Indicator, Report]]) -> None:
    """Every name in a formula is an indicator, and no formula leads back to itself."""
    uses: dict[str, list[str]] = {}
    for key, (indicator, report) in indicators.items():
        if indicator.formula is None:
            continue
        path = ("indicators", indicator.id, "formula")
        columns = list(indicator.formula.find_all(exp.Column))
        for column in columns:
            if column.name not in indicators:
                place = report.tree.place(path, offset_of(column))
                report.problems.append(unknown(("指标", "indicator"), column.name, indicators, place))
        uses[key] = [column.name for column in columns if column.name in indicators]
    for key in uses:
        if (trail := _cycle(key, uses)) and min(trail) == key:
            report = indicators[key][1]
            path = ("indicators", indicators[key][0].id, "formula")
            report.say(path, "formula-cycle", "公式循环 / formulas lead back: " + " → ".join([*trail, key]))


def _cycle(start: str, uses: Mapping[str, list[str]]) -> list[str]:
    """The names on a way from `start` back to itself; empty when there is none."""
    seen: set[str] = set()
    waiting = [[start]]
    while waiting:
        trail = waiting.pop()
        for name in uses.get(trail[-1], ()):
            if name == start:
                return trail
            if name not in seen:
                seen.add(name)
                waiting.append([*trail, name])
    return []


def _refuse(report: Report, path: Path, refused: Refused) -> None:
    report.say(path, refused.code, refused.found, refused.expected, offset=refused.offset)


@dataclass(slots=True)
class _Measures:
    """Builds the measures of one indicator."""

    programme: str
    shape: IndicatorShape
    tables: Tables
    report: Report
    unit: Quantity = COUNT  # of the value of the measure that was built

    def build(self, written: MeasureShape, path: Path) -> Measure | None:
        if written.areas:
            return self._areas(written, path)
        of = written.of or self.shape.of
        name = self.tables.find(self.programme, of)
        if not name:
            where = (*path, "of") if written.of else (*path[:2], "of")
            self.report.unknown(where, ("台账类型", "record type"), of, self._names())
            return None
        table, record_type = self.tables.by_name[name]
        columns, units = _columns(table, record_type), _units(table, record_type)
        standing = self._standing(written, table, path)
        on = self._day(written.on or ("" if written.standing else self.shape.on), table, path, "on")
        if bool(on) == bool(standing):
            found = "须有 on 与 standing 之一 / exactly one of `on` and `standing`"
            self.report.say(path, "on-or-standing", found)
        value, condition, having = self._expressions(written, columns, units, path)
        self._grouping(written, table, path)
        return Measure(
            of=name,
            value=value,
            where=condition,
            on=on,
            standing=standing,
            area=self._area(written, table, record_type, path),
            each=written.each,
            having=having,
            covered=written.covered,
            text=_text(written),
        )

    def _names(self) -> list[str]:
        own = f"{self.programme}."
        return [
            name.removeprefix(own)
            for name in sorted(self.tables.by_name, key=lambda n: not n.startswith(own))
        ]

    def _areas(self, written: MeasureShape, path: Path) -> Measure:
        extra = written.model_dump(exclude_defaults=True).keys() - {"areas"}
        if extra:
            names = "、".join(sorted(extra))
            self.report.say(path, "setting-not-here", f"areas 不与 {names} 同用 / stands alone")
        return Measure(of="", value=None, areas=written.areas, area="", text=f"areas: {written.areas}")

    def _standing(self, written: MeasureShape, table: LogicalTable, path: Path) -> Standing | None:
        shape = written.standing or (None if written.on else self.shape.standing)
        if shape is None:
            return None
        start = self._day(shape.start, table, (*path, "standing"), "from")
        end = self._day(shape.to, table, (*path, "standing"), "to")
        return Standing(start, end)

    def _day(self, column: str, table: LogicalTable, path: Path, key: str) -> str:
        if not column:
            return ""
        days = [name for name, kind in table.columns.items() if kind in _MOMENTS]
        if column not in days:
            where = (*path, key)
            if where not in self.report.tree.values:
                where = (*path[:2], *path[3:], key)
            if column in table.columns:
                found = f"`{column}` 不是日期 / is not a date or time ({table.columns[column]})"
                self.report.say(where, "not-a-date-column", found, "、".join(days))
            else:
                self.report.unknown(where, ("日期列", "date column"), column, days)
        return column

    def _area(self, written: MeasureShape, table: LogicalTable, record_type: RecordType, path: Path) -> str:
        area = written.area or self.shape.area or "area"
        areas = ["area", *(f for f, field in record_type.fields.items() if field.type is FieldType.AREA)]
        if area not in areas:
            where = (*path, "area") if written.area else (*path[:2], "area")
            self.report.unknown(where, ("区划列", "area column"), area, areas)
        return area

    def _grouping(self, written: MeasureShape, table: LogicalTable, path: Path) -> None:
        if written.each and written.each not in table.columns:
            self.report.unknown((*path, "each"), ("列", "column"), written.each, table.columns)
        if bool(written.each) != bool(written.having):
            found = "each 与 having 须同用 / `each` and `having` go together"
            self.report.say(path, "each-with-having", found)
        if written.each and "".join(written.value.lower().split()) != "count(*)":
            self.report.say(
                (*path, "value"), "each-counts", "有 each 时 value 只能是 count(*) / only count(*)"
            )
        if written.covered and (written.value or written.each):
            self.report.say(
                path, "setting-not-here", "covered 不与 value、each 同用 / stands without a value"
            )

    def _expressions(
        self, written: MeasureShape, columns: Columns, units: Mapping[str, Quantity], path: Path
    ) -> tuple[exp.Expression | None, exp.Expression | None, exp.Expression | None]:
        def read(
            what: Callable[[str, Columns], exp.Expression], text: str, where: Path
        ) -> exp.Expression | None:
            return self._read(what, text, columns, units, where) if text else None

        value = read(aggregate_expression, written.value, (*path, "value"))
        if not written.value and not written.covered:
            self.report.say(path, "missing-key", "缺 value / missing key", "count(*)")
        if value is not None:
            # Groups are counted as what they are: those of a day in days.
            self.unit = UNKNOWN if written.each else unit_of(written.value, units)
        elif written.value:
            self.unit = UNKNOWN
        where = read(row_expression, written.where, (*path, "where"))
        shared = read(row_expression, self.shape.where, (*path[:2], "where"))
        where = exp.And(this=shared, expression=where) if where and shared else shared or where
        return value, where, read(having_expression, written.having, (*path, "having"))

    def _read(
        self,
        read: Callable[[str, Columns], exp.Expression],
        text: str,
        columns: Columns,
        units: Mapping[str, Quantity],
        path: Path,
    ) -> exp.Expression | None:
        where: Any = path
        if path[-1] == "value" and path not in self.report.tree.values:
            where = path[:-1]
        try:
            tree = read(text, columns)
            unit_of(text, units)
        except Refused as refused:
            _refuse(self.report, where, refused)
            return None
        return tree


def _units(table: LogicalTable, record_type: RecordType) -> dict[str, Quantity]:
    """What the columns of numbers measure; money is in yuan, how often a step was taken a count."""
    units = dict.fromkeys((f"{step}_count" for step in record_type.steps), COUNT)
    for field in record_type.fields.values():
        if field.id in table.columns:
            units[field.id] = quantity("元" if field.type is FieldType.MONEY else field.unit)
    return units


def _columns(table: LogicalTable, record_type: RecordType) -> Columns:
    choices: dict[str, frozenset[str]] = {"state": frozenset(record_type.states)}
    persons = set()
    for field in record_type.fields.values():
        if field.type is FieldType.CHOICE:
            choices[field.id] = frozenset(field.choices)
        if field.type is FieldType.PERSON:
            persons.add(field.id)
    return Columns(table.columns, choices, frozenset(persons))


def _text(written: MeasureShape) -> str:
    said = written.model_dump(exclude_defaults=True, by_alias=True)
    parts = [said.pop("value", "")]
    for key, value in said.items():
        words = " ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else value
        parts.append(f"{key}: {words}")
    return "; ".join(part for part in parts if part)
