"""Properties of checking and playing over many random records."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record_cases import Case as SpecCase
from record_cases import context_of, definitions_of, ulid

from taizhang.errors import EntryError
from taizhang.programmes import Checker, Entry, apply, replay

FILE = "case.yaml"
CASE = SpecCase(FILE, "cases.case", {})
DUTY = SpecCase("over_time.yaml", "chiefs.chief", {})


def history(rng: random.Random, steps: int, *, duty: bool) -> list[Entry]:
    """Entries of one record that are valid in order, no two of one second."""
    case = DUTY if duty else CASE
    definitions, context = definitions_of(case.file), context_of(case)
    record_type, checker = definitions.record_type(case.type), Checker(definitions)
    at = datetime(2022, 1, 3, 9, 0)
    opening: dict[str, Any] = {"category": rng.choice(("01", "02", "03"))}
    if duty:
        opening = {"place": "河", "grade": "a", "term_from": "2022-01-01", "term_to": "2022-12-31"}
    taken: list[Entry] = []
    document: dict[str, Any] | None = None
    for number in range(1, steps + 1):
        if number == 1:
            sent: dict[str, Any] = {"kind": "open", "area": "450205", "body": "office", "payload": opening}
        elif rng.random() < 0.2:
            sent = {"kind": "amend", "reason": "笔误", "payload": amendment(rng, duty=duty)}
            earlier = [e for e in taken if e.payload]
            if rng.random() < 0.3 and not duty:
                sent["target"] = rng.choice(earlier).id
                sent["payload"] = {"note": f"n{number}"}
        else:
            sent = {"kind": "step", "reason": "依规", **step(rng, record_type, duty=duty)}
        sent |= {"id": ulid(number), "type": case.type, "record": "r", "happened": at.isoformat()}
        at += timedelta(seconds=rng.randint(1, 400_000))
        entry = checker.check(sent)
        if isinstance(entry, list):
            continue
        outcome = apply(record_type, document, entry, context)
        if outcome.problems:
            continue
        try:
            found = outcome.document or replay(record_type, [*taken, entry], context)
        except EntryError:
            continue
        document = found
        taken.append(entry)
    return taken


def amendment(rng: random.Random, *, duty: bool) -> dict[str, Any]:
    if duty:
        return rng.choice([{"grade": "b"}, {"grade": "a"}, {"place": "湖"}, {"term_to": "2023-06-30"}])
    return rng.choice([{"category": "02"}, {"note": "改"}, {"amount": "12.50"}, {"note": None}])


def step(rng: random.Random, record_type: Any, *, duty: bool) -> dict[str, Any]:
    name = rng.choice(list(record_type.steps))
    sent: dict[str, Any] = {"step": name}
    if duty and name == "hand_over":
        sent["payload"] = rng.choice([{"grade": "a"}, {"grade": "b"}, {"place": "塘"}, {}])
        sent |= rng.choice([{}, {"body": "other"}, {"area": "450205002"}])
    if name == "dispatch":
        sent["payload"] = {"unit": rng.choice(("team", "squad"))}
    if name == "handle":
        sent["payload"] = rng.choice([{}, {"note": "好"}, {"amount": 3}])
    if name == "extend":
        sent["payload"] = {"by": rng.choice(("1 working day", "5 working days"))}
    return sent


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 16), st.booleans())
def test_any_order_of_arrival_gives_the_same_record(seed: int, steps: int, duty: bool) -> None:
    rng = random.Random(seed)
    case = DUTY if duty else CASE
    record_type, context = definitions_of(case.file).record_type(case.type), context_of(case)
    entries = history(rng, steps, duty=duty)
    document = None
    for number, entry in enumerate(entries):
        outcome = apply(record_type, document, entry, context)
        assert not outcome.problems
        document = outcome.document or replay(record_type, entries[: number + 1], context)
        assert document == replay(record_type, entries[: number + 1], context)
    shuffled = rng.sample(entries, len(entries))
    assert replay(record_type, shuffled, context) == document


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(2, 12), st.booleans())
def test_applying_changes_no_document_in_place(seed: int, steps: int, duty: bool) -> None:
    case = DUTY if duty else CASE
    record_type, context = definitions_of(case.file).record_type(case.type), context_of(case)
    document: dict[str, Any] | None = None
    entries = history(random.Random(seed), steps, duty=duty)
    for number, entry in enumerate(entries):
        before = repr(document)
        outcome = apply(record_type, document, entry, context)
        assert repr(document) == before
        document = outcome.document or replay(record_type, entries[: number + 1], context)


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            ["number", "money", "whole", "day", "moment", "flag", "choice", "person", "text", "zzz"]
        ),
        st.one_of(
            st.text(max_size=12),
            st.integers(),
            st.floats(),
            st.booleans(),
            st.none(),
            st.decimals(allow_nan=True, allow_infinity=True, places=3).map(str),
            st.dates().map(str),
            st.datetimes().map(lambda moment: moment.isoformat()),
            st.lists(st.integers(), max_size=2),
            st.dictionaries(
                st.sampled_from(["number", "id_number", "cipher"]), st.text(max_size=4), max_size=2
            ),
        ),
        max_size=4,
    )
)
def test_any_payload_is_normalised_once_or_refused(payload: dict[str, Any]) -> None:
    checker = Checker(definitions_of("values.yaml"))
    sent = {"id": ulid(1), "kind": "open", "type": "values.thing", "happened": "2022-03-01T08:00:00"}
    sent |= {"area": "450205", "body": "office"}
    entry = checker.check({**sent, "payload": payload})
    if isinstance(entry, list):
        assert entry
        assert all(problem.place is not None and problem.place.field for problem in entry)
    else:
        assert checker.check({**sent, "payload": entry.payload}) == entry


@pytest.mark.parametrize(
    "key", ["id", "kind", "type", "record", "happened", "area", "step", "target", "payload", "reason"]
)
@pytest.mark.parametrize("value", [[], {}, 1, 1.5, None, True, "\x00", "ü" * 70])
def test_an_envelope_of_any_kind_never_crashes_the_checker(key: str, value: object) -> None:
    sent = {
        "id": ulid(1),
        "kind": "step",
        "type": "cases.case",
        "record": "r",
        "happened": "2022-03-01T08:00:00",
    }
    found = Checker(definitions_of(FILE)).check({**sent, "step": "accept", key: value})
    assert isinstance(found, list | Entry)


@pytest.mark.parametrize(
    "happened", ["9999-12-31T23:59:59-10:00", "0001-01-01T00:00:00+14:00", "1899-12-31T00:00:00"]
)
def test_a_time_past_the_edge_of_the_calendar_is_refused(happened: str) -> None:
    sent = {
        "id": ulid(1),
        "kind": "step",
        "type": "cases.case",
        "record": "r",
        "step": "accept",
        "happened": happened,
    }
    found = Checker(definitions_of(FILE)).check(sent)
    assert isinstance(found, list)
    assert [problem.code for problem in found] == ["no-such-time"]
