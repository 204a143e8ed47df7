"""A real small ledger made big quickly: its own versions and entries again and again, as other records.

What is made here was never posted: entries repeat another's statement and have a random digest, so that such
a ledger does not verify. It serves to measure with tables and indices of full size, and nothing else.

The copies of each million lie four years before those of the next, so that the ledger has a past as a real
one has, and 29 February stays a day.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_BLOCK = """
CREATE TEMP TABLE block AS SELECT row_number() OVER (ORDER BY position) AS n, position, supersedes, type,
    record,
    CAST(document AS TEXT) AS document, json_extract(CAST(document AS TEXT), '$.person') AS person,
    (SELECT canonical FROM ledger_entry AS e WHERE e.position = v.position) AS canonical
FROM ledger_version AS v WHERE type = :type AND position <= :real
"""

_SIZES = "SELECT count(*), (SELECT position FROM ledger_counter WHERE id = 1) FROM block"

_GROW = (
    "INSERT INTO ledger_version (position, supersedes, type, record, document) "
    "SELECT :last + b.n, :last + earlier.n, b.type, b.record || '-' || :turn, "
    """CAST(replace(replace({document}, '"record":"' || b.record, '"record":"' || b.record || '-' || """
    ":turn), "
    # Each block has persons of its own, each with as many doses as in the first.
    """coalesce('"person":' || b.person, ' '), """
    """coalesce('"person":' || ((b.person + :turn * 7919000017) % 9007199254740993), ' ')) AS BLOB) """
    "FROM block AS b LEFT JOIN block AS earlier ON earlier.position = b.supersedes WHERE b.n <= :count",
    "INSERT INTO ledger_entry (position, id, type, record, canonical, digest) "
    "SELECT :last + n, printf('0000%022d', :last + n), type, record || '-' || :turn, canonical, "
    "randomblob(32) FROM block WHERE n <= :count",
    "INSERT INTO ledger_uniquekey (key, record) "
    "SELECT CAST(printf('%016d', :last + n) AS BLOB), record || '-' || :turn FROM block WHERE n <= :count",
    'INSERT INTO ledger_person (number, "index", identity, wrapped) '
    "SELECT -(:last + n), CAST(printf('%032d', :last + n) AS BLOB), randomblob(110), randomblob(60) "
    "FROM block WHERE n <= :count AND n % 3 = 0",
    "UPDATE ledger_counter SET position = :last + :count WHERE id = 1",
)


_YEARS = range(2019, 2024)
"""The years that dates of the demonstration lie in."""
_A_MILLION, _LEAP = 1_000_000, 4


def _earlier(years: int) -> str:
    """SQL for the document with its dates so many years earlier; the first first, lest one move twice."""
    text = "b.document"
    for year in _YEARS if years else ():
        text = f"""replace({text}, '"{year}-', '"{year - years}-')"""
    return text


def grow(database: Path, type: str, real: int, records: int) -> None:
    """Repeat the versions of `type` up to position `real` until the ledger's position is `records`.

    Nobody else may have the database open. It is written without a journal: interrupted, it is lost.
    """
    connection = sqlite3.connect(database, isolation_level=None)
    for setting in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-262144", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {setting}")
    connection.execute(_BLOCK, {"type": type, "real": real})
    connection.execute("CREATE INDEX temp.of_block ON block (position)")
    size, last = connection.execute(_SIZES).fetchone()
    with _unguarded(connection):
        while last < records:
            count = min(size, records - last)
            values = {"last": last, "turn": last, "count": count}
            connection.execute("BEGIN")
            document = _earlier((records - last) // _A_MILLION * _LEAP)
            for statement in _GROW:
                connection.execute(statement.replace("{document}", document), values)
            connection.execute("COMMIT")
            last += count
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


@contextmanager
def _unguarded(connection: sqlite3.Connection) -> Iterator[None]:
    """Without the triggers, whose look at each row takes longer than the row."""
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    try:
        yield
    finally:
        for _, statement in triggers:
            connection.execute(statement)
