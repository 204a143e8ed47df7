"""What one entry does to a record, compiled per record type.

A `Player` changes documents (docs/explanation/records.md, “The version document”) in place; `applying`
decides which entries may be played when. Times in a document are naive and local, so that they sort as text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from taizhang.errors import Problem
from taizhang.programmes.definition import (
    Clock,
    CodeList,
    Duration,
    FieldType,
    Limit,
    Mechanism,
    RecordType,
    Step,
)
from taizhang.programmes.durations import parse_duration, write_duration
from taizhang.programmes.tables import column_type, goes_back, varying_columns
from taizhang.programmes.working_time import Calendar
from taizhang.values import Place

Document = dict[str, Any]

MOST_ROUNDS = 4_000
"""Rounds that one record of a duty may owe over its whole term."""


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """What playing entries needs beside them: code lists (limits may stand with a code) and working time."""

    codes: Mapping[str, CodeList] = field(default_factory=dict)
    calendar: Calendar = field(default_factory=Calendar)


class Statement(NamedTuple):
    """What an open or step says, after amendments."""

    entry: str
    step: str
    at: str  # naive local, to the second
    area: str
    body: str
    payload: Mapping[str, Any]


class Player:
    """The state machine of one record type."""

    __slots__ = (
        "_columns",
        "_ends",
        "_goes_back",
        "_naive",
        "_order",
        "_persons",
        "_varies",
        "_varying",
        "delicate",
        "ends_limit",
        "first",
        "limits",
        "record_type",
        "starts_limit",
        "steps",
    )

    def __init__(self, record_type: RecordType) -> None:
        self.record_type = record_type
        fields = record_type.fields.values()
        self.first = record_type.states[0]
        self.steps = record_type.steps
        self.limits = record_type.limits
        self.starts_limit = _by_state(record_type, "start")
        self.ends_limit = _by_state(record_type, "until")
        self._columns = frozenset(f.id for f in fields if column_type(f)) | {"area", "body"}
        self._naive = frozenset(f.id for f in fields if f.type is FieldType.TIME)
        self._persons = frozenset(f.id for f in fields if f.type is FieldType.PERSON)
        self._varies = record_type.varies
        self._varying = tuple(sorted(varying_columns(record_type)))
        self._goes_back = goes_back(record_type)
        self._ends = record_type.ends
        self._order = {state: number for number, state in enumerate(record_type.states)}
        #: fields on which more hangs than their own column, so that amending one plays everything again
        self.delicate = frozenset(limit.by for limit in record_type.limits.values()) | frozenset(
            record_type.term
        )

    # -- opening -------------------------------------------------------------------------------------------

    def open(self, record: str, said: Statement, context: Context) -> Document | Problem:
        """The first version of a record."""
        first = self.first
        document: Document = {
            "record": record,
            "void": False,
            "late": False,
            "state": first,
            "area": said.area,
            "body": said.body,
            "opened_at": said.at,
            first + "_at": said.at,
            "first_" + first + "_at": said.at,
        }
        self.put(document, said.payload)
        document["_last"] = said.at
        if first in self.starts_limit:
            self._start_limits(document, first, said.at, context)
        if self.record_type.every is not None and self.record_type.mechanism is Mechanism.DUTY:
            return self._owe_rounds(document, said)
        return document

    def put(self, document: Document, payload: Mapping[str, Any]) -> None:
        """Set the columns that a payload speaks of."""
        columns = self._columns
        for key, value in payload.items():
            if key in columns:
                if key in self._persons and value is not None:
                    value = value.get("number")
                elif key in self._naive and value is not None:
                    value = value[:19]
                if value is None:
                    if key not in ("area", "body"):  # every record has them
                        document.pop(key, None)
                else:
                    document[key] = value

    # -- steps ---------------------------------------------------------------------------------------------

    def step(self, document: Document, said: Statement, context: Context) -> Problem | None:
        """Take a step in place; with a problem the document must be dropped."""
        step = self.steps[said.step]
        state = document["state"]
        if state not in step.moves:
            return _problem(
                said,
                "wrong-state",
                f"状态为 `{state}` 时不能办理 `{step.id}` / not from this state",
                "、".join(step.moves),
            )
        count = document.get(step.id + "_count", 0)
        if step.times is not None and count >= step.times:
            return _problem(
                said, "too-often", f"`{step.id}` 至多 {step.times} 次 / taken as often as it may be"
            )
        document[step.id + "_count"] = count + 1
        target = step.moves[state]
        back = self._goes_back and target is not None and self._is_back(document, state, target)
        before = self._varying_now(document) if back or self._varies else None
        if said.payload:
            self.put(document, said.payload)
        document["_last"] = said.at
        if back:
            self._take_back(document, state, step.moves[state] or state)
        if target is not None:
            self._enter(document, target, said.at, context)
        problem = self._act(document, step, said, context) if step.acts else None
        if problem is None and (before is not None or "_segments" in document):
            self._segment(document, before, said.at, back=back)
        return problem

    def _enter(self, document: Document, state: str, at: str, context: Context) -> None:
        if state != document["state"]:  # a step that leads where the record is does not enter it again
            document["state"] = state
            column = state + "_at"
            document[column] = at
            document.setdefault("first_" + column, at)
        if state in self.ends_limit:
            for limit in self.ends_limit[state]:
                self._resume(document, limit, at, context)
        if state in self.starts_limit:
            self._start_limits(document, state, at, context)

    def _is_back(self, document: Document, state: str, target: str) -> bool:
        """Whether the move takes back what was reached: to where the record was, or out of an end."""
        if state == target:
            return False
        return target + "_at" in document or (state in self._ends and target not in self._ends)

    def _take_back(self, document: Document, state: str, target: str) -> None:
        """Drop when it entered the states that it is no longer past.

        In the order of time; of one second, in the order in which the states are declared.
        """
        gone = {state}
        if (since := document.get(target + "_at")) is not None:
            order, entered = self._order, (since, self._order[target])
            gone |= {s for s in order if (document.get(s + "_at", ""), order[s]) > entered}
        if state in self._ends and target not in self._ends:
            gone |= self._ends
        for one in gone:
            document.pop(one + "_at", None)

    # -- time limits ---------------------------------------------------------------------------------------

    def _within(self, document: Document, limit: Limit, context: Context) -> Duration | None:
        if limit.within is not None:
            return limit.within
        code_list = context.codes[self.record_type.fields[limit.by].codes]
        item = code_list.items.get(document.get(limit.by, ""))
        return item.within if item else None

    def _start_limits(self, document: Document, state: str, at: str, context: Context) -> None:
        for limit in self.starts_limit[state]:
            within = self._within(document, limit, context)
            _release(document, limit.id)
            if within is None:
                document.pop(limit.id + "_due", None)
            else:
                due = context.calendar.add(within, datetime.fromisoformat(at))
                document[limit.id + "_due"] = due.isoformat()

    def _resume(self, document: Document, limit: Limit, at: str, context: Context) -> None:
        held = document.get("_held", {}).get(limit.id)
        if held is None:
            return
        within = self._within(document, limit, context) or Duration(1, "days", Clock.WORKING)
        since, until, due = (datetime.fromisoformat(text) for text in (held["since"], at, held["due"]))
        _release(document, limit.id)
        document[limit.id + "_due"] = context.calendar.shift(due, since, until, within).isoformat()

    def _act(self, document: Document, step: Step, said: Statement, context: Context) -> Problem | None:
        if step.acts == "patrol":
            return _patrol(document, said)
        if step.acts in ("urge", "reopen"):
            return None
        limit = self.limits[step.limit]
        held = document.get("_held", {}).get(limit.id)
        due = document.get(limit.id + "_due")
        if step.acts == "resume":
            if held is None:
                return _problem(said, "not-held", f"时限 `{limit.id}` 未中止 / the limit is not suspended")
            self._resume(document, limit, said.at, context)
            return None
        if due is None and held is None:
            return _problem(said, "limit-not-running", f"时限 `{limit.id}` 未起算 / the limit is not running")
        if step.acts == "suspend":
            if held is not None:
                return _problem(said, "already-held", f"时限 `{limit.id}` 已中止 / suspended already")
            document["_held"] = document.get("_held", {}) | {limit.id: {"since": said.at, "due": due}}
            del document[limit.id + "_due"]
            return None
        return _extend(document, step, said, held, context)

    # -- what varies over time -----------------------------------------------------------------------------

    def _varying_now(self, document: Document) -> Document:
        return {key: document[key] for key in self._varying if key in document}

    def _segment(self, document: Document, before: Document | None, at: str, *, back: bool) -> None:
        """A new segment where a varying value changed or the record went back; else the last goes on."""
        after = self._varying_now(document)
        segments = document.get("_segments")
        if back or (before is not None and any(before.get(k) != after.get(k) for k in self._varies)):
            segments = [*(segments or [before])]
            last = segments[-1]
            if last.get("valid_from") == at:
                segments[-1] = {"valid_from": at, **after}
            else:
                segments[-1] = {**last, "valid_to": at}
                segments.append({"valid_from": at, **after})
            document["_segments"] = segments
        elif segments:
            document["_segments"] = [*segments[:-1], {"valid_from": segments[-1]["valid_from"], **after}]

    # -- rounds of a duty ----------------------------------------------------------------------------------

    def _owe_rounds(self, document: Document, said: Statement) -> Document | Problem:
        every = self.record_type.every
        first, last = (document.get(key) for key in self.record_type.term)
        if every is None or not first or not last:
            return _problem(said, "missing", "缺任期 / the term is missing", "、".join(self.record_type.term))
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        if end < start:
            return _problem(
                said, "term-reversed", f"任期止日 {last} 早于起日 {first} / ends before it starts"
            )
        length = timedelta(days=every.amount)
        if (end - start) / length > MOST_ROUNDS:
            return _problem(
                said, "too-many-rounds", f"轮次超过 {MOST_ROUNDS} / more rounds than that in the term"
            )
        rounds: list[dict[str, Any]] = []
        while start <= end:
            closes = min(start + length - timedelta(days=1), end)
            rounds.append(
                {"round": len(rounds) + 1, "due_from": start.isoformat(), "due_on": closes.isoformat()}
            )
            start += length
        document["_rounds"] = rounds
        return document


def _by_state(record_type: RecordType, which: str) -> dict[str, tuple[Limit, ...]]:
    found: dict[str, tuple[Limit, ...]] = {}
    for limit in record_type.limits.values():
        state = getattr(limit, which)
        found[state] = (*found.get(state, ()), limit)
    return found


def _release(document: Document, limit: str) -> None:
    held = document.get("_held")
    if held and limit in held:
        rest = {key: value for key, value in held.items() if key != limit}
        if rest:
            document["_held"] = rest
        else:
            del document["_held"]


def _extend(
    document: Document, step: Step, said: Statement, held: Mapping[str, str] | None, context: Context
) -> Problem | None:
    most = step.by
    text = said.payload.get("by")
    by = parse_duration(text) if text else most
    if by is None:
        return _problem(said, "missing", "缺延长时长 `by` / how long is missing", "2 working days")
    if most is not None and (by.unit, by.clock) != (most.unit, most.clock):
        return _problem(said, "extension-unit", f"延长单位不符:{text} / other unit", write_duration(most))
    if most is not None and by.amount > most.amount:
        return _problem(
            said, "extension-too-long", f"延长 {text} 过长 / too long", f"≤ {write_duration(most)}"
        )
    if held is not None:
        due = context.calendar.extend(datetime.fromisoformat(held["due"]), by).isoformat()
        document["_held"] = document["_held"] | {step.limit: {**held, "due": due}}
    else:
        column = step.limit + "_due"
        due = context.calendar.extend(datetime.fromisoformat(document[column]), by).isoformat()
        document[column] = due
    return None


def _patrol(document: Document, said: Statement) -> Problem | None:
    on = said.payload.get("on") or said.at[:10]
    if on > said.at[:10]:
        return _problem(said, "in-the-future", f"巡查日 {on} 晚于办理日 / the patrol is later than its entry")
    rounds = document.get("_rounds", [])
    for index, owed in enumerate(rounds):
        if owed["due_from"] <= on <= owed["due_on"]:
            if on < owed.get("done_on", "9999"):
                document["_rounds"] = [*rounds[:index], {**owed, "done_on": on}, *rounds[index + 1 :]]
            return None
    return _problem(said, "outside-term", f"{on} 不在任期内 / outside the term")


def _problem(said: Statement, code: str, found: str, expected: str = "") -> Problem:
    return Problem(code, found, expected, place=Place("", entry=said.entry))
