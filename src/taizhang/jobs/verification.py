"""Seal the ledger, and verify it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taizhang.ledger import actions, queries


@dataclass(frozen=True, slots=True)
class Verified:
    """What `verify` found: each breach, how many entries there are and how many of them are sealed, how many
    files are kept and how many were forgotten."""

    breaches: list[dict[str, Any]]
    entries: int
    sealed: int
    files: int
    forgotten: int

    @property
    def unsealed(self) -> int:
        """How long the tail is that no seal holds yet."""
        return self.entries - self.sealed

    @property
    def rows(self) -> list[dict[str, Any]]:
        """A row a breach, or the one row `sound`; each says how much is sealed."""
        counts = {
            "entries": self.entries,
            "sealed": self.sealed,
            "unsealed": self.unsealed,
            "files": self.files,
            "forgotten": self.forgotten,
        }
        sound = {"code": "sound", "position": None, "what": ""}
        return [breach | counts for breach in self.breaches or [sound]]


def seal_ledger() -> Any:
    """Seal everything up to now; the checkpoint to give out is in `.file`, its size in `.size`."""
    return actions.seal()


def verify_ledger(checkpoint: Path | None = None, *, deep: bool = False) -> Verified:
    """Recompute the chain; against a checkpoint kept elsewhere where one is given."""
    outcome = queries.verify(checkpoint, deep=deep)
    breaches = [
        {"code": breach.code, "position": breach.position, "what": breach.what} for breach in outcome.breaches
    ]
    files = outcome.files
    return Verified(breaches, outcome.entries, outcome.sealed, files.stored, files.forgotten)
