"""Opening DuckDB with the lake attached, without a network."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

import duckdb

from taizhang.errors import HomeError, Problem
from taizhang.lake.settings import LakeSettings


def connect(settings: LakeSettings) -> duckdb.DuckDBPyConnection:
    """A DuckDB instance with the lake attached as `lake`; the catalogue is made where there is none.

    Raises HomeError when an extension is missing or the catalogue cannot be opened.
    """
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        connection = duckdb.connect(
            config={
                "threads": settings.threads,
                "memory_limit": settings.memory,
                "temp_directory": str(settings.folder / "spill"),
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "preserve_insertion_order": False,  # what must be in order says ORDER BY
            }
        )
        connection.execute("SET enable_progress_bar = false")
        load_extensions(connection, "sqlite_scanner", "postgres_scanner", "ducklake")
        _attach(connection, settings)
    except OSError as error:
        raise HomeError(
            Problem("lake-folder", f"湖的目录不能建立 / the lake's folder cannot be made: {error}")
        ) from error
    except duckdb.Error as error:
        raise damaged(settings, error) from error
    return connection


def load_extensions(connection: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Load extensions from their installed Python packages.

    They are loaded from where pip put them: nothing is copied into the user's home, so that a read-only or
    missing home directory, and two processes that start at once, do no harm.
    """
    for name in names:
        connection.execute(f"LOAD '{_extension_file(name)}'")


def _extension_file(name: str) -> Path:
    version = f"v{duckdb.__version__}"
    try:
        package = Path(str(resources.files(f"duckdb_extension_{name}")))
    except ModuleNotFoundError:
        package = None
    file = package / "extensions" / version / f"{name}.duckdb_extension" if package else None
    if file is None or not file.is_file():
        raise HomeError(
            Problem(
                "lake-extension-missing",
                f"缺少 DuckDB {version} 的扩展 / missing extension of DuckDB {version}: {name}",
                remedy=f"pip install duckdb-extension-{name.replace('_', '-')}=={duckdb.__version__}",
            )
        )
    return file


def _attach(connection: duckdb.DuckDBPyConnection, settings: LakeSettings) -> None:
    options = [
        f"DATA_PATH {quoted(str(settings.data) + '/')}",
        "OVERRIDE_DATA_PATH true",  # a home may be moved or copied; the catalogue remembers where it was
        f"DATA_INLINING_ROW_LIMIT {settings.inline}",
    ]
    if settings.catalogue:
        target = f"ducklake:postgres:{settings.catalogue}"
        options.append(f"METADATA_SCHEMA {quoted(settings.catalogue_schema)}")
    else:
        target = f"ducklake:sqlite:{settings.catalogue_file}"
        # Readers go on while one writes, and a second process waits instead of failing.
        options += ["META_JOURNAL_MODE 'WAL'", "META_BUSY_TIMEOUT 10000"]
    connection.execute(f"ATTACH {quoted(target)} AS lake ({', '.join(options)})")


def quoted(text: str) -> str:
    """An SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def named(name: str) -> str:
    """A quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def damaged(settings: LakeSettings, error: Exception) -> HomeError:
    """What to say when DuckDB or DuckLake refuses: the lake is damaged, locked or its disk is full."""
    text = str(error)
    if _disk_is_full(settings, text):
        return HomeError(
            Problem(
                "disk-full",
                f"磁盘已满,湖未改动 / the disk is full, the lake is as it was: {text}",
                remedy="腾出空间后重试 / free some space and try again",
            )
        )
    if isinstance(error, duckdb.ConversionException) or any(
        sign in text for sign in ("Conversion Error", "Malformed JSON")
    ):
        return HomeError(
            Problem(
                "lake-document",
                "台账里有版本与其定义不符,湖未改动 / a version does not fit its definition, "
                f"the lake is as it was: {text}",
                remedy="核对该类记录的定义与版本 / compare the record type's definition with its versions",
            )
        )
    return HomeError(
        Problem(
            "lake-damaged",
            f"湖 {settings.folder} 不能使用 / the lake cannot be used: {text}",
            remedy="湖可由台账重建:调用 Lake.discard 后重开 / discard the lake and open it again; "
            "it is rebuilt from the ledger",
        )
    )


def _disk_is_full(settings: LakeSettings, text: str) -> bool:
    if any(sign in text for sign in ("No space left", "disk is full")):
        return True
    # SQLite may only say "disk I/O error" where its shared memory file cannot grow.
    return "I/O error" in text and shutil.disk_usage(settings.folder).free < 1 << 20
