"""Text → claims. Pure: no Django, no database; a product of its own.

`for claim in reading.read("report.docx"): …` goes through the claims of a document,
`reading.table("2022.txt", "2023.txt")` makes one table of several.
"""

from taizhang.reading.claim import Bound, Claim, ClaimKind, Statement, TextFinding
from taizhang.reading.column import Column, Columns, digits
from taizhang.reading.columns import COLUMNS
from taizhang.reading.explaining import Part, explained
from taizhang.reading.naming import ENDINGS
from taizhang.reading.reader import Reading, read, read_pieces
from taizhang.reading.rows import RowTable
from taizhang.reading.tables import table
from taizhang.reading.version import reader_version

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
