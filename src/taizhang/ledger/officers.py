"""Officers as they sign in. What they may do is said by `system.appointment` records."""

from __future__ import annotations

from django.db import transaction

from taizhang.errors import Problem, UnknownName
from taizhang.ledger.appending import home_errors
from taizhang.ledger.models import Officer


def officer(username: str) -> Officer:
    """The officer of this name. Raises UnknownName when there is none, or may no longer sign in."""
    with home_errors():
        found = Officer.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise UnknownName(
            Problem(
                "unknown-officer",
                f"没有这个人员 / no such officer: {username}",
                remedy="先由管理员登记任职 / an administrator posts an appointment first",
            )
        )
    return found


def set_password(username: str, password: str) -> None:
    """Let the officer sign in with this password; an officer who is not there yet is made."""
    with home_errors(), transaction.atomic():
        found, _ = Officer.objects.get_or_create(username=username)
        found.set_password(password)
        found.save()
