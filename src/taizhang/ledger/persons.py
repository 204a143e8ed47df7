"""Persons: a random number in the entries; the identity apart, under a key that can be thrown away.

Personal texts of a record (a telephone number, an address) stand in its entries under the record's key.
Forgetting a person throws that key away too, of every record that ever named the person.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, transaction

from taizhang.errors import EntryError, Problem, UnknownName
from taizhang.ledger import keys, queries
from taizhang.ledger.appending import home_errors
from taizhang.ledger.district_file import SHANGHAI
from taizhang.ledger.models import Key, Officer, Person
from taizhang.ledger.policies import ADMINISTRATOR
from taizhang.ledger.posting import post
from taizhang.ledger.system_rules import FORGETTING
from taizhang.values import Place

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RECORDS_THAT_NAME = {
    "sqlite": "instr(v.document, %s) > 0",
    "postgresql": "position(%s::bytea in v.document) > 0",
}


def identity_of(number: int) -> dict[str, str]:
    """Who a person number is. Raises UnknownName when nobody, or forgotten."""
    person = Person.objects.filter(number=number).first()
    if person is None:
        raise _unknown(number)
    owner, sealed = f"person:{number}", bytes(person.identity)
    key = keys.unwrap(bytes(person.wrapped), owner)
    return dict(orjson.loads(AESGCM(key).decrypt(sealed[:12], sealed[12:], owner.encode())))


def forget(number: int, *, by: Officer, reason: str) -> int:
    """Delete a person's identity, index and key, and the keys of the records that ever named the person.

    Entries, and so the chain, stay as they are. A `system.forgetting` entry says who forgot which number,
    when and why, and nothing else; its position is given back. `by` must be a privacy officer or an
    administrator. Raises UnknownName when nobody has the number, EntryError without a right or a reason;
    nothing is done then.
    """
    if not reason.strip():
        found = "忘却须写明理由 / forgetting needs a reason"
        raise EntryError(Problem("no-reason", found, remedy="--reason …", place=Place("", field="reason")))
    with home_errors():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA secure_delete = ON")  # else the bytes stay in the file's free pages
        with transaction.atomic():
            records = _records_that_name(number)
            gone, _ = Person.objects.filter(number=number).delete()
            if not gone:
                raise _unknown(number)
            for record in records:
                Key.objects.filter(owner=f"record:{record}").delete()
            [position] = post([_entry(number, reason)], by=by).positions.values()
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the log holds the pages as they were
    return position


def _records_that_name(number: int) -> list[str]:
    """The records that have a key and of which a version names the person. Reads all versions: it is rare."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT v.record, v.document FROM ledger_version v "  # noqa: S608 - our own words
            f"WHERE {_RECORDS_THAT_NAME[connection.vendor]} "
            "AND EXISTS (SELECT 1 FROM ledger_key k WHERE k.owner = 'record:' || v.record)",
            [b"%d" % number],
        )
        found = {record for record, document in cursor if _names(orjson.loads(bytes(document)), number)}
    return sorted(found)


def _names(document: Mapping[str, Any], number: int) -> bool:
    rows = [document, *document.get("_segments", ())]
    return any(value == number and type(value) is int for row in rows for value in row.values())


def _entry(number: int, reason: str) -> dict[str, Any]:
    stamp = int(time.time() * 1000) << 80 | int.from_bytes(os.urandom(10), "big")
    return {
        "id": "".join(_DIGITS[stamp >> 5 * n & 31] for n in range(25, -1, -1)),
        "kind": "open",
        "type": FORGETTING,
        "happened": datetime.now(SHANGHAI).isoformat(timespec="seconds"),
        "area": queries.system_records().rules.root,
        "body": ADMINISTRATOR,
        "reason": reason,
        "payload": {"person": number},
    }


def _unknown(number: int) -> UnknownName:
    return UnknownName(Problem("unknown-person", f"没有这个人员编号 / no such person: {number}"))
