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

from taizhang.errors import HomeError, Problem
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
        if known is not None and before != known:
            cursor.execute(
                "SELECT 1 FROM ledger_version WHERE substr(type, 1, 7) = 'system.' AND position > %s LIMIT 1",
                [known],
            )
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
    """Turn a full disk, a locked or a damaged database into HomeError; other errors pass."""
    try:
        yield
    except DatabaseError as error:
        words = str(error).lower()
        for sign, code, found in (
            (
                "disk is full",
                "disk-full",
                "磁盘已满,这一批没有入账 / the disk is full; nothing of this batch was taken",
            ),
            (
                "no space left",
                "disk-full",
                "磁盘已满,这一批没有入账 / the disk is full; nothing of this batch was taken",
            ),
            ("disk i/o error", "disk-error", "磁盘读写出错 / the disk does not read or write"),
            ("database is locked", "home-locked", "台账正被占用 / the ledger is locked by another process"),
            ("malformed", "home-damaged", "台账文件已损坏 / the ledger's file is damaged"),
            ("not a database", "home-damaged", "台账文件已损坏 / the ledger's file is damaged"),
            ("no such table", "home-empty", "这里还没有台账 / there is no ledger here yet"),
            ('relation "ledger_', "home-empty", "这里还没有台账 / there is no ledger here yet"),
            ("connection failed", "database-unreachable", "连不上数据库 / cannot reach the database"),
            ("the connection is lost", "database-unreachable", "与数据库的连接断了 / connection lost"),
            ("server closed the connection", "database-unreachable", "与数据库的连接断了 / connection lost"),
        ):
            if sign in words:
                raise HomeError(Problem(code, found, remedy=_REMEDIES.get(code, ""))) from error
        raise


_REMEDIES = {
    "disk-full": "腾出空间后重新提交;已入账的条目重复提交无害 / free space and send again",
    "disk-error": "检查磁盘,从备份恢复 / look at the disk, restore from a backup",
    "database-unreachable": "看 TAIZHANG_DATABASE_URL 和服务器 / look at the URL and the server",
    "home-locked": "稍后再试 / try again later",
    "home-damaged": "从备份恢复,再运行 `taizhang verify` / restore from a backup, then verify",
    "home-empty": "用 --home 指出数据目录,或 `taizhang init DIR` 新建 / name the home, or found a district",
}
