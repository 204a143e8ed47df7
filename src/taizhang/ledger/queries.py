"""Reading the ledger. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings

from taizhang.errors import DocumentError, Problem
from taizhang.ledger import models, sealing, verifying
from taizhang.ledger.sealing import Proof, proof
from taizhang.ledger.verifying import Verification

__all__ = [
    "KeptEntry",
    "KeptVersion",
    "Proof",
    "Verification",
    "entries_of",
    "home",
    "position",
    "proof",
    "public_key",
    "record",
    "verify",
    "versions",
]

public_key = sealing.public_key


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """An entry as it stands in the ledger; personal texts are ciphers. Absent values are empty."""

    position: int
    digest: bytes
    said: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        if name in (
            "id",
            "kind",
            "type",
            "record",
            "happened",
            "recorded",
            "officer",
            "area",
            "body",
            "step",
            "target",
            "reason",
        ):
            return self.said.get(name, "")
        raise AttributeError(name)

    @property
    def payload(self) -> dict[str, Any]:
        return self.said.get("payload", {})

    @property
    def late(self) -> bool:
        return self.said.get("late", False)


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """What a record was from `position` on."""

    position: int
    supersedes: int | None
    type: str
    record: str
    document: dict[str, Any]


def home() -> Path:
    """The folder of this ledger."""
    return Path(settings.HOME)


def position() -> int:
    """The last position given out; 0 for an empty ledger."""
    return models.Counter.objects.values_list("position", flat=True).get(id=1)


def record(record: str, upto: int | None = None) -> KeptVersion | None:
    """The record as known at position `upto` (now where None); None when it is not in the ledger then."""
    rows = models.Version.objects.filter(record=record)
    if upto is not None:
        rows = rows.filter(position__lte=upto)
    row = rows.order_by("-position").first()
    return _version(row) if row else None


def versions(after: int, upto: int, limit: int) -> Iterator[KeptVersion]:
    """At most `limit` versions with `after` < position <= `upto`, in order."""
    rows = models.Version.objects.filter(position__gt=after, position__lte=upto).order_by("position")[:limit]
    return (_version(row) for row in rows.iterator(chunk_size=5_000))


def entries_of(record: str, upto: int | None = None) -> list[KeptEntry]:
    """The record's entries in the ledger's order."""
    rows = models.Entry.objects.filter(record=record).order_by("position")
    if upto is not None:
        rows = rows.filter(position__lte=upto)
    return [KeptEntry(row.position, bytes(row.digest), orjson.loads(bytes(row.canonical))) for row in rows]


def verify(checkpoint: Path | None = None, *, deep: bool = False) -> Verification:
    """Verify the chain, and against a checkpoint kept elsewhere. DocumentError when that is none.

    Replaying the records (`deep`) is not written yet and raises NotImplementedError rather than pass unseen.
    """
    if deep:
        raise NotImplementedError("replaying every record (--deep) is not there yet")
    try:
        text = checkpoint.read_text(encoding="utf-8") if checkpoint else None
    except (OSError, UnicodeDecodeError) as error:
        problem = Problem("checkpoint-unreadable", f"检查点读不出 / cannot read {checkpoint}: {error}")
        raise DocumentError(problem) from error
    return verifying.verify(text)


def _version(row: models.Version) -> KeptVersion:
    return KeptVersion(row.position, row.supersedes, row.type, row.record, orjson.loads(bytes(row.document)))
