"""Long streams: what is checked while earlier batches are being written comes out as if it had waited."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from district import ROOT, WEST, build, post, sent, system, ulid

WHO = [f"11010519491231{n:03d}" for n in range(2, 30)]


@pytest.fixture(autouse=True)
def district(ledger: str) -> None:
    build()


def bulk(entries: Any, *, batch: int = 7, by: str = "mover", **more: Any) -> Any:
    """Post a stream as the importer, in small batches so that many are on their way."""
    from taizhang.ledger import actions

    return actions.post_bulk(entries, by=actions.officer(by), batch=batch, **more)


def handed_in(entry: dict[str, Any], officer: str = "clerk") -> dict[str, Any]:
    return {**entry, "officer": officer, "recorded": "2022-04-01T00:00:00"}


def identity(number: int) -> str:
    from taizhang.programmes.identity_number import check_character

    first = f"990101199001{number % 28 + 1:02d}{number // 28:03d}"
    return first + check_character(first)


def story(seed: int, records: int = 60) -> list[dict[str, Any]]:
    """Requests that open, are accepted, closed, corrected and voided, not always in the order of time."""
    chance = random.Random(seed)
    entries, number = [], 1000
    for record in range(records):
        name = f"r{seed}-{record}"
        person = {"id_number": identity(chance.randrange(25))}
        payload = {"amount": str(record), "person": person, "phone": f"555{record:04d}"}
        steps = [
            handed_in(sent(number, record=name, happened="2022-03-01T09:00:00", payload=payload)),
            handed_in(
                sent(number + 1, "step", record=name, step="accept", happened="2022-03-02T09:00:00"), "chief"
            ),
            handed_in(sent(number + 2, "step", record=name, step="close", happened="2022-03-03T09:00:00")),
        ]
        amend = {
            "record": name,
            "reason": "抄错",
            "payload": {"amount": "9"},
            "happened": "2022-03-01T10:00:00",
        }
        if record % 3 == 0:
            steps.append(handed_in(sent(number + 3, "amend", **amend), "chief"))
        if record % 5 == 0:
            void = {
                "record": name,
                "target": ulid(number + 2),
                "reason": "误点",
                "happened": "2022-03-04T09:00:00",
            }
            steps.append(handed_in(sent(number + 4, "void", **void), "chief"))
        entries.append(steps)
        number += 10
    stream = []
    while any(entries):
        chosen = chance.choice([steps for steps in entries if steps])
        stream.append(chosen.pop(0))
    return stream


def documents() -> dict[str, Any]:
    """Record → its latest document, persons by how often each comes, since their numbers are random."""
    from taizhang.ledger import queries
    from taizhang.ledger.models import Version

    found = {}
    for record in Version.objects.filter(type="requests.request").values_list("record", flat=True).distinct():
        found[record] = dict(queries.record(record).document)
    order: dict[int, int] = {}
    for record in sorted(found):
        number = found[record].get("person")
        if number is not None:
            found[record]["person"] = order.setdefault(number, len(order))
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_a_stream_gives_the_records_that_single_posts_give(seed: int) -> None:
    from taizhang.ledger import actions, queries
    from taizhang.ledger.models import Person

    told: list[int] = []
    entries = story(seed)
    posted = bulk(iter(entries), progress=told.append)
    assert (posted.taken, posted.known, posted.refused) == (len(entries), 0, [])
    assert told == sorted(told)
    assert told[-1] == len(entries)
    assert queries.verify(deep=True).whole
    streamed = documents()
    persons = Person.objects.count()
    assert persons == len(
        {entry["payload"]["person"]["id_number"] for entry in entries if entry["kind"] == "open"}
    )
    again = {e["id"]: {**e, "id": "02" + e["id"][2:]} for e in entries}
    for entry in again.values():
        entry["record"] = "again-" + entry["record"]
        if "target" in entry:
            entry["target"] = "02" + entry["target"][2:]
        actions.post([entry], by=actions.officer("mover"))
    assert Person.objects.count() == persons
    singly = {r.removeprefix("again-"): d for r, d in documents().items() if r.startswith("again-")}
    for record, document in singly.items():
        mine = {**document, "record": record} | {"person": streamed[record]["person"]}
        assert mine == streamed[record]


def test_a_refused_batch_leaves_the_batches_before_it_and_tells_everything() -> None:
    from taizhang.errors import EntryError
    from taizhang.ledger import queries

    entries = [sent(100 + n) for n in range(40)]
    entries[30] = sent(130, payload={"amount": "-1"})
    entries[31] = sent(131, area="nowhere")
    before = queries.position()
    with pytest.raises(EntryError) as caught:
        bulk(entries, batch=10, by="clerk")
    assert {p.code for p in caught.value.problems} == {"too-low"} | {"not-allowed", "unknown-area"}
    assert queries.position() == before + 30
    entries[30], entries[31] = sent(130), sent(131)
    posted = bulk(entries, batch=10, by="clerk")
    assert (posted.known, posted.taken) == (30, 10)


def test_a_unique_value_of_an_earlier_batch_is_found() -> None:
    from taizhang.errors import EntryError
    from taizhang.ledger import queries

    houses = [sent(100 + n, type="requests.household", payload={"number": str(n % 25)}) for n in range(26)]
    before = queries.position()
    with pytest.raises(EntryError) as caught:
        bulk(houses, batch=5, by="clerk")
    assert [(p.code, p.place.entry) for p in caught.value.problems] == [("not-unique", ulid(125))]
    assert queries.position() == before + 25


def test_what_the_stream_itself_puts_in_force_holds_from_there_on() -> None:
    from taizhang.ledger import queries

    south = "990101009"
    stream = [handed_in(sent(100 + n)) for n in range(20)]
    opened = system(200, "area", code=south, name="南街道", level="subdistrict", parent=ROOT)
    appointed = system(201, "appointment", officer="clerk2", role="clerk", area=south, programme="requests")
    post(system(202, "appointment", officer="mover", role="administrator", area=ROOT), by="root")
    stream += [handed_in(opened, "mover"), handed_in(appointed, "mover")]
    stream += [handed_in(sent(300 + n, area=south), "clerk2") for n in range(20)]
    assert bulk(stream, batch=6).taken == 42
    assert queries.record(ulid(319)).document["area"] == south
    assert queries.verify(deep=True).whole


def test_another_who_posts_meanwhile_costs_time_and_nothing_else() -> None:
    from taizhang.ledger import queries

    def stream() -> Iterator[dict[str, Any]]:
        for n in range(60):
            if n in (15, 16, 40):
                post(sent(500 + n))
            if n == 30:  # a system record, on which the checking of what is on its way depends
                end = {"record": ulid(6), "step": "end", "happened": "2022-01-01T00:00:00"}
                post(sent(600, "step", "system.appointment", **end), by="root")
            yield handed_in(sent(700 + n))

    before = queries.position()
    assert bulk(stream(), batch=5).taken == 60
    assert queries.position() == before + 64
    assert queries.verify(deep=True).whole


def test_a_stream_that_breaks_off_keeps_what_was_handed_over() -> None:
    from taizhang.ledger import queries

    def broken() -> Iterator[dict[str, Any]]:
        yield from (sent(100 + n, area=WEST) for n in range(33))
        raise KeyboardInterrupt

    before = queries.position()
    with pytest.raises(KeyboardInterrupt):
        bulk(broken(), batch=10, by="clerk")
    assert queries.position() == before + 30
    assert queries.verify(deep=True).whole
    assert bulk((sent(100 + n) for n in range(33)), batch=10, by="clerk").taken == 3
