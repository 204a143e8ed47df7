"""Posting: the only way in. Check, play and append in one transaction; again when another was faster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction

from taizhang.errors import EntryError, HomeError, Problem
from taizhang.ledger import queries
from taizhang.ledger.appending import Overtaken, append, home_errors
from taizhang.ledger.models import Officer
from taizhang.ledger.preparing import Preparer, Sent
from taizhang.values import Place

BATCH = 20_000
ATTEMPTS = 20


@dataclass(slots=True)
class Posted:
    """Entries taken now and known already with their positions by id, and what was refused and why."""

    positions: dict[str, int] = field(default_factory=dict)
    taken: int = 0
    known: int = 0
    refused: list[tuple[dict[str, Any], list[Problem]]] = field(default_factory=list)


def post(
    sent: Sequence[Sent],
    *,
    by: Officer,
    partial: bool = False,
    source: str = "",
    progress: Callable[[int], None] | None = None,
    founding: bool = False,
) -> Posted:
    """Post a batch: all of it or nothing, unless `partial` accepts what is good.

    An entry that is known with the same content is harmless and gives its position again. `progress` is told
    how many were looked at.

    Raises EntryError with every problem (place: source, entry, field), DefinitionError where definition files
    that come into force do not go together, HomeError where the disk or database fails.
    """

    def attempt() -> Posted:
        position = queries.position()
        preparer = Preparer(by.username, queries.system_records().copy(), source=source, founding=founding)
        posted = Posted()
        for chunk in preparer.chunks(sent):
            position = _post_chunk(preparer, chunk, posted, position, partial)
            if progress:
                progress(posted.taken + posted.known + len(posted.refused))
        if posted.refused and not partial:
            raise EntryError([problem for _, problems in posted.refused for problem in problems])
        return posted

    if founding:
        return attempt()
    return _until_first(attempt)


def post_bulk(
    sent: Iterable[Sent],
    *,
    by: Officer,
    progress: Callable[[int], None] | None = None,
    batch: int = BATCH,
    source: str = "",
) -> Posted:
    """Post a long stream with the same checks, committed batch by batch; `positions` stays empty.

    Stopped anywhere, the same stream again goes on where it was: what is known is harmless. Raises EntryError
    at the first batch with a problem, with every problem of it; the batches before it stay.
    """
    with _long_work():
        return _post_stream(iter(sent), by, progress, batch, source)


@contextmanager
def _long_work() -> Iterator[None]:
    """SQLite set for a long stream: more memory, and pages that many batches touch written back rarely."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = {}
        for name, value in _LONG_WORK.items():
            before[name] = cursor.execute(f"PRAGMA {name}").fetchone()[0]
            cursor.execute(f"PRAGMA {name}={value}")
        try:
            yield
        finally:
            for name, value in before.items():
                cursor.execute(f"PRAGMA {name}={value}")


_LONG_WORK = {"cache_size": -262_144, "wal_autocheckpoint": 40_000}
"""256 MB of cache; 160 MB of write-ahead log before it is written back. Neither changes what is durable."""


def _post_stream(
    stream: Iterator[Sent],
    by: Officer,
    progress: Callable[[int], None] | None,
    batch: int,
    source: str,
) -> Posted:
    total = Posted()
    preparer: Preparer | None = None
    position = 0
    while some := list(islice(stream, batch)):
        done: Posted | None = None
        if preparer is not None:
            # The quick way: nothing is looked up that the database refuses by itself.
            preparer.careful = False
            try:
                done, position = _bulk_batch(preparer, some, position)
            except (IntegrityError, Overtaken, EntryError):
                preparer = None
        if done is None:
            preparer, done, position = _careful_batch(some, by, source)
            if done.known:
                preparer = None  # still in what an earlier run posted
        total.taken += done.taken
        total.known += done.known
        if progress:
            progress(total.taken + total.known)
    return total


def _careful_batch(some: Sequence[Sent], by: Officer, source: str) -> tuple[Preparer, Posted, int]:
    def attempt() -> tuple[Preparer, Posted, int]:
        position = queries.position()
        preparer = Preparer(by.username, queries.system_records().copy(), source=source)
        done, position = _bulk_batch(preparer, some, position)
        return preparer, done, position

    return _until_first(attempt)


def _bulk_batch(preparer: Preparer, some: Sequence[Sent], position: int) -> tuple[Posted, int]:
    posted = Posted()
    with home_errors(), transaction.atomic():
        for chunk in preparer.chunks(some):
            position = _post_chunk(preparer, chunk, posted, position, partial=False)
        if posted.refused:
            raise EntryError([problem for _, problems in posted.refused for problem in problems])
    posted.positions.clear()
    return posted, position


def _post_chunk(
    preparer: Preparer, chunk: Sequence[Sent], posted: Posted, position: int, partial: bool
) -> int:
    """Prepare and write one chunk; the position as of which the next one is checked."""
    outcome = preparer.prepare(chunk)
    posted.refused += [
        (dict(one) if isinstance(one, Mapping) else {"sent": one}, p) for one, p in outcome.refused
    ]
    posted.known += len(outcome.known)
    posted.positions |= outcome.known
    if (outcome.refused and not partial) or not outcome.prepared:
        preparer.records.settle(position, frozenset())
        return position
    preparer.identities.write()
    positions = append(outcome.prepared, position)
    preparer.records.settle(positions[0] - 1, preparer.keep())
    preparer.known.position = positions[-1]
    posted.taken += len(outcome.prepared)
    posted.positions.update((item.entry.id, at) for item, at in zip(outcome.prepared, positions, strict=True))
    _appoint(outcome.prepared)
    return positions[-1]


def _appoint(prepared: Sequence[Any]) -> None:
    """An appointment of somebody who cannot sign in yet makes the officer, without a password."""
    names = {item.document["officer"] for item in prepared if item.entry.type == "system.appointment"}
    for name in sorted(names):
        if not Officer.objects.filter(username=name).exists():
            officer = Officer(username=name)
            officer.set_unusable_password()
            officer.save()


def _until_first(attempt: Callable[[], Any]) -> Any:
    """Do it in a transaction until no other writer is faster."""
    for _ in range(ATTEMPTS):
        try:
            with home_errors(), transaction.atomic():
                return attempt()
        except (IntegrityError, Overtaken) as error:
            reason: Exception = error
        except OperationalError as error:
            if connection.vendor != "postgresql" or "deadlock" not in str(error):
                raise
            reason = error
    raise HomeError(
        Problem(
            "ledger-busy",
            f"台账繁忙,{ATTEMPTS} 次未能入账 / other writers were faster every time: {reason}",
            remedy="稍后再提交 / send again later",
            place=Place(""),
        )
    ) from reason
