"""Entries whose id is known already: harmless with the same content, refused with other content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from taizhang.ledger.identities import Identities, is_person
from taizhang.ledger.type_rules import TypeRules
from taizhang.programmes import Entry


def take_identities(entry: Entry, rules: TypeRules, identities: Identities, *, make: bool) -> None:
    """Put numbers and ciphers into the entry's payload, in place.

    Without `make`, somebody who is not known gets the number None, a record without a key the cipher None.
    """
    payload: dict[str, Any] = entry.payload  # type: ignore[assignment]
    for name in rules.persons:
        value = payload.get(name)
        if type(value) is dict and "id_number" in value:
            number = identities.number(value) if make else identities.known_number(value)
            payload[name] = {"number": number}
    for name in rules.personal:
        value = payload.get(name)
        if value is not None and not (type(value) is dict and "cipher" in value):
            text = value if isinstance(value, str) else orjson.dumps(value).decode()
            cipher = identities.cipher(entry.record, entry.id, name, text, make=make)
            payload[name] = {"cipher": cipher}


def says_the_same(
    stored: Mapping[str, Any], sent: Entry, rules: TypeRules, identities: Identities, by: str
) -> bool:
    """Whether a stored entry says what is sent now by the officer `by`.

    What the ledger filled in where nothing was sent counts as the same; and a person or key that was
    forgotten is not found again, so that nothing is left to compare.
    """
    payload = dict(sent.payload)
    take_identities(sent._replace(payload=payload), rules, identities, make=False)
    said = stored.get("payload", {})
    for name in (*rules.persons, *rules.personal):
        if (payload.get(name) == {"number": None} and _forgotten(said.get(name))) or (
            payload.get(name) == {"cipher": None} and name in said
        ):
            payload[name] = said[name]
    again = orjson.loads(sent._replace(payload=payload).canonical())
    given = {"officer": by}
    for name in ("recorded", "late", "area", "body", "officer"):
        if name not in again and name in stored:
            again[name] = given.get(name, stored[name])
    return bool(again == stored)


def _forgotten(stored: Any) -> bool:
    """Whether this person field of a stored entry speaks of somebody who is known no more."""
    return isinstance(stored, dict) and not is_person(stored["number"])
