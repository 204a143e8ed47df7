"""The latest version of records, kept in memory while entries are posted."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import orjson

from taizhang.ledger.selecting import select_in
from taizhang.programmes import Entry, EntryKind

MOST = 150_000
"""Records that stay in memory; a city's open cases of some weeks. About 1 KB each."""
RECENT = 6
"""Batches whose records of every type stay in memory: more than may be on their way to the database."""


class Latest(NamedTuple):
    """A record's latest version: its position (-n: the n-th of the batch being prepared), type, document."""

    position: int
    type: str
    document: Mapping[str, Any]


class RecordCache:
    """Latest versions by record. What is not here is asked of the database by `fetch`, many at a time."""

    def __init__(self) -> None:
        self._kept: dict[str, Latest] = {}
        self._batch: dict[str, Latest] = {}
        self._recent: deque[dict[str, Latest]] = deque(maxlen=RECENT)

    def get(self, record: str) -> Latest | None:
        """The latest version that is known here; call `fetch` first."""
        found = self._batch.get(record) or self._kept.get(record)
        if found is None:
            for batch in reversed(self._recent):
                if (found := batch.get(record)) is not None:
                    break
        return found

    def put(self, record: str, latest: Latest) -> None:
        """A version made in this batch."""
        self._batch[record] = latest

    def fetch(self, records: Iterable[str]) -> None:
        """Bring in the latest versions of the records that are not here and exist."""
        wanted = [r for r in dict.fromkeys(records) if self.get(r) is None]
        rows = select_in("record, position, type, document FROM ledger_version", "record", wanted, "position")
        found = {row[0]: row for row in rows}
        for record, position, kind, document in found.values():
            self._kept[record] = Latest(position, kind, orjson.loads(bytes(document)))

    def take_over(self, newer: RecordCache) -> None:
        """Also keep what `newer` keeps; where both know a record, the newer version stands."""
        self._kept |= newer._kept
        self._recent += newer._recent

    def settle(self, before: int, keep: frozenset[str]) -> None:
        """The batch is written after position `before`: its versions of the types in `keep` stay here.

        Those of other types stay for some batches more, since they may still be on their way.
        """
        others: dict[str, Latest] = {}
        for record, (position, kind, document) in self._batch.items():
            latest = Latest(before - position, kind, document)
            if kind in keep:
                self._kept[record] = latest
            else:
                others[record] = latest
                self._kept.pop(record, None)
        self._recent.append(others)
        self._batch.clear()
        if len(self._kept) > MOST:
            for record in list(self._kept)[: len(self._kept) - MOST * 3 // 4]:
                del self._kept[record]


def stored_entries(column: str, values: Iterable[str]) -> dict[str, list[tuple[int, dict[str, Any]]]]:
    """Entries by `id` or by `record`: value → position and content of each, in the ledger's order."""
    assert column in ("id", "record")
    wanted = list(dict.fromkeys(values))
    found: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    which, source = "e.id", "ledger_entry e"
    if column == "record":
        which, source = "v.record", "ledger_version v JOIN ledger_entry e ON e.position = v.position"
    what = f"{which}, e.position, e.canonical FROM {source}"
    for value, position, canonical in select_in(what, which, wanted, "e.position"):
        found.setdefault(value, []).append((position, orjson.loads(bytes(canonical))))
    return found


def as_entry(said: Mapping[str, Any]) -> Entry:
    """The entry whose canonical JSON says this."""
    return Entry(**{**said, "kind": EntryKind(said["kind"])})
