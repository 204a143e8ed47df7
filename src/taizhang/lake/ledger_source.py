"""The ledger as the lake's source, through Django. Imported late: the transferring process has no Django."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import orjson
import pyarrow as pa
from django.db import connection
from psycopg.conninfo import make_conninfo

from taizhang.lake.scanning import Scanner
from taizhang.lake.source import BATCH
from taizhang.lake.work import Span
from taizhang.ledger import models, queries
from taizhang.programmes import Definitions

_ADVISORY_LOCK = 0x7461697A68616E67  # "taizhang", as one of PostgreSQL's 64-bit keys


class LedgerSource:
    """Reads the ledger that Django is set up for."""

    def position(self) -> int:
        if connection.in_atomic_block:
            # What is not committed may yet be rolled back, and the lake never forgets a row.
            raise RuntimeError("the lake cannot catch up inside a transaction of the ledger")
        return queries.position()

    def definitions(self) -> Definitions:
        return queries.definitions()

    def batches(self, span: Span, size: int) -> Iterator[pa.Table]:
        for after in range(span.after, span.upto, size):
            upto = min(after + size, span.upto)
            rows = [
                (version.position, version.supersedes, version.type, document)
                for version in queries.versions(after, upto, size)
                if not span.types or version.type in span.types
                for document in (orjson.dumps(version.document).decode(),)
            ]
            if rows:
                columns = zip(*rows, strict=True)
                arrays = [pa.array(column, kind) for column, kind in zip(columns, BATCH.types, strict=True)]
                yield pa.Table.from_arrays(arrays, schema=BATCH)

    def scanner(self) -> Scanner | None:
        table = models.Version._meta.db_table
        settings = connection.settings_dict
        if connection.vendor == "postgresql":
            return Scanner("postgres", _connection_string(settings), table)
        name = str(settings["NAME"])
        if connection.vendor != "sqlite" or ":memory:" in name or "mode=memory" in name:
            return None
        return Scanner("sqlite", name, table)

    def finished(self) -> None:
        connection.close()

    @contextmanager
    def alone(self) -> Iterator[None]:
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_ADVISORY_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_ADVISORY_LOCK])


def catalogue() -> str:
    """The connection string of the catalogue: "" for a file of its own, else the ledger's PostgreSQL."""
    return _connection_string(connection.settings_dict) if connection.vendor == "postgresql" else ""


def _connection_string(settings: dict[str, object]) -> str:
    parts = {"dbname": "NAME", "host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    return make_conninfo(**{key: str(settings[name]) for key, name in parts.items() if settings.get(name)})
