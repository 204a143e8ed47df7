"""The system's own records: areas without rings and twins, names that exist, nothing from the future."""

from __future__ import annotations

from typing import Any

import pytest
from district import EAST, ROOT, WEST, build, post, refused, sent, system, ulid


@pytest.fixture(autouse=True)
def district(ledger: str) -> None:
    build()


def move(number: int, area: int, parent: str, at: str = "2022-06-01T00:00:00") -> dict[str, Any]:
    return sent(
        number, "step", "system.area", record=ulid(area), step="move", happened=at, payload={"parent": parent}
    )


RING = {("area-below-itself", "parent")}


def test_an_area_never_lies_below_itself() -> None:
    assert refused(move(110, 2, WEST), by="root") == RING
    post(move(110, 3, WEST), by="root")
    assert refused(move(111, 2, EAST), by="root") == RING
    amend = sent(112, "amend", "system.area", record=ulid(1), reason="改", payload={"parent": EAST})
    assert refused(amend, by="root") == RING
    assert refused(move(113, 1, EAST), by="root") == RING


def test_two_areas_may_change_places_but_not_for_one_day_in_a_ring() -> None:
    post(move(110, 3, WEST), move(111, 3, ROOT, "2022-07-01T00:00:00"), by="root")
    post(move(112, 2, EAST, "2022-07-01T00:00:00"), by="root")
    assert refused(move(113, 2, EAST, "2022-06-30T00:00:00"), by="root") == RING
    # Played again in its place: from May on the west would lie in the east, which lies in it in June.
    assert refused(move(114, 2, EAST, "2022-05-01T00:00:00"), by="root") == RING


def test_within_one_batch_too() -> None:
    south = system(110, "area", code="990101003", name="南", level="subdistrict", parent=WEST)
    assert refused(south, move(111, 2, "990101003"), by="root") == RING


def test_one_code_is_one_area_for_ever() -> None:
    twin = system(110, "area", code=WEST, name="西", level="subdistrict", parent=ROOT)
    assert refused(twin, by="root") == {("not-unique", "code")}
    end = sent(111, "step", "system.area", record=ulid(2), step="strike_off", happened="2022-06-01T00:00:00")
    post(end, by="root")
    assert refused(twin, by="root") == {("not-unique", "code")}


def test_names_that_nobody_declared_are_refused_with_a_suggestion() -> None:
    from taizhang.errors import EntryError

    peers = system(110, "peers", code="six", name="六区", members="试验区、甲区")
    value = {
        "indicator": "requests.x",
        "peers": "six",
        "peer": "甲区",
        "period": "2022",
        "value": "1",
        "document": "报",
    }
    post(peers, system(111, "peer-value", **value), by="root")
    post(system(113, "appointment", officer="reader", role="auditor", area=ROOT), by="root")
    post(system(112, "closing", programme="requests", area=WEST, period="2020"), by="root")
    cases = {
        ("unknown-indicator", "indicator"): system(
            120, "target", indicator="all.opend", area=WEST, period="2022", value="1"
        ),
        ("unknown-group-of-peers", "peers"): system(120, "peer-value", **{**value, "peers": "sux"}),
        ("unknown-peer", "peer"): system(120, "peer-value", **{**value, "peer": "乙区"}),
        ("unknown-role", "role"): system(120, "appointment", officer="a", role="clark"),
        ("unknown-programme", "programme"): system(
            120, "appointment", officer="a", role="clerk", programme="request"
        ),
    }
    for problem, entry in cases.items():
        assert refused(entry, by="root") == {problem}
    assert refused(system(120, "closing", programme="request", area=WEST, period="2022"), by="root") == {
        ("unknown-programme", "programme")
    }
    with pytest.raises(EntryError, match="是否为 `clerk`"):
        post(cases["unknown-role", "role"], by="root")


def test_what_has_not_happened_yet_is_refused() -> None:
    from datetime import datetime, timedelta

    from taizhang.ledger.district_file import SHANGHAI

    now = datetime.now(SHANGHAI)

    def at(**ahead: int) -> str:
        return (now + timedelta(**ahead)).isoformat(timespec="seconds")

    future = {("in-the-future", "happened")}
    assert refused(sent(100, happened=at(hours=1))) == future
    assert refused(sent(100, happened="2033-01-01T00:00:00")) == future
    post(sent(100, happened=at(minutes=2), payload={"amount": "1", "day": "2033-01-01"}))
    moved = {"officer": "clerk", "happened": "2022-03-01T10:00:00", "recorded": "2022-03-01T09:00:00"}
    assert refused(sent(101, **moved), by="mover") == future
    assert refused(sent(101, officer="clerk", recorded=at(hours=1)), by="mover") == {
        ("in-the-future", "recorded")
    }
