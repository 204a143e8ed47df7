"""PostgreSQL as the peer: the same rows, indexed and analysed, one honest query for each indicator."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import duckdb
import psycopg

from taizhang.figures import AreaNode

SERVER = os.environ.get("TAIZHANG_TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
DATABASE = "taizhang_bench_figures"
SETTINGS = {
    "work_mem": "512MB",
    "maintenance_work_mem": "512MB",
    "max_parallel_workers_per_gather": "2",
    "max_parallel_maintenance_workers": "2",
    "effective_cache_size": "8GB",
    "random_page_cost": "1.1",
    "jit": "off",  # on, it makes these queries slower
}
CASE = {
    "record": "text", "position": "bigint", "supersedes": "bigint", "void": "boolean", "state": "text",
    "area": "text", "opened_at": "timestamp", "filed_at": "timestamp", "replied_at": "timestamp",
    "closed_at": "timestamp", "handling_due": "timestamp", "closing_due": "timestamp",
    "rework_count": "bigint", "reply_count": "bigint", "extend_count": "bigint", "kind": "text",
    "size": "numeric(18,2)", "cost": "numeric(18,2)", "valid_from": "timestamp", "valid_to": "timestamp",
}  # fmt: skip
DATES = ("opened_at", "filed_at", "closed_at", "handling_due", "closing_due")
# Each indicator: its date, its numerator, its denominator.
QUERIES = {
    "reported": ("opened_at", "count(*)", "null"),
    "filed": ("filed_at", "count(*)", "null"),
    "closed": ("closed_at", "count(*)", "null"),
    "closing-rate": ("closing_due", "count(*) filter (where state = 'closed')", "count(*)"),
    "on-time-rate": ("handling_due", "count(*) filter (where replied_at <= handling_due)", "count(*)"),
    "rework-rate": ("closing_due", "count(*) filter (where rework_count > 0)", "count(*)"),
    "rework-per-reply": ("closing_due", "sum(rework_count)", "sum(reply_count)"),
    "extension-rate": ("handling_due", "count(*) filter (where extend_count > 0)", "count(*)"),
    "size": ("closed_at", "sum(size)", "null"),
    "cost": ("closed_at", "sum(cost)", "null"),
    "part-rate": ("filed_at", "count(*) filter (where kind = 'part')", "count(*)"),
    "hours": (
        "closed_at",
        "sum(extract(epoch from closed_at - filed_at)) filter (where closed_at is not null) / 3600",
        "count(closed_at - filed_at)",
    ),
}
# Rows are added up by leaf before they meet the tree: a quarter of the work of joining first.
ONE = """
SELECT k.area, m.month, sum(m.upper), sum(m.lower)
FROM (
    SELECT v.area AS leaf, date_trunc('month', v.{on})::date AS month,
        {upper} AS upper, {lower}::numeric AS lower
    FROM "p.case" v
    WHERE v.position <= {position} AND NOT v.void
        AND v.{on} >= '2022-01-01' AND v.{on} < '2023-01-01'
        AND NOT EXISTS (
            SELECT 1 FROM "p.case" w WHERE w.supersedes = v.position AND w.position <= {position}
        )
    GROUP BY 1, 2
) m JOIN climb k ON k.leaf = m.leaf
GROUP BY 1, 2
"""


@contextmanager
def database() -> Iterator[psycopg.Connection[Any]]:
    """A connection to a database of our own, tuned; dropped afterwards."""
    with psycopg.connect(SERVER, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {DATABASE}")
        try:
            with psycopg.connect(_url(), autocommit=True) as connection:
                for name, value in SETTINGS.items():
                    connection.execute(f"SET {name} = '{value}'")
                yield connection
        finally:
            admin.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def _url() -> str:
    parts = urlsplit(SERVER)
    return urlunsplit(parts._replace(path=f"/{DATABASE}"))


def load(
    connection: psycopg.Connection[Any], lake: duckdb.DuckDBPyConnection, areas: Sequence[AreaNode]
) -> None:
    """The lake's cases by COPY, with only the columns that the queries read; the tree's closure; indexes."""
    columns = ", ".join(f"{name} {kind}" for name, kind in CASE.items())
    connection.execute(f'CREATE TABLE "p.case" ({columns})')
    lake.execute(f"ATTACH '{_url()}' AS peer (TYPE postgres)")
    lake.execute(f'INSERT INTO peer.public."p.case" SELECT {", ".join(CASE)} FROM lake.main."p.case"')
    lake.execute("DETACH peer")
    connection.execute("CREATE TABLE climb (leaf text, area text)")
    parents = {node.code: node.parent for node in areas}
    with connection.cursor() as cursor, cursor.copy("COPY climb FROM STDIN") as copy:
        for leaf in parents:
            code = leaf
            while code:
                copy.write_row((leaf, code))
                code = parents[code]
    for name in ("position", *DATES):
        connection.execute(f'CREATE INDEX ON "p.case" ({name})')
    connection.execute('CREATE INDEX ON "p.case" (supersedes, position) WHERE supersedes IS NOT NULL')
    connection.execute("CREATE INDEX ON climb (leaf)")
    connection.execute('VACUUM (ANALYZE) "p.case"')
    connection.execute("VACUUM (ANALYZE) climb")


def ask(connection: psycopg.Connection[Any], indicator: str, position: int) -> list[tuple[Any, ...]]:
    """One indicator by area and month."""
    on, upper, lower = QUERIES[indicator]
    query = ONE.format(on=on, upper=upper, lower=lower, position=position)
    return connection.execute(query).fetchall()


def settings(connection: psycopg.Connection[Any]) -> list[str]:
    """What the peer runs with."""
    names = [*SETTINGS, "shared_buffers", "max_parallel_workers", "fsync"]
    found = connection.execute(
        "SELECT name, current_setting(name) FROM pg_settings WHERE name = ANY(%s) ORDER BY name", [names]
    ).fetchall()
    version = connection.execute("SELECT current_setting('server_version')").fetchone()
    assert version
    return [f"PostgreSQL {version[0]}", *(f"{name} = {value}" for name, value in found)]
