"""Checking entries against everything that the ledger knows, and playing them: sent → `Prepared`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from taizhang.errors import EntryError, Problem
from taizhang.ledger import files
from taizhang.ledger.appending import Prepared
from taizhang.ledger.district_file import SHANGHAI
from taizhang.ledger.entry_rules import EntryRules
from taizhang.ledger.identities import Identities
from taizhang.ledger.known_entries import says_the_same, take_identities
from taizhang.ledger.record_cache import Latest, RecordCache, as_entry, stored_entries
from taizhang.ledger.saying import Saying
from taizhang.ledger.selecting import select_in
from taizhang.ledger.system_records import SystemRecords
from taizhang.ledger.system_rules import check_names, check_tree
from taizhang.ledger.type_rules import TypeRules
from taizhang.programmes import Entry, EntryKind, apply, replay

Sent = Mapping[str, Any]
AREA, DEFINITION = "system.area", "system.definition"


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
        self.identities = Identities()
        self.careful = True
        self.before_reading: Callable[[], None] = lambda: None
        self._start()

    def _start(self) -> None:
        self.outcome = Outcome()
        self._seen: dict[str, Entry] = {}
        self._owners: dict[bytes, str | None] = {}
        self._stored: dict[str, tuple[int, dict[str, Any]]] = {}
        self._now = datetime.now(SHANGHAI).isoformat(timespec="seconds")
        self._may = EntryRules(self.known, self.records, self.by, self._now)

    def hand_over(self, other: Preparer) -> None:
        """Give what is in memory to `other`, who prepares on from where this one ended."""
        self.records.take_over(other.records)
        self.identities.take_over(other.identities)
        other.records, other.identities = self.records, self.identities

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
        all_rules, refused = self.known.type_rules, self.outcome.refused
        check, source = self.known.checker.check, self.source
        checked: list[tuple[Sent, Entry, TypeRules]] = []
        for one in sent:
            entry = check(one, source)
            if isinstance(entry, Entry):
                checked.append((one, entry, all_rules[entry.type]))
            else:
                refused.append((one, entry))
        self._fetch(checked)
        take = self._take
        for one, entry, rules in checked:
            if problems := take(entry, rules):
                refused.append((one, problems))
        _ = self.known.definitions, self.known.rules  # what came into force must go together
        return self.outcome

    def keep(self) -> frozenset[str]:
        """The types whose records are worth keeping in memory: those that take steps."""
        return frozenset(key for key, rules in self.known.type_rules.items() if rules.keeps)

    # -- looking up many at a time ------------------------------------------------------------------------

    def _fetch(self, checked: list[tuple[Sent, Entry, TypeRules]]) -> None:
        records: list[Any] = []
        keyed: list[str] = []
        identities: list[Mapping[str, str]] = []
        digests: list[str] = []
        careful = self.careful
        for _, entry, rules in checked:
            if careful or entry.kind is not EntryKind.OPEN:
                records.append(entry.record)
                if rules.personal:
                    keyed.append(entry.record)
            payload = entry.payload
            for name, _ in rules.references:
                if name in payload:
                    records.append(payload[name])
            for name in rules.files:
                digests += payload.get(name) or ()
            for name in rules.persons:
                value = payload.get(name)
                if type(value) is dict and "id_number" in value:
                    identities.append(value)
        self.records.fetch(record for record in records if type(record) is str)
        if identities:
            self.identities.fetch(identities)
        self._may.missing_files = files.missing(digests) if digests else set()
        if keyed:
            self.identities.fetch_keys(keyed)
        if careful:
            found = stored_entries("id", (entry.id for _, entry, _ in checked))
            self._stored = {key: rows[0] for key, rows in found.items()}
            self._fetch_owners(self._keys_sent(checked))

    def _keys_sent(self, checked: list[tuple[Sent, Entry, TypeRules]]) -> Iterator[bytes]:
        """The unique values that opening entries ask for; of somebody who is not known none can stand yet."""
        for _, entry, rules in checked:
            if rules.unique and entry.kind is EntryKind.OPEN:
                asked: dict[str, Any] = {"void": False, "area": entry.area, "body": entry.body}
                for name in rules.unique:
                    value = entry.payload.get(name)
                    if type(value) is dict:
                        value = value.get("number") or self.identities.known_number(value)  # type: ignore[arg-type]
                    asked[name] = value
                if (key := rules.unique_key(asked)) is not None:
                    yield key

    def _fetch_owners(self, keys: Iterable[bytes]) -> None:
        wanted = [key for key in dict.fromkeys(keys) if key not in self._owners]
        self._owners.update(dict.fromkeys(wanted))
        rows = select_in("key, record FROM ledger_uniquekey", "key", wanted)
        self._owners.update((bytes(key), record) for key, record in rows)

    # -- one entry -----------------------------------------------------------------------------------------

    def _take(self, sent: Entry, rules: TypeRules) -> list[Problem]:
        say = Saying(self.source, sent.id)
        if sent.id in self._seen or sent.id in self._stored:
            return self._again(sent, rules, say)
        latest = self.records.get(sent.record)
        if latest is not None and latest.type != sent.type:
            found = f"台账 {sent.record} 是 {latest.type} / is of another type"
            return say("record-of-other-type", found, "type")
        if latest is None and sent.kind is not EntryKind.OPEN:
            return say("no-such-record", f"没有台账 {sent.record} / no such record", "record")
        entry = sent
        if not (sent.officer and sent.recorded and sent.area and sent.body):
            entry = self._complete(sent, latest, rules)
        if not self.founding:
            self._may.check_rights(entry, sent, rules, latest, say)
            if entry.payload:
                self._may.check_references(entry, rules, say)
            if rules.system:
                check_names(entry, self.known, say)
        if entry.happened > entry.recorded or sent.recorded:
            self._may.check_times(entry, sent, say)
        if say.problems:
            return say.problems
        mark = self.identities.mark() if rules.persons or rules.personal else None
        if mark is not None:
            take_identities(entry, rules, self.identities, make=True)
        document = self._play(entry, rules, latest, say)
        if document is not None and self._may.is_late(entry, rules, latest, document, say):
            entry = entry._replace(late=True)
            document["late"] = True
        if document is not None and entry.type == AREA:
            check_tree(document, self.known, say)
        gained: tuple[bytes, ...] = ()
        lost: tuple[bytes, ...] = ()
        if document is not None and rules.unique:
            gained, lost = self._unique(entry, rules, latest, document, say)
        if document is None or say.problems:
            if mark is not None:
                self.identities.drop_since(mark)
            return say.problems
        prepared = self.outcome.prepared
        prepared.append(Prepared(entry, document, latest.position if latest else None, gained, lost))
        self._seen[sent.id] = sent
        self.records.put(entry.record, Latest(-len(prepared), entry.type, document))
        if rules.system:
            self.known.take(entry.type, entry.record, document)
        return say.problems

    def _complete(self, entry: Entry, latest: Latest | None, rules: TypeRules) -> Entry:
        """With officer and time of recording, and the record's area and body where none is sent."""
        document = latest.document if latest else {}
        own_area = self.known.rules.root if rules.system else document.get("area", "")
        return entry._replace(
            officer=entry.officer or self.by,
            recorded=entry.recorded or self._now,
            area=entry.area or own_area,
            body=entry.body or document.get("body", ""),
        )

    def _play(
        self, entry: Entry, rules: TypeRules, latest: Latest | None, say: Saying
    ) -> dict[str, Any] | None:
        context = self.known.context_for(rules.record_type)
        outcome = apply(rules.record_type, latest.document if latest else None, entry, context)
        problems: Sequence[Problem] = outcome.problems
        if outcome.replay_needed:
            self.before_reading()
            rows = stored_entries("record", [entry.record]).get(entry.record, [])
            entries = [as_entry(said) for _, said in rows]
            entries += [item.entry for item in self.outcome.prepared if item.entry.record == entry.record]
            try:
                return replay(rules.record_type, [*entries, entry], context)
            except EntryError as error:
                problems = error.problems
        for problem in problems:
            say(problem.code, problem.found, "", problem.expected, problem.remedy)
        return None if problems else outcome.document

    def _unique(
        self, entry: Entry, rules: TypeRules, latest: Latest | None, document: Mapping[str, Any], say: Saying
    ) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
        """The unique values that the record gains and loses."""
        key = rules.unique_key(document)
        before = rules.unique_key(latest.document) if latest else None
        if key == before:
            return (), ()
        if key is not None:
            if self.careful and key not in self._owners:
                self._fetch_owners([key])
            owner = self._owners.get(key)
            if owner is not None and owner != entry.record:
                found = f"已有台账 {owner} 是同样的 {'、'.join(rules.unique)} / another record has the same"
                say("not-unique", found, rules.unique[0])
                return (), ()
            self._owners[key] = entry.record
        if before is not None:
            self._owners[before] = None
        return ((key,) if key else ()), ((before,) if before else ())

    def _again(self, entry: Entry, rules: TypeRules, say: Saying) -> list[Problem]:
        """An id that is known: harmless with the same content, refused with other content."""
        if (seen := self._seen.get(entry.id)) is not None:
            take_identities(entry, rules, self.identities, make=False)
            if seen == entry:
                return []
            return say("id-taken", "同批中编号相同而内容不同 / the id stands twice, differently", "id")
        position, stored = self._stored[entry.id]
        if says_the_same(stored, entry, rules, self.identities, self.by):
            self.outcome.known[entry.id] = position
            return []
        return say("id-taken", f"编号已入账(位置 {position}),内容不同 / taken with other content", "id")
