"""Identity numbers of natural persons (GB 11643-1999): eighteen characters, the last a check."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def _sums(start: int, length: int) -> dict[str, int]:
    """The weighted sum of every `length` digits that can stand at `start`."""
    found = {}
    for number in range(10**length):
        digits = f"{number:0{length}d}"
        weights = _WEIGHTS[start : start + length]
        found[digits] = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return found


# Looked up three digits at a time, since millions of doses each carry a number; a miss means "not digits".
_S0, _S3, _S6, _S9, _S12, _S15 = (_sums(start, min(3, 17 - start)) for start in range(0, 17, 3))


def check_character(first_17: str) -> str:
    """The check character for the first seventeen digits (ISO 7064 MOD 11-2, as GB 11643 lays down).

    Raises KeyError when they are not seventeen ASCII digits.
    """
    total = _S0[first_17[:3]] + _S3[first_17[3:6]] + _S6[first_17[6:9]]
    total += _S9[first_17[9:12]] + _S12[first_17[12:15]] + _S15[first_17[15:]]
    return _CHECKS[total % 11]


@lru_cache(maxsize=50_000)
def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def identity_number_fault(number: str) -> str:
    """What is wrong with an identity number, in words without the number itself; "" when nothing is.

    The region code need only be six digits: codes are withdrawn, and demonstrations use unassigned ones.
    """
    try:
        check = check_character(number[:17])
    except KeyError:
        check = ""
    if not check or len(number) != 18 or number[0] == "0" or number[17] not in "0123456789X":
        return "身份证号码应为 18 位(末位可为 X)/ 18 characters, the last may be X"
    if not _is_day(number[6:14]):
        return "身份证号码中的出生日期不存在 / its date of birth does not exist"
    if check != number[17]:
        return "身份证号码校验位不符 / its check character does not fit (GB 11643-1999)"
    return ""
