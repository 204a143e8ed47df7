"""Reading versions for the lake with DuckDB's own scanners: the fast way for long backlogs."""

# ruff: noqa: S608 - names are quoted, positions are integers; nothing of a request gets in here

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import duckdb
import pyarrow as pa

from taizhang.lake.connection import quoted
from taizhang.lake.work import Span

_CHUNK = 10_000
"""Rows per chunk of an Arrow table: DuckDB converts the chunks of one table on all its threads."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """Where the versions lie: the ledger's SQLite file or PostgreSQL connection string, and the table.

    A SQLite ledger may only be scanned in a process that does not have it open otherwise: two copies of
    SQLite in one process drop each other's file locks.
    """

    kind: Literal["sqlite", "postgres"]
    source: str
    table: str

    def attach(self, connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute(f"ATTACH {quoted(self.source)} AS ledger (TYPE {self.kind}, READ_ONLY)")

    def batches(self, connection: duckdb.DuckDBPyConnection, span: Span, size: int) -> Iterator[pa.Table]:
        """The span in batches of at most `size` positions; batches with no rows are left out."""
        reader = connection.cursor()
        for after in range(span.after, span.upto, size):
            statement = self._select(after, min(after + size, span.upto), span.types)
            batch = reader.execute(f"FROM {self.kind}_query('ledger', {quoted(statement)})").to_arrow_table(
                _CHUNK
            )
            if batch.num_rows:
                yield batch
        reader.close()

    def _select(self, after: int, upto: int, types: tuple[str, ...]) -> str:
        # The document is kept as bytes; it is UTF-8 text.
        document = "CAST(document AS TEXT)" if self.kind == "sqlite" else "convert_from(document, 'UTF8')"
        only = f" AND type IN ({', '.join(quoted(name) for name in types)})" if types else ""
        return (
            f"SELECT position, supersedes, type, {document} AS document FROM {self.table} "
            f"WHERE position > {after:d} AND position <= {upto:d}{only} ORDER BY position"
        )
