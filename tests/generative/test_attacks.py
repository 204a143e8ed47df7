"""Who holds the database's file can change it; in the sealed range verifying finds each change, and where.

Hypothesis chooses the attack: a byte of what is stored, an entry dropped, put in, exchanged, or forged.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from random import Random

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.generative.ledgers import OFFICER, Founded, copied, set_up
from tests.generative.random_stories import opened, story, ulid
from tests.generative.telling import post, told

BYTES = (
    ("ledger_entry", "canonical"), ("ledger_entry", "digest"), ("ledger_entry", "id"),
    ("ledger_entry", "type"), ("ledger_entry", "record"),
)  # fmt: skip
DERIVED = (("ledger_version", "document"), ("ledger_version", "type"), ("ledger_version", "record"))
BLOBS = ("canonical", "digest", "document", "root", "leaves")


@pytest.fixture(scope="module")
def sealed(on_sqlite: Founded, folder: Path) -> Iterator[tuple[Path, int]]:
    """A home with a story, sealed, and an entry after the seal; the position up to which it is sealed."""
    from taizhang.ledger import actions

    with copied(on_sqlite, folder) as home:
        tale, random = story(7, 50, on_sqlite.start), Random(7)
        for batch in tale.batches:
            post(batch, random)
        size = actions.seal().size
        actions.post([opened(900_000, "body", code="later", name="后来")], by=actions.officer(OFFICER))
        assert size == tale.ledger.position
        yield home, size


@pytest.fixture
def attacked(sealed: tuple[Path, int], tmp_path: Path) -> Iterator[Path]:
    """A home beside the sealed one for files that are changed."""
    home, _ = sealed
    shutil.copytree(home, tmp_path / "attacked")
    yield tmp_path / "attacked"
    set_up(home, "")


class Attack:
    """The ledger's file, copied, its triggers dropped; what was changed is there when it is closed."""

    def __init__(self, sealed: Path, attacked: Path) -> None:
        from django.db import connection

        connection.close()
        self.home, file = attacked, attacked / "ledger.sqlite3"
        for extra in ("", "-wal", "-shm"):
            file.with_name(file.name + extra).unlink(missing_ok=True)
        with sqlite3.connect(sealed / "ledger.sqlite3") as source, sqlite3.connect(file) as copy:
            source.backup(copy)
        self.database = sqlite3.connect(file, isolation_level=None)
        self.triggers = self.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        for name, _ in self.triggers:
            self.run(f"DROP TRIGGER {name}")

    def run(self, statement: str, *values: object) -> None:
        self.database.execute(statement, values)

    def rows(self, statement: str, *values: object) -> list[tuple]:
        return self.database.execute(statement, values).fetchall()

    def flip(self, table: str, column: str, key: str, at: object, where: int, by: int) -> None:
        """Change one byte of what is stored."""
        [(value,)] = self.rows(f"SELECT {column} FROM {table} WHERE {key} = ?", at)
        content = bytearray(value if isinstance(value, bytes) else value.encode())
        content[where % len(content)] ^= by if column in BLOBS else 1  # a text stays a text
        changed = bytes(content) if column in BLOBS else content.decode()
        self.run(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", changed, at)

    def found(self, *, deep: bool = False) -> dict[int | None, set[str]]:
        """Position → codes of what verifying finds."""
        from taizhang.ledger import queries

        for _, statement in self.triggers:
            self.run(statement)
        self.database.close()
        set_up(self.home, "")
        breaches: dict[int | None, set[str]] = {}
        for breach in queries.verify(deep=deep).breaches:
            breaches.setdefault(breach.position, set()).add(breach.code)
        return breaches


@told(60)
@given(data=st.data())
def test_a_changed_byte(sealed: tuple[Path, int], attacked: Path, data: st.DataObject) -> None:
    attack = Attack(sealed[0], attacked)
    position = data.draw(st.integers(1, sealed[1]), "position")
    table, column = data.draw(st.sampled_from((*BYTES, *BYTES[:1] * 4)), "column")
    where, by = data.draw(st.integers(0, 10_000), "where"), data.draw(st.integers(1, 255), "by")
    attack.flip(table, column, "position", position, where, by)
    deep = data.draw(st.integers(0, 3)) == 0
    found = attack.found(deep=deep)
    assert position in found
    assert deep or len(found) == 1
    if column == "canonical":
        assert "entry-changed" in found[position]


@told(20)
@given(data=st.data())
def test_a_changed_byte_of_a_version(sealed: tuple[Path, int], attacked: Path, data: st.DataObject) -> None:
    attack = Attack(sealed[0], attacked)
    position = data.draw(st.integers(1, sealed[1]), "position")
    table, column = data.draw(st.sampled_from((*DERIVED, DERIVED[0])), "column")
    where, by = data.draw(st.integers(0, 10_000), "where"), data.draw(st.integers(1, 255), "by")
    attack.flip(table, column, "position", position, where, by)
    assert min(at for at in attack.found(deep=True) if at is not None) == position


@told(10)
@given(data=st.data())
def test_a_changed_byte_of_a_seal(sealed: tuple[Path, int], attacked: Path, data: st.DataObject) -> None:
    attack = Attack(sealed[0], attacked)
    table, column, key, at = data.draw(
        st.sampled_from(
            [
                ("ledger_seal", "root", "size", sealed[1]),
                ("ledger_seal", "checkpoint", "size", sealed[1]),
                ("ledger_sealedleaves", "leaves", "first", 1),
            ]
        )
    )
    attack.flip(table, column, key, at, data.draw(st.integers(0, 10_000)), data.draw(st.integers(1, 255)))
    assert sealed[1] in attack.found()


@told(15)
@given(data=st.data())
def test_a_dropped_entry(sealed: tuple[Path, int], attacked: Path, data: st.DataObject) -> None:
    attack = Attack(sealed[0], attacked)
    position, closes_up = data.draw(st.integers(1, sealed[1])), data.draw(st.booleans())
    attack.run("DELETE FROM ledger_entry WHERE position = ?", position)
    attack.run("DELETE FROM ledger_version WHERE position = ?", position)
    if closes_up:
        _shift(attack, position, -1)
    found = attack.found()
    assert min(at for at in found if at is not None) == position
    assert found[position] & {"entry-missing", "entry-changed"}


@told(15)
@given(data=st.data())
def test_an_entry_put_in(sealed: tuple[Path, int], attacked: Path, data: st.DataObject) -> None:
    attack = Attack(sealed[0], attacked)
    position = data.draw(st.integers(1, sealed[1]))
    _shift(attack, position, 1)
    said = opened(800_000, "body", code="forged", name="伪造") | {"recorded": "2022-03-01T08:00:00+08:00"}
    _insert(attack, position, said)
    found = attack.found()
    assert min(at for at in found if at is not None) == position
    assert "entry-changed" in found[position]


@told(15)
@given(data=st.data())
def test_two_entries_exchanged(sealed: tuple[Path, int], attacked: Path, data: st.DataObject) -> None:
    attack = Attack(sealed[0], attacked)
    one = data.draw(st.integers(1, sealed[1] - 1))
    other = data.draw(st.integers(one + 1, sealed[1]))
    for table in ("ledger_entry", *["ledger_version"] * data.draw(st.booleans())):
        for new, old in ((10**9, one), (one, other), (other, 10**9)):
            attack.run(f"UPDATE {table} SET position = ? WHERE position = ?", new, old)
    found = attack.found()
    assert "entry-changed" in found[one]
    assert "entry-changed" in found[other]


@told(15)
@given(data=st.data())
def test_a_forged_entry_with_a_good_digest(
    sealed: tuple[Path, int], attacked: Path, data: st.DataObject
) -> None:
    attack = Attack(sealed[0], attacked)
    position = data.draw(st.integers(1, sealed[1]))
    [(content,)] = attack.rows("SELECT canonical FROM ledger_entry WHERE position = ?", position)
    said = orjson.loads(content) | {"happened": "2022-02-02T02:02:02+08:00"}
    attack.run("DELETE FROM ledger_entry WHERE position = ?", position)
    _insert(attack, position, said, version=False)
    assert attack.found() == {position: {"entry-changed"}}


def _shift(attack: Attack, position: int, by: int) -> None:
    """Move every position behind, and the counter."""
    for table in ("ledger_entry", "ledger_version"):
        attack.run(f"UPDATE {table} SET position = -position WHERE position >= ?", position)
        attack.run(f"UPDATE {table} SET position = ? - position WHERE position < 0", by)
    attack.run("UPDATE ledger_counter SET position = position + ?", by)


def _insert(attack: Attack, position: int, said: dict, version: bool = True) -> None:
    content = orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
    row = position, said["id"], said["type"], said["record"], content, hashlib.sha256(content).digest()
    columns = "position, id, type, record, canonical, digest"
    attack.run(f"INSERT INTO ledger_entry ({columns}) VALUES (?, ?, ?, ?, ?, ?)", *row)
    if version:
        columns = "position, type, record, document"
        row = position, said["type"], said["record"], orjson.dumps({"record": ulid(1)})
        attack.run(f"INSERT INTO ledger_version ({columns}) VALUES (?, ?, ?, ?)", *row)
