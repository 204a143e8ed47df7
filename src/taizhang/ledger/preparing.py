"""Checking entries against everything that the ledger knows, and playing them: sent → `Prepared`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import orjson
from django.db import connection

from taizhang.errors import EntryError, Problem
from taizhang.ledger.appending import Prepared
from taizhang.ledger.district_file import SHANGHAI
from taizhang.ledger.identities import Identities, identities_in, is_person
from taizhang.ledger.policies import IMPORTER
from taizhang.ledger.record_cache import Latest, RecordCache, as_entry, stored_entries
from taizhang.ledger.system_records import SystemRecords
from taizhang.ledger.type_rules import SYSTEM, TypeRules, rules_of
from taizhang.programmes import Entry, EntryKind, apply, replay
from taizhang.values import Place

Sent = Mapping[str, Any]
DEFINITION = "system.definition"


@dataclass(slots=True)
class Outcome:
    """What became of a batch: entries to append, positions of known ones, what was refused and why."""

    prepared: list[Prepared] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)
    refused: list[tuple[Sent, list[Problem]]] = field(default_factory=list)


class Preparer:
    """Prepares batch after batch. `founding` leaves out what an empty ledger cannot fulfil yet.

    `careful` looks ids, records and unique values up before they are written; without it, an entry that is
    known already or meets another is left for the database to refuse, and the batch is done again with care.
    """

    def __init__(self, by: str, known: SystemRecords, *, source: str = "", founding: bool = False) -> None:
        self.by, self.known, self.source, self.founding = by, known, source, founding
        self.records = RecordCache()
        self.careful = True
        self._rules: dict[str, TypeRules] = {}
        self._rules_for: Any = None
        self._start()

    def _start(self) -> None:
        self.outcome = Outcome()
        self.identities = Identities()
        self._seen: dict[str, Entry] = {}
        self._owners: dict[bytes, str | None] = {}
        self._stored: dict[str, tuple[int, dict[str, Any]]] = {}
        now = datetime.now(SHANGHAI)
        self._now, self._today = now.isoformat(timespec="seconds"), date.today().isoformat()

    def chunks(self, sent: Sequence[Sent]) -> Iterator[Sequence[Sent]]:
        """The batch in pieces of which none uses definitions that come into force within it."""
        start, defining = 0, False
        for at, one in enumerate(sent):
            is_definition = isinstance(one, Mapping) and one.get("type") == DEFINITION
            if defining and not is_definition:
                yield sent[start:at]
                start = at
            defining = is_definition
        yield sent[start:]

    def prepare(self, sent: Sequence[Sent]) -> Outcome:
        """Check and play one chunk. DefinitionError where the files that come into force do not fit."""
        self._start()
        definitions = self.known.definitions
        if self._rules_for is not definitions:
            self._rules, self._rules_for = rules_of(definitions), definitions
        check, source = self.known.checker.check, self.source
        checked: list[tuple[Sent, Entry]] = []
        for one in sent:
            entry = check(one, source)
            if type(entry) is list:
                self.outcome.refused.append((one, entry))
            else:
                checked.append((one, entry))
        self._fetch([entry for _, entry in checked])
        take, refused = self._take, self.outcome.refused
        for one, entry in checked:
            problems = take(entry, self._rules[entry.type])
            if problems:
                refused.append((one, problems))
        _ = self.known.definitions, self.known.rules  # what came into force must go together
        return self.outcome

    def keep(self) -> frozenset[str]:
        """The types whose records are worth keeping in memory: those that take steps."""
        return frozenset(key for key, rules in self._rules.items() if rules.keeps)

    def _fetch(self, entries: list[Entry]) -> None:
        records, identities = [], []
        for entry in entries:
            rules, payload = self._rules[entry.type], entry.payload
            if entry.kind is not EntryKind.OPEN or self.careful:
                records.append(entry.record)
            for name, _ in rules.references:
                if name in payload:
                    records.append(payload[name])
            if rules.persons:
                identities += identities_in(payload, rules.persons)
        if records:
            self.records.fetch(record for record in records if type(record) is str)
        if identities:
            self.identities.fetch(identities)
        if self.careful:
            found = stored_entries("id", (entry.id for entry in entries))
            self._stored = {key: rows[0] for key, rows in found.items()}

    # -- one entry -----------------------------------------------------------------------------------------

    def _take(self, entry: Entry, rules: TypeRules) -> list[Problem]:
        say = _Saying(self.source, entry.id)
        if entry.id in self._stored or entry.id in self._seen:
            return self._again(entry, rules, say)
        latest = self.records.get(entry.record)
        if latest is not None and latest.type != entry.type:
            say("record-of-other-type", f"台账 {entry.record} 是 {latest.type} / is of another type", "type")
            return say.problems
        if latest is None and entry.kind is not EntryKind.OPEN:
            return say("no-such-record", f"没有台账 {entry.record} / no such record", "record")
        sent = entry
        entry = self._complete(entry, latest)
        self._check_rights(entry, sent, rules, latest, say)
        self._check_references(entry, rules, say)
        late = self._is_late(entry, rules, latest, say)
        if say.problems:
            return say.problems
        if late:
            entry = replace(entry, late=True)
        self._take_identities(entry, rules)
        document = self._play(entry, rules, latest, say)
        if document is None:
            return say.problems
        gained, lost = self._unique(entry, rules, latest, document, say)
        if say.problems:
            return say.problems
        self.outcome.prepared.append(
            Prepared(entry, document, latest.position if latest else None, gained, lost)
        )
        self._seen[entry.id] = sent
        self.records.put(entry.record, Latest(-len(self.outcome.prepared), entry.type, document))
        if rules.system:
            self.known.take(entry.type, entry.record, document)
        return []

    def _complete(self, entry: Entry, latest: Latest | None) -> Entry:
        """With officer and time of recording, and the record's area and body where none is sent."""
        if entry.officer and entry.recorded and entry.area and entry.body:
            return entry
        document = latest.document if latest else {}
        own_area = self.known.rules.root if entry.type.startswith(SYSTEM + ".") else document.get("area", "")
        return replace(
            entry,
            officer=entry.officer or self.by,
            recorded=entry.recorded or self._now,
            area=entry.area or own_area,
            body=entry.body or document.get("body", ""),
        )

    def _check_rights(
        self, entry: Entry, sent: Entry, rules: TypeRules, latest: Latest | None, say: _Saying
    ) -> None:
        if self.founding:
            return
        if rules.system and entry.area != self.known.rules.root:
            root = self.known.rules.root
            say(
                "not-the-root", f"系统台账的 area 应为全区 / must be the district: {entry.area}", "area", root
            )
        may, area = self.known.policies.may, entry.area
        handed_in = sent.recorded or entry.officer != self.by
        if handed_in and not may(self.by, IMPORTER, area, rules.programme, self._today):
            name = "recorded" if sent.recorded else "officer"
            say("importer-only", f"只有 {IMPORTER} 可以代填 `{name}` / only an importer may hand it in", name)
        role, day = rules.role(entry), entry.recorded[:10]
        here = [area]
        if latest is not None and not rules.system and latest.document["area"] != area:
            here.append(latest.document["area"])
        for place in here:
            if not may(entry.officer, role, place, rules.programme, day):
                found = (
                    f"{entry.officer} 在 {place} 没有角色 `{role or '任一'}` / does not hold the role there"
                )
                say("not-allowed", found, "officer")
        if not rules.system:
            self._check_area(area, entry.happened, "area", say)
            self._check_body(entry.body, "body", say)

    def _check_area(self, code: str, happened: str, name: str, say: _Saying) -> None:
        known = self.known.areas.get(code)
        if known is None:
            say("unknown-area", f"没有区域 {code!r} / no such area", name)
        elif known["state"] == "struck_off" and known["struck_off_at"] <= happened[:19]:
            say("area-struck-off", f"区域 {code} 已于 {known['struck_off_at']} 撤销 / struck off", name)

    def _check_body(self, code: str, name: str, say: _Saying) -> None:
        if code not in self.known.bodies:
            say("unknown-body", f"没有机构 {code!r} / no such body", name)

    def _check_references(self, entry: Entry, rules: TypeRules, say: _Saying) -> None:
        payload = entry.payload
        if self.founding or not payload:
            return
        for name in rules.areas:
            if payload.get(name) is not None:
                if payload[name] == self.known.rules.root and rules.system:
                    continue
                self._check_area(payload[name], entry.happened, name, say)
        for name in rules.bodies:
            if payload.get(name) is not None:
                self._check_body(payload[name], name, say)
        for name, kind in rules.references:
            if payload.get(name) is not None:
                target = self.records.get(payload[name])
                if target is None or (kind and target.type != kind):
                    say("unknown-reference", f"没有 {kind} 台账 {payload[name]} / no such record", name)
                elif target.document["void"]:
                    say("void-reference", f"台账 {payload[name]} 已作废 / the record is void", name)

    def _is_late(self, entry: Entry, rules: TypeRules, latest: Latest | None, say: _Saying) -> bool:
        """Whether the entry says something of a closed period; it then needs a reason."""
        if rules.system or not self.known.closings:
            return False
        days = [entry.happened[:10]]
        if entry.kind in (EntryKind.AMEND, EntryKind.VOID) and latest is not None:
            days += [v[:10] for k, v in latest.document.items() if k.endswith("_at") and type(v) is str]
        areas = {entry.area, latest.document["area"] if latest else entry.area}
        for programme, area, start, end in self.known.closings:
            if programme in ("", rules.programme) and any(start <= day < end for day in days):
                if not any(self.known.policies.lies_in(place, area) for place in areas):
                    continue
                if not entry.reason.strip():
                    found = f"{start} 起的期间已关闭,补录须写明理由 / closed; a late entry needs a reason"
                    say("period-closed", found, "reason")
                return True
        return False

    def _take_identities(self, entry: Entry, rules: TypeRules, *, make: bool = True) -> bool:
        """Put numbers and ciphers into the payload in place. False: one is not known, and none is made."""
        payload, whole = entry.payload, True
        for name in rules.persons:
            value = payload.get(name)
            if type(value) is dict and "id_number" in value:
                number = self.identities.number(value) if make else self.identities.known_number(value)
                whole = whole and number is not None
                payload[name] = {"number": number}  # type: ignore[index]
        for name in rules.personal:
            value = payload.get(name)
            if value is not None and not (type(value) is dict and "cipher" in value):
                text = value if isinstance(value, str) else orjson.dumps(value).decode()
                cipher = self.identities.cipher(entry.record, entry.id, name, text, make=make)
                whole = whole and cipher is not None
                payload[name] = {"cipher": cipher}  # type: ignore[index]
        return whole

    def _play(
        self, entry: Entry, rules: TypeRules, latest: Latest | None, say: _Saying
    ) -> dict[str, Any] | None:
        before = latest.document if latest else None
        context = self.known.context_for(rules.record_type)
        outcome = apply(rules.record_type, before, entry, context)
        if outcome.problems:
            for problem in outcome.problems:
                say(problem.code, problem.found, "", problem.expected, problem.remedy)
            return None
        if not outcome.replay_needed:
            return outcome.document
        rows = stored_entries("record", [entry.record]).get(entry.record, [])
        entries = [as_entry(said) for _, said in rows]
        entries += [item.entry for item in self.outcome.prepared if item.entry.record == entry.record]
        try:
            return replay(rules.record_type, [*entries, entry], context)
        except EntryError as error:
            for problem in error.problems:
                say(problem.code, problem.found, "", problem.expected, problem.remedy)
            return None

    def _unique(
        self,
        entry: Entry,
        rules: TypeRules,
        latest: Latest | None,
        document: Mapping[str, Any],
        say: _Saying,
    ) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
        if not rules.unique:
            return (), ()
        key = rules.unique_key(document)
        before = rules.unique_key(latest.document) if latest else None
        if key == before:
            return (), ()
        if key is not None:
            owner = self._owners[key] if key in self._owners else _owner(key) if self.careful else None
            if owner is not None and owner != entry.record:
                found = f"已有台账 {owner} 是同样的 {'、'.join(rules.unique)} / another record has the same"
                say("not-unique", found, rules.unique[0])
                return (), ()
            self._owners[key] = entry.record
        if before is not None:
            self._owners[before] = None
        return ((key,) if key else ()), ((before,) if before else ())

    def _again(self, entry: Entry, rules: TypeRules, say: _Saying) -> list[Problem]:
        """An id that is known: harmless with the same content, refused with other content."""
        if entry.id in self._seen:
            self._take_identities(entry, rules, make=False)
            if self._seen[entry.id] == entry:
                return []
            return say("id-taken", "同批中编号相同而内容不同 / the id stands twice, differently", "id")
        position, stored = self._stored[entry.id]
        if self._says(stored, entry, rules):
            self.outcome.known[entry.id] = position
            return []
        return say("id-taken", f"编号已入账(位置 {position}),内容不同 / taken with other content", "id")

    def _says(self, stored: Mapping[str, Any], entry: Entry, rules: TypeRules) -> bool:
        payload = dict(entry.payload)
        self._take_identities(replace(entry, payload=payload), rules, make=False)
        said = stored.get("payload", {})
        for name in (*rules.persons, *rules.personal):
            # A person or key that was forgotten is not found again, so that nothing is left to compare.
            if (payload.get(name) == {"number": None} and _forgotten(said.get(name))) or (
                payload.get(name) == {"cipher": None} and name in said
            ):
                payload[name] = said[name]
        again = orjson.loads(replace(entry, payload=payload).canonical())
        given = {"officer": self.by}
        for name in ("recorded", "late", "area", "body", "officer"):
            if name not in again and name in stored:
                again[name] = given.get(name, stored[name])
        return again == stored


class _Saying:
    """Collects what is wrong with one entry."""

    __slots__ = ("entry", "problems", "source")

    def __init__(self, source: str, entry: str) -> None:
        self.source, self.entry, self.problems = source, entry, []

    def __call__(
        self, code: str, found: str, name: str = "", expected: str = "", remedy: str = ""
    ) -> list[Problem]:
        place = Place(self.source, entry=self.entry, field=name)
        self.problems.append(Problem(code, found, expected, remedy, place))
        return self.problems


def _forgotten(stored: Any) -> bool:
    """Whether this person field of a stored entry speaks of somebody who is known no more."""
    return isinstance(stored, dict) and not is_person(stored["number"])


def _owner(key: bytes) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT record FROM ledger_uniquekey WHERE key = %s", [key])
        row = cursor.fetchone()
    return row[0] if row else None
