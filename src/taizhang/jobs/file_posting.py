"""Post a file of entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from taizhang.errors import Problem
from taizhang.jobs.entry_files import entries_of
from taizhang.ledger import actions, queries


@dataclass(frozen=True, slots=True)
class PostedFile:
    """What became of a file: entries taken now, known already, refused (with the file to mend)."""

    file: Path
    taken: int
    known: int
    refused: int
    position: int
    refused_file: Path | None


def post_file(
    file: Path,
    *,
    officer: str,
    partial: bool = False,
    progress: Callable[[int], None] | None = None,
) -> PostedFile:
    """Post every entry of a JSON Lines file in `officer`'s name: all of them or none, unless `partial`.

    Raises EntryError with file, line, entry and field of everything that is wrong.
    """
    sent = [entry for _, entry in entries_of(file)]
    return post_entries(file, sent, officer=officer, partial=partial, progress=progress)


def post_entries(
    file: Path,
    sent: list[dict[str, Any]],
    *,
    officer: str,
    partial: bool,
    progress: Callable[[int], None] | None,
) -> PostedFile:
    """Post entries that came from `file`, and write what was refused beside it."""
    posted = actions.post(
        sent, by=actions.officer(officer), partial=partial, source=str(file), progress=progress
    )
    refused_file = None
    if posted.refused:
        refused_file = file.with_name(file.stem + ".refused.jsonl")
        refused_file.write_bytes(b"".join(_refused_lines(posted.refused)))
    return PostedFile(file, posted.taken, posted.known, len(posted.refused), queries.position(), refused_file)


def _refused_lines(refused: Any) -> Iterator[bytes]:
    for entry, problems in refused:
        yield orjson.dumps(entry | {"_problems": [_words(problem) for problem in problems]}) + b"\n"


def _words(problem: Problem) -> str:
    return str(problem)
