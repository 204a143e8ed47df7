"""The entry: one immutable, signed-for statement about one record."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

import orjson

ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
"""The form of an entry's id (the ULID specification: Crockford's base 32, 26 digits)."""


class EntryKind(StrEnum):
    """What an entry does: it opens a record, corrects a statement, takes a step, or voids."""

    OPEN = "open"
    AMEND = "amend"
    STEP = "step"
    VOID = "void"


_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Entry(NamedTuple):
    """An entry as the ledger keeps it, after checking and normalisation.

    `happened` and `recorded` are ISO 8601 with seconds and offset (``2022-03-01T08:15:00+08:00``).
    `target` is the entry that an amend corrects or a void takes back; "" means, for an amend, the latest
    statement of each field; for a void, the whole record. `payload` is normalised: see
    docs/explanation/records.md. `area` and `body` of a step or an amendment say where it was taken; what it
    states of the record's own stands in the payload.
    """

    id: str
    kind: EntryKind
    type: str  # record type key, `programme.record`
    record: str  # the record's id; the id of the entry that opened it unless the sender gave one
    happened: str
    area: str
    body: str
    officer: str
    recorded: str = ""
    step: str = ""
    target: str = ""
    reason: str = ""
    payload: Mapping[str, Any] = _NOTHING
    late: bool = False  # taken into a closed period

    def canonical(self) -> bytes:
        """The bytes that the digest covers: JSON, keys sorted, no spaces, empty values left out."""
        said = {key: value for key, value in zip(_KEYS, self, strict=True) if value}
        return orjson.dumps(said, option=orjson.OPT_SORT_KEYS)

    def digest(self) -> bytes:
        """SHA-256 of `canonical()`."""
        return hashlib.sha256(self.canonical()).digest()


_KEYS = Entry._fields
