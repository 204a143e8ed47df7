"""Files by digest: entries name the SHA-256 of a document, photograph or map; the content lies in the home.

The content stands in `files/ab/abcd…`, named by its own digest. So what an entry says of a file can be proved
for ever, and the content be deleted all the same: entries and chain stay whole, the row says when it was.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from taizhang.errors import Breach, DocumentError, HomeError, Problem, UnknownName
from taizhang.ledger.appending import home_errors
from taizhang.ledger.models import StoredFile
from taizhang.ledger.selecting import in_chunks
from taizhang.values import Place

LARGEST = 100 * 2**20
"""Bytes of one file. What is larger (a film, a survey) belongs into an archive."""

_CHUNK = 2**20
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that is kept: `digest` is the SHA-256 of its content in hex, `size` in bytes."""

    digest: str
    size: int
    name: str


@dataclass(frozen=True, slots=True)
class FileStates:
    """How many files are kept, how many were forgotten, and the digests of those not as they should be."""

    stored: int = 0
    forgotten: int = 0
    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()  # forgotten, but the content is still there


def store_file(content: Path | bytes, *, name: str = "", largest: int = LARGEST) -> Stored:
    """Keep a file under its digest, on the disk before this returns; storing it again is harmless.

    `name` is what people call it (default: the path's). Raises DocumentError for a file that cannot be read,
    is empty, larger than `largest` bytes, or was forgotten before; HomeError where the disk is full.
    """
    source = content if isinstance(content, Path) else None
    name = "".join(c for c in name or (source.name if source else "") if c.isprintable())[-255:]
    with _draft() as (draft, out):
        digest, size = _copy(content, out, largest)
        with home_errors(), transaction.atomic():
            row, _ = StoredFile.objects.get_or_create(digest=digest, defaults={"size": size, "name": name})
            if row.forgotten is not None:
                found = f"内容已按规定删除,不再收存 / the content was forgotten on {row.forgotten:%Y-%m-%d}"
                remedy = "遮去应删内容后另存一份 / store a copy without what had to go"
                raise _refused("file-forgotten", found, source, remedy)
            _put(draft, file_of(digest))
    return Stored(digest, row.size, row.name)


def missing(digests: Iterable[str]) -> set[str]:
    """Those of the digests (hex) whose content is not kept: never stored, or forgotten."""
    asked = list(dict.fromkeys(digests))
    kept: set[str] = set()
    for some in in_chunks(asked):
        rows = StoredFile.objects.filter(digest__in=some, forgotten__isnull=True)
        kept.update(rows.values_list("digest", flat=True))
    return set(asked) - kept


def open_file(digest: str) -> BinaryIO:
    """The content, from its beginning, after its digest was verified. Close it.

    Raises UnknownName (never stored, or forgotten), HomeError (the content is gone), Breach (it was changed).
    """
    with home_errors():
        row = StoredFile.objects.filter(digest=digest).first()
    if row is None:
        raise UnknownName(Problem("unknown-file", f"没有收存这个文件 / no such file: {digest}"))
    if row.forgotten is not None:
        found = f"文件 {row.name} 的内容已按规定删除 / was forgotten on {row.forgotten:%Y-%m-%d}"
        raise UnknownName(Problem("file-forgotten", found))
    try:
        content = file_of(digest).open("rb")
    except OSError as error:
        found = f"文件 {row.name} 的内容读不出 / the content cannot be read: {error.strerror}"
        raise HomeError(Problem("file-missing", found, remedy=_FROM_A_COPY)) from error
    if _digest(content) != digest:
        content.close()
        found = f"文件 {row.name} 的内容与摘要不符 / the content was changed: {digest}"
        raise Breach(Problem("file-changed", found, remedy=_FROM_A_COPY))
    content.seek(0)
    return content


