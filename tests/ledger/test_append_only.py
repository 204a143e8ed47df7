"""Entries and seals are never changed: the database itself refuses."""

from __future__ import annotations

import pytest
from statements import append, opened


@pytest.mark.parametrize("table", ["ledger_entry", "ledger_seal", "ledger_sealedleaves"])
@pytest.mark.parametrize("kind", ["update", "delete", "truncate", "replace"])
def test_raw_sql_is_refused(ledger: str, table: str, kind: str) -> None:
    from django.db import DatabaseError, connection, transaction

    from taizhang.ledger import sealing

    append(1, 2)
    sealing.seal()
    column = {"ledger_entry": "digest", "ledger_seal": "root", "ledger_sealedleaves": "leaves"}[table]
    key = {"ledger_entry": "position", "ledger_seal": "size", "ledger_sealedleaves": "first"}[table]
    statement = {
        "update": f"UPDATE {table} SET {column} = {column}",
        "delete": f"DELETE FROM {table} WHERE {key} > 0",
        # SQLite has no TRUNCATE: a DELETE without WHERE is what it truncates by.
        "truncate": f"DELETE FROM {table}" if ledger == "sqlite" else f"TRUNCATE {table} CASCADE",
        "replace": f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        if ledger == "sqlite"
        else f"INSERT INTO {table} SELECT * FROM {table} "
        f"ON CONFLICT ({key}) DO UPDATE SET {column} = '\\x00'",
    }[kind]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)


def test_orm_is_refused(ledger: str) -> None:
    from django.db import DatabaseError, transaction

    from taizhang.ledger.models import Entry

    append(1)
    row = Entry.objects.get()
    for attempt in (
        row.delete,
        row.save,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(type="x.y"),
        lambda: Entry.objects.bulk_update([row], ["type"]),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()
    assert bytes(Entry.objects.get().canonical) == opened(1).canonical()


def test_guards_come_back_with_migrations_and_verify_sees_them_gone(ledger: str) -> None:
    from django.core.management import call_command
    from django.db import connection

    from taizhang.ledger.verifying import verify

    on = "" if ledger == "sqlite" else " ON ledger_entry"
    guard = "ledger_entry_no_update" if ledger == "sqlite" else "ledger_entry_no_change"
    connection.cursor().execute(f"DROP TRIGGER {guard}{on}")
    assert [b.code for b in verify().breaches] == ["guard-missing"]
    call_command("migrate", verbosity=0, skip_checks=True)
    assert verify().whole
