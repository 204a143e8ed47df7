"""Taking identities out of a batch: person numbers for persons, ciphers for personal texts."""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from taizhang.ledger import keys
from taizhang.ledger.models import Key, Person
from taizhang.ledger.record_cache import CHUNK


class Identities:
    """Numbers of persons by the index of their identity number, for one batch."""

    def __init__(self) -> None:
        self._index_key = keys.derived("person index")
        self._wrapper = AESGCM(keys.derived("wrap"))
        self._indices: dict[str, bytes] = {}
        self._numbers: dict[bytes, int] = {}
        self._record_keys: dict[str, bytes | None] = {}
        self._new: list[tuple[int, bytes, bytes]] = []
        self._new_keys: list[tuple[str, bytes]] = []

    def fetch(self, identities: Iterable[Mapping[str, str]]) -> None:
        """Find the numbers of those who are known already."""
        indices = sorted({self._index(identity["id_number"]) for identity in identities})
        with connection.cursor() as cursor:
            for at in range(0, len(indices), CHUNK):
                some = indices[at : at + CHUNK]
                cursor.execute(
                    'SELECT "index", number FROM ledger_person '  # noqa: S608 - marks only
                    f'WHERE "index" IN ({", ".join(["%s"] * len(some))})',
                    some,
                )
                self._numbers.update((bytes(index), number) for index, number in cursor.fetchall())

    def known_number(self, identity: Mapping[str, str]) -> int | None:
        """The number of a person, None for one who is not known (or was forgotten)."""
        return self._numbers.get(self._index(identity["id_number"]))

    def number(self, identity: Mapping[str, str]) -> int:
        """The number of a person, a new random one (53 bits) for one who is not known."""
        index = self._index(identity["id_number"])
        number = self._numbers.get(index)
        if number is None:
            number = self._numbers[index] = secrets.randbits(53) or 1
            owner = f"person:{number}"
            key, nonces = AESGCM.generate_key(256), os.urandom(24)
            sealed = AESGCM(key).encrypt(nonces[:12], orjson.dumps(dict(identity)), owner.encode())
            wrapped = self._wrapper.encrypt(nonces[12:], key, owner.encode())
            self._new.append((number, index, nonces[:12] + sealed))
            self._new_keys.append((owner, nonces[12:] + wrapped))
        return number

    def cipher(self, record: str, entry: str, field: str, text: str, *, make: bool) -> str | None:
        """`text` under the record's own key; with `make` a key is made where there is none, else None."""
        key = self._record_keys.get(record)
        owner = f"record:{record}"
        if key is None:
            wrapped = Key.objects.filter(owner=owner).values_list("wrapped", flat=True).first()
            if wrapped is not None:
                key = keys.unwrap(bytes(wrapped), owner)
            elif not make:
                return None
            else:
                key = keys.new_data_key()
                self._new_keys.append((owner, keys.wrap(key, owner)))
            self._record_keys[record] = key
        return keys.seal_text(key, entry, field, text)

    def write(self) -> None:
        """Write the new persons and keys, in an order of their own so that writers do not wait in a ring."""
        with connection.cursor() as cursor:
            self._new.sort(key=lambda row: row[1])
            cursor.executemany(
                'INSERT INTO ledger_person (number, "index", identity) VALUES (%s, %s, %s)', self._new
            )
            cursor.executemany("INSERT INTO ledger_key (owner, wrapped) VALUES (%s, %s)", self._new_keys)
        self._new.clear()
        self._new_keys.clear()

    def _index(self, id_number: str) -> bytes:
        index = self._indices.get(id_number)
        if index is None:
            index = hmac.digest(self._index_key, id_number.strip().upper().encode(), "sha256")
            self._indices[id_number] = index
        return index


def is_person(number: int) -> bool:
    """Whether this is somebody's number, and not forgotten."""
    return Person.objects.filter(number=number).exists()


def identities_in(payload: Mapping[str, Any], fields: Iterable[str]) -> Iterable[Mapping[str, str]]:
    """The identities that stand in the person fields of a payload."""
    for field in fields:
        value = payload.get(field)
        if type(value) is dict and "id_number" in value:
            yield value
