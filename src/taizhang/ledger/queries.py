"""Reading the ledger. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

import orjson
from django.conf import settings
from django.db import connection

from taizhang.errors import DocumentError, NotAllowed, Problem, UnknownName
from taizhang.ledger import files, models, policies, sealing, verifying
from taizhang.ledger.appending import home_errors
from taizhang.ledger.district_file import SHANGHAI
from taizhang.ledger.failing import home_error
from taizhang.ledger.personal_texts import personal_text
from taizhang.ledger.sealing import Proof, proof, proofs
from taizhang.ledger.selecting import in_chunks
from taizhang.ledger.setting import Setting, setting_of
from taizhang.ledger.system_records import SystemRecords
from taizhang.ledger.verifying import Verification
from taizhang.programmes import Definitions, FieldType

__all__ = [
    "KeptEntry",
    "KeptVersion",
    "Proof",
    "Setting",
    "Verification",
    "body_names",
    "definitions",
    "entries_of",
    "entries_of_many",
    "entry",
    "founded",
    "happened",
    "has_records",
    "home",
    "home_error",
    "last_checkpoint",
    "open_file",
    "personal_text",
    "position",
    "position_and_system",
    "proof",
    "proofs",
    "public_key",
    "record",
    "setting",
    "system_records",
    "today",
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


_FARTHEST = 2**63 - 1


def home() -> Path:
    """The folder of this ledger."""
    return Path(settings.HOME)


def founded() -> bool:
    """Whether the ledger's tables are there, with their counter."""
    with home_errors():
        tables = connection.introspection.table_names()
        return "ledger_counter" in tables and models.Counter.objects.filter(id=1).exists()


def position() -> int:
    """The last position given out; 0 for an empty ledger. HomeError where there is no ledger."""
    with home_errors(), connection.cursor() as cursor:
        cursor.execute("SELECT position FROM ledger_counter WHERE id = 1")
        return int(cursor.fetchone()[0])


def today() -> date:
    """The district's own date."""
    return datetime.now(SHANGHAI).date()


def system_records(upto: int | None = None) -> SystemRecords:
    """The system's records as known at a position (now where None). Not to be moved on: copy it first."""
    with home_errors(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(position) FROM ledger_version "
            "WHERE substr(type, 1, 7) = 'system.' AND position <= %s",
            [_FARTHEST if upto is None else upto],
        )
        last = cursor.fetchone()[0] or 0
    return _known_at(last)


def _known_at(last: int) -> SystemRecords:
    settings = connection.settings_dict
    return _system_records(last, str(settings["NAME"]), str(settings["HOST"]), str(settings["PORT"]))


@lru_cache(maxsize=4)
def _system_records(last: int, *database: str) -> SystemRecords:
    # What was known at a position never changes, so that nothing here grows old.
    known = SystemRecords.at(last)
    known.prepare_views()
    return known


