"""Ten promises of the year, each with its plan, monthly progress, completion and acceptance."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from .clock import DAY, at, in_hours
from .places import ROOT
from .writing import Item, Late, Writer

NAME = "practical-projects"
BODIES = {"education-bureau": "教育局", "civil-affairs-bureau": "民政局"}
ROLES = (
    ("demo.promise-keeper", "promise-keeper", NAME),
    ("demo.project-owner", "project-owner", NAME),
    ("demo.government-inspector", "government-inspector", NAME),
)
PROMISE, PROGRESS = f"{NAME}.promise", f"{NAME}.progress"
# What was promised, by whom it is kept, month in which it was finished.
PROMISES = (
    ("新增公共停车泊位", "urban-management", 9),
    ("更新社区健身器材", "street-team", 7),
    ("新建长者食堂", "civil-affairs-bureau", 10),
    ("改造背街小巷路灯", "facilities-team", 8),
    ("增加公办幼儿园学位", "education-bureau", 8),
    ("为老年人免费体检", "health-bureau", 11),
    ("整治老旧小区排水", "housing-bureau", 11),
    ("修缮农村饮水设施", "agriculture-bureau", 6),
    ("建设口袋公园", "greening-team", 10),
    ("开设公益托管班", "education-bureau", 8),
)
EXPECTED = {f"{NAME}.completed": Fraction(len(PROMISES)), f"{NAME}.promised": Fraction(len(PROMISES))}
TARGETS = ((f"{NAME}.completed", "10"),)
SENT_BACK, SAID_LATE, TWICE = 7, (2, 5), 10


def make(rng: random.Random) -> Iterator[Item]:
    """Ten promises kept and accepted, one at the second time; an eleventh was another's and is voided."""
    keeper = Writer(rng, "government-office", "demo.promise-keeper")
    for n, (title, owner, finished) in enumerate(PROMISES, 1):
        opened = at(date(2022, 1, 12), 560 + n)
        item = keeper.write(opened, "open", PROMISE, ROOT, payload=_payload(n, title))
        yield item
        yield from _worked(keeper, n, item[1]["id"], owner, finished, opened)
        yield from _progress(keeper.rng, n, item[1]["id"], owner, finished)
        if n == 4:
            yield keeper.amend(
                keeper.next_month(opened),
                item,
                "承诺原文录入漏字,更正(演示)",
                sentence=f"{title},年内全部办结(演示)。",
            )
    item = keeper.write(
        at(date(2022, 1, 12), 580), "open", PROMISE, ROOT, payload=_payload(TWICE + 1, "更新社区健身器材")
    )
    yield item
    yield keeper.void(at(date(2022, 1, 14), 580), item, "与第2件为同一承诺,作废(演示)")


def _payload(number: int, title: str) -> dict[str, object]:
    return {
        "year": 2022,
        "number": number,
        "sentence": f"{title},年内办结(演示)。",
        "source": "演示文件:2022年为民办实事公告(合成)",
    }


def _worked(keeper: Writer, n: int, record: object, owner: str, finished: int, opened: int) -> Iterator[Item]:
    def step(second: int, name: str, officer: str, **more: object) -> Item:
        writer = Writer(keeper.rng, owner if officer == "demo.project-owner" else keeper.body, officer)
        now = in_hours(second)
        return writer.write(now, "step", PROMISE, ROOT, record=record, step=name, **more)

    keep, own, inspect = keeper.officer, "demo.project-owner", "demo.government-inspector"
    planned = opened + (8 + n % 5 * 3) * DAY
    plan = {"owner": owner, "promised_by": "2022-12-31", "funds": f"{300_000 + n * 85_000}.00"}
    yield step(planned, "plan", keep, payload=plan)
    yield step(planned + 20 * DAY, "begin", own)
    if n == 3:
        yield step(at(date(2022, 7, 5)), "urge", inspect)
    done = at(date(2022, finished, 14 + n), 600)
    yield step(done, "finish", own, payload={"result": "按承诺办结(演示)"})
    if n == SENT_BACK:
        yield step(done + 6 * DAY, "send_back", inspect, reason="资料不全,退回补正(演示)")
        done += 14 * DAY
        yield step(done, "finish", own, payload={"result": "补正后办结(演示)"})
    yield step(done + 9 * DAY, "accept", inspect)


def _progress(rng: random.Random, n: int, record: object, owner: str, finished: int) -> Iterator[Item]:
    """One report a month; two came weeks late."""
    writer = Writer(rng, owner, "demo.project-owner")
    for month in range(1, 13):
        done = (
            100 if month >= finished else min(95, 100 * (month - 1) // (finished - 1) + int(rng.random() * 4))
        )
        second = at(date(2022, month, 27), 560 + n)
        late: Late = (
            writer.late(second, "责任单位漏报,补报(演示)")
            if (n, month) in ((SAID_LATE[0], 4), (SAID_LATE[1], 6))
            else {}
        )
        payload = {"promise": record, "month": f"2022-{month:02d}-01", "percent": f"{done}.0"}
        yield writer.write(second, "open", PROGRESS, ROOT, payload=payload, **late)
