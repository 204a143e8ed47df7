"""Seal the ledger, and verify it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taizhang.ledger import actions, queries


@dataclass(frozen=True, slots=True)
class Verified:
    """What `verify` found: a row a breach, how much is sealed, how many files are kept and were forgotten."""

    rows: list[dict[str, Any]]
    entries: int
    sealed: int
    unsealed: int
    files: int
    forgotten: int


def seal_ledger() -> Any:
    """Seal everything up to now; the checkpoint to give out is in `.file`, its size in `.size`."""
    return actions.seal()


def verify_ledger(checkpoint: Path | None = None, *, deep: bool = False) -> Verified:
    """Recompute the chain; against a checkpoint kept elsewhere where one is given."""
    outcome = queries.verify(checkpoint, deep=deep)
    rows = [
        {"code": breach.code, "position": breach.position, "what": breach.what} for breach in outcome.breaches
    ]
    unsealed, files = outcome.entries - outcome.sealed, outcome.files
    return Verified(rows, outcome.entries, outcome.sealed, unsealed, files.stored, files.forgotten)
