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


REASONS = "_problems"
"""The key under which a refused entry has the reasons beside it."""


def entries_of(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number and entry of each line of a JSON Lines file, as it is read.

    A line of a file of refused entries may be sent again as it is: the reasons beside the entry are left out.
    Raises EntryError with the line for what is not UTF-8, not JSON, not an object, or cut in the middle, and
    for a file without entries.
    """
    try:
        with file.open("rb") as lines:
            number = count = 0
            while line := lines.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    raise _refused(file, number, "line-too-long", "一行过长 / the line is too long")
                if line.strip():
                    count += 1
                    yield number, _entry(file, number, line)
    except OSError as error:
        found = f"文件读不出 / cannot read the file: {error.strerror}"
        raise EntryError(Problem("file-unreadable", found, place=Place(str(file)))) from error
    if not count:
        raise _refused(file, 0, "no-entries", "文件里没有条目 / the file holds no entries")


def _entry(file: Path, number: int, line: bytes) -> dict[str, Any]:
    if number == 1:
        line = line.removeprefix(b"\xef\xbb\xbf")
    try:
        line.decode()
        entry = orjson.loads(line)
    except UnicodeDecodeError as error:
        found = f"该行不是 UTF-8 / not UTF-8: byte {error.start + 1}"
        remedy = "另存为 UTF-8 / save as UTF-8: iconv -f GB18030 -t UTF-8"
        problem = Problem("not-utf-8", found, remedy=remedy, place=Place(str(file), number, error.start + 1))
        raise EntryError(problem) from error
    except orjson.JSONDecodeError as error:
        cut = "" if line.endswith(b"\n") else "(末行不完整,文件可能被截断 / the last line is cut)"
        raise _refused(
            file, number, "not-json", f"不是 JSON / not JSON: {error.msg}{cut}", error.colno
        ) from error
    if not isinstance(entry, dict):
        raise _refused(file, number, "not-an-object", "每行应是一个 JSON 对象 / each line is one JSON object")
    entry.pop(REASONS, None)
    return entry


def _refused(file: Path, line: int, code: str, found: str, column: int = 0) -> EntryError:
    remedy = (
        "按 JSON Lines 修正该行后重新提交;已入账的条目重复提交无害 / mend the line and send the file again"
    )
    return EntryError(Problem(code, found, remedy=remedy, place=Place(str(file), line, column)))
