"""What people call the columns of a logical table, and the values in them.

States have no names of their own: a state is called after the step that first leads there, else by its id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from taizhang.figures.plan import columns_of, record_type_of
from taizhang.programmes import Definitions, Field, FieldType, Name, RecordType

_SYSTEM: Mapping[str, Name] = {
    "record": Name("记录编号", "the record's id"),
    "position": Name("位置", "the position"),
    "supersedes": Name("所替代的位置", "the position it replaces"),
    "void": Name("已作废", "“void”"),
    "late": Name("期间关闭后补入", "“came into a closed period”"),
    "state": Name("状态", "the state"),
    "area": Name("区域", "the area"),
    "body": Name("单位", "the body"),
    "opened_at": Name("开立时间", "the opening time"),
    "valid_from": Name("本段起始时间", "the start of the stretch"),
    "valid_to": Name("本段终止时间", "the end of the stretch"),
    "round": Name("轮次序号", "the number of the round"),
    "due_from": Name("本轮起始日", "the first day of the round"),
    "due_on": Name("本轮到期日", "the due day of the round"),
    "done_on": Name("本轮完成日", "the day the round was done"),
}
_ALWAYS_THERE = frozenset(
    ("record", "position", "void", "late", "state", "opened_at", "round", "due_from", "due_on")
)
_NOT_DONE = ("已", "不", "未", "无")
"""How names of steps begin that say what has become of the record (不予立案): no 已 goes before them."""
_LONG = 4
"""Longer names of steps stand in quotation marks before 时间 and 时限."""


def plain(text: str) -> str:
    """A Chinese name as it is; in quotation marks where a sign in it could be read into the sentence."""
    return text if text.isalnum() and not text.isascii() else quoted(text)


def quoted(text: str) -> str:
    """A name or an id in quotation marks; the low lines of ids are blanks to a reader."""
    return f"“{text.replace('_', ' ')}”" if not text.startswith("“") else text


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """The words for one logical table: its records, its columns, and the values in them."""

    codes: Mapping[str, Mapping[str, Name]]
    record_type: RecordType
    rows: Name  # what one row is
    types: Mapping[str, str]  # column → SQL type
    names: Mapping[str, Name]  # column → what it is called, no two alike unless they are the same
    states: Mapping[str, Name]

    @staticmethod
    def of(definitions: Definitions, table: str) -> ColumnWords:
        """The words for the logical table `programme.record` or `programme.record.rounds`."""
        kind, types = record_type_of(definitions, table), columns_of(definitions, table)
        zh, en = plain(kind.name.zh), quoted(kind.name.en or kind.name.zh)
        rounds = Name(f"{zh}的轮次", f"rounds of {en}")
        rows = rounds if table.endswith(".rounds") else Name(zh, f"{en} records")
        codes = {
            name: {item.code: item.name for item in codes.items.values()}
            for name, codes in definitions.codes.items()
        }
        verbs = _verbs(kind)
        states = {state: _state(state, verbs) for state in kind.states}
        return ColumnWords(codes, kind, rows, types, _names(kind, types, verbs), states)

    def value(self, column: str, text: str) -> Name:
        """What the value `text` of a column is called: the name of a state, choice or code, else itself."""
        if column == "state" and text in self.states:
            return self.states[text]
        found = self.record_type.fields.get(column)
        if found is None:
            return Name(f"“{text}”", f"“{text}”")
        if found.type is FieldType.CODE:
            name = self.codes.get(found.codes, {}).get(text)
            if name is not None:
                return Name(f"{quoted(name.zh)}({text})", f"{quoted(name.en or name.zh)} ({text})")
        return _choice(found, text)

    def is_person(self, column: str) -> bool:
        """Whether a column holds persons."""
        found = self.record_type.fields.get(column)
        return found is not None and found.type is FieldType.PERSON

    def may_be_empty(self, column: str) -> bool:
        """Whether a row may have nothing in that column."""
        found = self.record_type.fields.get(column)
        return not (found.required if found else column in _ALWAYS_THERE or column.endswith("_count"))


def _choice(field: Field, text: str) -> Name:
    name = field.choices.get(text)
    if name is None:
        return Name(f"“{text}”", f"“{text}”")
    alike = Counter(other.zh for other in field.choices.values())[name.zh] > 1
    mark = f"({text.replace('_', ' ')})" if alike else ""
    return Name(quoted(name.zh) + mark, quoted(name.en or name.zh) + mark)


def _names(kind: RecordType, types: Mapping[str, str], verbs: Mapping[str, str]) -> dict[str, Name]:
    names = {column: name for column, name in _SYSTEM.items() if column in types}
    first = kind.states[0]
    entered = any(first in step.moves.values() for step in kind.steps.values())
    same = {f"first_{first}_at"} | (set() if entered else {f"{first}_at"})
    for state in kind.states:
        words, verb = state.replace("_", " "), _spoken(verbs.get(state, ""))
        names[f"{state}_at"] = Name(f"{verb}时间" if verb else f"进入“{words}”的时间", f"the “{words}” time")
        names[f"first_{state}_at"] = Name(
            f"首次{verb}时间" if verb else f"首次进入“{words}”的时间", f"the first “{words}” time"
        )
    names |= dict.fromkeys(same, _SYSTEM["opened_at"])
    for step in kind.steps.values():
        zh, en = step.name.zh, step.name.en or step.name.zh
        names[f"{step.id}_count"] = Name(f"{plain(zh)}次数", f"the number of {quoted(en)} steps")
    for limit in kind.limits.values():
        words, verb = limit.id.replace("_", " "), _spoken(verbs.get(limit.until, ""))
        names[f"{limit.id}_due"] = Name(
            f"{verb}时限" if verb else f"“{words}”的时限", f"the “{words}” deadline"
        )
    for field in kind.fields.values():
        names[field.id] = Name(plain(field.name.zh), f"the {quoted(field.name.en or field.name.zh)}")
    names = {column: name for column, name in names.items() if column in types}
    zh_alike, en_alike = (
        Counter(getattr(name, language) for column, name in names.items() if column not in same)
        for language in ("zh", "en")
    )
    return {
        column: name
        if column in same
        else Name(
            name.zh + (f"({column.replace('_', ' ')})" if zh_alike[name.zh] > 1 else ""),
            name.en + (f" ({column.replace('_', ' ')})" if en_alike[name.en] > 1 else ""),
        )
        for column, name in names.items()
    }


def _verbs(kind: RecordType) -> dict[str, str]:
    """State → the Chinese name of the one step that leads there from an earlier state, if it has one."""
    order = {state: place for place, state in enumerate(kind.states)}
    found: dict[str, str] = {}
    for state in kind.states[1:]:
        leading = [
            (step, source)
            for step in kind.steps.values()
            for source, target in step.moves.items()
            if target == state and source != state
        ]
        forward = {step.name.zh for step, source in leading if order[source] < order[state]}
        names = forward or {step.name.zh for step, _ in leading}
        ids = {step.id for step, _ in leading}
        if len(names) == 1 and not names & ids:
            found[state] = names.pop()
    alike = Counter(found.values())
    return {state: verb for state, verb in found.items() if alike[verb] == 1}


def _spoken(verb: str) -> str:
    """The name of a step before 时间 or 时限; a long one in quotation marks, so that it reads as one word."""
    return plain(verb) if verb and len(verb) <= _LONG else verb and quoted(verb)


def _state(state: str, verbs: Mapping[str, str]) -> Name:
    words, verb = f"“{state.replace('_', ' ')}”", verbs.get(state)
    if verb is None:
        return Name(words, words)
    return Name(f"“{verb if verb.startswith(_NOT_DONE) else '已' + verb}”", words)
