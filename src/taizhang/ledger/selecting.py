"""Rows for many keys: so many in one question as a database takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection

CHUNK = 10_000
"""Keys in one question: SQLite takes 32,766 parameters at most."""


def in_chunks(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The keys in pieces of `CHUNK`."""
    rest = iter(keys)
    while some := list(islice(rest, CHUNK)):
        yield some


def select_in(what: str, column: str, keys: Sequence[Any], order: str = "") -> Iterator[tuple[Any, ...]]:
    """The rows of `SELECT {what} WHERE {column} IN keys`, in `order` within each chunk of keys.

    `what`, `column` and `order` are words of our own, never of a request.
    """
    by = f" ORDER BY {order}" if order else ""
    with connection.cursor() as cursor:
        for some in in_chunks(keys):
            marks = ", ".join(["%s"] * len(some))
            cursor.execute(f"SELECT {what} WHERE {column} IN ({marks}){by}", some)
            yield from cursor.fetchall()
