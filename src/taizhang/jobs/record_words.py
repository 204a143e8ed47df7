"""A record and its entries in the words of its programme file, for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from taizhang import programmes
from taizhang.errors import Problem, UnknownName
from taizhang.ledger import queries
from taizhang.programmes import FieldType, RecordType

KINDS = {"open": ("登记", "Opened"), "amend": ("更正", "Amended"), "void": ("作废", "Voided")}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known of a record: what it is called, and its value as people read it."""

    zh: str
    en: str
    value: str
    record: str = ""  # the record that the value names


class Words:
    """The words of a district as known at one position. `area` and `body` give the name of a code."""

    def __init__(self, position: int) -> None:
        self._known = queries.system_records(position)
        self.definitions = self._known.definitions

    def area(self, code: str) -> str:
        """An area's name."""
        found = self._known.areas.get(code)
        return found["name"] if found else code

    def body(self, code: str) -> str:
        """A body's name."""
        found = self._known.bodies.get(code)
        return found["name"] if found else code

    def kind(self, key: str) -> RecordType:
        """The record type of a key."""
        return self.definitions.record_type(key)

    def state(self, kind: RecordType, state: str) -> str:
        """What a state is called: by the step that leads to it, since states have no names of their own."""
        if state == kind.states[0]:
            return KINDS["open"][0]
        leading = (step.name.zh for step in kind.steps.values() if state in step.moves.values())
        return next(leading, state)

    def value(self, kind: RecordType, name: str, value: Any) -> str:
        """A field's value as people read it."""
        said = kind.fields[name]
        text = _moment(str(value))
        match said.type:
            case FieldType.CHOICE:
                return said.choices[value].zh if value in said.choices else text
            case FieldType.CODE:
                item = self.definitions.codes[said.codes].items.get(value)
                return f"{item.name.zh}({value})" if item else text
            case FieldType.AREA:
                return self.area(value)
            case FieldType.BODY:
                return self.body(value)
            case FieldType.YES_NO:
                return "是" if value else "否"
            case FieldType.MONEY:
                return f"{text} 元"
            case FieldType.PERSON:
                return "(不显示)"
            case FieldType.POINT:
                return f"{value['lon']}, {value['lat']}" if isinstance(value, Mapping) else text
            case _:
                return f"{text} {said.unit}".strip()

    def said(self, kind: RecordType, payload: Mapping[str, Any]) -> str:
        """What an entry says, personal fields left out."""
        parts = []
        for name, value in payload.items():
            if name in kind.fields:
                said = kind.fields[name]
                shown = "(加密)" if said.personal else "—" if value is None else self.value(kind, name, value)
                parts.append(f"{said.name.zh}:{shown}")
            elif name not in ("area", "body"):
                parts.append(f"{name}:{value}")
        return ";".join(parts)

    def summary(self, kind: RecordType, document: Mapping[str, Any]) -> str:
        """The first fields of a record in one line."""
        known = [name for name in kind.fields if name in document]
        shown = [name for name in known if kind.fields[name].type is not FieldType.PERSON][:3]
        return " · ".join(self.value(kind, name, document[name]) for name in shown)


def describe_record(record: str, *, as_of: int | None = None) -> dict[str, Any]:
    """A record's facts and entries in words: `type_name`, `area_name`, `facts`, `entries`.

    Personal fields are not shown. Raises UnknownName for a record that is not in the ledger at that position.
    """
    position = queries.position() if as_of is None else as_of
    kept = queries.record(record, position)
    if kept is None:
        problem = Problem("unknown-record", f"台账里没有记录 {record} / no such record in the ledger")
        raise UnknownName(problem)
    words = Words(position)
    kind = words.kind(kept.type)
    return {
        "type_name": kind.name,
        "area_name": words.area(kept.document["area"]),
        "void": kept.document["void"],
        "facts": list(_facts(words, kind, kept.document)),
        "entries": [_entry(words, kind, entry) for entry in queries.entries_of(record, position)],
    }


def _facts(words: Words, kind: RecordType, document: Mapping[str, Any]) -> Iterator[Fact]:
    yield Fact("状态", "State", words.state(kind, document["state"]))
    yield Fact("区域", "Area", f"{words.area(document['area'])}({document['area']})")
    yield Fact("单位", "Body", words.body(document["body"]))
    for name, said in kind.fields.items():
        if name in document:
            record = document[name] if said.type is FieldType.REFERENCE else ""
            yield Fact(said.name.zh, said.name.en, words.value(kind, name, document[name]), record)
    for state in kind.states:
        if moment := document.get(f"{state}_at"):
            yield Fact(f"{words.state(kind, state)}时间", state, _moment(moment))
    for limit in kind.limits:
        if moment := document.get(f"{limit}_due"):
            yield Fact("期限", f"due: {limit}", _moment(moment))
    for step in kind.steps.values():
        if step.acts and document.get(f"{step.id}_count"):
            yield Fact(f"{step.name.zh}次数", step.name.en, str(document[f"{step.id}_count"]))


def _entry(words: Words, kind: programmes.RecordType, entry: queries.KeptEntry) -> dict[str, Any]:
    if entry.kind == "step":
        name = kind.steps[entry.step].name
        what = name.zh, name.en or entry.step
    else:
        what = KINDS[entry.kind]
    return {
        "id": entry.id,
        "position": entry.position,
        "zh": what[0],
        "en": what[1],
        "happened": _moment(entry.happened),
        "recorded": _moment(entry.recorded),
        "officer": entry.officer,
        "reason": entry.reason,
        "late": entry.late,
        "said": words.said(kind, entry.payload),
        "digest": entry.digest.hex(),
    }


def _moment(text: str) -> str:
    """`2022-03-01T08:15:00+08:00` as `2022-03-01 08:15:00`; anything else as it is."""
    return text[:19].replace("T", " ") if text[4:5] == "-" and text[10:11] == "T" else text
