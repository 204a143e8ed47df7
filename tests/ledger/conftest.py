"""A fresh, real ledger for each test: on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from taizhang.server import start

SERVER = os.environ.get("TAIZHANG_TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")


@pytest.fixture(scope="session")
def django(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    start(home)
    return home


def use(database: dict[str, object]) -> None:
    from django.db import connections

    connections["default"].close()
    connections["default"].settings_dict.update(database)
    del connections["default"]
    connections.settings["default"].update(database)


@pytest.fixture(scope="session")
def empty_sqlite(django: Path) -> Path:
    from django.core.management import call_command
    from django.db import connection

    use(sqlite_file(django / "ledger.sqlite3"))  # another test may have left a database that is gone
    call_command("migrate", verbosity=0, skip_checks=True)
    connection.close()
    return django / "ledger.sqlite3"


def sqlite_file(file: Path) -> dict[str, Any]:
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    about = {"ENGINE": "django.db.backends.sqlite3", "NAME": file, "OPTIONS": options}
    return about | {"HOST": "", "USER": "", "PORT": ""}


@pytest.fixture(scope="session")
def postgresql_template(django: Path) -> Iterator[str]:
    from django.core.management import call_command
    from django.db import connection

    try:
        server = psycopg.connect(SERVER, autocommit=True)
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL: {error}")
    name = f"taizhang_ledger_{uuid.uuid4().hex[:12]}"
    server.execute(f"CREATE DATABASE {name}")
    was = dict(connection.settings_dict)
    use(postgresql(name))
    call_command("migrate", verbosity=0, skip_checks=True)
    connection.close()
    use({key: was[key] for key in ("ENGINE", "NAME", "OPTIONS", "HOST", "USER", "PORT")})
    yield name
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")
    server.close()


def postgresql(name: str) -> dict[str, object]:
    about = psycopg.conninfo.conninfo_to_dict(SERVER)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "OPTIONS": {},
        "HOST": about["host"],
        "USER": about["user"],
        "PORT": str(about["port"]),
    }


@pytest.fixture
def sqlite(empty_sqlite: Path, tmp_path: Path) -> Iterator[Path]:
    from django.conf import settings
    from django.db import connection

    file = tmp_path / "ledger.sqlite3"
    shutil.copy(empty_sqlite, file)
    use(sqlite_file(file))
    settings.HOME = tmp_path
    yield file
    connection.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        request.getfixturevalue("sqlite")
        yield "sqlite"
        return
    from django.conf import settings
    from django.db import connection

    template = request.getfixturevalue("postgresql_template")
    name = f"taizhang_ledger_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        use(postgresql(name))
        settings.HOME = tmp_path
        yield "postgresql"
        connection.close()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
