"""Identity numbers of natural persons (GB 11643-1999): eighteen characters, the last a check."""

from __future__ import annotations

import re
from datetime import date

_FORM = re.compile(r"[1-9][0-9]{5}([0-9]{4})([0-9]{2})([0-9]{2})[0-9]{3}[0-9X]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check_character(first_17: str) -> str:
    """The check character for the first seventeen digits (ISO 7064 MOD 11-2, as GB 11643 lays down)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def identity_number_fault(number: str) -> str:
    """What is wrong with an identity number, in words without the number itself; "" when nothing is.

    The region code need only be six digits: codes are withdrawn, and demonstrations use unassigned ones.
    """
    match = _FORM.fullmatch(number)
    if match is None:
        return "身份证号码应为 18 位(末位可为 X)/ 18 characters, the last may be X"
    try:
        date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return "身份证号码中的出生日期不存在 / its date of birth does not exist"
    if check_character(number[:17]) != number[17]:
        return "身份证号码校验位不符 / its check character does not fit (GB 11643-1999)"
    return ""
