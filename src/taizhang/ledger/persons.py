"""Persons: a random number in the entries; the identity apart, under a key that can be thrown away."""

from __future__ import annotations

import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from taizhang.errors import Problem, UnknownName
from taizhang.ledger import keys
from taizhang.ledger.models import Person


def identity_of(number: int) -> dict[str, str]:
    """Who a person number is. Raises UnknownName when nobody, or forgotten."""
    person = Person.objects.filter(number=number).first()
    if person is None:
        raise _unknown(number)
    owner, sealed = f"person:{number}", bytes(person.identity)
    key = keys.unwrap(bytes(person.wrapped), owner)
    return dict(orjson.loads(AESGCM(key).decrypt(sealed[:12], sealed[12:], owner.encode())))


def forget(number: int) -> None:
    """Delete a person's identity, index and key. UnknownName when nobody."""
    gone, _ = Person.objects.filter(number=number).delete()
    if not gone:
        raise _unknown(number)


def _unknown(number: int) -> UnknownName:
    return UnknownName(Problem("unknown-person", f"没有这个人员编号 / no such person: {number}"))
