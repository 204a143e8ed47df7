"""Values as cells of text: for tables, CSV and workbooks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from taizhang.reading import digits


def number(value: object) -> object:
    """A number as JSON can carry it: whole numbers as they are, others to 12 significant digits."""
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(f"{float(value):.12g}")
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def inner(value: object) -> object:
    """What stands within a list or mapping and JSON does not know."""
    return number(value) if isinstance(value, Fraction | Decimal) else str(value)


def plain(value: object) -> object:
    """A value as JSON takes it, but for what stands within a list or mapping."""
    return number(value) if not isinstance(value, list | tuple | Mapping) else value


def cell(value: object) -> str:
    """A value as a table or CSV shows it: nothing for nothing, decimals exactly, JSON for what has parts."""
    if isinstance(value, Decimal):
        return digits(value)
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | Mapping):
        return json.dumps(value, ensure_ascii=False, default=inner) if value else ""
    return str(value)


def guarded(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula is quoted (OWASP: CSV injection)."""
    if cell[:1] in ("=", "+", "@", "\t", "\r") or (cell[:1] == "-" and not _is_number(cell)):
        return "'" + cell
    return cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
