"""Posting long streams: while one batch is written, the next is checked and played.

Writing runs in a thread of its own, with its own connection, and lets go of the interpreter for as long as a
statement runs, so that two cores work at once. What is being written is known here already: records and
persons stay in the preparer's memory. The quick way looks nothing up that the database refuses by itself;
where it refuses a batch, the batches not yet written are done again one by one, with care.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import groupby, islice

from django.db import IntegrityError, OperationalError, connection, transaction

from taizhang.errors import EntryError
from taizhang.ledger import queries
from taizhang.ledger.appending import Overtaken, Rows, append_rows, home_errors, rows_of
from taizhang.ledger.models import Officer
from taizhang.ledger.posting import Posted, post_chunk, until_first
from taizhang.ledger.preparing import Preparer, Sent
from taizhang.ledger.type_rules import is_systems

BATCH = {"sqlite": 2_000, "postgresql": 10_000}
"""Entries to a batch: few stay in the processor's caches, many ask a server less often."""
AHEAD = 4
"""Batches that may wait to be written, the one at it among them. Fewer than `record_cache.RECENT`."""
_LONG_WORK = {"cache_size": -262_144, "wal_autocheckpoint": 40_000}
"""256 MB of cache; 160 MB of write-ahead log before it is written back. Neither changes what is durable."""
_REFUSED = (IntegrityError, OperationalError, Overtaken)
"""What the database says of a batch that must be done again with care; then it says what is the matter."""

Progress = Callable[[int], None]


def post_bulk(
    sent: Iterable[Sent],
    *,
    by: Officer,
    progress: Progress | None = None,
    batch: int = 0,
    source: str = "",
) -> Posted:
    """Post a long stream with the same checks, committed batch by batch; `positions` stays empty.

    `batch` is the number of entries committed together, 0 for what the database likes best.

    `progress` is told how many are safely in the ledger. Stopped anywhere, the same stream again goes on
    where it was: what is known is harmless. Call it outside a transaction. Raises EntryError at the first
    batch with a problem, with every problem of it (the batches before it stay), HomeError where disk or
    database fails.
    """
    stream = _Stream(by, source, progress)
    collects = gc.isenabled()
    gc.disable()  # very many objects live at once, none in a ring: looking for rings costs a sixth
    try:
        rest = iter(sent)
        while some := list(islice(rest, batch or BATCH[connection.vendor])):
            stream.post(some)
        stream.settle()
    finally:
        stream.close()
        if collects:
            gc.enable()
    return stream.total


class _Stream:
    """One stream on its way into the ledger."""

    def __init__(self, by: Officer, source: str, progress: Progress | None) -> None:
        self.by, self.source, self.progress = by, source, progress
        self.total = Posted()
        self._preparer: Preparer | None = None
        self._position = 0
        self._waiting: deque[tuple[Sequence[Sent], Future[int]]] = deque()
        self._writer = ThreadPoolExecutor(1, "ledger-writer", _set_for_long_work)

    def post(self, some: Sequence[Sent]) -> None:
        """Check and play one batch, and have it written behind.

        Entries of the system programme are written before what comes after them is looked at.
        """
        for systems, run in groupby(some, key=_is_systems):
            if systems or self._preparer is None:
                self.settle()
                self._post_with_care(list(run))
            else:
                self._post_behind(self._preparer, list(run))

    def _post_behind(self, preparer: Preparer, some: Sequence[Sent]) -> None:
        try:
            rows = self._rows(preparer, some)
            while len(self._waiting) >= AHEAD:
                self._written()
        except (*_REFUSED, EntryError):
            self._again(some)
            return
        if rows is not None:
            self._waiting.append((some, self._writer.submit(_write, rows)))

    def settle(self) -> None:
        """Wait until everything handed over is written."""
        try:
            while self._waiting:
                self._written()
        except _REFUSED:
            self._again()

    def close(self) -> None:
        """Let the writer finish what it has begun, and go."""
        self._writer.submit(_hang_up)
        self._writer.shutdown(wait=True)

    def _rows(self, preparer: Preparer, some: Sequence[Sent]) -> Rows | None:
        outcome = preparer.prepare(some)
        if outcome.refused:
            raise EntryError([problem for _, problems in outcome.refused for problem in problems])
        rows = rows_of(outcome.prepared, self._position, preparer.identities.take_new())
        preparer.records.settle(self._position, preparer.keep())
        self._position += rows.count
        return rows if rows.count else None

    def _written(self) -> None:
        """Wait for the oldest batch; raises what its writing raised, and it still waits then."""
        some, future = self._waiting[0]
        taken = future.result()
        self._waiting.popleft()
        self._tell(taken, len(some) - taken)

    def _tell(self, taken: int, known: int) -> None:
        self.total.taken += taken
        self.total.known += known
        if self.progress:
            self.progress(self.total.taken + self.total.known)

    def _again(self, *some: Sequence[Sent]) -> None:
        """Post with care what was handed over and is not written, and then `some`."""
        undone = []
        for batch, future in self._waiting:
            # One that failed makes those behind it fail too: they were made for their places in the ledger.
            with suppress(*_REFUSED):
                taken = future.result()
                self._tell(taken, len(batch) - taken)
                continue
            undone.append(batch)
        self._waiting.clear()
        self._preparer = None  # it remembers what was not written
        for batch in (*undone, *some):
            self._post_with_care(batch)

    def _post_with_care(self, some: Sequence[Sent]) -> None:
        before = self._preparer

        def attempt() -> tuple[Preparer, Posted, int]:
            position, known = queries.position_and_system(before.known if before else None)
            preparer = Preparer(self.by.username, known.copy(), source=self.source)
            posted = Posted()
            for chunk in preparer.chunks(some):
                position = post_chunk(preparer, chunk, posted, position, partial=False)
            if posted.refused:
                raise EntryError([problem for _, problems in posted.refused for problem in problems])
            return preparer, posted, position

        self._preparer = None
        preparer, done, self._position = until_first(attempt)
        self._tell(done.taken, done.known)
        if not done.known:  # else this is still what an earlier run posted, and more of it may come
            preparer.careful, preparer.before_reading = False, self._wait
            if before is not None:
                before.hand_over(preparer)
            else:
                preparer.identities.fetch_all()
            self._preparer = preparer

    def _wait(self) -> None:
        while self._waiting:
            self._written()


def _is_systems(sent: Sent) -> bool:
    """Whether an entry is of the system programme, on which the checking of the next batches depends."""
    kind = sent.get("type") if type(sent) is dict or isinstance(sent, Mapping) else None
    return type(kind) is str and is_systems(kind)


def _write(rows: Rows) -> int:
    with home_errors(), transaction.atomic():
        append_rows(rows)
    return rows.count


def _hang_up() -> None:
    connection.close()  # the thread's own


def _set_for_long_work() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name, value in _LONG_WORK.items():
                cursor.execute(f"PRAGMA {name}={value}")
