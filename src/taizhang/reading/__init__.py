"""Text → claims. Pure: no Django, no database; a product of its own."""

from taizhang.reading.claim import Claim, Statement, TextFinding
from taizhang.reading.claims import to_json
from taizhang.reading.reader import Reading, read

__all__ = ["Claim", "Reading", "Statement", "TextFinding", "read", "to_json"]
