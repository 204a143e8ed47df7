"""Several documents as one table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from taizhang.reading.column import Row
from taizhang.reading.columns import COLUMNS, What
from taizhang.reading.naming import named
from taizhang.reading.reader import Reading, read
from taizhang.reading.rows import RowTable, rows_of


def table(*sources: Reading | Path | str | bytes, what: What = "claims") -> RowTable:
    """Several documents as one table, in the order given; `file` is the path of those that are files.

    Raises DocumentError as `read` does.
    """
    return RowTable(chain.from_iterable(_rows(source, what) for source in sources), COLUMNS[what])


def _rows(source: Reading | Path | str | bytes, what: What) -> Iterator[Row]:
    if isinstance(source, Reading):
        return rows_of(source, what)
    place = named(source)
    return rows_of(read(place), what, str(place) if isinstance(place, Path) else "")
