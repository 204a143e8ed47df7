"""Post a file of entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from taizhang.errors import EntryError, Problem
from taizhang.jobs.entry_files import REASONS, entries_of, key_columns
from taizhang.jobs.refused_files import write_refused
from taizhang.ledger import actions, queries

Refused = Sequence[tuple[dict[str, Any], Sequence[Problem]]]


@dataclass(frozen=True, slots=True)
class PostedFile:
    """What became of a file: entries taken now, known already, refused (with the file to mend).

    `rehearsed` says that nothing was taken: the numbers are what would have been.
    """

    file: Path
    taken: int
    known: int
    refused: int
    position: int
    refused_file: Path | None
    rehearsed: bool = False
    equal_rows: int = 0


def post_file(
    file: Path,
    *,
    officer: str,
    partial: bool = False,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> PostedFile:
    """Post every entry of a JSON Lines file in `officer`'s name: all of them or none, unless `partial`.

    With `dry_run` everything is checked and nothing is taken. A file of refused entries may be sent as it is:
    the reasons in it are passed over.
    Raises EntryError with file, line, column, entry and field of everything that is wrong.
    """
    sent = list(entries_of(file))

    def columns(lines: set[int]) -> Mapping[int, Mapping[str, int]]:
        return key_columns(file, lines)

    def lines(refused: Refused) -> tuple[str, bytes]:
        return ".jsonl", b"".join(_refused_lines(refused))

    return post_entries(
        file, sent, officer=officer, partial=partial, dry_run=dry_run, progress=progress,
        columns=columns, rewrite=lines,
    )  # fmt: skip


def post_entries(
    file: Path,
    sent: list[Any],
    *,
    officer: str,
    partial: bool,
    dry_run: bool,
    progress: Callable[[int], None] | None,
    columns: Callable[[set[int]], Mapping[int, Mapping[str, int]]],
    rewrite: Callable[[Refused], tuple[str, bytes]],
) -> PostedFile:
    """Post entries that came from `file`, and write what was refused beside it.

    `columns` gives the columns of the fields of some lines, `rewrite` the ending and the content of a file
    with what was refused and why.
    """
    by = actions.officer(officer)
    try:
        if dry_run:
            posted = actions.rehearse(sent, by=by, partial=partial, source=str(file))
        else:
            posted = actions.post(sent, by=by, partial=partial, source=str(file), progress=progress)
    except EntryError as error:
        raise EntryError(_in_order(_with_columns(error.problems, columns))) from error
    refused = [(one, _with_columns(problems, columns)) for one, problems in posted.refused]
    refused_file = write_refused(file, *rewrite(refused)) if refused and not dry_run else None
    return PostedFile(
        file, posted.taken, posted.known, len(refused), queries.position(), refused_file, dry_run
    )


def _with_columns(
    problems: Sequence[Problem], columns: Callable[[set[int]], Mapping[int, Mapping[str, int]]]
) -> list[Problem]:
    lines = {problem.place.line for problem in problems if problem.place} - {0}
    known = columns(lines) if lines else {}

    def placed(problem: Problem) -> Problem:
        place = problem.place
        column = known.get(place.line, {}).get(place.field, 0) if place else 0
        return replace(problem, place=replace(place, column=column)) if place and column else problem

    return [placed(problem) for problem in problems]


def _in_order(problems: list[Problem]) -> list[Problem]:
    """As they stand in the file: checks of different kinds find theirs one kind after another."""
    return sorted(problems, key=lambda problem: problem.place.line if problem.place else 0)


def _refused_lines(refused: Refused) -> Iterator[bytes]:
    for entry, problems in refused:
        yield orjson.dumps(entry | {REASONS: [str(problem) for problem in problems]}) + b"\n"
