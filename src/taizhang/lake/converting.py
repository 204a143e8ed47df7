"""Carrying out the work of a catching up: one DuckLake transaction, whatever its size."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from taizhang.errors import HomeError, Problem
from taizhang.lake.work import Span, Work

Batches = Callable[[Span], Iterator[pa.Table]]
"""Reads a span of the ledger: tables with the columns of `source.BATCH`, in order of position."""


def convert(connection: duckdb.DuckDBPyConnection, work: Work, batches: Batches, *, ahead: bool) -> int:
    """Carry out `work` in one transaction and say how many versions were read.

    `ahead` reads the next batch in a thread while one is converted. Raises duckdb.Error (nothing is changed
    then) when DuckLake refuses or a document does not fit its columns.
    """
    versions = 0
    connection.execute("BEGIN")
    try:
        for statement in work.statements:
            connection.execute(statement)
        for span in work.spans:
            for batch in _ahead(batches(span)) if ahead else batches(span):
                versions += batch.num_rows
                _insert(connection, work, batch)
        _complete(work, versions)
        connection.execute(
            "INSERT INTO lake.meta.progress VALUES (?, ?, now())", [work.position, work.definitions]
        )
        connection.execute("COMMIT")
    except BaseException:
        # A failed COMMIT has ended the transaction itself; what it says is the error that matters.
        _rollback(connection)
        raise
    return versions


def _complete(work: Work, versions: int) -> None:
    """Every position has its version; a lake that lacks one would never notice."""
    wanted = sum(span.upto - span.after for span in work.spans if not span.types)
    if wanted and versions < wanted:
        raise HomeError(
            Problem(
                "ledger-versions-missing",
                f"台账应有 {wanted} 个版本，只读到 {versions} 个 / versions are missing in the ledger",
                remedy="taizhang verify",
            )
        )


def _insert(connection: duckdb.DuckDBPyConnection, work: Work, versions: pa.Table) -> None:
    types = sorted(versions.column("type").unique().to_pylist())
    for name in types:
        # DuckDB finds `batch` by its Python name. Registering it would put a view into the transaction, which
        # keeps every batch in memory until the commit.
        batch = versions if len(types) == 1 else versions.filter(pc.field("type") == name)
        for statement in work.inserts.get(name, ()):
            connection.execute(statement)
        del batch
    # Kept, so that a definition that comes later finds that the ledger has versions of its type already.
    unknown: Sequence[str] = [name for name in types if name not in work.inserts]
    if unknown:
        connection.execute(
            "INSERT INTO lake.meta.unknown SELECT type FROM unnest(?) AS t(type) "
            "WHERE type NOT IN (SELECT type FROM lake.meta.unknown)",
            [unknown],
        )


def _rollback(connection: duckdb.DuckDBPyConnection) -> None:
    try:
        connection.execute("ROLLBACK")
    except duckdb.TransactionException:
        return


def _ahead(batches: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Read one batch ahead in a thread: SQLite and PostgreSQL read on one core while DuckDB converts."""
    ready: queue.Queue[pa.Table | BaseException | None] = queue.Queue(maxsize=1)
    stopped = threading.Event()

    def read() -> None:
        last: BaseException | None = None
        try:
            for batch in batches:
                while not stopped.is_set():
                    try:
                        ready.put(batch, timeout=0.1)
                        break
                    except queue.Full:
                        continue
                if stopped.is_set():
                    return
        except Exception as error:  # noqa: BLE001 - handed to the converting thread, which raises it
            last = error
        while not stopped.is_set():
            try:
                ready.put(last, timeout=0.1)
                return
            except queue.Full:
                continue

    thread = threading.Thread(target=read, name="lake-reader", daemon=True)
    thread.start()
    try:
        while (item := ready.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stopped.set()
        thread.join()
