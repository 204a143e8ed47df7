"""Keep a file, so that entries can name it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from taizhang.errors import HomeError, Problem
from taizhang.ledger import actions, queries


def store_file(file: Path) -> dict[str, Any]:
    """Store a file; its `digest` (what an entry names), `size` in bytes and `name`.

    Raises DocumentError for a file that cannot be kept, HomeError where there is no ledger or no room.
    """
    if not queries.founded():
        raise HomeError(
            Problem("home-empty", "这里还没有台账 / there is no ledger here yet", remedy="taizhang init DIR")
        )
    stored = actions.store_file(file)
    return {"digest": stored.digest, "size": stored.size, "name": stored.name}
