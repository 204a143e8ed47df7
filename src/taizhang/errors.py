"""The one tree of errors.

    TaizhangError
    ├── DefinitionError      a programme file, code list or district file is wrong (carries every problem)
    ├── EntryError           entries were refused (carries a reason per entry and field)
    ├── UnknownName          an area, indicator, record, period … that nobody has declared
    ├── DocumentError        a text that cannot be read as a document
    ├── OutputError          a result that cannot be written where it should go
    ├── HomeError            the district's home is missing, locked, damaged or its disk is full
    ├── NotAllowed           the officer may not do this here
    └── Breach               the ledger's chain does not hold (carries each breach with its position)

Wrong definitions and misuse raise. Bad data and doubtful text come back as values, each a `Problem`: all of
them, never the first only. `taizhang.cli` maps errors to exit codes, `taizhang.web` to HTTP responses.
"""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from taizhang.values.place import Place


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with what was handed in.

    `code` is stable and documented (kebab-case, e.g. ``unknown-field``); `found` and `expected` are words for
    people, in Chinese; `remedy` says what to do; `place` says where.
    """

    code: str
    found: str
    expected: str = ""
    remedy: str = ""
    place: Place | None = None

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        parts = [f"{where}{self.found} [{self.code}]"]
        if self.expected:
            parts.append(f"  应为 / expected: {self.expected}")
        if self.remedy:
            parts.append(f"  怎么办 / remedy: {self.remedy}")
        return "\n".join(parts)


class TaizhangError(Exception):
    """The root. `problems` is never empty."""

    def __init__(self, problems: Problem | Sequence[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        if not self.problems:
            raise ValueError("an error without a problem says nothing")
        super().__init__("\n".join(str(problem) for problem in self.problems))


class DefinitionError(TaizhangError):
    """A programme file, code list or district file is wrong."""


class EntryError(TaizhangError):
    """Entries were refused; nothing of the batch was taken."""


class UnknownName(TaizhangError):
    """A name that nobody has declared."""


class DocumentError(TaizhangError):
    """A text that cannot be read as a document."""


class OutputError(TaizhangError):
    """A result that cannot be written where it should go."""


class HomeError(TaizhangError):
    """The district's home is missing, locked, damaged or its disk is full."""


class NotAllowed(TaizhangError):
    """The officer may not do this here."""


class Breach(TaizhangError):
    """The ledger's chain does not hold."""


def arose_at(error: BaseException) -> str:
    """File and line of our own in which an unforeseen error arose, without its words; "?" where in none."""
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if "taizhang" in frame.filename]
    return f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else "?"
