"""Hazards found and fixed, accidents, and who answers for what. All sites and firms are fictional."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction

from .clock import DAY, at
from .places import COMMUNITIES, ROOT, TOWN_AREAS, community_at
from .writing import Item, Late, Steps, Writer

NAME = "work-safety"
HAZARD, ACCIDENT, DUTY = "work-safety.hazard", "work-safety.accident", "work-safety.duty"
BODIES: Mapping[str, str] = {"emergency-bureau": "应急管理局"}
ROLES = (
    ("demo.safety", "safety-office", NAME),
    ("demo.safety-inspector", "inspector", NAME),
    ("demo.hazard-unit", "handling-unit", NAME),
)
TARGETS = (("work-safety.fixed-on-time", "95"),)
FIXED, FIXED_BEFORE = 3915, 520  # the register began late in 2021
UNFINISHED = 60
# Field, its share in a hundred, its site, and the categories of its hazards with their limits in days.
FIELDS = (
    ("high_rise", 21, "高层住宅", (("01", 3), ("02", 15), ("03", 15))),
    ("self_built", 24, "自建房", (("06", 60), ("07", 60), ("03", 15))),
    ("gas", 19, "燃气用户", (("04", 3), ("05", 3))),
    ("industry", 18, "企业", (("09", 15), ("11", 30), ("02", 15))),
    ("building", 12, "工地", (("08", 7), ("09", 15))),
    ("traffic", 6, "运输企业", (("10", 7), ("11", 30))),
)
# Year → trade and deaths of each accident, in order of time.
ACCIDENTS = {
    2021: (("industry", 1), ("building", 1), ("traffic", 0), ("building", 0), ("industry", 1),
           ("traffic", 1), ("building", 1), ("industry", 0), ("traffic", 0)),
    2022: (("building", 1), ("traffic", 0), ("industry", 1), ("traffic", 1), ("industry", 0),
           ("building", 0)),
}  # fmt: skip
POSTS = ("住房建设", "交通运输", "商务", "教育", "文化旅游", "卫生健康", "城市管理", "市场监管")
EXPECTED: Mapping[str, Fraction] = {
    "work-safety.hazards": Fraction(FIXED),
    "work-safety.hazards.yoy_difference": Fraction(FIXED - FIXED_BEFORE),
    "work-safety.accidents": Fraction(6),
    "work-safety.accidents.yoy_difference": Fraction(-3),
    "work-safety.deaths": Fraction(3),
    "work-safety.deaths.yoy_difference": Fraction(-2),
    "work-safety.duties": Fraction(len(TOWN_AREAS) + len(POSTS)),
}


def make(rng: random.Random) -> Iterator[Item]:
    """3,915 hazards closed in 2022 and 520 in 2021, sixty not yet; nine and six accidents; 19 duties."""
    safety = Writer(rng, "emergency-bureau", "demo.safety")
    field = safety.colleague("demo.safety-inspector")
    days = [_closing_day(rng) for _ in range(FIXED)]
    days += [at(date(2021, 12, 1), 0) + int(rng.random() * 31) * DAY for _ in range(FIXED_BEFORE)]
    for number, day in enumerate(days + [0] * UNFINISHED):
        yield from _hazard(field, number, day)
    yield from _voided(field, safety)
    for year, accidents in ACCIDENTS.items():
        for n, (trade, deaths) in enumerate(accidents):
            yield from _accident(safety, year, n, trade, deaths)
    yield from _duties(safety)


def _kind(rng: random.Random) -> tuple[str, str, str, int]:
    """Field, site, category and its limit in days."""
    weights = [share for _, share, _, _ in FIELDS]
    name, _, site, categories = rng.choices(FIELDS, weights)[0]
    category, limit = categories[int(rng.random() * len(categories))]
    return name, site, category, limit


def _closing_day(rng: random.Random) -> int:
    """A day of 2022, more often in the campaigns of the summer, seldom at a weekend."""
    while True:
        day = int(rng.random() * 365)
        keep = (1.0 if 150 <= day < 300 else 0.7) * (0.25 if (day + 5) % 7 > 4 else 1.0)
        if rng.random() < keep:
            return at(date(2022, 1, 1), 0) + day * DAY


def _hazard(writer: Writer, number: int, day: int) -> Iterator[Item]:
    """One hazard, worked back from the day of its acceptance (0: none yet); some late or reworked."""
    rng = writer.rng
    field, site, category, limit = _kind(rng)
    major = limit == 60 and number % 50 == 7
    unit: dict[str, object] = {"officer": "demo.hazard-unit"}
    office: dict[str, object] = {"officer": "demo.safety"}
    minute = (550 + int(rng.random() * 480)) * 60
    if day:
        accepted = day + minute
        fixed = accepted - (1 + int(rng.random() * 6)) * DAY
        steps: Steps = []
        accept: Late = (
            writer.late(accepted, "复查文书迟交,补录(演示)")
            if number % 397 == 11 and accepted < at(date(2022, 10, 1))
            else {}
        )
        if number % 31 == 4:
            again = fixed
            fixed -= 5 * DAY
            reason = {"reason": "复查仍有隐患,重新整改(演示)"}
            steps = [(fixed + 2 * DAY, "rework", reason), (again, "fix", unit)]
        steps += [(accepted, "accept", accept)]
    else:
        fixed, steps = at(date(2023, 1, 12), 0) + number % 9 * DAY + minute, []
    if number % 47 == 9 and limit > 3:
        found = fixed - (limit + 8) * DAY
        said = office | {"by": "30 days", "reason": "需停业施工,经批准延长(演示)"}
        before: Steps = [(found + (limit - 1) * DAY, "extend", said)]
    else:
        late = number % 27 == 13
        found, before = fixed - (limit + 2 if late else 1 + int(rng.random() * (limit - 1))) * DAY, []
    if major:
        plan = office | {"plan": "演示治理方案:目标、措施、资金、责任人、时限、预案齐备"}
        before = [(found + 3600, "list", plan), *before]
    payload: dict[str, object] = {
        "field": field,
        "category": category,
        "site": f"演示{site}{number + 1:04d}号",
        "grade": "major" if major else "general",
    }
    area = community_at(int(rng.random() * len(COMMUNITIES)))
    works = list(writer.works(HAZARD, area, payload, [*before, (fixed, "fix", unit), *steps], found))
    yield from works
    if number % 501 == 77:
        correction = writer.colleague("demo.safety")
        yield correction.amend(
            writer.next_month(works[-1][0]),
            works[0],
            "隐患场所登记有误,更正(演示)",
            site=f"演示{site}{number + 1:04d}号(更正)",
        )


def _voided(field: Writer, safety: Writer) -> Iterator[Item]:
    for n in range(6):
        second = at(date(2022, 3 + n, 16), 630)
        payload: dict[str, object] = {
            "field": "gas",
            "category": "04",
            "site": f"演示燃气用户重复{n + 1}号",
            "grade": "general",
        }
        item = field.write(second, "open", HAZARD, community_at(n * 11), payload=payload)
        yield item
        yield safety.void(second + 2 * DAY, item, "两次检查重复登记,作废(演示)")


def _accident(writer: Writer, year: int, n: int, trade: str, deaths: int) -> Iterator[Item]:
    """Reported on the day, investigated in sixty days or in more with leave, approved in fifteen, closed."""
    happened = at(date(year, 1, 20), 600 + n * 37) + n * (36 if year == 2021 else 55) * DAY
    last_died_later = year == 2022 and n == 3
    payload: dict[str, object] = {
        "trade": trade,
        "deaths": 0 if last_died_later else deaths,
        "injured": 1 + n % 2,
    }
    submit = happened + (80 if n % 4 == 2 else 51) * DAY
    steps: Steps = []
    if n % 4 == 2:
        steps.append(
            (happened + 57 * DAY, "extend", {"by": "60 days", "reason": "技术鉴定未完成,经批准延长(演示)"})
        )
    steps += [
        (submit, "submit", {"loss": f"{(90 + 35 * n) * 10_000}.00"}),
        (submit + 13 * DAY, "approve", {}),
        (submit + 150 * DAY, "close", {}),
    ]
    works = list(
        writer.works(ACCIDENT, TOWN_AREAS[(n * 4 + year) % len(TOWN_AREAS)][0], payload, steps, happened)
    )
    yield from works
    if last_died_later:
        yield writer.amend(
            happened + 12 * DAY, works[0], "伤者于事故后第十二日死亡,补报(演示)", deaths=deaths, injured=0
        )


def _duties(writer: Writer) -> Iterator[Item]:
    """A leader for each town, an officer for each field, from 2022 on; each inspects once a quarter."""
    holders = [(code, name, "leader") for code, name, _ in TOWN_AREAS]
    holders += [(ROOT, f"{post}行业", "field") for post in POSTS]
    for n, (area, unit, post) in enumerate(holders):
        first = date(2022, 1, 1)
        payload: dict[str, object] = {
            "unit": unit,
            "officer": f"演示·安全责任人{n + 1:02d}",
            "post": post,
            "term_from": first.isoformat(),
            "term_to": "2026-12-31",
        }
        opened = writer.write(at(first, 0), "open", DUTY, area, entered=at(first, 560 + n), payload=payload)
        yield opened
        for turn in range(4):
            if (n + 3 * turn) % 19 == 5:
                continue
            day = first + timedelta(days=turn * 90 + 6 + int(writer.rng.random() * 78))
            late: Late = (
                writer.late(at(day, 600), "检查记录纸质留存,补录(演示)") if (n + turn) % 23 == 9 else {}
            )
            yield writer.write(
                at(day, 600), "step", DUTY, area,
                record=opened[1]["id"], step="inspect", payload={"on": day.isoformat()}, **late,
            )  # fmt: skip
