"""The lake: one DuckDB instance per process and home, one writer at a time."""

# ruff: noqa: S608 - names are quoted, positions are integers; nothing of a request gets in here

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from taizhang.errors import HomeError, Problem
from taizhang.lake import schema, tidying, transfer
from taizhang.lake.connection import connect, damaged, named
from taizhang.lake.conversion import inserts
from taizhang.lake.converting import convert
from taizhang.lake.readers import Readers
from taizhang.lake.scanning import Scanner
from taizhang.lake.settings import LakeSettings
from taizhang.lake.source import DEFINITION_TYPE, Source
from taizhang.lake.work import Caught, Span, Work
from taizhang.programmes import Definitions, logical_tables


@dataclass(frozen=True, slots=True)
class TableSize:
    """A table of the lake: its rows, the last position among them, and its Parquet files and their bytes."""

    name: str
    rows: int
    position: int
    files: int
    bytes: int


class Lake:
    """The ledger's columnar copy. Use `Lake.open`; several threads may share one."""

    _opened: dict[tuple[Path, int], Lake] = {}  # noqa: RUF012 - one DuckDB instance per home and process
    _opening = threading.Lock()

    def __init__(self, settings: LakeSettings, source: Source) -> None:
        self.settings = settings
        self._source = source
        self._flight = threading.Lock()
        self._definitions: Definitions | None = None
        self._inserts: dict[str, list[str]] = {}
        self._viewed = ""
        self._inlined = 0
        self._position = 0
        self._recorded: tuple[int, str] | None = None
        self._mark = uuid.uuid4().hex.encode()
        self._scanned = False
        self._prepare_folder()
        try:
            self._connection = connect(settings)
        except HomeError:
            self._lock_file.close()
            raise
        with self._locked(), self._saying():
            for statement in schema.META:
                self._connection.execute(statement)
            # Each row is a catching up since the last tidying, perhaps by a process that has ended.
            row = self._connection.execute("SELECT count(*) FROM lake.meta.progress").fetchone()
            self._inlined = row[0] if row else 0

    @staticmethod
    def open(home: Path | str | LakeSettings, source: Source | None = None) -> Lake:
        """The lake of a home; made where there is none. It catches up when it is read.

        The same home gives the same lake within a process. Without `source` it is the ledger's that Django is
        set up for. Raises HomeError when the lake is damaged, locked for good or its disk is full.
        """
        settings = home if isinstance(home, LakeSettings) else None
        if source is None:
            # Deferred: the transferring process and the benchmarks run without Django.
            from taizhang.lake.ledger_source import LedgerSource, catalogue

            source = LedgerSource()
            settings = settings or LakeSettings(Path(str(home)), catalogue=catalogue())
        settings = settings or LakeSettings(Path(str(home)))
        key = (settings.home.resolve(), os.getpid())
        with Lake._opening:
            if key not in Lake._opened:
                Lake._opened[key] = Lake(settings, source)
            return Lake._opened[key]

    def close(self) -> None:
        """Close it; the next `Lake.open` opens it anew."""
        with Lake._opening, self._flight:
            Lake._opened.pop((self.settings.home.resolve(), os.getpid()), None)
            self._shut()

    @staticmethod
    def discard(settings: LakeSettings) -> None:
        """Throw away a lake that cannot be opened; `Lake.open` then makes it anew from the ledger."""
        with Lake._opening:
            lake = Lake._opened.pop((settings.home.resolve(), os.getpid()), None)
            if lake is not None:
                lake._shut()
        if settings.catalogue:
            import psycopg

            with psycopg.connect(settings.catalogue, autocommit=True) as connection:
                connection.execute(f"DROP SCHEMA IF EXISTS {named(settings.catalogue_schema)} CASCADE")
        shutil.rmtree(settings.folder, ignore_errors=False) if settings.folder.exists() else None

    # -- reading ------------------------------------------------------------------------------------------

    @property
    def position(self) -> int:
        """The position that the lake is as of, without catching up."""
        with self._saying():
            return schema.reached(self._connection.cursor())[0]

    def cursor(self, position: int | None = None) -> duckdb.DuckDBPyConnection:
        """A cursor of its own with one view per logical table, caught up; close it after use.

        The views hold all versions. With `position` they hold those up to it, so that several queries on one
        cursor are as of the same position whatever is posted meanwhile.
        """
        self.catch_up()
        return self._cursor(position)

    def _cursor(self, position: int | None) -> duckdb.DuckDBPyConnection:
        with self._saying():
            cursor = self._connection.cursor()
            if position is not None:
                for record_type in self._in_force().record_types:
                    for table in logical_tables(record_type):
                        cursor.execute(schema.view(table, position))
            return cursor

    @contextmanager
    def reading(self, position: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """`cursor`, closed afterwards; nothing is tidied meanwhile. HomeError where a file cannot be read."""
        self.catch_up()
        with self._readers.reading():
            cursor = self._cursor(position)
            try:
                with self._saying():
                    yield cursor
            finally:
                cursor.close()

    def tables(self) -> list[TableSize]:
        """The lake's tables with their sizes, by name."""
        with self._saying():
            cursor = self._connection.cursor()
            files = {
                name: (count, size)
                for name, count, size in cursor.execute(
                    "SELECT table_name, file_count, file_size_bytes FROM ducklake_table_info('lake')"
                ).fetchall()
            }
            sizes = []
            for name in sorted(schema.present(cursor)):
                rows, last = cursor.execute(
                    f"SELECT count(*), coalesce(max(position), 0) FROM lake.main.{named(name)}"
                ).fetchone() or (0, 0)
                sizes.append(TableSize(name, rows, last, *files.get(name, (0, 0))))
            return sizes

    # -- writing ------------------------------------------------------------------------------------------

    def catch_up(self) -> Caught:
        """Append what lies past the last position; afterwards the lake is as of one position.

        One at a time: who comes while another catches up waits, and then finds the work done. Raises
        HomeError when the disk is full or the lake damaged (nothing is changed then), RuntimeError inside a
        transaction of the ledger.
        """
        wanted = self._source.position()
        if wanted <= self._position and self._viewed:
            return Caught(self._position)
        with self._flight:
            if wanted <= self._position and self._viewed:
                return Caught(self._position)
            with self._locked(), self._saying():
                return self._catch_up()

    def rebuild(self) -> Caught:
        """Make every table anew from the ledger; readers see the old ones until the new are whole."""
        with self._flight, self._locked(), self._saying():
            upto = self._source.position()
            self._definitions = None
            definitions = self._in_force()
            work = schema.anew(definitions.record_types, schema.present(self._connection), upto)
            return self._carry_out(work, upto, rebuilt=True)

    def tidy(self) -> bool:
        """Flush what is inlined into Parquet, merge small files, drop what no snapshot needs any more.

        In short steps, while nobody reads; between them others catch up and read. False where readers would
        not end: the lake is as whole as before, and another tidying goes on.
        """
        for step in (tidying.flush, tidying.merge, tidying.drop):
            kept_out = 0
            while not (done := self._alone(step)):
                kept_out += done is None
                if kept_out == tidying.ATTEMPTS:
                    return False
                time.sleep(tidying.PAUSE)
        return True

    # -- inside -------------------------------------------------------------------------------------------

    def _catch_up(self) -> Caught:
        position, recorded = self._reached()
        upto = self._source.position()
        if upto < position:
            raise HomeError(
                Problem(
                    "lake-ahead",
                    f"湖至 {position},台账只到 {upto}:不是同一台账 / the lake is of another ledger",
                    remedy="Lake.rebuild",
                )
            )
        if self._definitions is None or self._redefined(self._position, upto):
            self._definitions = None
        definitions = self._in_force()
        if position == upto and self._viewed == definitions.version and position == self._position:
            return Caught(position)
        work = Work()
        if recorded != definitions.version:
            unknown = [row[0] for row in self._connection.execute("FROM lake.meta.unknown").fetchall()]
            work = schema.changes(definitions, schema.present(self._connection), unknown, position)
        if upto > position:
            work.spans.append(Span(position, upto))
        if not work.spans and not work.statements and recorded == definitions.version:
            self._position = position
            self._make_views(definitions)
            return Caught(position)
        return self._carry_out(work, upto)

    def _carry_out(self, work: Work, upto: int, *, rebuilt: bool = False) -> Caught:
        definitions = self._in_force()
        started = time.perf_counter()
        work = Work(work.statements, work.spans, self._inserts, upto, definitions.version)
        backlog = sum(span.upto - span.after for span in work.spans)
        scanner = self._source.scanner() if backlog >= self.settings.bulk else None
        if scanner is not None and scanner.kind == "sqlite":
            versions, way = self._transfer(scanner, work), "transfer"
        else:
            batches = self._batches(scanner)
            versions = convert(self._connection, work, batches, ahead=scanner is not None)
            way = "scan" if scanner is not None else "direct"
        self._position = upto
        self._recorded = (upto, definitions.version)
        self._make_views(definitions)
        self._inlined += versions if versions < self.settings.bulk else 0
        caught = Caught(upto, versions, time.perf_counter() - started, way)
        if self._inlined >= self.settings.flush:
            self._inlined = 0
            threading.Thread(target=self._tidy_behind, name="lake-tidy").start()
        return caught

    def _batches(self, scanner: Scanner | None) -> Callable[[Span], Iterator]:
        size = self.settings.batch
        if scanner is None:
            return lambda span: self._source.batches(span, size)
        if not self._scanned:
            scanner.attach(self._connection)
            self._scanned = True
        return lambda span: scanner.batches(self._connection, span, size)

    def _transfer(self, scanner: Scanner, work: Work) -> int:
        """Have another process do the work; it inherits the locked file and so keeps others out itself."""
        done = subprocess.run(
            [sys.executable, "-m", "taizhang.lake.transfer"],
            input=transfer.request(self.settings, scanner, work),
            capture_output=True,
            text=True,
            check=False,
            pass_fds=[self._lock_file.fileno()],
        )
        if done.returncode != 0:
            raise transfer.failure(done.returncode, done.stderr)
        return int(done.stdout)

    def _redefined(self, after: int, upto: int) -> bool:
        """Whether an entry past `after` may have put other definitions into force."""
        if upto - after >= self.settings.bulk:
            return True
        span = Span(after, upto, (DEFINITION_TYPE,))
        return any(batch.num_rows for batch in self._source.batches(span, self.settings.bulk))

    def _in_force(self) -> Definitions:
        if self._definitions is None:
            self._definitions = self._source.definitions()
            self._inserts = {kind.key: inserts(kind) for kind in self._definitions.record_types}
        return self._definitions

    def _make_views(self, definitions: Definitions) -> None:
        if self._viewed == definitions.version:
            return
        for record_type in definitions.record_types:
            for table in logical_tables(record_type):
                self._connection.execute(schema.view(table))
        self._viewed = definitions.version

    def _reached(self) -> tuple[int, str]:
        """The lake's position and definitions; asked of the catalogue when others may have written."""
        if self._recorded is None or self.settings.catalogue:
            self._recorded = schema.reached(self._connection)
        return self._recorded

    def _tidy_behind(self) -> None:
        try:
            self.tidy()
        except HomeError:
            # Nobody waits for it, and the lake is whole without it: the next one tries again.
            logging.getLogger(__name__).exception("the lake could not be tidied")
        finally:
            self._source.finished()

    def _alone(self, step: Callable[[duckdb.DuckDBPyConnection], bool]) -> bool | None:
        """Whether nothing is left of a step of tidying; None where readers would not end."""
        with self._flight, self._locked(), self._readers.kept_out() as alone, self._saying():
            return step(self._connection) if alone else None

    def _prepare_folder(self) -> None:
        settings = self.settings
        try:
            settings.folder.mkdir(parents=True, exist_ok=True)
            lock = os.open(settings.folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
            self._lock_file = os.fdopen(lock, "r+b", buffering=0)
            self._readers = Readers(settings.folder)
            if not settings.catalogue and not settings.catalogue_file.exists() and settings.data.exists():
                with self._locked():
                    # Parquet without its catalogue says nothing; the ledger has it all.
                    if not settings.catalogue_file.exists():
                        shutil.rmtree(settings.data)
        except OSError as error:
            raise HomeError(
                Problem("lake-folder", f"湖的目录不能使用 / the lake's folder cannot be used: {error}")
            ) from error

    def _shut(self) -> None:
        self._connection.close()
        self._lock_file.close()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One writer among the processes of this machine, and of those that share a catalogue.

        The file holds the mark of who had it last. Who finds their own mark knows that nobody has written
        since, and need not ask the catalogue what it says.
        """
        fcntl.flock(self._lock_file, fcntl.LOCK_EX)
        try:
            self._leave_mark()
            with self._source.alone():
                yield
        except BaseException:
            self._recorded = None
            raise
        finally:
            fcntl.flock(self._lock_file, fcntl.LOCK_UN)

    def _leave_mark(self) -> None:
        file = self._lock_file.fileno()
        if os.pread(file, len(self._mark), 0) == self._mark:
            return
        self._recorded = None
        try:
            os.pwrite(file, self._mark, 0)
        except OSError as error:
            # Without the mark, whoever wrote before would take the lake to be as they left it.
            raise damaged(self.settings, error) from error

    @contextmanager
    def _saying(self) -> Iterator[None]:
        try:
            yield
        except (duckdb.ParserException, duckdb.BinderException):
            raise  # a mistake in our own SQL, not a damaged lake
        except duckdb.Error as error:
            raise damaged(self.settings, error) from error
