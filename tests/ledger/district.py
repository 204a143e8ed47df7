"""A small district to post in: three areas, two bodies, a programme of requests with every rule in it."""

from __future__ import annotations

from typing import Any

DISTRICT = """
name: {zh: 试验区, en: Trial district}
code: "990101"
root: "990101"
own_peer: 试验区
office_hours: [["09:00", "12:00"], ["14:00", "17:00"]]
"""

REQUESTS = """
programme: requests
name: {zh: 诉求, en: Requests}
lead: office
records:
  household:
    name: {zh: 户, en: Household}
    mechanism: register
    fields:
      number: {name: {zh: 户号, en: Number}, type: text, required: true}
    step_rules:
      move: {name: {zh: 迁移, en: Move}, in: [recorded]}
    varies: [area]
    roles: {open: clerk, move: clerk, amend: clerk, void: clerk}
    unique: [number]
  request:
    name: {zh: 诉求, en: Request}
    mechanism: case
    fields:
      amount: {name: {zh: 金额, en: Amount}, type: money, low: 0, required: true}
      phone: {name: {zh: 电话, en: Phone}, type: text, personal: true}
      day: {name: {zh: 日期, en: Day}, type: date}
      until: {name: {zh: 止日, en: Until}, type: date}
      noted: {name: {zh: 记录日, en: Noted}, type: date}
      person: {name: {zh: 诉求人, en: Person}, type: person}
      household: {name: {zh: 户, en: Household}, type: reference, to: requests.household}
    states: [opened, accepted, closed]
    steps:
      opened: {accept: accepted}
      accepted: {close: closed}
    step_rules:
      accept: {name: {zh: 受理, en: Accept}}
      close: {name: {zh: 办结, en: Close}}
      extend: {name: 延期, acts: extend, in: [accepted], limit: closing, by: 90 working hours}
      note: {name: {zh: 补记, en: Note}, in: [opened, accepted, closed], fields: [day, until, noted, phone]}
    limits:
      closing: {from: accepted, until: closed, within: 2 working hours}
    roles: {open: clerk, accept: chief, close: clerk, extend: chief, amend: chief, void: chief}
  watch:
    name: {zh: 值守, en: Watch}
    mechanism: duty
    fields:
      first: {name: {zh: 起, en: First}, type: date, required: true}
      last: {name: {zh: 止, en: Last}, type: date, required: true}
    states: [kept]
    step_rules:
      patrol: {name: {zh: 巡, en: Patrol}, acts: patrol, in: [kept]}
    roles: {open: clerk, patrol: clerk, amend: chief, void: chief}
    every: 10 days
    term: [first, last]
indicators:
  x: {name: {zh: 办结数, en: Closed}, of: request, value: {value: count(*), on: closed_at}, unit: 件}
  on-time: {name: {zh: 按期数, en: On time}, of: request, value: {value: count(*), on: closing_due}, unit: 件}
  by-day: {name: {zh: 当日数, en: By day}, of: request, value: {value: count(*), on: day}, unit: 件}
  standing: {name: 在册, of: request, value: {value: count(*), standing: {from: day, to: until}}, unit: 件}
  households: {name: 户数, of: household, value: {value: count(*), standing: {from: opened_at}}, unit: 户}
  rounds: {name: {zh: 应巡, en: Rounds}, of: watch.rounds, value: {value: count(*), on: due_on}, unit: 次}
"""

FILES = {"district.yaml": DISTRICT, "programmes/requests.yaml": REQUESTS}
ROOT, WEST, EAST = "990101", "990101001", "990101002"
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def ulid(number: int) -> str:
    """The entry id with this number."""
    return "01" + "".join(DIGITS[number >> 5 * n & 31] for n in range(23, -1, -1))


def sent(number: int, kind: str = "open", type: str = "requests.request", **more: Any) -> dict[str, Any]:
    """An entry as it is sent; a request of 1 yuan in the west unless said otherwise."""
    said: dict[str, Any] = {"id": ulid(number), "kind": kind, "type": type, "happened": "2022-03-01T10:00:00"}
    if kind == "open":
        said |= {"area": WEST, "body": "office", "payload": {"amount": "1"}}
    return said | more


def system(number: int, type: str, **payload: Any) -> dict[str, Any]:
    """A system record that is opened."""
    more = {"area": ROOT, "body": "office", "happened": "2021-01-01T00:00:00", "payload": payload}
    return sent(number, type=f"system.{type}", **more)


def build() -> None:
    """Found the district, with a clerk and a chief in the west."""
    from taizhang.ledger import actions

    actions.found(FILES, administrator="root", password="correct horse battery", importer="mover")
    entries = [
        system(1, "area", code=ROOT, name="试验区", level="district"),
        system(2, "area", code=WEST, name="西街道", level="subdistrict", parent=ROOT),
        system(3, "area", code=EAST, name="东街道", level="subdistrict", parent=ROOT),
        system(4, "body", code="office", name="办公室"),
        system(5, "appointment", officer="clerk", role="clerk", area=WEST, programme="requests"),
        system(6, "appointment", officer="chief", role="chief", area=WEST, programme="requests"),
    ]
    actions.post(entries, by=actions.officer("root"))


def post(*entries: dict[str, Any], by: str = "clerk", **more: Any) -> Any:
    """Post in an officer's name."""
    from taizhang.ledger import actions

    return actions.post(list(entries), by=actions.officer(by), **more)


def refused(*entries: dict[str, Any], by: str = "clerk") -> set[tuple[str, str]]:
    """The (code, field) of each problem; fails when the entries are taken."""
    import pytest

    from taizhang.errors import EntryError
    from taizhang.ledger import queries

    before = queries.position()
    with pytest.raises(EntryError) as caught:
        post(*entries, by=by)
    assert queries.position() == before
    return {(problem.code, problem.place.field if problem.place else "") for problem in caught.value.problems}
