"""What statements without a number mean: the shape in a programme file → checked rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlglot import exp

from taizhang.programmes.definition import (
    Field,
    FieldType,
    Indicator,
    Measure,
    NameField,
    RecordType,
    StatementRule,
)
from taizhang.programmes.file_shape import MeasureShape, ProgrammeShape, StatementShape
from taizhang.programmes.indicators import Tables, build_measure
from taizhang.programmes.measure_language import Refused, condition_expression, offset_of
from taizhang.programmes.report_sentences import resolve_slot
from taizhang.programmes.reporting import Report
from taizhang.programmes.suggestions import unknown
from taizhang.programmes.yaml_tree import Path

ASSERTS = {
    "coverage": ("all", "none-left"),
    "direction": ("down", "up", "up-and-down"),
    "milestone": ("started", "under-way", "completed", "delivered", "in-use", "approved"),
    "membership": ("member", "includes"),
    "honour": ("held", "pending", "adopted"),
    "agreement": ("in-force",),
    "duty": ("in-force",),
    "campaign": ("carried-out", "results", "in-force"),
}
"""What a statement of each kind may assert (docs/reference/claims.md)."""

_NAMED = (FieldType.TEXT, FieldType.CHOICE, FieldType.CODE, FieldType.AREA)


def build_statements(
    programme: str,
    shape: ProgrammeShape,
    tables: Tables,
    indicators: Mapping[str, Indicator],
    record_types: Mapping[str, RecordType],
    report: Report,
) -> tuple[StatementRule, ...]:
    """The rules that `shape` means, in order; what is wrong with them goes to `report`."""
    builder = _Builder(programme, tables, indicators, record_types, report)
    found = [builder.build(written, ("statements", n)) for n, written in enumerate(shape.statements)]
    return tuple(rule for rule in found if rule is not None)


@dataclass(frozen=True, slots=True)
class _Builder:
    programme: str
    tables: Tables
    indicators: Mapping[str, Indicator]
    record_types: Mapping[str, RecordType]
    report: Report

    def build(self, shape: StatementShape, path: Path) -> StatementRule | None:
        key = next(
            (k for k in (f"{self.programme}.{shape.indicator}", shape.indicator) if k in self.indicators), ""
        )
        if not key:
            own = f"{self.programme}."
            known = [
                k.removeprefix(own) for k in sorted(self.indicators, key=lambda k: not k.startswith(own))
            ]
            self.report.unknown((*path, "indicator"), ("指标", "indicator"), shape.indicator, known)
            return None
        for number, code in enumerate(shape.asserts):
            if code not in ASSERTS[shape.kind]:
                place = (*path, "asserts", number)
                self.report.unknown(place, ("断言", "assertion"), code, ASSERTS[shape.kind])
        rule = StatementRule(
            self.programme, key, shape.kind, tuple(shape.asserts), tuple(shape.about), text=_text(shape)
        )
        return self._condition(rule, shape, path) if shape.holds else self._records(rule, shape, path)

    def _condition(self, rule: StatementRule, shape: StatementShape, path: Path) -> StatementRule | None:
        given = shape.model_dump(exclude_defaults=True)
        for setting in ("of", "where", "on", "standing", "names"):
            if setting in given:
                said = f"有 holds 时没有 `{setting}` / not beside holds"
                self.report.say((*path, setting), "setting-not-here", said)
        try:
            tree = condition_expression(shape.holds)
        except Refused as refused:
            self.report.say(
                (*path, "holds"), refused.code, refused.found, refused.expected, offset=refused.offset
            )
            return None
        figures: dict[tuple[str, str], None] = {}

        def full(node: exp.Expression) -> exp.Expression:
            if not isinstance(node, exp.Column):
                return node
            found = resolve_slot(node.name, self.programme, self.indicators)
            if found is None:
                place = self.report.tree.place((*path, "holds"), offset_of(node))
                known = sorted(self.indicators, key=lambda k: not k.startswith(f"{self.programme}."))
                self.report.problems.append(unknown(("指标", "indicator"), node.name, known, place))
                return node
            figures[found] = None
            return exp.column(exp.to_identifier(".".join(found), quoted=True))

        holds = tree.transform(full)
        return replace(rule, holds=holds, figures=tuple(figures))

    def _records(self, rule: StatementRule, shape: StatementShape, path: Path) -> StatementRule | None:
        base = self.indicators[rule.indicator].numerator
        if shape.on or shape.standing or shape.of:
            of = shape.of or (base.of if base else "")
            given = {"value": "count(*)", "of": of, "on": shape.on, "standing": shape.standing}
            written = MeasureShape.model_validate(given)
            measure = build_measure(self.programme, written, self.tables, self.report, path)
            if measure is not None and base is not None and base.of == measure.of and base.where is not None:
                measure = replace(measure, where=base.where)
        elif base is not None and base.of:
            measure = replace(base, value=None, each="", having=None, covered="")
        else:
            said = "指标没有自己的记录,须写 of 与 on 或 standing / the indicator counts no records of its own"
            self.report.say(path, "missing-key", said, "of: …, on: …")
            return None
        if measure is None:
            return None
        if shape.where:
            tried = {
                "value": "count(*)",
                "of": measure.of,
                "where": shape.where,
                "on": "opened_at",
            }
            own = MeasureShape.model_validate(tried)
            tested = build_measure(self.programme, own, self.tables, self.report, path)
            more = tested.where if tested else None
            both = exp.And(this=measure.where, expression=more) if measure.where and more else None
            measure = replace(measure, where=both or measure.where or more)
        return replace(rule, measure=measure, names=self._names(shape, measure, path))

    def _names(self, shape: StatementShape, measure: Measure, path: Path) -> tuple[NameField, ...]:
        fields = self.record_types[measure.of.removesuffix(".rounds")].fields
        found = []
        for slot in ("subject", "object", "clause"):
            for number, written in enumerate(getattr(shape.names, slot)):
                where: Path = (*path, "names", slot)
                where = (*where, number) if (*where, number) in self.report.tree.values else where
                own, _, through = written.partition(".")
                field = self._field(own, fields, where, (FieldType.REFERENCE,) if through else _NAMED)
                if field is not None and through:
                    there = self.record_types[field.to].fields if field.to in self.record_types else {}
                    if self._field(through, there, where, _NAMED) is None:
                        continue
                if field is not None:
                    found.append(NameField(slot, own, through))
        return tuple(found)

    def _field(
        self, name: str, fields: Mapping[str, Field], path: Path, kinds: tuple[FieldType, ...]
    ) -> Field | None:
        known = [key for key, field in fields.items() if field.type in kinds and not field.personal]
        if name not in known:
            self.report.unknown(path, ("可点名的字段", "field that names"), name, known)
            return None
        return fields[name]


def _text(shape: StatementShape) -> str:
    said = shape.model_dump(exclude_defaults=True, by_alias=True, exclude={"about", "indicator"})
    return "; ".join(f"{key}: {value}" for key, value in said.items())
