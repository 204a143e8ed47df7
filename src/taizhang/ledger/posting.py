"""Posting: the only way in. Check, play and append in one transaction; again when another was faster."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction

from taizhang.errors import EntryError, HomeError, Problem
from taizhang.ledger import queries
from taizhang.ledger.appending import Overtaken, append, home_errors
from taizhang.ledger.models import Officer
from taizhang.ledger.preparing import Preparer, Sent
from taizhang.ledger.sent import at_its_place
from taizhang.ledger.type_rules import is_systems
from taizhang.values import Place

ATTEMPTS = 20


@dataclass(slots=True)
class Posted:
    """Entries taken now and known already with their positions by id, and what was refused and why."""

    positions: dict[str, int] = field(default_factory=dict)
    taken: int = 0
    known: int = 0
    refused: list[tuple[dict[str, Any], list[Problem]]] = field(default_factory=list)


def post(
    sent: Sequence[Sent],
    *,
    by: Officer,
    partial: bool = False,
    source: str = "",
    progress: Callable[[int], None] | None = None,
    founding: bool = False,
) -> Posted:
    """Post a batch: all of it or nothing, unless `partial` accepts what is good.

    An entry that is known with the same content is harmless and gives its position again. `progress` is told
    how many were looked at.

    Raises EntryError with every problem (place: source, entry, field), DefinitionError where definition files
    that come into force do not go together, HomeError where the disk or database fails.
    """

    def attempt() -> Posted:
        position, known = queries.position_and_system()
        preparer = Preparer(by.username, known.copy(), source=source, founding=founding)
        posted = Posted()
        for chunk in preparer.chunks(sent):
            position = post_chunk(preparer, chunk, posted, position, partial)
            if progress:
                progress(posted.taken + posted.known + len(posted.refused))
        if posted.refused and not partial:
            raise EntryError([problem for _, problems in posted.refused for problem in problems])
        return posted

    if founding:
        return attempt()
    return until_first(attempt)


def post_chunk(
    preparer: Preparer, chunk: Sequence[Sent], posted: Posted, position: int, partial: bool
) -> int:
    """Prepare and write one chunk; the position as of which the next one is checked."""
    outcome = preparer.prepare(chunk)
    posted.refused += [
        (dict(one) if isinstance(one, Mapping) else {"sent": one}, at_its_place(one, problems))
        for one, problems in outcome.refused
    ]
    posted.known += len(outcome.known)
    posted.positions |= outcome.known
    if (outcome.refused and not partial) or not outcome.prepared:
        preparer.records.settle(position, frozenset())
        return position
    positions = append(outcome.prepared, position, preparer.identities.take_new())
    preparer.records.settle(positions[0] - 1, preparer.keep())
    of_system = [
        at for item, at in zip(outcome.prepared, positions, strict=True) if is_systems(item.entry.type)
    ]
    if of_system:
        preparer.known.position = of_system[-1]
    posted.taken += len(outcome.prepared)
    posted.positions.update((item.entry.id, at) for item, at in zip(outcome.prepared, positions, strict=True))
    appoint(outcome.prepared)
    return positions[-1]


def appoint(prepared: Sequence[Any]) -> None:
    """An appointment of somebody who cannot sign in yet makes the officer, without a password."""
    names = {item.document["officer"] for item in prepared if item.entry.type == "system.appointment"}
    for name in sorted(names):
        if not Officer.objects.filter(username=name).exists():
            officer = Officer(username=name)
            officer.set_unusable_password()
            officer.save()


def until_first(attempt: Callable[[], Any]) -> Any:
    """Do it in a transaction until no other writer is faster."""
    for _ in range(ATTEMPTS):
        try:
            with home_errors(), transaction.atomic():
                return attempt()
        except (IntegrityError, Overtaken) as error:
            reason: Exception = error
        except OperationalError as error:
            if connection.vendor != "postgresql" or "deadlock" not in str(error):
                raise
            reason = error
    raise HomeError(
        Problem(
            "ledger-busy",
            f"台账繁忙,{ATTEMPTS} 次未能入账 / other writers were faster every time: {reason}",
            remedy="稍后再提交 / send again later",
            place=Place(""),
        )
    ) from reason
