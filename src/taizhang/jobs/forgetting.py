"""Forget a person."""

from __future__ import annotations

from taizhang.ledger import actions


def forget_person(number: int, *, officer: str, reason: str) -> int:
    """Throw away who a person number is, and the personal texts of their records; the entry's position.

    Raises UnknownName for an officer or person that nobody knows, EntryError where the officer may not or no
    reason is given.
    """
    return actions.forget(number, by=actions.officer(officer), reason=reason)
