"""Text → claims. Pure: no Django, no database; a product of its own.

`for claim in reading.read("report.docx"): …` goes through the claims of a document,
`reading.table("2022.txt", "2023.txt")` makes one table of several.

The names load when they are first asked for: the grammar's patterns take a third of a second to compile, and
most commands need none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from taizhang.reading.claim import Bound, Claim, ClaimKind, Statement, TextFinding
    from taizhang.reading.column import Column, Columns, digits
    from taizhang.reading.columns import COLUMNS
    from taizhang.reading.explaining import Part, explained
    from taizhang.reading.naming import ENDINGS
    from taizhang.reading.reader import Reading, read, read_pieces
    from taizhang.reading.rows import RowTable
    from taizhang.reading.tables import table
    from taizhang.reading.version import reader_version

_WHERE = {
    "COLUMNS": "columns",
    "ENDINGS": "naming",
    "Bound": "claim",
    "Claim": "claim",
    "ClaimKind": "claim",
    "Column": "column",
    "Columns": "column",
    "Part": "explaining",
    "Reading": "reader",
    "RowTable": "rows",
    "Statement": "claim",
    "TextFinding": "claim",
    "digits": "column",
    "explained": "explaining",
    "read": "reader",
    "read_pieces": "reader",
    "reader_version": "version",
    "table": "tables",
}

__all__ = [
    "COLUMNS",
    "ENDINGS",
    "Bound",
    "Claim",
    "ClaimKind",
    "Column",
    "Columns",
    "Part",
    "Reading",
    "RowTable",
    "Statement",
    "TextFinding",
    "digits",
    "explained",
    "read",
    "read_pieces",
    "reader_version",
    "table",
]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"taizhang.reading.{_WHERE[name]}"), name)
