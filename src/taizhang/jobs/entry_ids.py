"""Ids of entries that are made here: from what is said, so that saying it twice is harmless."""

from __future__ import annotations

import hashlib

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def id_from(said: str) -> str:
    """A ULID whose 125 lower bits are the digest of `said`."""
    number = int.from_bytes(hashlib.sha256(said.encode()).digest()[:16], "big") >> 3
    return "".join(_CROCKFORD[number >> 5 * place & 31] for place in range(25, -1, -1))
