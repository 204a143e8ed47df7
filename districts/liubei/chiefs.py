"""River, wood and field chiefs: terms, patrols, and what the patrols found."""

from __future__ import annotations

import random
from collections.abc import Generator, Iterator
from datetime import date, timedelta

from .clock import DAY, at
from .places import community_at
from .writing import Item, Late, Steps, Writer

DUTY, FINDING = "chiefs.duty", "chiefs.finding"
PLACES = 48
KINDS = (("river", "河段"), ("wood", "林地"), ("field", "田块"))
CHANGED = (7, 22, 40)
"""Places whose chief changed in the middle of the year."""

HALF = date(2022, 6, 29)
"""The last day of six rounds of thirty days: where a term ends early, no round is cut short."""


def chiefs(rng: random.Random) -> Iterator[Item]:
    """48 places with a chief all through 2022, their patrols, and findings on rivers, 72 of them closed."""
    office = Writer(rng, "agriculture-bureau", "demo.chiefs-office")
    field = office.colleague("demo.chief")
    for n in range(PLACES):
        first, last = date(2022, 1, 1), date(2024, 12, 31)
        if n in CHANGED:
            duty = yield from _duty(office, field, n, "", first, HALF)
            yield office.write(at(HALF, 1050), "step", DUTY, _place(n), record=duty, step="end")
            first = HALF + timedelta(days=1)
        duty = yield from _duty(office, field, n, "接任" if n in CHANGED else "", first, last)
        if n % 3 == 0:
            yield from _findings(field, n, duty)


def _place(n: int) -> str:
    return community_at(n * 5)


def _duty(
    office: Writer, field: Writer, n: int, mark: str, first: date, last: date
) -> Generator[Item, None, object]:
    """A term with the year's patrols: one in forty not done, some noted weeks later. Gives the record."""
    kind, word = KINDS[n % 3]
    payload: dict[str, object] = {
        "kind": kind,
        "place": f"演示{word}{n + 1:02d}号",
        "chief": f"演示·{mark}责任人{n + 1:02d}",
        "term_from": first.isoformat(),
        "term_to": last.isoformat(),
    }
    opened = office.write(at(first, 0), "open", DUTY, _place(n), entered=at(first, 540), payload=payload)
    yield opened
    rng, record = field.rng, opened[1]["id"]
    until = min(last, date(2022, 12, 31))
    for turn in range(((until - first).days + 1) // 30):
        if rng.random() < 0.025:
            continue
        day = first + timedelta(days=turn * 30 + int(rng.random() * 29))
        second = at(day, 560 + int(rng.random() * 400))
        late: Late = field.late(second, "巡查日志纸质记录,补录(演示)") if rng.random() < 0.01 else {}
        yield field.write(
            second, "step", DUTY, _place(n),
            record=record, step="patrol", payload={"on": day.isoformat()}, **late,
        )  # fmt: skip
    return record


def _findings(field: Writer, n: int, duty: object) -> Iterator[Item]:
    """What was found on a river: fixed and struck off, some after rework or late; some were voided."""
    rng = field.rng
    for k in range(5 if n < 24 else 4):
        found = at(date(2022, 2, 1) + timedelta(days=k * 50 + n), 600 + int(rng.random() * 90))
        fixed = found + (50 if (n + k) % 13 == 5 else 6 + int(rng.random() * 12)) * DAY
        steps: Steps = [
            (found + DAY, "assign", {"officer": "demo.chiefs-office"}),
            (fixed, "fix", {"officer": "demo.unit"}),
        ]
        if (n + 2 * k) % 17 == 3:
            again = {"officer": "demo.chiefs-office", "reason": "现场仍有残留,返工(演示)"}
            steps += [(fixed + DAY, "rework", again), (fixed + 5 * DAY, "fix", {"officer": "demo.unit"})]
            fixed += 5 * DAY
        steps.append((fixed + 2 * DAY, "close", {"officer": "demo.chiefs-office"}))
        payload = {"duty": duty, "kind": ("occupation", "dumping", "building", "extraction")[k % 4]}
        yield from field.works(FINDING, _place(n), payload, steps, found)
    if n % 15 == 0:
        payload = {"duty": duty, "kind": "dumping"}
        found = at(date(2022, 12, 12) + timedelta(days=n % 9), 620)
        steps = [
            (found + DAY, "assign", {"officer": "demo.chiefs-office"}),
            (found + 26 * DAY, "fix", {"officer": "demo.unit"}),
            (found + 30 * DAY, "close", {"officer": "demo.chiefs-office"}),
        ]
        yield from field.works(FINDING, _place(n), payload, steps, found)
    elif n % 15 == 3:
        item = field.write(
            at(date(2022, 5, 16), 600), "open", FINDING, _place(n), payload={"duty": duty, "kind": "other"}
        )
        yield item
        office = field.colleague("demo.chiefs-office")
        yield office.void(at(date(2022, 5, 18), 600), item, "经核实不属四乱,作废(演示)")
