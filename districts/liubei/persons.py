"""The persons of the demonstration: the same number is the same person in every programme."""

from __future__ import annotations

from datetime import date, timedelta

from .places import COMMUNITIES

FIRST_BIRTH = date(1939, 1, 1)
BIRTHS = 29_200
"""The days on which the persons were born: this many from the first."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_REGION = "990205"  # assigned to no place: no number made here can be a person's


def _birth_table() -> tuple[tuple[str, int], ...]:
    table = []
    for n in range(BIRTHS):
        start = _REGION + (FIRST_BIRTH + timedelta(days=n)).strftime("%Y%m%d")
        table.append((start, sum(int(d) * w for d, w in zip(start, _WEIGHTS, strict=False))))
    return tuple(table)


_BIRTHS = _birth_table()


def birth(person: int) -> int:
    """The day on which a person was born, in days from the first birth."""
    return person * 7919 % BIRTHS


def who(person: int) -> dict[str, str]:
    """A person as entries name one: the identity number and what the person is called."""
    return {"id_number": _identity(person), "name": f"演示·居民{person:06d}"}


def _identity(person: int) -> str:
    """18 digits with GB 11643's check digit, in an unassigned region."""
    start, total = _BIRTHS[birth(person)]
    order = person // BIRTHS + 100
    total += order // 100 * 8 + order // 10 % 10 * 4 + order % 10 * 2
    return f"{start}{order}{_CHECKS[total % 11]}"


def community(person: int) -> tuple[str, str, str, str]:
    """Where a person lives: code, name, level and parent of the community."""
    return COMMUNITIES[person * 31 % len(COMMUNITIES)]
