"""Closed periods: an entry is late by when it happened and by every date that a measure uses."""

from __future__ import annotations

from typing import Any

import pytest
from district import EAST, ROOT, WEST, build, post, refused, sent, system, ulid

LATE = {("period-closed", "reason")}
IN_MARCH, AFTER = "2022-03-30", "2022-10-10"


@pytest.fixture(autouse=True)
def district(ledger: str) -> None:
    build()


def close(period: str = "2022-03", **more: Any) -> None:
    post(system(90, "closing", programme="requests", area=WEST, period=period, **more), by="root")


def opened(number: int, **payload: Any) -> dict[str, Any]:
    return sent(number, happened=f"{AFTER}T10:00:00", payload={"amount": "1", **payload})


def is_late(number: int) -> bool:
    from taizhang.ledger import queries

    return bool(queries.record(ulid(number)).document["late"])


def step(number: int, record: int, name: str, at: str, **more: Any) -> dict[str, Any]:
    return sent(number, "step", record=ulid(record), step=name, happened=at, **more)


def test_a_date_field_that_dates_a_figure_makes_an_entry_late() -> None:
    close()
    assert refused(opened(100, day=IN_MARCH)) == LATE
    post({**opened(101, day=IN_MARCH), "reason": "补报"}, opened(102, day=AFTER), opened(103, noted=IN_MARCH))
    assert [is_late(n) for n in (101, 102, 103)] == [True, False, False]
    post(step(104, 102, "note", f"{AFTER}T11:00:00", payload={"noted": IN_MARCH}))
    assert refused(step(105, 102, "note", f"{AFTER}T11:00:00", payload={"day": IN_MARCH})) == LATE


def test_a_stock_reaches_into_the_closed_period_from_before_it() -> None:
    close()
    assert refused(opened(100, day="2022-02-01")) == LATE
    post(opened(101, day="2022-02-01", until="2022-02-20"))
    assert is_late(101) is False
    # Taking the end away lets it stand through March; an end after March changes nothing of March.
    assert refused(step(102, 101, "note", f"{AFTER}T11:00:00", payload={"until": None})) == LATE


def test_a_step_is_late_by_what_it_changes_only() -> None:
    post(sent(100, payload={"amount": "1", "day": IN_MARCH}))
    close()
    accept = step(101, 100, "accept", f"{AFTER}T11:00:00")
    post(accept, by="chief")
    post(step(102, 100, "note", f"{AFTER}T12:00:00", payload={"until": "2022-10-01"}))
    assert is_late(100) is False
    assert refused(step(103, 100, "note", f"{AFTER}T12:30:00", payload={"until": "2022-03-31"})) == LATE
    assert refused(step(103, 100, "note", f"{AFTER}T12:30:00", payload={"day": AFTER})) == LATE


def test_a_limit_that_ran_out_in_the_closed_period() -> None:
    post(sent(100))
    post(step(101, 100, "accept", "2022-03-01T10:30:00"), by="chief")
    close()
    extend = step(102, 100, "extend", f"{AFTER}T10:00:00", payload={"by": "2 working hours"})
    assert refused(extend, by="chief") == LATE


def test_rounds_of_the_closed_period() -> None:
    watch = {"first": "2022-03-01", "last": "2022-12-31"}
    duty = sent(100, type="requests.watch", happened="2022-02-01T10:00:00", payload=watch)
    close()
    assert refused(duty) == LATE
    later = {**duty, "id": ulid(105), "payload": {**watch, "first": "2022-03-25"}}
    post(later)  # its first round falls due in April
    post({**duty, "reason": "补报"})
    patrol = step(101, 100, "patrol", f"{AFTER}T10:00:00", type="requests.watch")
    post(patrol)
    assert is_late(100) is False
    assert refused({**patrol, "id": ulid(102), "payload": {"on": "2022-03-05"}}) == LATE


def test_amending_and_voiding_by_the_dates_before_and_after() -> None:
    post(opened(100, day=IN_MARCH), opened(101, day=AFTER), opened(102, day=AFTER))
    close()
    amend = sent(
        110, "amend", record=ulid(100), reason="笔误", payload={"day": AFTER}, happened=f"{AFTER}T11:00:00"
    )
    post(amend, by="chief")
    post({**amend, "id": ulid(111), "record": ulid(101), "payload": {"day": IN_MARCH}}, by="chief")
    void = sent(112, "void", record=ulid(102), reason="重复", happened=f"{AFTER}T11:00:00")
    post(void, by="chief")
    assert [is_late(n) for n in (100, 101, 102)] == [True, True, False]


def test_other_areas_and_programmes_stay_open() -> None:
    post(system(91, "appointment", officer="clerk", role="clerk", area=ROOT, programme="requests"), by="root")
    close()
    post(sent(100, area=EAST, payload={"amount": "1", "day": IN_MARCH}))
    assert is_late(100) is False


def test_the_area_in_which_the_record_was_in_the_closed_period() -> None:
    post(system(91, "appointment", officer="clerk", role="clerk", area=ROOT, programme="requests"), by="root")
    household: dict[str, Any] = {"type": "requests.household"}
    for number, first in ((100, WEST), (110, WEST), (120, EAST)):
        more = {"happened": "2022-02-01T10:00:00", "area": first, "payload": {"number": str(number)}}
        post(sent(number, **household, **more))
        post(step(number + 1, number, "move", "2022-05-01T10:00:00", **household, area=EAST))
    close()
    # They lie in the east now, but the figures of March of the first two are the west's.
    correction = {"reason": "重复", "happened": f"{AFTER}T10:00:00"}
    post(sent(102, "void", **household, record=ulid(100), **correction))
    amended = {"payload": {"number": "7"}, **correction}
    post(sent(112, "amend", **household, record=ulid(110), **amended))
    post(sent(122, "void", **household, record=ulid(120), **correction))
    assert [is_late(n) for n in (100, 110, 120)] == [True, True, False]
