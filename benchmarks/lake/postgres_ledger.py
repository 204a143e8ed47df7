"""A ledger that is nothing but a PostgreSQL table of versions, in a database of its own."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import orjson
import psycopg
import pyarrow as pa
from psycopg.conninfo import make_conninfo

from taizhang.lake.scanning import Scanner
from taizhang.lake.source import BATCH
from taizhang.lake.work import Span
from taizhang.programmes import Definitions

_TABLE = (
    "CREATE TABLE version (position bigint PRIMARY KEY, supersedes bigint, type varchar(129) NOT NULL, "
    "record varchar(64) NOT NULL, document bytea NOT NULL)"
)


class PostgresLedger:
    """Satisfies `taizhang.lake.source.Source`; `drop` removes its database."""

    def __init__(self, server: str, in_force: Definitions) -> None:
        self.in_force = in_force
        self._server = psycopg.connect(server, autocommit=True)
        self._name = f"taizhang_bench_{uuid.uuid4().hex[:12]}"
        self._server.execute(f"CREATE DATABASE {self._name}")
        self.database = make_conninfo(server, dbname=self._name)
        self._db = psycopg.connect(self.database, autocommit=True)
        self._db.execute(_TABLE)

    def drop(self) -> None:
        self._db.close()
        self._server.execute(f"DROP DATABASE {self._name} WITH (FORCE)")
        self._server.close()

    def post(self, rows: Iterable[tuple[str, str, int | None, dict[str, Any]]]) -> int:
        """Append (type, record, supersedes, document) and return the last position."""
        last = self.position()
        with self._db.cursor().copy("COPY version FROM STDIN") as copy:
            for number, (kind, record, supersedes, document) in enumerate(rows, 1):
                copy.write_row((last + number, supersedes, kind, record, orjson.dumps(document)))
        return self.position()

    def repeat(self, count: int) -> None:
        """Append the first `count` versions once more, as other records."""
        self._db.execute(
            "INSERT INTO version SELECT position + m.last, NULL, type, record || '+' || m.last, document "
            "FROM version, (SELECT max(position) AS last FROM version) AS m WHERE position <= %s",
            [count],
        )

    def position(self) -> int:
        row = self._db.execute("SELECT coalesce(max(position), 0) FROM version").fetchone()
        return row[0] if row else 0

    def definitions(self) -> Definitions:
        return self.in_force

    def batches(self, span: Span, size: int) -> Iterator[pa.Table]:
        rows = self._db.execute(
            "SELECT position, supersedes, type, convert_from(document, 'UTF8') FROM version "
            "WHERE position > %s AND position <= %s ORDER BY position",
            [span.after, span.upto],
        ).fetchall()
        rows = [row for row in rows if not span.types or row[2] in span.types]
        for start in range(0, len(rows), size):
            columns = zip(*rows[start : start + size], strict=True)
            arrays = [pa.array(column, kind) for column, kind in zip(columns, BATCH.types, strict=True)]
            yield pa.Table.from_arrays(arrays, schema=BATCH)

    def scanner(self) -> Scanner:
        return Scanner("postgres", self.database, "version")

    def finished(self) -> None:
        """One connection serves all threads."""

    @contextmanager
    def alone(self) -> Iterator[None]:
        yield
