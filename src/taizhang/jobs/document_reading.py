"""Read one document into a run's folder: what each process of a run does. No Django, no ledger."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from taizhang import reading
from taizhang.errors import Problem, TaizhangError, arose_at
from taizhang.jobs.run_folder import ReadFile
from taizhang.values import Place

_HALF = re.compile("[\ud800-\udfff]")
"""What no encoding holds: halves of characters, as which bytes of foreign file names come."""
COUNTED = ("claims", "statements", "findings")
"""What is counted of each document."""


@dataclass(frozen=True, slots=True)
class DocumentTask:
    """A document to be read into `folder`; `page`: where it goes when marked; `known`: how it was read."""

    file: Path
    what: str
    folder: Path
    page: Path | None = None
    known: ReadFile | None = None


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A document that could not be read, and why."""

    file: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """What a piece of a document gives: lines of rows, the page, and what it is about."""

    lines: list[bytes]
    page: str
    title: str
    region: str
    year: int | None
    found: Counter[str]


def read_document(task: DocumentTask) -> ReadFile | FailedFile:
    """Read a document: its rows go to this process's file in the folder, its page to its place.

    A long one is read piece by piece, and each piece has a page of its own. A document that is as it was
    known to be is not read again. Whatever goes wrong with a document comes back as a value. Raises OSError
    when the rows or the page cannot be written.
    """
    digest = _digest(task.file)
    if task.known and task.known.digest == digest and (task.page is None or task.page.is_file()):
        return task.known
    spool = task.folder / f"rows-{os.getpid()}.jsonl"
    found: Counter[str] = Counter()
    pages: list[Path] = []
    rows = 0
    with spool.open("ab") as out:
        at = out.seek(0, os.SEEK_END)
        for number, piece in enumerate(_pieces(task), 1):
            if isinstance(piece, FailedFile):
                for page in pages:
                    page.unlink()
                return piece
            out.writelines(piece.lines)
            rows, found = rows + len(piece.lines), found + piece.found
            if task.page is not None:
                pages.append(_page_of(task.page, number))
                write_whole(pages[-1], piece.page)
        size = out.tell() - at
        out.flush()
        os.fsync(out.fileno())
    counts = {name: found[name] for name in COUNTED}
    about = (piece.title, piece.region, piece.year)
    return ReadFile(str(task.file), digest, rows, spool.name, at, size, *about, counts, str(task.page or ""))


def _pieces(task: DocumentTask) -> Iterator[_Piece | FailedFile]:
    """What the pieces give, in order; a failure is the last."""
    file = str(task.file)
    try:
        for number, read in enumerate(reading.read_pieces(task.file), 1):
            rows = read.table(task.what, file)
            lines = [_HALF.sub("\ufffd", rows.columns.line(row)).encode() for row in rows]
            source = file if number == 1 else f"{file} ({number})"
            page = "".join(read.marked(source)) if task.page is not None else ""
            found = Counter({name: len(getattr(read, name)) for name in COUNTED})
            yield _Piece(lines, page, read.title, read.region, read.year, found)
    except TaizhangError as error:
        yield FailedFile(file, error.problems)
    except Exception as error:  # noqa: BLE001 - one document never stops the others; it is named at the end
        yield FailedFile(file, (_unforeseen(task.file, error),))


def _page_of(page: Path, number: int) -> Path:
    return page if number == 1 else page.with_name(f"{page.stem}-{number}{page.suffix}")


def write_whole(file: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    with part.open("wb") as out:
        out.write(_HALF.sub("\ufffd", text).encode())
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)


def _digest(file: Path) -> str:
    """Before the reading: what changes in between is seen as changed the next time."""
    if not file.is_file():
        return ""  # a pipe would never end; reading it says what is wrong
    try:
        with file.open("rb") as content:
            return file_digest(content, "sha256").hexdigest()
    except OSError:
        return ""  # reading it says what is wrong


def _unforeseen(file: Path, error: Exception) -> Problem:
    found = f"程序出错 / an unforeseen error: {type(error).__name__} ({arose_at(error)})"
    remedy = "其余文件已照常读;请报告此错 / the others were read; report this, please"
    return Problem("reading-failed", found, "", remedy, Place(str(file)))
