"""Triggers by which the database itself refuses to change what is append-only."""

from __future__ import annotations

from typing import Any

GUARDED = ("ledger_entry", "ledger_seal", "ledger_sealedleaves")
_KEYS = {"ledger_entry": "position", "ledger_seal": "size", "ledger_sealedleaves": "first"}
_REFUSAL = "append-only / 只增不改"


def _sqlite() -> dict[str, str]:
    made = {}
    for table in GUARDED:
        for event in ("update", "delete"):
            made[f"{table}_no_{event}"] = (
                f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} {_REFUSAL}'); END"
            )
        # REPLACE deletes without firing delete triggers unless the connection asks for them,
        # so an insert that meets an existing row is refused before it happens.
        key = _KEYS[table]
        meets = f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608 - our own names
        if table == "ledger_entry":
            meets += f" OR EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608
        made[f"{table}_no_replace"] = (
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {meets} "
            f"BEGIN SELECT RAISE(ABORT, '{table} {_REFUSAL}'); END"
        )
    return made


_FUNCTION = (
    "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
    f"BEGIN RAISE EXCEPTION '% {_REFUSAL}', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"
)


def _postgresql() -> dict[str, str]:
    made = {}
    for table in GUARDED:
        made[f"{table}_no_change"] = (
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION ledger_refuse()"
        )
        made[f"{table}_no_truncate"] = (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"
        )
    return made


def put_up(connection: Any) -> None:
    """Create every guard anew on tables that exist, and the counter's row."""
    tables = set(connection.introspection.table_names())
    if not {*GUARDED, "ledger_counter"} <= tables:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, statement in _sqlite().items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(statement)
        else:
            cursor.execute(_FUNCTION)
            for name, statement in _postgresql().items():
                table = name.rpartition("_no_")[0]
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                cursor.execute(statement)
        cursor.execute("INSERT INTO ledger_counter (id, position) VALUES (1, 0) ON CONFLICT DO NOTHING")


def missing(connection: Any) -> list[str]:
    """Names of guards that are absent, switched off, or not what they should be."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            found = dict(cursor.fetchall())
            return [name for name, statement in _sqlite().items() if found.get(name) != statement]
        cursor.execute(
            "SELECT t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE t.tgenabled IN ('O', 'A') AND p.proname = 'ledger_refuse' "
            "AND p.prosrc LIKE '%%RAISE EXCEPTION%%'",
            [],
        )
        names = {name for (name,) in cursor.fetchall()}
    return [name for name in _postgresql() if name not in names]
