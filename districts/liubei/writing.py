"""Making the entries of one programme, with ids from the seeded randomness."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import TypedDict

from .clock import DAY, in_hours, ulid, wall

Item = tuple[int, dict[str, object]]
"""The second at which an entry is recorded, and the entry as it is sent."""

Steps = list[tuple[int, str, Mapping[str, object]]]
"""Second, step and what it says; `reason`, `officer` and `entered` (the recording) are the entry's own."""


class Late(TypedDict, total=False):
    """What an entry says besides that was recorded after its month was closed: when, and why so late."""

    entered: int
    reason: str


class Walk:
    """The steps of a record while it is planned: each some days after the one before, in working hours."""

    def __init__(self, rng: random.Random, begun: int) -> None:
        self.rng, self.now = rng, begun
        self.steps: Steps = []

    def take(self, least: int, most: int, step: str, **more: object) -> None:
        """A step that says `more`, at least `least` and fewer than `most` days later."""
        self.now = in_hours(self.now + (least + int(self.rng.random() * (most - least))) * DAY)
        self.steps.append((self.now, step, more))


class Writer:
    """Makes entries of one programme, in the name of one officer unless another is named."""

    def __init__(self, rng: random.Random, body: str, officer: str) -> None:
        self.rng, self.body, self.officer = rng, body, officer

    def write(
        self, second: int, kind: str, type_: str, area: str, *, entered: int = 0, **more: object
    ) -> Item:
        """An entry of what happened at `second`, recorded then or at `entered`; `more` are further keys."""
        recorded = entered or second
        return recorded, {
            "id": ulid(recorded, self.rng),
            "kind": kind,
            "type": type_,
            "happened": wall(second),
            "recorded": wall(recorded),
            "area": area,
            "body": self.body,
            "officer": self.officer,
            **more,
        }

    def colleague(self, officer: str) -> Writer:
        """Who writes for another officer of the same body."""
        return Writer(self.rng, self.body, officer)

    def works(
        self,
        type_: str,
        area: str,
        payload: Mapping[str, object],
        steps: Steps,
        opened: int,
        by: str = "",
    ) -> Iterator[Item]:
        """A record that opens, by the officer `by` where it is not the writer's own, and takes steps."""
        item = (self.colleague(by) if by else self).write(opened, "open", type_, area, payload=payload)
        yield item
        for second, step, more in steps:
            extra = {key: more[key] for key in ("reason", "officer", "entered") if key in more}
            if rest := {key: value for key, value in more.items() if key not in extra}:
                extra["payload"] = rest
            yield self.write(second, "step", type_, area, record=item[1]["id"], step=step, **extra)

    def amend(self, second: int, opening: Item, reason: str, **payload: object) -> Item:
        """A correction of what a record says."""
        said = opening[1]
        return self.write(
            second, "amend", str(said["type"]), str(said["area"]),
            record=said["id"], reason=reason, payload=payload,
        )  # fmt: skip

    def void(self, second: int, opening: Item, reason: str) -> Item:
        """A record taken back."""
        said = opening[1]
        return self.write(
            second, "void", str(said["type"]), str(said["area"]), record=said["id"], reason=reason
        )

    def next_month(self, second: int) -> int:
        """Some five to seven weeks later, in the morning: after the month was closed."""
        return (second // DAY + 35 + int(self.rng.random() * 15)) * DAY + 33_000

    def late(self, second: int, reason: str) -> Late:
        """What is added to an entry of what happened at `second` where it is recorded some weeks later."""
        return {"entered": self.next_month(second), "reason": reason}
