"""Where a lake lies and what it may use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class LakeSettings:
    """`home` is the district's home; the lake lies in its folder `lake`.

    `catalogue` is "" for a SQLite file beside the data, or a PostgreSQL connection string
    (``host=… dbname=…`` or ``postgresql://…``) whose schema `catalogue_schema` then holds the catalogue.
    `inline` is the largest insert that goes into the catalogue instead of a Parquet file, `flush` the number
    of such rows after which they are flushed in the background, `bulk` the backlog from which the fast way is
    taken, `batch` the number of versions converted at a time.
    """

    home: Path
    catalogue: str = ""
    catalogue_schema: str = "lake"
    memory: str = "1GB"
    threads: int = 2
    inline: int = 500
    flush: int = 5_000
    bulk: int = 5_000
    batch: int = 100_000

    @property
    def folder(self) -> Path:
        return self.home / "lake"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def catalogue_file(self) -> Path:
        return self.folder / "catalogue.sqlite"
