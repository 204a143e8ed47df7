"""Entries from files: JSON Lines as they are sent, each with the line it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from taizhang.errors import EntryError, Problem
from taizhang.values import Place

LONGEST_LINE = 4_000_000
"""Bytes; an entry is a form, not a film: a longer line is a file of another kind."""


def entries_of(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number and entry of each line of a JSON Lines file, as it is read.

    Raises EntryError with the line for what is not UTF-8, not JSON, not an object, or cut in the middle.
    """
    try:
        with file.open("rb") as lines:
            number = 0
            while line := lines.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    raise _refused(file, number, "line-too-long", "一行过长 / the line is too long")
                if line.strip():
                    yield number, _entry(file, number, line)
    except OSError as error:
        raise _refused(
            file, 0, "file-unreadable", f"文件读不出 / cannot read the file: {error.strerror}"
        ) from error


def _entry(file: Path, number: int, line: bytes) -> dict[str, Any]:
    if number == 1:
        line = line.removeprefix(b"\xef\xbb\xbf")
    try:
        entry = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        cut = "" if line.endswith(b"\n") else "(末行不完整,文件可能被截断 / the last line is cut)"
        raise _refused(
            file, number, "not-json", f"不是 JSON / not JSON: {error.msg}{cut}", error.colno
        ) from error
    if not isinstance(entry, dict):
        raise _refused(file, number, "not-an-object", "每行应是一个 JSON 对象 / each line is one JSON object")
    return entry


def _refused(file: Path, line: int, code: str, found: str, column: int = 0) -> EntryError:
    remedy = (
        "按 JSON Lines 修正该行后重新提交;已入账的条目重复提交无害 / mend the line and send the file again"
    )
    return EntryError(Problem(code, found, remedy=remedy, place=Place(str(file), line, column)))
