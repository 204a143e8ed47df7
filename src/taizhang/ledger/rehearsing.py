"""Posting on trial: everything that `post` does, and then none of it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from taizhang.ledger import queries
from taizhang.ledger.models import Officer
from taizhang.ledger.posting import Posted, post
from taizhang.ledger.preparing import Sent


class _TakenBack(Exception):
    """Rolls the transaction back."""


def rehearse(sent: Sequence[Sent], *, by: Officer, partial: bool = False, source: str = "") -> Posted:
    """What `post` would give back, with positions that nothing has taken. Raises what `post` raises.

    Other writers wait meanwhile.
    """
    posted = Posted()
    try:
        with transaction.atomic():
            posted = post(sent, by=by, partial=partial, source=source)
            raise _TakenBack
    except _TakenBack:
        return posted
    finally:
        # What was known at positions that are no more must not be remembered for them.
        queries.forget_system_records()
