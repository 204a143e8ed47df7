"""Founded districts, one on SQLite and one on PostgreSQL, for the tests that go through the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.generative.ledgers import Founded, drop, found, fresh_name
from tests.ledger.conftest import SERVER

from taizhang.server import start


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where homes are made; Django is set up."""
    made = tmp_path_factory.mktemp("stories")
    start(made / "first")
    return made


@pytest.fixture(scope="session")
def on_sqlite(folder: Path) -> Founded:
    return found(folder / "sqlite")


@pytest.fixture(scope="session")
def on_postgresql(folder: Path) -> Iterator[Founded]:
    try:
        psycopg.connect(SERVER).close()
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL: {error}")
    founded = found(folder / "postgresql", fresh_name())
    yield founded
    drop(founded.database)
