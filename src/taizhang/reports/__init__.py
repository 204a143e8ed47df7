"""Checking a published text against the records: bind each claim, judge it, say why.

`bind` finds what a claim is about, `judge` holds one claim against one figure, `check` does both for a whole
document; the `…_row` functions give the contract's keys.
"""

from taizhang.reports.binding import Binding, bind
from taizhang.reports.checking import (
    CheckedClaim,
    CheckedStatement,
    CheckReport,
    check,
    claim_row,
    finding_row,
    statement_row,
)
from taizhang.reports.judging import Verdict, judge

__all__ = [
    "Binding",
    "CheckReport",
    "CheckedClaim",
    "CheckedStatement",
    "Verdict",
    "bind",
    "check",
    "claim_row",
    "finding_row",
    "judge",
    "statement_row",
]
