"""Verifying names the position of everything that was altered, also by one who knows how digests are made."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from statements import append, opened


def attack(*statements: tuple[str, list[object]]) -> None:
    """Run SQL as one who holds the database: without its triggers, which are put back after."""
    from django.db import connection

    from taizhang.ledger import guards

    with connection.cursor() as cursor:
        for name in guards._sqlite() if connection.vendor == "sqlite" else guards._postgresql():
            on = "" if connection.vendor == "sqlite" else f" ON {name.rpartition('_no_')[0]}"
            cursor.execute(f"DROP TRIGGER {name}{on}")
        for statement, values in statements:
            cursor.execute(statement, values)
    guards.put_up(connection)


def codes(checkpoint: str | None = None) -> set[tuple[str, int | None]]:
    from taizhang.ledger.verifying import verify

    return {(breach.code, breach.position) for breach in verify(checkpoint).breaches}


def test_a_whole_ledger(ledger: str) -> None:
    from taizhang.ledger import sealing
    from taizhang.ledger.verifying import verify

    append(*range(1, 8))
    kept = sealing.seal().file.read_text()
    append(8, 9)
    outcome = verify(kept)
    assert (outcome.whole, outcome.entries, outcome.sealed, outcome.unsealed) == (True, 9, 7, 2)
    sealing.seal()
    assert verify(kept).whole
    assert all(sealing.proof(position).holds() for position in range(1, 10))


def test_rewritten_with_its_digest(ledger: str) -> None:
    from taizhang.ledger import sealing

    append(*range(1, 6))
    kept = sealing.seal().file.read_text()
    forged = opened(3, payload={"amount": "9.00"}).canonical()
    digest = hashlib.sha256(forged).digest()
    attack(("UPDATE ledger_entry SET canonical = %s, digest = %s WHERE position = 3", [forged, digest]))
    assert codes() == {("entry-changed", 3)}
    assert codes(kept) == {("entry-changed", 3), ("checkpoint-differs", 5)}


def test_dropped_swapped_inserted(ledger: str) -> None:
    from taizhang.ledger import sealing

    append(*range(1, 7))
    sealing.seal()
    swap = "UPDATE ledger_entry SET position = %s WHERE position = %s"
    attack((swap, [100, 2]), (swap, [2, 4]), (swap, [4, 100]))
    assert {("entry-changed", 2), ("entry-changed", 4)} <= codes()
    attack((swap, [100, 2]), (swap, [2, 4]), (swap, [4, 100]))
    assert codes() == set()
    attack(("DELETE FROM ledger_entry WHERE position = 5", []))
    assert ("entry-missing", 5) in codes()
    insert = (
        "INSERT INTO ledger_entry (position, id, type, record, canonical, digest) VALUES (%s,%s,%s,%s,%s,%s)"
    )
    entry = opened(77)
    attack((insert, [7, entry.id, entry.type, entry.record, entry.canonical(), entry.digest()]))
    assert ("entry-inserted", 7) in codes()


def test_a_rewritten_history_fails_the_checkpoint_kept_elsewhere(ledger: str) -> None:
    from taizhang.ledger import sealing

    append(1, 2, 3)
    kept = sealing.seal().file.read_text()
    forged = opened(2, payload={}).canonical()
    attack(
        (
            "UPDATE ledger_entry SET canonical = %s, digest = %s WHERE position = 2",
            [forged, hashlib.sha256(forged).digest()],
        ),
        ("DELETE FROM ledger_seal", []),
        ("DELETE FROM ledger_sealedleaves", []),
    )
    sealing.seal()
    assert codes() == set()
    assert codes(kept) == {("checkpoint-differs", 3)}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(position=st.integers(1, 4), at=st.integers(0, 10_000), flip=st.integers(1, 255))
def test_any_single_byte(sqlite: Path, position: int, at: int, flip: int) -> None:
    from taizhang.ledger import sealing
    from taizhang.ledger.models import Entry

    if not Entry.objects.exists():
        append(1, 2, 3, 4)
        sealing.seal()
    good = bytes(Entry.objects.get(position=position).canonical)
    bad = bytearray(good)
    bad[at % len(bad)] ^= flip
    change = "UPDATE ledger_entry SET canonical = %s WHERE position = %s"
    attack((change, [bytes(bad), position]))
    found = codes()
    attack((change, [good, position]))
    assert ("entry-changed", position) in found
    assert {where for _, where in found} == {position}


@pytest.mark.parametrize("text", ["", "x", "taizhang/ledger\n1\nAAAA\n", "a\nb\nc\n\n— d e\n"])
def test_what_is_no_checkpoint(sqlite: Path, text: str) -> None:
    from taizhang.errors import DocumentError

    with pytest.raises(DocumentError):
        codes(text)
