"""Persons: a random number in the entries; the identity apart, under a key that can be thrown away."""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Mapping

import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction

from taizhang.errors import Problem, UnknownName
from taizhang.ledger import keys
from taizhang.ledger.models import Key, Person


def number_of(identity: Mapping[str, str]) -> int:
    """The number of the person with this `id_number`, random (53 bits) when new. Call in a transaction."""
    index = _index(identity["id_number"])
    known = Person.objects.filter(index=index).values_list("number", flat=True).first()
    if known is not None:
        return known
    number = secrets.randbits(53)
    owner = f"person:{number}"
    key = keys.new_data_key()
    nonce = os.urandom(12)
    sealed = nonce + AESGCM(key).encrypt(nonce, orjson.dumps(dict(identity)), owner.encode())
    Key.objects.create(owner=owner, wrapped=keys.wrap(key, owner))
    Person.objects.create(number=number, index=index, identity=sealed)
    return number


def identity_of(number: int) -> dict[str, str]:
    """Who a person number is. Raises UnknownName when nobody, or forgotten."""
    person = Person.objects.filter(number=number).first()
    key = Key.objects.filter(owner=f"person:{number}").first()
    if person is None or key is None:
        raise _unknown(number)
    sealed = bytes(person.identity)
    plain = AESGCM(keys.unwrap(bytes(key.wrapped), key.owner)).decrypt(
        sealed[:12], sealed[12:], key.owner.encode()
    )
    return dict(orjson.loads(plain))


def forget(number: int) -> None:
    """Delete a person's identity, index and key. UnknownName when nobody."""
    with transaction.atomic():
        gone, _ = Person.objects.filter(number=number).delete()
        Key.objects.filter(owner=f"person:{number}").delete()
    if not gone:
        raise _unknown(number)


def _index(id_number: str) -> bytes:
    return hmac.digest(keys.derived("person index"), id_number.strip().upper().encode(), "sha256")


def _unknown(number: int) -> UnknownName:
    return UnknownName(Problem("unknown-person", f"没有这个人员编号 / no such person: {number}"))
