"""Real ledgers for stories: founded once on SQLite and on PostgreSQL, then copied for each story."""

from __future__ import annotations

import itertools
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from tests.generative.random_programmes import CODES
from tests.generative.random_stories import CALENDAR, HOURS, area_entries, opened
from tests.ledger.conftest import SERVER, postgresql, sqlite_file, use

OFFICE_HOURS = ", ".join(f'["{a}", "{b}"]' for a, b in HOURS)
DISTRICT = f"""
name: {{zh: 试验区, en: Trial district}}
code: D
root: D
office_hours: [{OFFICE_HOURS}]
since: 2020-01-01
"""
OFFICER = "mover"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Founded:
    """A founded district: its home, its database on PostgreSQL ("" for SQLite), and its last position."""

    home: Path
    database: str
    start: int


def set_up(home: Path, database: str) -> None:
    """Let Django use this home and database, in this process."""
    from django.conf import settings

    settings.HOME = home
    if database:
        use(postgresql(database))
        return
    about = sqlite_file(home / "ledger.sqlite3")
    # Not FULL: nothing here outlives its process, and thousands of commits would wait for the disk.
    about["OPTIONS"] = about["OPTIONS"] | {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"}
    use(about)


def found(home: Path, database: str = "") -> Founded:
    """A district with its areas, two bodies, a few days of its own, and an officer who may do everything."""
    from django.db import connection

    from taizhang.ledger import actions, queries

    home.mkdir(parents=True)
    if database:
        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {database}")
    set_up(home, database)
    files = {"district.yaml": DISTRICT, "codes/categories.yaml": CODES}
    actions.found(files, administrator="root", password="a long enough password", importer=OFFICER)
    known = [opened(1, "body", code="office", name="办公室"), opened(2, "body", code="bureau", name="局")]
    for number, (day, working) in enumerate(CALENDAR.items(), 10):
        known.append(opened(number, "calendar-day", day=str(day), working=working))
    actions.post(known, by=actions.officer(OFFICER))
    start = queries.position()
    actions.post(area_entries(), by=actions.officer(OFFICER))
    connection.close()
    return Founded(home, database, start)


@contextmanager
def copied(founded: Founded, folder: Path) -> Iterator[Path]:
    """A copy of a founded district that Django uses meanwhile; its home."""
    from django.db import connection

    home = folder / f"story-{next(_numbers)}"
    shutil.copytree(founded.home, home)
    database = f"{founded.database}_{next(_numbers)}" if founded.database else ""
    if database:
        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {database} TEMPLATE {founded.database}")
    set_up(home, database)
    try:
        yield home
    finally:
        connection.close()
        if database:
            drop(database)
        shutil.rmtree(home)


def drop(database: str) -> None:
    """Drop a database of ours."""
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"DROP DATABASE {database} WITH (FORCE)")


def fresh_name() -> str:
    """A database name that nobody else has."""
    return f"taizhang_story_{os.getpid()}_{uuid.uuid4().hex[:8]}"
