"""Import a sheet (CSV): each row opens a record."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from taizhang import programmes
from taizhang.errors import EntryError, Problem
from taizhang.jobs.file_posting import PostedFile, post_entries
from taizhang.ledger import queries
from taizhang.values import Place

ENVELOPE = ("id", "record", "happened", "area", "body", "reason")
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def import_sheet(
    file: Path,
    record_type: str,
    *,
    officer: str,
    area: str = "",
    body: str = "",
    partial: bool = False,
    progress: Callable[[int], None] | None = None,
) -> PostedFile:
    """Post each row of a CSV file as an opening entry of `record_type`.

    The file is UTF-8 or GB18030. Columns are named by field id, by the field's Chinese name, or are
    `happened`, `area`, `body`, `id`. Rows without an id get one made from what the row says (and the how
    manieth that says so), so that the same sheet twice is harmless.
    Raises EntryError with line and column of everything that is wrong.
    """
    definitions = queries.definitions()
    try:
        defined = definitions.record_type(record_type)
    except KeyError:
        known = ", ".join(kind.key for kind in definitions.record_types if kind.programme != "system")
        raise EntryError(
            Problem("unknown-record-type", f"没有 {record_type} / unknown record type", expected=known)
        ) from None
    lines, sent = [], []
    header: list[str] = []
    for line, entry in _rows(file, defined, area, body, header):
        lines.append(line)
        sent.append(entry)
    if not sent:
        raise EntryError(_problem("empty-sheet", "表格没有数据行 / the sheet has no rows", file))
    columns = {name: number for number, name in enumerate(header, 1)}
    return post_entries(
        file, sent, lines, columns=columns, officer=officer, partial=partial, progress=progress
    )


def _rows(
    file: Path, defined: programmes.RecordType, area: str, body: str, header: list[str]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line and entry of each row; the names of the columns go into `header`."""
    reader = csv.reader(io.StringIO(_text(file), newline=""), strict=True)
    now, seen = datetime.now().astimezone().isoformat(timespec="seconds"), Counter[str]()
    line = 0
    try:
        for cells in reader:
            line, before = reader.line_num, line + 1
            if not header:
                header += _header(file, defined, cells)
            elif any(cell.strip() for cell in cells):
                if len(cells) != len(header):
                    found = f"该行 {len(cells)} 格,表头 {len(header)} 格 / row and header differ in length"
                    raise EntryError(_problem("row-length", found, file, before))
                row = {name: cell.strip() for name, cell in zip(header, cells, strict=True) if cell.strip()}
                yield before, _entry(defined, row, {"area": area, "body": body}, now, seen)
    except csv.Error as error:
        found = f"表格写法有误或不完整 / the sheet is malformed or cut: {error}"
        remedy = "看引号是否成对 / see whether every quotation mark closes"
        raise EntryError(_problem("not-a-sheet", found, file, line + 1, remedy=remedy)) from error
    if not header:
        raise EntryError(_problem("empty-sheet", "表格是空的 / the sheet is empty", file))


def _header(file: Path, defined: programmes.RecordType, cells: list[str]) -> list[str]:
    names = [_column(file, defined, number, cell) for number, cell in enumerate(cells, 1)]
    for number, name in enumerate(names):
        if name in names[:number]:
            found = f"列“{name}”重复 / the column stands twice"
            raise EntryError(_problem("duplicate-column", found, file, 1, number + 1))
    return names


def _entry(
    defined: programmes.RecordType, row: dict[str, str], given: dict[str, str], now: str, seen: Counter[str]
) -> dict[str, Any]:
    """The opening entry that a row means."""
    said = repr((defined.key, sorted((given | row).items())))
    seen[said] += 1
    entry: dict[str, Any] = {"kind": "open", "type": defined.key} | given
    entry |= {column: row.pop(column) for column in ENVELOPE if column in row}
    entry["payload"] = row
    entry.setdefault("id", _id_of(f"{said} {seen[said]}"))
    if "happened" not in entry:
        # Taken in before, it happened when it was taken in; else it happens now.
        known = queries.entry(entry["id"])
        entry["happened"] = known.happened if known else now
    return {key: value for key, value in entry.items() if value != ""}


def _column(file: Path, defined: programmes.RecordType, number: int, cell: str) -> str:
    cell = cell.strip()
    names = {field.name.zh: field.id for field in defined.fields.values()}
    if cell in ENVELOPE or cell in defined.fields:
        return cell
    if cell in names:
        return names[cell]
    expected = ", ".join((*names, *ENVELOPE))
    raise EntryError(
        _problem("unknown-column", f"不认识的列“{cell}” / unknown column", file, 1, number, expected=expected)
    )


def _text(file: Path) -> str:
    try:
        content = file.read_bytes()
    except OSError as error:
        found = f"文件读不出 / cannot read the file: {error.strerror}"
        raise EntryError(_problem("file-unreadable", found, file)) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            found = f"不是 UTF-8 或 GB18030 文本 / not a text in either: byte {error.start + 1}"
            remedy = "在表格软件里另存为 CSV UTF-8 / save it as CSV UTF-8"
            raise EntryError(_problem("wrong-encoding", found, file, line, remedy=remedy)) from error


def _id_of(said: str) -> str:
    """A ULID made of the digest of what a row says."""
    number = int.from_bytes(hashlib.sha256(said.encode()).digest()[:16], "big") >> 3
    digits = []
    for _ in range(26):
        number, digit = divmod(number, 32)
        digits.append(_CROCKFORD[digit])
    return "".join(reversed(digits))


def _problem(
    code: str, found: str, file: Path, line: int = 0, column: int = 0, *, expected: str = "", remedy: str = ""
) -> Problem:
    return Problem(code, found, expected, remedy, Place(str(file), line, column))