def position_and_system(at_hand: SystemRecords | None = None) -> tuple[int, SystemRecords]:
    """The last position and the system's records as known there, asked for at once: each post begins so.

    Those `at_hand` are given back where they are of that position. Not to be moved on: copy them first.
    """
    with home_errors(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT position, (SELECT max(position) FROM ledger_version "
            "WHERE substr(type, 1, 7) = 'system.') FROM ledger_counter WHERE id = 1"
        )
        position, last = cursor.fetchone()
    if at_hand is not None and at_hand.position == last:
        return int(position), at_hand
    return int(position), _known_at(last or 0)


def forget_system_records() -> None:
    """Let go of what was read inside a transaction that was taken back."""
    _system_records.cache_clear()


def definitions(position: int | None = None) -> Definitions:
    """The definitions in force as known at a position (now where None)."""
    return system_records(position).definitions


def setting(position: int | None = None) -> Setting:
    """Areas, targets and peers as known at a position (now where None); `today` is the date of now."""
    return setting_of(system_records(position), today())


def last_checkpoint() -> Path:
    """The file of the latest seal's checkpoint; where it would stand, when nothing was sealed yet."""
    size = models.Seal.objects.order_by("-size").values_list("size", flat=True).first() or 0
    return sealing.checkpoint_file(size)


def entry(id: str) -> KeptEntry | None:
    """The entry with this id; None when there is none."""
    row = models.Entry.objects.filter(id=id).first()
    return KeptEntry(row.position, bytes(row.digest), orjson.loads(bytes(row.canonical))) if row else None


def definition_records() -> dict[str, str]:
    """Path → record of each definition file that was ever put in force."""
    known = system_records().documents.get("system.definition", {})
    return {document["path"]: record for record, document in known.items()}


def body_names() -> dict[str, str]:
    """Code → name of the bodies that stand now."""
    return {code: str(document["name"]) for code, document in system_records().bodies.items()}


def happened(ids: Iterable[str]) -> dict[str, str]:
    """Id → when it happened, of those entries that are in the ledger."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, str] = {}
    for some in in_chunks(wanted):
        rows = models.Entry.objects.filter(id__in=some).values_list("id", "canonical")
        found |= {id: orjson.loads(bytes(canonical))["happened"] for id, canonical in rows}
    return found


def has_records(record_type: str) -> bool:
    """Whether the ledger holds a record of the type."""
    return models.Version.objects.filter(type=record_type).exists()


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
    return entries_of_many([record], upto)[record]


def entries_of_many(records: Sequence[str], upto: int | None = None) -> dict[str, list[KeptEntry]]:
    """Record → its entries in the ledger's order, for many records at once."""
    found: dict[str, list[KeptEntry]] = {record: [] for record in records}
    for some in in_chunks(records):
        positions = models.Version.objects.filter(record__in=some)
        if upto is not None:
            positions = positions.filter(position__lte=upto)
        rows = models.Entry.objects.filter(position__in=positions.values("position")).order_by("position")
        for row in rows:
            kept = KeptEntry(row.position, bytes(row.digest), orjson.loads(bytes(row.canonical)))
            found[row.record].append(kept)
    return found


def open_file(digest: str, *, of: str, by: models.Officer) -> BinaryIO:
    """A file that an entry of the record `of` names, verified, for an officer who may read the record.

    Raises NotAllowed, UnknownName (no such record, the record names no such file, never stored, forgotten),
    HomeError (its content is gone) and Breach (it was changed). Close it.
    """
    kept = record(of)
    area = kept.document["area"] if kept else ""
    if kept is None or not policies.may_read(by, programme=kept.type.partition(".")[0], area=area):
        # Whoever may not read it need not learn whether it is there.
        found = f"{by.username} 不能查阅台账 {of} / may not read the record"
        raise NotAllowed(Problem("may-not-read", found))
    fields = definitions().record_type(kept.type).fields.values()
    names = [f.id for f in fields if f.type is FieldType.FILES]
    if not any(digest in (entry.payload.get(n) or ()) for entry in entries_of(of) for n in names):
        found = f"台账 {of} 没有这个文件 / the record names no such file: {digest}"
        raise UnknownName(Problem("unknown-file", found))
    return files.open_file(digest)


def verify(checkpoint: Path | None = None, *, deep: bool = False) -> Verification:
    """Verify the chain, and against a checkpoint kept elsewhere; `deep` plays every record again.

    Raises DocumentError where `checkpoint` is none.
    """
    try:
        text = checkpoint.read_text(encoding="utf-8") if checkpoint else None
    except (OSError, UnicodeDecodeError) as error:
        problem = Problem("checkpoint-unreadable", f"检查点读不出 / cannot read {checkpoint}: {error}")
        raise DocumentError(problem) from error
    with home_errors():
        return verifying.verify(text, deep=deep)


def _version(row: models.Version) -> KeptVersion:
    return KeptVersion(row.position, row.supersedes, row.type, row.record, orjson.loads(bytes(row.document)))
