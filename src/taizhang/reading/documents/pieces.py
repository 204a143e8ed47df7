"""Large text files in pieces: what is held at a time does not grow with the file.

A piece ends where a paragraph ends, so no sentence is cut; every piece says where in the whole text it
begins.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from taizhang.reading.documents.document import (
    Document,
    load,
    name_of,
    refuse_what_is_no_text,
    size_of,
    unreadable,
)
from taizhang.reading.documents.encoding import SAMPLE_BYTES, detect, misfit
from taizhang.reading.documents.page import is_page
from taizhang.reading.documents.refusing import refuse

PIECE = 1_000_000  # code points
LIMIT_BYTES = 4 * 1024 * 1024 * 1024
_READ_BYTES = 1024 * 1024
# Where a text may be cut, best first: before a blank line's paragraph or an indented line, at any line, at a
# sentence.
_CUTS = (
    re.compile(r"(?<=\n)[ \t\r]*\n(?=\S)|\n(?=\u3000|  )"),
    re.compile(r"\r\n|[\r\n]"),
    re.compile(r"[。！？]"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: `start` counts the code points before it, `number` the pieces; `last`: none
    follows.
    """

    text: str
    start: int
    number: int
    last: bool


def pieces(source: Path, size: int = PIECE) -> Iterator[tuple[Document, Piece]]:
    """The pieces of a file's text, each with the document that it is of (whose own `text` is this piece's).

    A file that is no plain text, or not larger than a piece, comes as one. Raises DocumentError as `load`
    does, and, as pieces come, where the file stops making sense.
    """
    name = name_of(source)
    total = size_of(source, name)
    if total <= size or _in_one(head := _head(source, name)):
        document = load(source)
        yield document, Piece(document.text, 0, 0, True)
        return
    if total > LIMIT_BYTES:
        found = f"文件有 {total} 字节 / {total} bytes"
        expected = f"不超过 {LIMIT_BYTES} 字节 / at most {LIMIT_BYTES} bytes"
        raise refuse("document-too-large", found, "请拆成几份 / split it", name, expected=expected)
    refuse_what_is_no_text(head, name)
    encoding, skip = detect(head, name, whole=False)
    start = number = 0
    waiting = ""
    for text in _decoded(source, name, encoding, skip):
        waiting += text
        while len(waiting) > size:
            cut = _cut(waiting, size)
            yield Document(waiting[:cut], "text", encoding), Piece(waiting[:cut], start, number, False)
            start, number, waiting = start + cut, number + 1, waiting[cut:]
    if not number and not waiting.strip():
        raise refuse(
            "document-empty", "文件是空的 / the file is empty", "请给出有文字的文件 / give text", name
        )
    yield Document(waiting, "text", encoding), Piece(waiting, start, number, True)


def _head(source: Path, name: str) -> bytes:
    try:
        with source.open("rb") as stream:
            return stream.read(16 * SAMPLE_BYTES)
    except OSError as error:
        raise refuse(*unreadable(error), name) from error


def _in_one(head: bytes) -> bool:
    """Whether it is a container, which is only read as a whole."""
    return head.startswith(b"PK\x03\x04") or b"%PDF-" in head[:1024] or is_page(head[:4096].decode("latin-1"))


def _decoded(source: Path, name: str, encoding: str, skip: int) -> Iterator[str]:
    """The text of a file, a block at a time. Raises DocumentError with the place where it cannot be
    decoded.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    at, line = skip, 1
    try:
        with source.open("rb") as stream:
            stream.seek(skip)
            while block := stream.read(_READ_BYTES):
                pending = decoder.getstate()[0]
                try:
                    yield decoder.decode(block)
                except UnicodeDecodeError as error:
                    raise misfit(error, name, pending + block, at - len(pending), line) from error
                at, line = at + len(block), line + block.count(b"\n")
    except OSError as error:
        raise refuse(*unreadable(error), name) from error
    pending = decoder.getstate()[0]
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise misfit(error, name, pending, at - len(pending), line) from error


def _cut(text: str, size: int) -> int:
    """Where a piece ends: at the last good place of its last part."""
    low = size - size // 4
    for pattern in _CUTS:
        found = [match.end() for match in pattern.finditer(text, low, size)]
        if found:
            return found[-1]
    return size