def forget_file(digest: str) -> None:
    """Delete a file's content; its row says when. Again is harmless. UnknownName when it was never stored."""
    with home_errors(), transaction.atomic():
        row = StoredFile.objects.select_for_update().filter(digest=digest).first()
        if row is None:
            raise UnknownName(Problem("unknown-file", f"没有收存这个文件 / no such file: {digest}"))
        if row.forgotten is None:
            row.forgotten = timezone.now()
            row.save(update_fields=["forgotten"])
        # Before the commit: a failure in between leaves a missing file, which verifying tells.
        file = file_of(digest)
        file.unlink(missing_ok=True)
        if file.parent.exists():
            _sync(file.parent)


def states(*, deep: bool = False) -> FileStates:
    """Whether each file is as it should be: there and of its size; with `deep`, of its digest."""
    stored = forgotten = 0
    gone, changed, left = [], [], []
    for row in StoredFile.objects.order_by("digest").iterator(chunk_size=2_000):
        file = file_of(row.digest)
        size = file.stat().st_size if file.is_file() else None
        if row.forgotten is not None:
            forgotten += 1
            left += [row.digest] if size is not None else []
            continue
        stored += 1
        if size is None:
            gone.append(row.digest)
        elif size != row.size or (deep and _digest_of(file) != row.digest):
            changed.append(row.digest)
    return FileStates(stored, forgotten, tuple(gone), tuple(changed), tuple(left))


def file_of(digest: str) -> Path:
    """Where the content with this digest lies. ValueError for what is no digest."""
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise ValueError(f"not a SHA-256 in hex: {digest!r}")
    return _folder() / digest[:2] / digest


_FROM_A_COPY = "从备份取回 files 目录中的同名文件 / bring the file of that name in `files` back from a backup"


def _folder() -> Path:
    return Path(settings.HOME) / "files"


@contextmanager
def _draft() -> Iterator[tuple[Path, BinaryIO]]:
    """A file of its own to write to, gone at the end unless it was put in its place."""
    draft = _folder() / f".draft-{secrets.token_hex(8)}"
    try:
        draft.parent.mkdir(exist_ok=True)
        with draft.open("xb") as out:
            yield draft, out
    except OSError as error:
        if error.errno in _FULL:
            found = "磁盘已满,文件没有收存 / the disk is full; the file was not stored"
            remedy = "腾出空间后重新提交 / free space and send again"
            raise HomeError(Problem("disk-full", found, remedy=remedy)) from error
        found = f"文件目录不能写 / cannot write in {draft.parent}: {error.strerror}"
        raise HomeError(Problem("files-unwritable", found)) from error
    finally:
        draft.unlink(missing_ok=True)


def _copy(content: Path | bytes, out: BinaryIO, largest: int) -> tuple[str, int]:
    """Digest and size of what was written, and is on the disk."""
    source = content if isinstance(content, Path) else None
    digest, size = hashlib.sha256(), 0
    for piece in _pieces(content):
        size += len(piece)
        if size > largest:
            found = f"文件大于 {largest:,} 字节 / the file is larger than that"
            raise _refused("file-too-large", found, source, "压缩或拆分 / compress or split it")
        digest.update(piece)
        out.write(piece)
    if not size:
        raise _refused("file-empty", "文件是空的 / the file is empty", source)
    out.flush()
    os.fsync(out.fileno())
    return digest.hexdigest(), size


def _pieces(content: Path | bytes) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    try:
        opened: IO[bytes] = content.open("rb")
    except OSError as error:
        found = f"文件读不出 / cannot read the file: {error.strerror}"
        raise _refused("file-unreadable", found, content) from error
    with opened:
        while piece := opened.read(_CHUNK):
            yield piece


def _put(draft: Path, file: Path) -> None:
    """Move the draft to its place, durably; what is there already is as good, unless it is damaged."""
    file.parent.mkdir(exist_ok=True)
    draft.replace(file)
    _sync(file.parent)
    _sync(file.parent.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digest(content: BinaryIO) -> str:
    return hashlib.file_digest(content, "sha256").hexdigest()


def _digest_of(file: Path) -> str:
    try:
        with file.open("rb") as content:
            return _digest(content)
    except OSError:
        return ""  # what cannot be read is not what was stored


def _refused(code: str, found: str, source: Path | None, remedy: str = "") -> DocumentError:
    return DocumentError(Problem(code, found, remedy=remedy, place=Place(str(source)) if source else None))
