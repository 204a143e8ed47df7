"""Writing checked entries at the end of the ledger, with the versions they make."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db import DatabaseError, connection

from taizhang.errors import HomeError, Problem
from taizhang.programmes import Entry


@dataclass(frozen=True, slots=True)
class Prepared:
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
    canonical: bytes = field(default=b"")


class Overtaken(Exception):
    """Another writer changed the system's records after this batch was checked: it must be checked again."""


def append(batch: Sequence[Prepared], known: int | None = None) -> range:
    """Write `batch` in order and return its positions. Call inside a transaction, with every check done.

    The counter is locked here, after everything else: whoever holds it only writes and commits, so positions
    have no gaps and commit in order. `known` is the position as of which the batch was checked.
    Raises Overtaken when system records were written after `known`, and IntegrityError when another writer
    was faster with an id, a record's next version or a unique value.
    """
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_counter SET position = position + %s WHERE id = 1", [len(batch)])
        cursor.execute("SELECT position FROM ledger_counter WHERE id = 1")
        last = cursor.fetchone()[0]
        before = last - len(batch)
        if known is not None and before != known:
            cursor.execute(
                "SELECT 1 FROM ledger_version WHERE substr(type, 1, 7) = 'system.' AND position > %s LIMIT 1",
                [known],
            )
            if cursor.fetchone():
                raise Overtaken
        entries, versions = [], []
        for position, item in enumerate(batch, before + 1):
            entry = item.entry
            canonical = item.canonical or entry.canonical()
            digest = hashlib.sha256(canonical).digest()
            entries.append((position, entry.id, entry.type, entry.record, canonical, digest))
            earlier = item.supersedes
            if earlier is not None and earlier < 0:
                earlier = before - earlier
            versions.append((position, earlier, entry.type, entry.record, orjson.dumps(item.document)))
        _insert(cursor, "ledger_entry", ("position", "id", "type", "record", "canonical", "digest"), entries)
        _insert(cursor, "ledger_version", ("position", "supersedes", "type", "record", "document"), versions)
        _move_keys(cursor, batch)
    return range(before + 1, last + 1)


def _move_keys(cursor: Any, batch: Sequence[Prepared]) -> None:
    """Unique values to the records that have them after the whole batch."""
    owners: dict[bytes, str | None] = {}
    freed: dict[bytes, None] = {}
    for item in batch:
        for key in item.keys_lost:
            owners[key] = None
            freed[key] = None
        for key in item.keys_gained:
            owners[key] = item.entry.record
    if freed:
        cursor.executemany("DELETE FROM ledger_uniquekey WHERE key = %s", [(key,) for key in freed])
    taken = [(key, record) for key, record in owners.items() if record is not None]
    _insert(cursor, "ledger_uniquekey", ("key", "record"), taken)


_COPY_FROM = 64
"""Rows from which COPY pays on PostgreSQL."""


def _insert(cursor: Any, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    names = ", ".join(columns)
    if connection.vendor == "postgresql" and len(rows) >= _COPY_FROM:
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join(["%s"] * len(columns))
    cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608 - our own names


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
        ):
            if sign in words:
                remedy = (
                    "腾出空间后重新提交;已入账的条目重复提交无害 / free space and send again"
                    if code == "disk-full"
                    else ""
                )
                raise HomeError(Problem(code, found, remedy=remedy)) from error
        raise
