"""The persons of the demonstration: the same number is the same person in every programme."""

from __future__ import annotations

from datetime import date, timedelta

from .places import COMMUNITIES

BIRTHS = 29_200
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_REGION = "990205"  # assigned to no place: no number made here can be a person's


def _birth_table() -> tuple[tuple[str, int], ...]:
    first = date(1939, 1, 1)
    table = []
    for n in range(BIRTHS):
        start = _REGION + (first + timedelta(days=n)).strftime("%Y%m%d")
        table.append((start, sum(int(d) * w for d, w in zip(start, _WEIGHTS, strict=False))))
    return tuple(table)


_BIRTHS = _birth_table()


def identity(person: int) -> str:
    """The identity number of a person: 18 digits with GB 11643's check digit, in an unassigned region."""
    start, total = _BIRTHS[person * 7919 % BIRTHS]
    order = person // BIRTHS + 100
    total += order // 100 * 8 + order // 10 % 10 * 4 + order % 10 * 2
    return f"{start}{order}{_CHECKS[total % 11]}"


def called(person: int) -> str:
    """What a person is called."""
    return f"演示·居民{person:06d}"


def community(person: int) -> tuple[str, str, str, str]:
    """Where a person lives: code, name, level and parent of the community."""
    return COMMUNITIES[person * 31 % len(COMMUNITIES)]
