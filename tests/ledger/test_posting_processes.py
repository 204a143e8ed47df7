"""Real processes that post at once, and one that is killed in the middle of a long stream."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from district import build, post, sent, ulid


@pytest.fixture(autouse=True)
def district(ledger: str) -> None:
    build()


def poster(ledger: str, home: Path, what: str, first: int, count: int) -> subprocess.Popen[str]:
    from django.db import connection

    environment = dict(os.environ)
    if ledger == "postgresql":
        about = connection.settings_dict
        environment["TAIZHANG_DATABASE_URL"] = (
            f"postgresql://{about['USER']}@{about['HOST']}:{about['PORT']}/{about['NAME']}"
        )
    script = Path(__file__).with_name("poster.py")
    return subprocess.Popen(
        [sys.executable, str(script), str(home), what, str(first), str(count)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def said_by(*posters: subprocess.Popen[str]) -> list[int]:
    said = [int(line) for one in posters for line in one.communicate(timeout=120)[0].split()]
    assert [one.returncode for one in posters] == [0] * len(posters)
    return said


def test_posters_at_once_leave_no_gap(ledger: str, tmp_path: Path) -> None:
    from taizhang.ledger import queries

    before = queries.position()
    said = said_by(*(poster(ledger, tmp_path, "small", 1000 * n, 15) for n in range(1, 5)))
    assert sorted(said) == list(range(before + 1, before + 61))
    assert queries.position() == before + 60
    assert queries.verify(deep=True).whole


def test_of_rivals_for_one_step_one_wins(ledger: str, tmp_path: Path) -> None:
    from taizhang.ledger import queries

    post(*(sent(n) for n in range(500, 510)))
    said = said_by(*(poster(ledger, tmp_path, "race", 1000 * n, 10) for n in range(1, 5)))
    assert len(said) == 10
    assert {queries.record(ulid(n)).document["accept_count"] for n in range(500, 510)} == {1}
    assert queries.verify(deep=True).whole


def test_a_stream_that_is_killed_goes_on_where_it_was(ledger: str, tmp_path: Path) -> None:
    from taizhang.ledger import actions, queries

    before = queries.position()
    with poster(ledger, tmp_path, "bulk", 1000, 3000) as killed:
        assert killed.stdout
        acknowledged = int(killed.stdout.readline())
        killed.kill()
    there = queries.position() - before
    assert acknowledged <= there < 3000
    assert there % 50 == 0
    stream = (sent(n) for n in range(1000, 4000))
    posted = actions.post_bulk(stream, by=actions.officer("clerk"), batch=400)
    assert (posted.known, posted.taken) == (there, 3000 - there)
    assert queries.position() == before + 3000
    assert queries.verify(deep=True).whole


def test_a_stream_with_a_mistake_keeps_the_batches_before_it(ledger: str) -> None:
    from taizhang.errors import EntryError
    from taizhang.ledger import actions, queries

    before = queries.position()
    stream = [sent(n, payload={"amount": "1" if n != 130 else "-1"}) for n in range(100, 150)]
    with pytest.raises(EntryError) as caught:
        actions.post_bulk(stream, by=actions.officer("clerk"), batch=20)
    assert [problem.place.entry for problem in caught.value.problems if problem.place] == [ulid(130)]
    assert queries.position() == before + 20


def test_a_stream_makes_what_posting_one_by_one_makes(ledger: str) -> None:
    from taizhang.ledger import actions, queries

    house = sent(100, type="requests.household", payload={"number": "7"})
    stream = [
        house,
        sent(101, payload={"amount": "1", "household": ulid(100)}),
        house,
        sent(102, type="requests.household", payload={"number": "8"}),
        sent(103, "void", "requests.household", record=ulid(102), reason="重复"),
        sent(104, type="requests.household", payload={"number": "8"}),
    ]
    posted = actions.post_bulk(stream, by=actions.officer("clerk"), batch=2)
    assert (posted.taken, posted.known) == (5, 1)
    taken = stream[:2] + stream[3:]
    assert [queries.entry(one["id"]).position for one in taken] == sorted(
        queries.entry(one["id"]).position for one in taken
    )
    assert queries.verify(deep=True).whole
