"""Which documents files and folders stand for, in a fixed order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from taizhang import reading
from taizhang.errors import Problem
from taizhang.values import Place


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A document to be read; `label` is its path below the folder that was given, with that folder's name."""

    path: Path
    label: Path


@dataclass(frozen=True, slots=True)
class DocumentFiles:
    """The documents, how many other files lay among them, and what is wrong with the folders."""

    documents: tuple[DocumentFile, ...]
    others: int
    problems: tuple[Problem, ...]


def document_files(given: Iterable[Path], leave_out: Iterable[Path] = ()) -> DocumentFiles:
    """Files as they are given, and of folders every file, however deep, whose name ends as a document's.

    Hidden ones and everything below a path of `leave_out` (our own output) are left out, a file that is
    reached twice is read once. Folders that cannot be listed, or hold no document, are problems.
    """
    out = {path.resolve() for path in leave_out}
    documents: dict[Path, DocumentFile] = {}
    others, problems = 0, []
    for one in given:
        if not one.is_dir():
            documents.setdefault(one.resolve(), DocumentFile(one, Path(one.name)))
            continue
        before = len(documents)
        for file in _below(one, problems, out):
            if file.suffix.lower() in reading.ENDINGS:
                label = Path(one.resolve().name) / file.relative_to(one)
                documents.setdefault(file.resolve(), DocumentFile(file, label))
            else:
                others += 1
        if len(documents) == before and not problems:
            problems.append(
                Problem(
                    "folder-without-documents",
                    "文件夹里没有(未读过的)文档 / no document in this folder that was not read before",
                    " ".join(reading.ENDINGS),
                    "请核对路径 / check the path",
                    Place(str(one)),
                )
            )
    return DocumentFiles(tuple(documents.values()), others, tuple(problems))


def _below(folder: Path, problems: list[Problem], out: set[Path]) -> Iterator[Path]:
    def unlisted(error: OSError) -> None:
        found = f"文件夹打不开 / the folder cannot be listed: {error.strerror}"
        remedy = "请核对权限 / check permissions"
        problems.append(Problem("folder-unreadable", found, "", remedy, Place(str(error.filename))))

    for parent, folders, files in os.walk(folder, onerror=unlisted):
        here = Path(parent)
        kept = (name for name in sorted(folders) if not name.startswith("."))
        folders[:] = [name for name in kept if (here / name).resolve() not in out]
        yield from (here / name for name in sorted(files) if _wanted(here / name, out))


def _wanted(file: Path, out: set[Path]) -> bool:
    return not file.name.startswith((".", "~$")) and file.is_file() and file.resolve() not in out
