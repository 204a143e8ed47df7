"""Tutoring sites, inspections of them, and breaches until they are settled. All sites are fictional."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction

from .clock import DAY, at, is_working
from .places import ROOT, community_at
from .writing import Item, Late, Steps, Writer

NAME = "tutoring-oversight"
BODIES: Mapping[str, str] = {"market-bureau": "市场监督管理局"}
ROLES = (("demo.tutoring", "tutoring-office", NAME), ("demo.inspector", "inspector", NAME))
TARGETS = ((f"{NAME}.corrected-on-time", "90"), (f"{NAME}.inspected-share", "100"))
SITES, STRUCK_OFF = 66, 2
INSPECTIONS = {2021: 96, 2022: 216}
FOUND_EVERY = 6
EXPECTED: Mapping[str, Fraction] = {
    f"{NAME}.inspections": Fraction(INSPECTIONS[2022]),
    f"{NAME}.violations": Fraction(INSPECTIONS[2022], FOUND_EVERY),
    f"{NAME}.designations": Fraction(1),
}
SITE, INSPECTION, DESIGNATION = f"{NAME}.site", f"{NAME}.inspection", f"{NAME}.designation"
KINDS = ("arts", "arts", "sport", "science", "arts", "subject")
CHANNELS = ("routine", "routine", "complaint", "joint")
BREACHES = ("02", "04", "01", "05", "07", "06", "03")
DAYS = {"01": 2, "02": 6, "03": 1, "04": 3, "05": 9, "06": 4, "07": 5}
"""Days in which a breach is mostly put right."""


def make(rng: random.Random) -> Iterator[Item]:
    """66 sites, two struck off; 216 inspections in 2022 found 36 breaches, some late, again or referred."""
    office = Writer(rng, "education-bureau", "demo.tutoring")
    sites: list[tuple[object, str]] = []
    for n in range(SITES):
        area = community_at(n * 13)
        payload: dict[str, object] = {
            "name": f"演示培训机构{n + 1:02d}",
            "kind": KINDS[n % 6],
            "licence": f"演示教民{n + 1:04d}",
        }
        item = office.write(
            at(date(2021, 1, 18) + timedelta(days=n // 8), 545 + n), "open", SITE, area, payload=payload
        )
        yield item
        sites.append((item[1]["id"], area))
        if n in (20, 50):
            yield office.amend(
                office.next_month(item[0]), item, "许可证号抄录有误(演示)", licence=f"演示教民{n:04d}甲"
            )
        if n >= SITES - STRUCK_OFF:
            yield office.write(
                at(date(2022, 8, 8), 600 + n), "step", SITE, area,
                record=item[1]["id"], step="strike_off", reason="举办者申请终止办学(演示)",
            )  # fmt: skip
    for year, count in INSPECTIONS.items():
        for n in range(count):
            yield from _inspection(office, year, n, count, sites[n % (SITES - STRUCK_OFF)])
    title = {"title": "校外培训监管先行区", "given_by": "自治区教育厅"}
    yield office.write(at(date(2022, 6, 24), 600), "open", DESIGNATION, ROOT, payload=title)


def _inspection(office: Writer, year: int, n: int, count: int, where: tuple[object, str]) -> Iterator[Item]:
    site, area = where
    writer = office.colleague("demo.inspector")
    day = date(year, 2, 14) + timedelta(days=n * 300 // count)
    found = n % FOUND_EVERY == 5
    breach = BREACHES[n // FOUND_EVERY % 7]
    payload: dict[str, object] = {
        "site": site,
        "channel": CHANNELS[n % 4],
        "last_lesson": "20:50" if found and breach == "01" else f"{17 + n % 3}:{n % 4 * 15:02d}",
        "prepaid_lessons": 72 if found and breach == "02" else 12 + n % 5 * 12,
    }
    second = at(day, (1130 if not is_working(day) else 920) + n % 60)
    late: Late = writer.late(second, "检查记录单次月录入(演示)") if n % 61 == 30 else {}
    steps: Steps = _breach(n, second, breach) if found else [(second + 3000, "clear", late)]
    yield from writer.works(INSPECTION, area, payload, steps, second)
    if n % 90 == 44:
        twice = writer.write(second + 1200, "open", INSPECTION, area, payload=payload)
        yield twice
        yield office.void(twice[0] + 2 * DAY, twice, "同一次检查重复登记,作废(演示)")


def _breach(n: int, second: int, breach: str) -> Steps:
    """A breach: mostly put right in time, one in twelve late, one in nine again, one in eighteen referred."""
    office: dict[str, object] = {"officer": "demo.tutoring"}
    number = n // FOUND_EVERY
    ordered = second + DAY
    steps: Steps = [(second + 2400, "find", {"breach": breach}), (ordered, "order", office)]
    if number % 18 == 17:
        said = {"referred_to": "market-bureau", "reason": "拒不改正,移送(演示)"}
        return [*steps, (ordered + 30 * DAY, "refer", office | said)]
    done = ordered + (DAYS[breach] * (8 if number % 12 == 7 else 1)) * DAY
    steps.append((done, "correct", {}))
    if number % 9 == 4:
        steps.append((done + DAY, "rework", office | {"reason": "复查仍未整改到位(演示)"}))
        done += 2 * DAY
        steps.append((done, "correct", {}))
    return [*steps, (done + 2 * DAY, "settle", office)]
