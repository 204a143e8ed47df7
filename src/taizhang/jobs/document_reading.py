"""Read one document into a run's folder: what each process of a run does. No Django, no ledger."""

from __future__ import annotations

import os
import traceback
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from taizhang import reading
from taizhang.errors import Problem, TaizhangError
from taizhang.jobs.run_folder import ReadFile
from taizhang.values import Place


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


def read_document(task: DocumentTask) -> ReadFile | FailedFile:
    """Read a document: its rows go to this process's file in the folder, its page to its place.

    A document that is as it was known to be is not read again. Whatever goes wrong with a document comes
    back as a value. Raises OSError when the rows or the page cannot be written.
    """
    try:
        digest = _digest(task.file)
        if task.known and task.known.digest == digest and (task.page is None or task.page.is_file()):
            return task.known
        read = reading.read(task.file)
        rows = read.table(task.what, str(task.file))
    except TaizhangError as error:
        return FailedFile(str(task.file), error.problems)
    except Exception as error:  # noqa: BLE001 - one document never stops the others; it is named at the end
        return FailedFile(str(task.file), (_unforeseen(task.file, error),))
    lines = [rows.columns.line(row).encode("utf-8", "backslashreplace") for row in rows]
    spool = task.folder / f"rows-{os.getpid()}.jsonl"
    at, size = _append(spool, lines)
    if task.page is not None:
        write_whole(task.page, "".join(read.marked(str(task.file))))
    found = {"claims": len(read.claims), "statements": len(read.statements), "findings": len(read.findings)}
    page = str(task.page or "")
    about = (read.title, read.region, read.year)
    return ReadFile(str(task.file), digest, len(lines), spool.name, at, size, *about, found, page)


def write_whole(file: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    with part.open("wb") as out:
        out.write(text.encode("utf-8", "replace"))
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)


def _append(spool: Path, lines: list[bytes]) -> tuple[int, int]:
    with spool.open("ab") as out:
        at = out.seek(0, os.SEEK_END)
        out.writelines(lines)
        out.flush()
        os.fsync(out.fileno())
    return at, sum(map(len, lines))


def _digest(file: Path) -> str:
    """Before the reading: what changes in between is seen as changed the next time."""
    try:
        with file.open("rb") as content:
            return file_digest(content, "sha256").hexdigest()
    except OSError:
        return ""  # reading it says what is wrong


def _unforeseen(file: Path, error: Exception) -> Problem:
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if "taizhang" in frame.filename]
    where = f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else "?"
    found = f"程序出错 / an unforeseen error: {type(error).__name__} ({where})"
    remedy = "其余文件已照常读;请报告此错 / the others were read; report this, please"
    return Problem("reading-failed", found, "", remedy, Place(str(file)))
