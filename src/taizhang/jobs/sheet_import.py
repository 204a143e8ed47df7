"""Import a sheet (CSV): each row opens a record."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from charset_normalizer import from_bytes

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

    Columns are named by field id, by the field's Chinese name, or are `happened`, `area`, `body`, `id`. Rows
    without an id get one made from the file's row, so that the same sheet twice is harmless.
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
    sent = list(_rows(file, defined, area, body))
    return post_entries(file, sent, officer=officer, partial=partial, progress=progress)


def _rows(file: Path, defined: programmes.RecordType, area: str, body: str) -> Iterator[dict[str, Any]]:
    reader = csv.reader(_text(file).splitlines())
    header = next(reader, None)
    if not header:
        raise EntryError(Problem("empty-sheet", "表格是空的 / the sheet is empty", place=Place(str(file))))
    columns = [_column(file, defined, number, cell) for number, cell in enumerate(header, 1)]
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(columns):
            raise EntryError(
                Problem(
                    "row-length",
                    f"该行 {len(cells)} 格,表头 {len(columns)} 格 / row and header differ in length",
                    place=Place(str(file), reader.line_num),
                )
            )
        row = {column: cell.strip() for column, cell in zip(columns, cells, strict=True) if cell.strip()}
        entry: dict[str, Any] = {"kind": "open", "type": defined.key, "area": area, "body": body}
        entry |= {column: row.pop(column) for column in ENVELOPE if column in row}
        entry["payload"] = row
        entry.setdefault("happened", datetime.now().astimezone().isoformat(timespec="seconds"))
        entry.setdefault("id", _id_of(defined.key, row, entry))
        yield {key: value for key, value in entry.items() if value != ""}


def _column(file: Path, defined: programmes.RecordType, number: int, cell: str) -> str:
    cell = cell.strip().removeprefix("\ufeff")
    names = {field.name.zh: field.id for field in defined.fields.values()}
    if cell in ENVELOPE or cell in defined.fields:
        return cell
    if cell in names:
        return names[cell]
    raise EntryError(
        Problem(
            "unknown-column",
            f"不认识的列“{cell}” / unknown column",
            expected=", ".join((*names, *ENVELOPE)),
            place=Place(str(file), 1, number),
        )
    )


def _text(file: Path) -> str:
    try:
        content = file.read_bytes()
    except OSError as error:
        problem = Problem("file-unreadable", f"文件读不出 / {error.strerror}", place=Place(str(file)))
        raise EntryError(problem) from error
    best = from_bytes(content, cp_isolation=["utf_8", "gb18030"]).best()
    if best is None:
        raise EntryError(
            Problem("wrong-encoding", "不是 UTF-8 或 GB18030 文本 / not a text", place=Place(str(file)))
        )
    return str(best)


def _id_of(record_type: str, row: dict[str, str], entry: dict[str, Any]) -> str:
    """A ULID whose random part is the digest of what the row says."""
    said = repr((record_type, sorted(row.items()), entry["area"], entry["body"], entry.get("record", "")))
    number = int.from_bytes(hashlib.sha256(said.encode()).digest()[:16], "big") >> 3
    digits = []
    for _ in range(26):
        number, digit = divmod(number, 32)
        digits.append(_CROCKFORD[digit])
    return "".join(reversed(digits))
