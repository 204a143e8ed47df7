"""Entries from files: JSON Lines as they are sent, each with the line it stands on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from taizhang.errors import EntryError, Problem
from taizhang.ledger.actions import SentEntry
from taizhang.values import Place

_SPACE = re.compile(r"[ \t\r\n]*")
LONGEST_LINE = 4_000_000
"""Bytes; an entry is a form, not a film: a longer line is a file of another kind."""

REASONS = "_problems"
"""The key under which a file of refused entries says why; left out when such a file is sent again."""


def entries_of(file: Path) -> Iterator[SentEntry]:
    """The entry of each line of a JSON Lines file, as it is read, with its line number.

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
                    entry = _entry(file, number, line)
                    entry.pop(REASONS, None)
                    yield SentEntry(entry, number)
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
    return entry


def _refused(file: Path, line: int, code: str, found: str, column: int = 0) -> EntryError:
    remedy = (
        "按 JSON Lines 修正该行后重新提交;已入账的条目重复提交无害 / mend the line and send the file again"
    )
    return EntryError(Problem(code, found, remedy=remedy, place=Place(str(file), line, column)))


def key_columns(file: Path, lines: Iterable[int]) -> dict[int, dict[str, int]]:
    """Line → key → column (in characters, from 1), of entries that `entries_of` has read.

    A payload's keys stand beside the entry's own; where both have one name, the entry's own is meant.
    """
    wanted = set(lines)
    found: dict[int, dict[str, int]] = {}
    with file.open("rb") as content:
        for number, line in enumerate(content, 1):
            if number in wanted:
                found[number] = _columns(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    return found


def _columns(line: str) -> dict[str, int]:
    own: dict[str, int] = {}
    inner: dict[str, int] = {}
    for key, at, value in _members(line, line.index("{")):
        own[key] = at + 1
        if key == "payload" and line[value] == "{":
            inner = {name: start + 1 for name, start, _ in _members(line, value)}
    return inner | own


def _members(line: str, at: int) -> Iterator[tuple[str, int, int]]:
    """Key, its start and its value's start of each member of the object whose brace stands at `at`."""
    scan = json.JSONDecoder().raw_decode
    at = _SPACE.match(line, at + 1).end()
    while line[at] != "}":
        key, end = scan(line, at)
        value = _SPACE.match(line, line.index(":", end) + 1).end()
        yield key, at, value
        _, end = scan(line, value)
        at = _SPACE.match(line, end).end()
        if line[at] == ",":
            at = _SPACE.match(line, at + 1).end()
