"""Hospitals and clinics built and extended. Faults fall on fictional projects only."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from .clock import DAY, at
from .places import ROOT, TOWN_CODES
from .writing import Item, Late, Steps, Writer

NAME = "health-facilities"
PROJECT = "health-facilities.project"
BODIES: Mapping[str, str] = {}
ROLES = (("demo.health", "health-clerk", NAME),)
TARGETS: tuple[tuple[str, str], ...] = ()
# Name, kind, area, approved, started, completed, taken into use; the first two as the published report names
# them, with dates of the demonstration's own.
PLANS = (
    ("柳北区疾病预防控制中心及卫生监督所综合大楼", "new", "柳北区",
     date(2020, 12, 7), date(2021, 2, 22), date(2022, 6, 15), date(2022, 9, 1)),
    ("沙塘卫生院改扩建", "extension", "沙塘镇", date(2021, 11, 15), date(2022, 3, 14), None, None),
    ("演示卫生院改扩建一号", "extension", "石碑坪镇",
     date(2021, 1, 18), date(2021, 4, 6), date(2021, 12, 9), date(2022, 2, 14)),
    ("演示社区卫生服务中心新建一号", "new", "锦绣街道",
     date(2021, 8, 2), date(2021, 11, 1), date(2022, 8, 8), date(2022, 12, 5)),
    ("演示村卫生室改扩建", "extension", "长塘镇", date(2022, 4, 11), date(2022, 6, 6), None, None),
)  # fmt: skip
EXPECTED: Mapping[str, Fraction] = {
    "health-facilities.projects": Fraction(2),
    "health-facilities.completed": Fraction(2),
    "health-facilities.in-use": Fraction(3),
}


def make(rng: random.Random) -> Iterator[Item]:
    """Five projects, one of which was accepted anew; one cancelled, one voided."""
    writer = Writer(rng, "health-bureau", "demo.health")
    for n, (name, kind, area, approved, started, completed, used) in enumerate(PLANS):
        payload: dict[str, object] = {"name": name, "kind": kind}
        if name.startswith("演示"):
            payload |= {"floor_area": f"{900 + 400 * n}.0", "budget": f"{(260 + 90 * n) * 10_000}.00"}
        steps: Steps = [(at(started), "start", {})]
        if completed:
            steps += _completed(writer, n, completed)
        if used:
            steps.append((at(used), "take_into_use", {}))
        works = list(writer.works(PROJECT, TOWN_CODES.get(area, ROOT), payload, steps, at(approved)))
        yield from works
        if n == 4:
            yield writer.amend(
                at(date(2022, 8, 16)), works[0], "概算调整批复,更正(演示)", budget="6350000.00"
            )
    payload = {"name": "演示卫生院新建二号", "kind": "new"}
    cancel: Steps = [(at(date(2022, 7, 18)), "cancel", {"reason": "用地未落实,取消(演示)"})]
    yield from writer.works(PROJECT, TOWN_CODES["长塘镇"], payload, cancel, at(date(2022, 1, 17)))
    item = writer.write(
        at(date(2022, 3, 7)), "open", PROJECT, ROOT, payload=payload | {"name": "演示重复项目"}
    )
    yield item
    yield writer.void(at(date(2022, 3, 9)), item, "与已登记项目重复,作废(演示)")


def _completed(writer: Writer, n: int, day: date) -> Steps:
    """Completion and its record within fifteen days; of the fourth the first completion did not hold."""
    done = at(day)
    record: Late = writer.late(done + 10 * DAY, "备案表迟交,补录(演示)") if n == 2 else {}
    steps: Steps = [(done, "complete", {}), (done + 10 * DAY, "put_on_record", record)]
    if n == 3:
        reason = {"reason": "消防验收资料不全,重新组织验收(演示)"}
        steps = [(done - 40 * DAY, "complete", {}), (done - 33 * DAY, "reject", reason), *steps]
    return steps
