"""The system programme's records as known at one position: what entries are checked against.

Kept in memory while entries are posted and moved on with each of them, so that an area opened in a batch is
there for the next entry of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import orjson
from django.db import connection

from taizhang.ledger.closed_periods import Closing
from taizhang.ledger.district_file import PATH, DistrictRules, district_rules
from taizhang.ledger.policies import Appointment, Policies
from taizhang.ledger.type_rules import TypeRules, is_systems, rules_of
from taizhang.programmes import Calendar, Checker, Context, Definitions, RecordType, load
from taizhang.values import parse_period

Document = Mapping[str, Any]
_PLAIN = Context()


class SystemRecords:
    """Documents by type and record, with the views of them that posting asks for again and again."""

    def __init__(self, position: int = 0) -> None:
        self.position = position
        self.documents: dict[str, dict[str, Document]] = {}

    @classmethod
    def at(cls, position: int) -> SystemRecords:
        """As known at `position`."""
        known = cls(position)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT type, record, document FROM ledger_version "
                "WHERE substr(type, 1, 7) = 'system.' AND position <= %s ORDER BY position",
                [position],
            )
            for kind, record, document in cursor.fetchall():
                known.documents.setdefault(kind, {})[record] = orjson.loads(bytes(document))
        return known

    def prepare_views(self) -> None:
        """Make every view now, so that the copies share them."""
        if self.documents:
            _ = self.definitions, self.type_rules, self.checker, self.rules, self.context
            _ = self.areas, self.bodies, self.policies, self._closings

    def copy(self) -> SystemRecords:
        """One that may be moved on while this one stays: what is moved on is replaced, never changed."""
        other = SystemRecords(self.position)
        other.__dict__ |= self.__dict__
        other.documents = dict(self.documents)
        return other

    def take(self, kind: str, record: str, document: Document) -> None:
        """A system record has a new version."""
        known = self.documents.get(kind, {})
        self.documents[kind] = {**known, record: document}
        if record not in known and kind == "system.area":
            self.__dict__["areas"] = {**self.areas, document["code"]: document}
            self.__dict__.pop("policies", None)
        elif record not in known and kind == "system.body":
            self.__dict__["bodies"] = {**self.bodies, document["code"]: document}
        else:
            for name in _DEPENDS.get(kind, ()):
                self.__dict__.pop(name, None)

    def standing(self, kind: str) -> list[Document]:
        """The documents of a type that are not void, in the order in which they came."""
        return [d for d in self.documents.get(f"system.{kind}", {}).values() if not d.get("void")]

    @cached_property
    def definitions(self) -> Definitions:
        """The definitions in force. Raises DefinitionError where the files do not go together."""
        return _in_force(self._files())[0]

    @cached_property
    def type_rules(self) -> Mapping[str, TypeRules]:
        """What posting needs of each record type, by its key."""
        return _in_force(self._files())[2]

    @cached_property
    def checker(self) -> Checker:
        """Checks entries against the definitions in force."""
        return _in_force(self._files())[1]

    def _files(self) -> tuple[tuple[str, str], ...]:
        files = [d for d in self.standing("definition") if d["state"] == "in_force" and d["path"] != PATH]
        return tuple(sorted((d["path"], d["text"]) for d in files))

    @cached_property
    def rules(self) -> DistrictRules:
        """What the district's own file says."""
        texts = [d["text"] for d in self.standing("definition") if d["path"] == PATH]
        return district_rules(texts[-1] if texts else "")

    @cached_property
    def context(self) -> Context:
        """Code lists and working time."""
        days = {date.fromisoformat(d["day"]): d["working"] for d in self.standing("calendar-day")}
        return Context(self.definitions.codes, Calendar(days, self.rules.hours))

    def record_type(self, key: str) -> RecordType:
        """The record type of that key; the system's own are known whatever files are in force.

        Raises KeyError where there is none, DefinitionError where the files do not go together.
        """
        return (_in_force(())[0] if is_systems(key) else self.definitions).record_type(key)

    def context_for(self, record_type: RecordType) -> Context:
        """What entries of this type are played in: the system's own need no code lists and no calendar.

        So files that come into force in one batch, and go together only when all are there, can be played.
        """
        return _PLAIN if record_type.programme == "system" else self.context

    @cached_property
    def areas(self) -> dict[str, Document]:
        """Code → area."""
        return {d["code"]: d for d in self.standing("area")}

    @cached_property
    def bodies(self) -> dict[str, Document]:
        """Code → body."""
        return {d["code"]: d for d in self.standing("body")}

    @cached_property
    def policies(self) -> Policies:
        """Who may do what where."""
        held = [
            Appointment(
                d["officer"],
                d["role"],
                d["area"],
                d.get("programme", ""),
                date.fromisoformat(d["opened_at"][:10]),
                date.fromisoformat(d["ended_at"][:10]) if d.get("ended_at") else None,
            )
            for d in self.standing("appointment")
        ]
        return Policies(held, {code: d.get("parent", "") for code, d in self.areas.items()})

    def closings_of(self, programme: str) -> Sequence[Closing]:
        """The periods that are closed for a programme, the latest end first."""
        return self._closings.get(programme, ()) or self._closings.get("", ())

    @cached_property
    def _closings(self) -> Mapping[str, Sequence[Closing]]:
        found: dict[str, list[Closing]] = {"": []}
        for d in self.standing("closing"):
            if d["state"] == "closed":
                period = parse_period(d["period"])
                closing = Closing(d["area"], period.start.isoformat(), period.end.isoformat())
                found.setdefault(d.get("programme", ""), []).append(closing)
        everybody = found[""]
        return {
            programme: sorted({*own, *everybody}, key=lambda closing: closing.end, reverse=True)
            for programme, own in found.items()
        }


@lru_cache(maxsize=16)
def _in_force(files: tuple[tuple[str, str], ...]) -> tuple[Definitions, Checker, Mapping[str, TypeRules]]:
    # Reading the files takes a quarter of a second, and they change a few times a year.
    definitions = load(dict(files))
    return definitions, Checker(definitions), rules_of(definitions)


_DEPENDS: Mapping[str, tuple[str, ...]] = {
    "system.area": ("areas", "policies"),
    "system.body": ("bodies",),
    "system.appointment": ("policies",),
    "system.calendar-day": ("context",),
    "system.closing": ("_closings",),
    "system.definition": ("definitions", "type_rules", "checker", "rules", "context", "policies"),
}
"""System type → the views that are made of it."""
