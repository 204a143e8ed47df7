"""Land made ready: the sites of the published report, all under way, and some of our own."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from .clock import DAY, at
from .places import community_at
from .writing import Item, Steps, Writer

NAME = "land-readiness"
BODIES = {"natural-resources": "自然资源局"}
ROLES = (("demo.reserve", "reserve-clerk", NAME), ("demo.soil", "soil-reviewer", NAME))
TARGETS: tuple[tuple[str, str], ...] = ()
SITE, PAYMENT, PROGRESS = f"{NAME}.site", f"{NAME}.payment", f"{NAME}.progress"
# Name, former and planned use, extent, and the days of its steps.
Stages = tuple[tuple[date, str], ...]
SITES: tuple[tuple[str, str, str, str, Stages], ...] = (
    ("柳钢鹧鸪江凤凰巷", "residential", "residential", "68.40", ((date(2021, 9, 6), "start"),)),
    ("跃进路102号104号地块", "industrial", "commercial", "41.25",
     ((date(2021, 6, 15), "start"), (date(2022, 9, 20), "clear"))),
    ("红卫仓周边片区", "industrial", "residential", "126.70", ((date(2022, 3, 8), "start"),)),
    ("天一塑料厂", "industrial", "residential", "33.90",
     ((date(2021, 11, 22), "start"), (date(2022, 11, 10), "clear"))),
    ("演示地块甲", "industrial", "residential", "52.00",
     ((date(2021, 2, 8), "start"), (date(2021, 10, 12), "clear"), (date(2022, 1, 5), "survey"),
      (date(2022, 1, 24), "mend"), (date(2022, 7, 25), "assess"), (date(2022, 8, 16), "pass"))),
    ("演示地块乙", "village", "public", "88.60",
     ((date(2021, 3, 1), "start"), (date(2021, 12, 6), "clear"), (date(2022, 2, 14), "survey"),
      (date(2022, 3, 22), "pass"), (date(2022, 10, 27), "supply"))),
    ("演示地块丙", "residential", "commercial", "27.35",
     ((date(2021, 4, 12), "start"), (date(2022, 4, 18), "clear"), (date(2022, 5, 30), "survey"),
      (date(2022, 6, 27), "pass"))),
    ("演示地块丁", "village", "industrial", "140.00", ((date(2022, 5, 16), "start"),)),
    ("演示地块戊", "village", "residential", "60.00", ()),
    ("演示地块己", "residential", "public", "19.80", ((date(2022, 8, 8), "drop"),)),
)  # fmt: skip
READY_HUNDREDTHS = 5_200 + 8_860 + 2_735
EXPECTED = {
    "land-readiness.projects": Fraction(7),
    "land-readiness.ready-land": Fraction(READY_HUNDREDTHS, 100),
}
POLLUTED = {"演示地块甲"}
PAID = ("compensation", "clearing", "soil", "works")


def make(rng: random.Random) -> Iterator[Item]:
    """The sites with their steps, each month's progress, and what was paid for them."""
    writer = Writer(rng, "natural-resources", "demo.reserve")
    for n, (name, former, use, extent, stages) in enumerate(SITES):
        area = community_at(n * 17 + 5)
        payload: dict[str, object] = {"name": name, "extent": extent, "former": former, "planned_use": use}
        steps: Steps = [(at(day, 600 + n), step, _said(name, step, n)) for day, step in stages]
        if name == "演示地块丙":
            second, step, said = steps[1]
            late = writer.late(second, "腾空验收单迟交,次月补录(演示)")
            steps[1] = (second, step, {**said, **late})
        works = list(writer.works(SITE, area, payload, steps, at(date(2021, 1, 18), 540 + n)))
        yield from works
        if name == "演示地块丁":
            yield writer.amend(at(date(2022, 7, 6)), works[0], "勘测后更正面积(演示)", extent="138.20")
        if stages and stages[0][1] == "start":
            yield from _worked(writer, works[0], n, stages)
    doubled = writer.write(
        at(date(2022, 9, 1)), "open", SITE, community_at(3),
        payload={"name": "演示地块庚", "extent": "8.00", "former": "village", "planned_use": "public"},
    )  # fmt: skip
    yield doubled
    yield writer.void(at(date(2022, 9, 6)), doubled, "与已登记地块重叠,作废(演示)")


def _said(name: str, step: str, n: int) -> dict[str, object]:
    polluted = name in POLLUTED and step == "survey"
    report: dict[str, object] = {
        "soil": "polluted" if polluted else "clean",
        "report_number": f"演示报告{step}-{n + 1:02d}",
    }
    more: dict[str, dict[str, object]] = {
        "survey": {**report, "officer": "demo.soil"},
        "assess": {**report, "officer": "demo.soil"},
        "mend": {"reason": "个别点位超筛选值(演示)", "officer": "demo.soil"},
        "supply": {"contract": f"演示供地合同{n + 1:02d}"},
        "drop": {"reason": "规划调整,退出计划(演示)"},
    }
    return more.get(step, {})


def _worked(writer: Writer, site: Item, n: int, stages: Stages) -> Iterator[Item]:
    """Each month from the start a statement of progress, and one or two payments until it is ready."""
    rng = writer.rng
    record, area = site[1]["id"], str(site[1]["area"])
    days = {step: day for day, step in stages}
    first, ready = days["start"], days.get("pass", date(2022, 12, 31))
    for year, month in ((y, m) for y in (2021, 2022) for m in range(1, 13) if date(y, m, 28) >= first):
        cleared = "clear" in days and date(year, month, 1) > days["clear"]
        second = at(date(year, month, 28), 900 + n)
        if SITES[n][0].startswith("演示") and rng.random() < 0.08:
            continue
        payload = {
            "site": record, "month": f"{year}-{month:02d}-01", "note": "按计划推进(演示)",
            "vacated": "0.00" if cleared else f"{rng.random() * 4:.2f}",
        }  # fmt: skip
        yield writer.write(second, "open", PROGRESS, area, payload=payload)
        for k in range(1 + month % 2 if date(year, month, 1) <= ready else 0):
            paid: dict[str, object] = {
                "site": record, "kind": PAID[(month + k + (2 if cleared else 0)) % 4],
                "amount": f"{200_000 + int(rng.random() * 1_800_000)}.00",
            }  # fmt: skip
            item = writer.write(second - (3 + 5 * k) * DAY, "open", PAYMENT, area, payload=paid)
            yield item
            if (month, k, n % 3) == (5, 0, 1):
                yield writer.amend(
                    writer.next_month(item[0]), item, "按发票更正金额(演示)", amount="560000.00"
                )
            elif (month, k, n % 4) == (9, 1, 2):
                yield writer.void(item[0] + 2 * DAY, item, "同一笔支出重复登记,作废(演示)")
