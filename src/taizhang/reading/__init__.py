"""Text → claims. Pure: no Django, no database; a product of its own."""

from taizhang.reading.claim import Bound, Claim, ClaimKind, Statement, TextFinding
from taizhang.reading.claims import to_json
from taizhang.reading.reader import Reading, read

__all__ = ["Bound", "Claim", "ClaimKind", "Reading", "Statement", "TextFinding", "read", "to_json"]
