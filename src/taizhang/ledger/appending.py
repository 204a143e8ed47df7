"""Writing checked entries at the end of the ledger, with the versions they make."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

import orjson
from django.db import DatabaseError, connection

from taizhang.ledger.failing import home_error
from taizhang.ledger.identities import NewIdentities
from taizhang.programmes import Entry


class Prepared(NamedTuple):
    """An entry with the version it makes.

    `supersedes` is the position of the version before; None opens the record; a negative -n means the
    n-th entry of this same batch (from 1). `keys_gained` and `keys_lost` are the unique values
    that change hands.
    """

    entry: Entry
    document: dict[str, Any]
    supersedes: int | None
    keys_gained: tuple[bytes, ...] = ()
    keys_lost: tuple[bytes, ...] = ()


class Rows(NamedTuple):
    """A batch as the tables take it: the values of all rows of a table one after another.

    The first entry's position is `before` + 1.
    """

    before: int
    count: int
    entries: list[Any]
    versions: list[Any]
    keys_lost: list[bytes]
    keys_gained: list[Any]
    identities: NewIdentities


class Overtaken(Exception):
    """Another writer changed what this batch was checked against: it must be checked again."""


def rows_of(batch: Sequence[Prepared], before: int, identities: NewIdentities | None = None) -> Rows:
    """The rows of `batch` where the entry before it has position `before`."""
    entries: list[Any] = []
    versions: list[Any] = []
    owners: dict[bytes, str | None] = {}
    lost: dict[bytes, None] = {}
    sha256, dumps = hashlib.sha256, orjson.dumps
    for position, (entry, document, earlier, gained_here, lost_here) in enumerate(batch, before + 1):
        canonical = entry.canonical()
        kind, record = entry.type, entry.record
        entries += (position, entry.id, kind, record, canonical, sha256(canonical).digest())
        if earlier is not None and earlier < 0:
            earlier = before - earlier
        versions += (position, earlier, kind, record, dumps(document))
        for key in lost_here:
            owners[key] = lost[key] = None
        for key in gained_here:
            owners[key] = record
    # Each value to the record that has it after the whole batch.
    gained = [value for key, owner in owners.items() if owner is not None for value in (key, owner)]
    new = identities or NewIdentities([], [])
    return Rows(before, len(batch), entries, versions, list(lost), gained, new)


def append(
    batch: Sequence[Prepared], known: int | None = None, identities: NewIdentities | None = None
) -> range:
    """Write `batch` in order and return its positions. Call inside a transaction, with every check done.

    The counter is locked after persons and keys, and whoever holds it only writes and commits, so positions
    have no gaps and commit in order. `known` is the position as of which the batch was checked.
    Raises Overtaken when system records were written after `known`, and IntegrityError when another writer
    was faster with an id, a person, a record's next version or a unique value.
    """
    with connection.cursor() as cursor:
        _write_identities(cursor, identities)
        before = _count_on(cursor, len(batch))
        known = before if known is None else known
        if connection.vendor == "postgresql" and 0 < len(batch) < _COPY_FROM:
            _write_at_once(cursor, rows_of(batch, before), known)
            return range(before + 1, before + len(batch) + 1)
        if before != known:
            cursor.execute(_SYSTEM_CHANGED, [known, before])
            if cursor.fetchone():
                raise Overtaken
        _write(cursor, rows_of(batch, before))
    return range(before + 1, before + len(batch) + 1)


def append_rows(rows: Rows) -> None:
    """Write rows that were made for one place in the ledger. Call inside a transaction.

    Raises Overtaken when the ledger does not end at `rows.before`, and IntegrityError as `append` does.
    """
    with connection.cursor() as cursor:
        _write_identities(cursor, rows.identities)
        if _count_on(cursor, rows.count) != rows.before:
            raise Overtaken
        _write(cursor, rows)


def _count_on(cursor: Any, count: int) -> int:
    """Lock the counter and move it on; the position before."""
    cursor.execute(
        "UPDATE ledger_counter SET position = position + %s WHERE id = 1 RETURNING position", [count]
    )
    return int(cursor.fetchone()[0]) - count


def _write(cursor: Any, rows: Rows) -> None:
    _insert(cursor, "ledger_entry", _ENTRY, rows.entries)
    _insert(cursor, "ledger_version", _VERSION, rows.versions)
    _move_keys(cursor, rows)


def _write_at_once(cursor: Any, rows: Rows, known: int) -> None:
    """Write few rows in one question to PostgreSQL: others wait for the counter until it is answered."""
    entry = _insert_statement("ledger_entry", tuple(_ENTRY), rows.count, "%s")
    version = _insert_statement("ledger_version", tuple(_VERSION), rows.count, "%s")
    cursor.execute(
        f"WITH entries AS ({entry}), versions AS ({version}) {_SYSTEM_CHANGED}",
        [*rows.entries, *rows.versions, known, rows.before],
    )
    if cursor.fetchone():
        raise Overtaken
    _move_keys(cursor, rows)


_SYSTEM_CHANGED = (
    "SELECT 1 FROM ledger_version WHERE substr(type, 1, 7) = 'system.' "
    "AND position > %s AND position <= %s LIMIT 1"
)


def _move_keys(cursor: Any, rows: Rows) -> None:
    if rows.keys_lost:
        cursor.executemany("DELETE FROM ledger_uniquekey WHERE key = %s", [(key,) for key in rows.keys_lost])
    _insert(cursor, "ledger_uniquekey", _UNIQUE_KEY, rows.keys_gained)


def _write_identities(cursor: Any, new: NewIdentities | None) -> None:
    if new is not None:
        _insert(cursor, "ledger_person", _PERSON, [value for row in new.persons for value in row])
        _insert(cursor, "ledger_key", _KEY, [value for row in new.keys for value in row])


_Columns = dict[str, str]
_ENTRY: _Columns = {
    "position": "int8",
    "id": "text",
    "type": "text",
    "record": "text",
    "canonical": "bytea",
    "digest": "bytea",
}
_VERSION: _Columns = {
    "position": "int8",
    "supersedes": "int8",
    "type": "text",
    "record": "text",
    "document": "bytea",
}
_UNIQUE_KEY: _Columns = {"key": "bytea", "record": "text"}
_PERSON: _Columns = {"number": "int8", '"index"': "bytea", "identity": "bytea", "wrapped": "bytea"}
_KEY: _Columns = {"owner": "text", "wrapped": "bytea"}
"""Columns of the tables, with PostgreSQL's names for what is sent."""

