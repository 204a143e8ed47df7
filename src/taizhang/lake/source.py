"""What a lake needs of the ledger that it copies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Protocol

import pyarrow as pa

from taizhang.lake.scanning import Scanner
from taizhang.lake.work import Span
from taizhang.programmes import Definitions

DEFINITION_TYPE = "system.definition"
"""The record type whose entries put definitions into force."""

BATCH = pa.schema(
    [
        ("position", pa.int64()),
        ("supersedes", pa.int64()),
        ("type", pa.string()),
        ("document", pa.string()),
    ]
)
"""The columns of a batch of versions."""


class Source(Protocol):
    """The ledger, as the lake sees it."""

    def position(self) -> int:
        """The last position that is committed."""

    def definitions(self) -> Definitions:
        """The definitions in force."""

    def batches(self, span: Span, size: int) -> Iterator[pa.Table]:
        """The versions of a span in order of position, in tables with the columns of `BATCH`."""

    def scanner(self) -> Scanner | None:
        """Where DuckDB can read the versions itself; None when it cannot (a database in memory)."""

    def finished(self) -> None:
        """The calling thread ends: let go of what it holds (a database connection)."""

    def alone(self) -> AbstractContextManager[object]:
        """Keeps out lakes on other machines that share the catalogue, for as long as it is entered."""
