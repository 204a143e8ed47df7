"""Post a file of entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from taizhang.errors import EntryError, HomeError, Problem
from taizhang.jobs.entry_files import REASONS, entries_of
from taizhang.ledger import actions, queries
from taizhang.values import Place


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
    lines, sent = [], []
    for line, entry in entries_of(file):
        lines.append(line)
        sent.append(entry)
    return post_entries(file, sent, lines, officer=officer, partial=partial, progress=progress)


def post_entries(
    file: Path,
    sent: list[dict[str, Any]],
    lines: Sequence[int],
    *,
    columns: Mapping[str, int] | None = None,
    officer: str,
    partial: bool,
    progress: Callable[[int], None] | None,
) -> PostedFile:
    """Post entries that came from these lines of `file`, and write what was refused beside it.

    `columns` tells in which column of the file a field stands. Raises EntryError as `post_file`, and
    HomeError where the file of refused entries cannot be written; what is good was taken then.
    """
    places = _Places(str(file), sent, lines, columns or {})
    try:
        posted = actions.post(
            sent, by=actions.officer(officer), partial=partial, source=str(file), progress=progress
        )
    except EntryError as error:
        raise EntryError([places.of(problem) for problem in error.problems]) from error
    refused_file = None
    if posted.refused:
        refused_file = file.with_name(file.stem + ".refused.jsonl")
        told = [
            (entry, [str(places.of(problem)) for problem in problems]) for entry, problems in posted.refused
        ]
        _write_refused(refused_file, told, posted.taken)
    return PostedFile(file, posted.taken, posted.known, len(posted.refused), queries.position(), refused_file)


class _Places:
    """Where in a file an entry and its fields stand."""

    def __init__(
        self, file: str, sent: Sequence[Mapping[str, Any]], lines: Sequence[int], columns: Mapping[str, int]
    ) -> None:
        self.file, self.columns = file, columns
        self.lines: dict[str, int] = {}
        for entry, line in zip(sent, lines, strict=True):
            self.lines[str(entry.get("id", ""))] = line  # of an id that stands twice, where it stands again

    def of(self, problem: Problem) -> Problem:
        """The problem with line and column, where its entry has a known id."""
        place = problem.place
        if place is None or place.source != self.file or place.line:
            return problem
        line, column = self.lines.get(place.entry, 0), self.columns.get(place.field, 0)
        return replace(problem, place=Place(self.file, line, column if line else 0, place.entry, place.field))


def _write_refused(file: Path, refused: Sequence[tuple[Mapping[str, Any], list[str]]], taken: int) -> None:
    lines: Iterator[bytes] = (orjson.dumps({**entry, REASONS: reasons}) for entry, reasons in refused)
    draft = file.with_name(file.name + ".draft")
    try:
        draft.write_bytes(b"\n".join(lines) + b"\n")
        draft.replace(file)
    except OSError as error:
        draft.unlink(missing_ok=True)
        found = f"{taken} 条已入账,退回的写不出 / taken, but the refused cannot be written: {error.strerror}"
        remedy = "腾出空间后把原文件重新提交;已入账的条目重复提交无害 / free space and send the file again"
        raise HomeError(Problem("refused-unwritten", found, remedy=remedy, place=Place(str(file)))) from error
