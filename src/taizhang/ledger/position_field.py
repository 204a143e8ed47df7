"""The column of a position: 64 bits in either database."""

from __future__ import annotations

from typing import Any

from django.db import models


class PositionField(models.BigIntegerField):
    """A whole number that on SQLite, as a primary key, is the row's own place in the table.

    SQLite orders a table by a column of the type INTEGER alone, and for any other name of a type builds an
    index beside the table (SQLite, "CREATE TABLE", part "ROWIDs and the INTEGER PRIMARY KEY").
    Its integers have up to 64 bits by any name.
    """

    def db_type(self, connection: Any) -> str | None:
        """`integer` on SQLite, `bigint` elsewhere."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)
