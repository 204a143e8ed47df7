"""What a statement names among a rule's records: the names there are, and which of them it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlglot import exp

from taizhang.figures import AreaNode, Looking
from taizhang.programmes import (
    Definitions,
    Field,
    FieldType,
    Measure,
    NameField,
    RecordType,
    Standing,
    StatementRule,
)
from taizhang.reading import Statement
from taizhang.reports.record_names import Item, chosen, named
from taizhang.values import Period

MOST = 5_000
"""So many records of another type, found by their names, may a reference lead to."""


@dataclass(frozen=True, slots=True)
class Meant:
    """One thing that a statement names by a field: the values that the field may have for it, or none."""

    by: NameField
    item: Item
    values: tuple[str, ...]


@dataclass(slots=True)
class NamedRecords:
    """Looks names up in an area, each list of names once."""

    definitions: Definitions
    looking: Looking
    areas: Sequence[AreaNode]
    area: str
    _known: dict[tuple[str, str, Period], Mapping[str, int]] = field(default_factory=dict)

    def meant(
        self, rule: StatementRule, statement: Statement, period: Period, context: str
    ) -> list[list[Meant]]:
        """For each slot that names something, the things named there; a slot's fields are tried in order.

        A slot is left out where its words are none, or where no choice of its fields is named.
        """
        found = []
        for slot in dict.fromkeys(by.slot for by in rule.names):
            words = words_of(statement, slot)
            tried = [self._by(rule, by, words, period, context) for by in rule.names if by.slot == slot]
            best = max(
                tried, key=lambda things: (sum(bool(m.values) for m in things), len(things)), default=[]
            )
            found.append(best)
        return found

    def any_at_all(self, measure: Measure, period: Period) -> int:
        """How many records of the measure's table there are, whatever their state."""
        return self.looking.records(anything(measure), self.area, period, 1)[1]

    def _by(
        self, rule: StatementRule, by: NameField, words: str, period: Period, context: str
    ) -> list[Meant]:
        assert rule.measure is not None
        kind = self.definitions.record_type(rule.measure.of.removesuffix(".rounds"))
        own = kind.fields[by.field]
        if by.through:
            return self._through(kind, by, words, period, context)
        names = self._names(rule.measure, own, period)
        return [Meant(by, item, _values(item, names)) for item in _items(own, words, names, context)]

    def _through(
        self, kind: RecordType, by: NameField, words: str, period: Period, context: str
    ) -> list[Meant]:
        there = self.definitions.record_type(kind.fields[by.field].to)
        other = anything(Measure(there.key, None))
        own = there.fields[by.through]
        names = self._names(other, own, period)
        found = []
        for item in _items(own, words, names, context):
            values = _values(item, names)
            test = replace(other, where=one_of(by.through, values)) if values else None
            records = self.looking.records(test, self.area, period, MOST)[0] if test else ()
            found.append(Meant(by, item, records))
        return found

    def _names(self, measure: Measure, own: Field, period: Period) -> dict[str, str]:
        """Value → what it is called, of a field: its choices, or what the records have."""
        if own.type is FieldType.CHOICE:
            return {value: name.zh for value, name in own.choices.items()}
        if own.type is FieldType.CODE:
            return {code: item.name.zh for code, item in self.definitions.codes[own.codes].items.items()}
        key = (measure.of, own.id, period)
        if key not in self._known:
            self._known[key] = self.looking.values(anything(measure), self.area, period, own.id)
        values = [value for value in self._known[key] if value]
        if own.type is FieldType.AREA:
            called = {node.code: node.name for node in self.areas}
            return {value: called.get(value, value) for value in values}
        return {value: value for value in values}


def words_of(statement: Statement, slot: str) -> str:
    """The words of a statement in which a slot's names stand."""
    return {"subject": statement.subject, "object": statement.object, "clause": statement.surface}[slot]


def anything(measure: Measure) -> Measure:
    """The records of a measure's table that there are by the end of a period, whatever became of them."""
    return replace(
        measure,
        value=None,
        where=None,
        on="",
        standing=Standing("opened_at"),
        each="",
        having=None,
        covered="",
    )


def one_of(column: str, values: Sequence[str]) -> exp.Expression:
    """The condition that a column has one of these values."""
    return exp.In(this=exp.column(column), expressions=[exp.Literal.string(value) for value in values])


def _items(own: Field, words: str, names: Mapping[str, str], context: str) -> list[Item]:
    if own.type is FieldType.TEXT or own.type is FieldType.AREA:
        return named(words, list(dict.fromkeys(names.values())), context)
    found, left = chosen(words, names)
    if not found:
        return []
    return [Item(name, (name,)) for name in dict.fromkeys(found.values())] + [Item(part, ()) for part in left]


def _values(item: Item, names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(value for value, name in names.items() if name in item.names)
