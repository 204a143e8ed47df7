"""What posting needs of a record type, ready to use."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

from taizhang.ledger.closed_periods import Dated, dated_of
from taizhang.programmes import Definitions, Entry, EntryKind, FieldType, RecordType

SYSTEM = "system"
_OF_SYSTEM = f"{SYSTEM}."


def is_systems(kind: str) -> bool:
    """Whether a record type, by its key, is of the system programme."""
    return kind.startswith(_OF_SYSTEM)


class TypeRules:
    """Roles, references, identities, unique values and dates of one record type."""

    __slots__ = (
        "areas",
        "bodies",
        "dated",
        "dated_columns",
        "files",
        "keeps",
        "key",
        "personal",
        "persons",
        "programme",
        "record_type",
        "references",
        "system",
        "unique",
    )  # fmt: skip

    def __init__(self, record_type: RecordType, dated: Dated) -> None:
        fields = record_type.fields.values()
        self.record_type = record_type
        self.key = record_type.key
        self.programme = record_type.programme
        self.system = record_type.programme == SYSTEM
        self.keeps = bool(record_type.steps) and not self.system
        self.persons = tuple(f.id for f in fields if f.type is FieldType.PERSON)
        self.personal = tuple(f.id for f in fields if f.personal and f.type is not FieldType.PERSON)
        self.references = tuple((f.id, f.to) for f in fields if f.type is FieldType.REFERENCE)
        self.areas = tuple(f.id for f in fields if f.type is FieldType.AREA)
        self.bodies = tuple(f.id for f in fields if f.type is FieldType.BODY)
        self.files = tuple(f.id for f in fields if f.type is FieldType.FILES)
        self.unique = record_type.unique
        self.dated = dated
        self.dated_columns = dated.columns

    def role(self, entry: Entry) -> str:
        """The role that the entry asks for; "" for any role at all."""
        kind, record_type = entry.kind, self.record_type
        if kind is EntryKind.STEP:
            return record_type.steps[entry.step].role or record_type.opens
        if kind is EntryKind.AMEND:
            return record_type.amends or record_type.opens
        if kind is EntryKind.VOID:
            return record_type.voids or record_type.opens
        return record_type.opens

    def unique_key(self, document: Mapping[str, Any]) -> bytes | None:
        """16 bytes for the values that only one record may have; None where one of them is absent."""
        if not self.unique or document["void"]:
            return None
        values = [document.get(field) for field in self.unique]
        if None in values:
            return None
        return hashlib.sha256(orjson.dumps([self.key, *values])).digest()[:16]


def rules_of(definitions: Definitions) -> dict[str, TypeRules]:
    """Record type key → rules."""
    dated = dated_of(definitions)
    return {kind.key: TypeRules(kind, dated[kind.key]) for kind in definitions.record_types}
