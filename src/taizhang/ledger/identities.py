"""Taking identities out of entries: person numbers for persons, ciphers for personal texts."""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from taizhang.ledger import keys
from taizhang.ledger.models import Person
from taizhang.ledger.selecting import select_in

MOST = 600_000
"""Persons and record keys that stay in memory while a long stream is posted; about 150 bytes each."""
FEW = 50_000
"""Persons that are brought into memory at once when a long stream begins."""


class NewIdentities(NamedTuple):
    """Rows to be written with the entries that speak of them, as the tables take them."""

    persons: list[tuple[int, bytes, bytes, bytes]]  # number, index, identity, wrapped key
    keys: list[tuple[str, bytes]]  # owner, wrapped key


class Identities:
    """Numbers of persons by the index of their identity number, and the keys of records."""

    def __init__(self) -> None:
        self._index_key = keys.derived("person index")
        self._wrapper = AESGCM(keys.derived("wrap"))
        self._has_all = False
        self._indices: dict[str, bytes] = {}  # of the batch at hand only
        self._numbers: dict[bytes, int] = {}
        self._record_keys: dict[str, bytes | None] = {}
        self._persons: list[tuple[int, bytes, bytes, bytes]] = []
        self._keys: list[tuple[str, bytes]] = []

    def fetch_all(self) -> None:
        """Remember everybody where they are few: who is not in memory is new then, and is not asked for.

        Should another writer make the same person meanwhile, the database refuses the second.
        """
        rows = Person.objects.order_by()[: FEW + 1].values_list("index", "number")
        everybody = {bytes(index): number for index, number in rows}
        if len(everybody) <= FEW:
            self._numbers |= everybody
            self._has_all = True

    def fetch(self, identities: Iterable[Mapping[str, str]]) -> None:
        """Find the numbers of those who are known already and not in memory."""
        if self._has_all:
            return
        known, index_of = self._numbers, self.index
        wanted = {index for identity in identities if (index := index_of(identity)) not in known}
        for index, number in select_in('"index", number FROM ledger_person', '"index"', sorted(wanted)):
            known[bytes(index)] = number

    def fetch_keys(self, records: Iterable[str]) -> None:
        """Find the keys of records; None is remembered of those that have none."""
        known = self._record_keys
        wanted = {record for record in records if record not in known}
        known.update(dict.fromkeys(wanted))
        owners = sorted(f"record:{record}" for record in wanted)
        for owner, wrapped in select_in("owner, wrapped FROM ledger_key", "owner", owners):
            known[owner.removeprefix("record:")] = keys.unwrap(bytes(wrapped), owner)

    def known_number(self, identity: Mapping[str, str]) -> int | None:
        """The number of a person, None for one who is not known (or was forgotten)."""
        return self._numbers.get(self.index(identity))

    def number(self, identity: Mapping[str, str]) -> int:
        """The number of a person, a new random one (53 bits) for one who is not known."""
        index = self.index(identity)
        number = self._numbers.get(index)
        if number is None:
            chance = os.urandom(63)
            number = self._numbers[index] = int.from_bytes(chance[:7], "big") >> 3 or 1
            owner, key = b"person:%d" % number, chance[7:39]
            nonce, second = chance[39:51], chance[51:]
            sealed = AESGCM(key).encrypt(nonce, orjson.dumps(dict(identity)), owner)
            wrapped = self._wrapper.encrypt(second, key, owner)
            self._persons.append((number, index, nonce + sealed, second + wrapped))
        return number

    def cipher(self, record: str, entry: str, field: str, text: str, *, make: bool) -> str | None:
        """`text` under the record's own key; with `make` a key is made where there is none, else None.

        Call `fetch_keys` first for records that may have one.
        """
        key = self._record_keys.get(record)
        if key is None:
            if not make:
                return None
            key = self._record_keys[record] = keys.new_data_key()
            owner = f"record:{record}"
            self._keys.append((owner, keys.wrap(key, owner)))
        return keys.seal_text(key, entry, field, text)

    def mark(self) -> tuple[int, int]:
        """Where the new ones end now; for `drop_since`."""
        return len(self._persons), len(self._keys)

    def drop_since(self, mark: tuple[int, int]) -> None:
        """Forget the new ones since `mark`: the entry that spoke of them was refused."""
        for _, index, _, _ in self._persons[mark[0] :]:
            del self._numbers[index]
        for owner, _ in self._keys[mark[1] :]:
            del self._record_keys[owner.removeprefix("record:")]
        del self._persons[mark[0] :], self._keys[mark[1] :]

    def take_new(self) -> NewIdentities:
        """The new ones since the last call, in an order of their own: so writers do not wait in a ring."""
        new = NewIdentities(sorted(self._persons, key=lambda row: row[1]), sorted(self._keys))
        self._persons, self._keys = [], []
        self._indices.clear()
        for kept in (self._numbers, self._record_keys):
            if len(kept) > MOST:
                self._has_all = False
                for oldest in list(kept)[: len(kept) - MOST * 3 // 4]:
                    del kept[oldest]  # type: ignore[attr-defined]
        return new

    def take_over(self, newer: Identities) -> None:
        """Also remember whom `newer` knows."""
        self._numbers |= newer._numbers
        self._record_keys |= newer._record_keys

    def index(self, identity: Mapping[str, str]) -> bytes:
        """The keyed index by which a person is found again (HMAC-SHA256 of the identity number)."""
        id_number = identity["id_number"]
        index = self._indices.get(id_number)
        if index is None:
            index = hmac.digest(self._index_key, id_number.strip().upper().encode(), "sha256")
            self._indices[id_number] = index
        return index


def is_person(number: int) -> bool:
    """Whether this is somebody's number, and not forgotten."""
    return Person.objects.filter(number=number).exists()
