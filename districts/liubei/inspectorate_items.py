"""The items that the central inspectorate assigned: mended, verified, made public, struck off."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from .clock import DAY, at
from .places import community_at
from .writing import Item, Steps, Walk, Writer

NAME = "inspectorate-items"
BODIES: dict[str, str] = {}
ROLES = (
    ("demo.inspection-office", "inspection-office", NAME),
    ("demo.rectifying-unit", "rectifying-unit", NAME),
    ("demo.item-verifier", "verifier", NAME),
)
TARGETS = ((f"{NAME}.close-rate", "100"),)
ITEM = f"{NAME}.item"
ITEMS = 46
EXPECTED = {f"{NAME}.close-rate": Fraction(100), f"{NAME}.items": Fraction(ITEMS)}
CHANNELS, MATTERS = (
    ("letter", "call", "call", "feedback"),
    ("noise", "air", "water", "soil", "air", "ecology"),
)
TEAMS = ("sanitation-team", "facilities-team", "greening-team", "street-team")
MENDING, VERIFYING = {"officer": "demo.rectifying-unit"}, {"officer": "demo.item-verifier"}


def make(rng: random.Random) -> Iterator[Item]:
    """46 items of 2021, all struck off by the end of 2022: some sent back, one objected to, two reopened."""
    office = Writer(rng, "ecology-bureau", "demo.inspection-office")
    for n in range(ITEMS):
        opened = at(date(2021, 4, 12) + timedelta(days=n // 2), 560 + n % 2 * 40)
        works = list(office.works(ITEM, _place(n), _payload(n), _steps(office, n, opened), opened))
        yield from works
        if n % 17 == 8:
            yield office.amend(
                office.next_month(opened), works[0], "污染类型经核实更正(演示)", matter="noise"
            )
    item = office.write(at(date(2021, 4, 20), 600), "open", ITEM, _place(3), payload=_payload(ITEMS))
    yield item
    yield office.void(at(date(2021, 4, 22), 600), item, "同一事项重复交办,并入前件(演示)")


def _place(n: int) -> str:
    return community_at(n * 13)


def _payload(n: int) -> dict[str, object]:
    return {"number": f"演示交办{n + 1:03d}", "channel": CHANNELS[n % 4], "matter": MATTERS[n % 6]}


def _steps(office: Writer, n: int, opened: int) -> Steps:
    walk = Walk(office.rng, opened)
    plan = {"unit": TEAMS[n % 4], "measures": "清理、封闭、定期巡查(演示)", **MENDING}
    walk.take(3, 30, "plan", **plan)
    walk.take(20, 200 if n % 11 == 5 else 150, "rectify", **_evidence(n))
    if n % 12 == 4:
        walk.take(5, 12, "send_back", reason="现场仍有残留,退回整改(演示)", **VERIFYING)
        walk.take(20, 50, "rectify", **_evidence(n))
    walk.take(5, 20, "verify", **VERIFYING)
    walk.take(3, 8, "publicise")
    if n == 20:
        walk.take(3, 6, "object", reason="公示期内群众反映问题未解决(演示)")
        walk.take(20, 40, "rectify", **_evidence(n))
        walk.take(5, 10, "verify", **VERIFYING)
        walk.take(3, 8, "publicise")
    walk.take(10, 16, "strike_off")
    if n in (12, 33):  # noted only when the file came back from the city; nothing follows them
        late = office.late(walk.now + 16 * DAY, "市级验收文件送达较晚,补录(演示)")
        walk.steps[-1] = walk.now, "strike_off", late
    if n % 9 == 2:
        walk.take(60, 90, "look_back", **VERIFYING)
    if n in (7, 31):
        walk.take(70, 110, "rebound", reason="回头看发现反弹(演示)")
        walk.take(15, 40, "rectify", **_evidence(n))
        walk.take(5, 10, "verify", **VERIFYING)
        walk.take(3, 8, "publicise")
        walk.take(10, 14, "strike_off")
    return walk.steps


def _evidence(n: int) -> dict[str, object]:
    return {"evidence": f"演示整改照片及验收单{n + 1:03d}", **MENDING}
