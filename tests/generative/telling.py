"""Telling a story to the real ledger, batch by batch."""

from __future__ import annotations

import os
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from tests.generative.ledgers import OFFICER
from tests.generative.random_stories import Sent

from taizhang.errors import EntryError

STORIES = int(os.environ.get("STORIES", "0"))
"""How many stories to tell in a long run, each time others; 0 for the few of the ordinary suite."""


def told(stories: int) -> Any:
    """Settings of a test that tells stories: the same ones in every run, unless STORIES asks for more.

    Nothing is shrunk: another seed is another story. A shorter `size` is the beginning of the same one.
    """
    quiet = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(
        max_examples=STORIES or stories, derandomize=not STORIES, deadline=None, suppress_health_check=quiet,
        database=None, phases=(Phase.explicit, Phase.generate),
    )  # fmt: skip


def post(batch: list[Sent], random: Random) -> None:
    """Send a batch, one way or another; what becomes of each entry is what the story says."""
    from taizhang.ledger import actions, queries

    sent, by, before = [one.entry for one in batch], actions.officer(OFFICER), queries.position()
    fates = {one.entry["id"] + one.entry["happened"]: one.fate for one in batch}
    bad = any(one.fate == "refused" for one in batch)
    way = random.randrange(3)
    if bad and way:
        with pytest.raises(EntryError):
            actions.post(sent, by=by)  # a stream may keep what stood before the mistake
        assert queries.position() == before
    if bad or way == 0:
        posted = actions.post(sent, by=by, partial=True)
        refused = {entry["id"] + entry["happened"] for entry, _ in posted.refused}
        assert refused == {key for key, fate in fates.items() if fate == "refused"}, posted.refused
    else:
        posted = actions.post(sent, by=by) if way == 1 else actions.post_bulk(sent, by=by)
    assert (posted.taken, posted.known) == tuple(
        sum(one.fate == fate for one in batch) for fate in ("taken", "known")
    )
