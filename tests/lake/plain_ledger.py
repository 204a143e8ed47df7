"""A ledger that is nothing but a SQLite table of versions, for what needs no Django."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa

from taizhang.lake.scanning import Scanner
from taizhang.lake.source import BATCH
from taizhang.lake.work import Span
from taizhang.programmes.definition import Definitions, Mechanism, Name, Programme, RecordType


def definitions(*types: RecordType) -> Definitions:
    """Definitions of these record types alone."""
    programmes: dict[str, Programme] = {}
    for record_type in types:
        known = programmes.get(record_type.programme)
        records = dict(known.records if known else {}) | {record_type.id: record_type}
        programmes[record_type.programme] = Programme(
            record_type.programme, Name(record_type.programme), "", records, {}, ()
        )
    return Definitions(programmes, {}, hashlib.sha256(repr(types).encode()).hexdigest())


def record_type(key: str, mechanism: Mechanism = Mechanism.CASE, **rest: Any) -> RecordType:
    programme, _, name = key.partition(".")
    rest = {"fields": {}, "states": ("open",), "ends": frozenset(), "steps": {}} | rest
    return RecordType(programme, name, Name(name), mechanism, **rest)


class PlainLedger:
    """Satisfies `taizhang.lake.source.Source`."""

    def __init__(self, path: Path, in_force: Definitions) -> None:
        self.path = path
        self.in_force = in_force
        self._local = threading.local()
        self._db().execute("PRAGMA journal_mode=WAL")
        self._db().execute(
            "CREATE TABLE IF NOT EXISTS version (position BIGINT NOT NULL PRIMARY KEY, supersedes INTEGER, "
            "type TEXT NOT NULL, record TEXT NOT NULL, document BLOB NOT NULL)"
        )

    def _db(self) -> sqlite3.Connection:
        if not hasattr(self._local, "db"):
            self._local.db = sqlite3.connect(self.path, timeout=20, isolation_level=None)
        return self._local.db

    def post(self, rows: Iterable[tuple[str, str, int | None, dict[str, Any]]]) -> int:
        """Append (type, record, supersedes, document) and return the last position."""
        db = self._db()
        db.execute("BEGIN IMMEDIATE")
        last = self.position()
        numbered = (
            (last + number, supersedes, kind, record, orjson.dumps(document))
            for number, (kind, record, supersedes, document) in enumerate(rows, 1)
        )
        db.executemany("INSERT INTO version VALUES (?, ?, ?, ?, ?)", numbered)
        db.execute("COMMIT")
        return self.position()

    def forget(self, *positions: int) -> None:
        """Lose versions, as no ledger should."""
        self._db().executemany("DELETE FROM version WHERE position = ?", [(p,) for p in positions])

    def repeat(self, count: int) -> None:
        """Append the first `count` versions once more, as other records: quick growth for measuring."""
        self._db().execute(
            "INSERT INTO version SELECT position + (SELECT max(position) FROM version), NULL, type, "
            "record || '+' || (SELECT max(position) FROM version), document FROM version WHERE position <= ?",
            (count,),
        )

    def position(self) -> int:
        return self._db().execute("SELECT coalesce(max(position), 0) FROM version").fetchone()[0]

    def definitions(self) -> Definitions:
        return self.in_force

    def batches(self, span: Span, size: int) -> Iterator[pa.Table]:
        rows = [
            (*row[:3], row[3].decode())
            for row in self._db().execute(
                "SELECT position, supersedes, type, document FROM version "
                "WHERE position > ? AND position <= ? ORDER BY position",
                (span.after, span.upto),
            )
            if not span.types or row[2] in span.types
        ]
        for start in range(0, len(rows), size):
            columns = zip(*rows[start : start + size], strict=True)
            yield pa.Table.from_arrays(
                [pa.array(column, kind) for column, kind in zip(columns, BATCH.types, strict=True)],
                schema=BATCH,
            )

    def scanner(self) -> Scanner:
        return Scanner("sqlite", str(self.path), "version")

    def finished(self) -> None:
        self._db().close()
        del self._local.db

    @contextmanager
    def alone(self) -> Iterator[None]:
        yield
