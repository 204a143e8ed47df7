"""Playing every entry again: that each stored version is what its entries make of the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import orjson
from django.db import connection

from taizhang.errors import DefinitionError, EntryError
from taizhang.ledger.record_cache import MOST, as_entry, stored_entries
from taizhang.ledger.selecting import CHUNK
from taizhang.ledger.system_records import SystemRecords
from taizhang.programmes import Context, Entry, RecordType, apply, replay

Row = tuple[int, bytes, int | None, bytes | None]
Document = Mapping[str, Any]


def versions_that_differ() -> Iterator[tuple[int, str]]:
    """Position and reason of each version that playing its entries again does not give.

    Where a version is wrong, what follows is played on what it should have been, so that only what was
    changed is named.
    """
    known = SystemRecords()
    latest: dict[str, tuple[int, Document | None]] = {}
    rows = _rows()
    while some := list(islice(rows, CHUNK // 2)):
        said = [(row, _read(row[1])) for row in some]
        _fetch_earlier(latest, [(row[2], entry.get("record", "")) for row, entry in said if entry])
        for (position, _, supersedes, stored), content in said:
            if content is None or not {"record", "type"} <= content.keys():
                yield position, "条目读不出 / the entry cannot be read"
                continue
            if stored is None:
                yield position, "没有版本 / there is no version"
                continue
            document = _read(stored)
            reason, made = _differs(position, content, supersedes, document, latest, known)
            if reason:
                yield position, reason
                document = made or document
            latest[content["record"]] = position, document
            if document is not None and content["type"].startswith("system."):
                known.take(content["type"], content["record"], document)
        if len(latest) > MOST:
            for record in list(latest)[: len(latest) - MOST * 3 // 4]:
                del latest[record]


def _read(stored: Any) -> dict[str, Any] | None:
    """The object that is stored; None where it is damaged."""
    try:
        found = orjson.loads(bytes(stored))
    except orjson.JSONDecodeError:
        return None
    return found if isinstance(found, dict) else None


def _differs(
    position: int,
    content: dict[str, Any],
    supersedes: int | None,
    document: Document | None,
    latest: Mapping[str, tuple[int, Document | None]],
    known: SystemRecords,
) -> tuple[str, Document | None]:
    """What is wrong with the stored version ("": nothing), and what playing gives, where it can be played."""
    try:
        before_position, before = latest.get(content["record"], (None, None))
        entry = as_entry(content)
        record_type = known.record_type(entry.type)
        made = _play(record_type, before, entry, known.context_for(record_type), position)
        made = orjson.loads(orjson.dumps(made))
    except (KeyError, TypeError, ValueError, DefinitionError, EntryError) as error:
        return f"不能重放 / cannot be played again: {error}", None
    if before_position != supersedes:
        return f"前一版本应为 {before_position} / supersedes {supersedes}, not {before_position}", made
    if made != document:
        return "与重放结果不同 / playing its entries again gives another version", made
    return "", made


def _play(
    record_type: RecordType, before: Document | None, entry: Entry, context: Context, position: int
) -> Document:
    outcome = apply(record_type, before, entry, context)
    if outcome.problems:
        raise EntryError(outcome.problems)
    if not outcome.replay_needed and outcome.document is not None:
        return outcome.document
    rows = stored_entries("record", [entry.record]).get(entry.record, [])
    return replay(record_type, [as_entry(said) for at, said in rows if at <= position], context)


def _fetch_earlier(
    latest: dict[str, tuple[int, Document | None]], superseded: list[tuple[int | None, str]]
) -> None:
    """Bring in versions that went out of memory."""
    first: dict[str, int | None] = {}
    for position, record in superseded:
        first.setdefault(record, position)
    wanted = [position for record, position in first.items() if position and record not in latest]
    if not wanted:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT position, record, document FROM ledger_version "  # noqa: S608 - marks only
            f"WHERE position IN ({', '.join(['%s'] * len(wanted))})",
            wanted,
        )
        for position, record, document in cursor.fetchall():
            latest[record] = position, _read(document)


def _rows() -> Iterator[Row]:
    after = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT e.position, e.canonical, v.supersedes, v.document FROM ledger_entry e "
                "LEFT JOIN ledger_version v ON v.position = e.position "
                "WHERE e.position > %s ORDER BY e.position LIMIT %s",
                [after, CHUNK],
            )
            rows = cursor.fetchall()
        if not rows:
            return
        yield from rows
        after = rows[-1][0]
