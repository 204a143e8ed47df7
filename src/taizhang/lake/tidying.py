"""Keeping the lake tidy: inlined rows to Parquet, small files to bigger ones, and what nobody needs away.

Each step says whether nothing of it is left to do.
"""

from __future__ import annotations

import duckdb

PAUSE = 0.02
"""Seconds to leave between two steps: a lock that is taken again at once lets nobody else in."""
ATTEMPTS = 10
"""How often to try while readers do not end."""


def flush(connection: duckdb.DuckDBPyConnection) -> bool:
    """Write inlined rows to Parquet; of the positions reached only the last is kept."""
    connection.execute(
        "DELETE FROM lake.meta.progress WHERE position < (SELECT max(position) FROM lake.meta.progress)"
    )
    connection.execute("CALL ducklake_flush_inlined_data('lake')")
    return True


def merge(connection: duckdb.DuckDBPyConnection) -> bool:
    """Merge some small neighbours into one file of each table; True when there was nothing to merge."""
    statement = "CALL ducklake_merge_adjacent_files('lake', max_compacted_files => 1)"
    return not connection.execute(statement).fetchall()


def drop(connection: duckdb.DuckDBPyConnection) -> bool:
    """Drop snapshots and files older than an hour; whoever still reads them began before that."""
    for call in ("expire_snapshots", "cleanup_old_files", "delete_orphaned_files"):
        connection.execute(f"CALL ducklake_{call}('lake', older_than => now() - INTERVAL 1 HOUR)")
    return True