_COPY_FROM = 64
"""Rows from which COPY pays on PostgreSQL."""
_AT_ONCE = 2_000
"""Rows in one statement on SQLite.

The interpreter is free for as long as a statement runs, and to have it back may take five milliseconds: so
the statements are long. SQLite takes 32,766 values in one.
"""


def _insert(cursor: Any, table: str, columns: _Columns, values: list[Any]) -> None:
    width = len(columns)
    count = len(values) // width
    if not count:
        return
    if connection.vendor == "postgresql" and count >= _COPY_FROM:
        each = iter(values)
        with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(list(columns.values()))
            for row in zip(*[each] * width, strict=True):
                copy.write_row(row)
        return
    mark = "?" if connection.vendor == "sqlite" else "%s"
    # Past Django's cursor on SQLite, which would translate a hundred kilobytes of marks each time.
    execute = connection.connection.execute if connection.vendor == "sqlite" else cursor.execute
    rest = iter(values)
    with connection.wrap_database_errors:
        while some := list(islice(rest, _AT_ONCE * width)):
            execute(_insert_statement(table, tuple(columns), len(some) // width, mark), some)


@lru_cache(maxsize=64)
def _insert_statement(table: str, columns: tuple[str, ...], rows: int, mark: str) -> str:
    marks = f"({', '.join([mark] * len(columns))})"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([marks] * rows)}"  # noqa: S608


@contextmanager
def home_errors() -> Iterator[None]:
    """Turn a database that fails (see `home_error`) into HomeError; other errors pass."""
    try:
        yield
    except DatabaseError as error:
        known = home_error(error)
        if known is None:
            raise
        raise known from error
