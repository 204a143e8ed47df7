"""Leads of the campaigns over two years, and telecom fraud of four years as the police report it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction

from .clock import DAY, at, in_next_month
from .places import ROOT, TOWN_AREAS
from .writing import Item, Steps, Writer

NAME = "public-safety"
LEAD, FRAUD, RESIDENTS = "public-safety.lead", "public-safety.fraud-month", "public-safety.residents"
BODIES: Mapping[str, str] = {"political-legal-committee": "政法委员会", "police": "公安分局(演示)"}
ROLES = (("demo.police", "police-clerk", NAME), ("demo.committee", "committee-clerk", NAME))
TARGETS = (("public-safety.checked-on-time", "95"),)
# Year → cases of fraud, residents.
FRAUD_YEARS = {2019: (742, 479_300), 2020: (688, 480_900), 2021: (603, 481_600), 2022: (521, 482_137)}
# Campaign → first day, days, leads closed that were founded, leads that were not, by year.
CAMPAIGNS = (
    ("gangs", date(2021, 1, 18), 310, 14, 6),
    ("drugs", date(2021, 2, 1), 300, 38, 5),
    ("gangs", date(2022, 1, 10), 320, 19, 7),
    ("drugs", date(2022, 1, 17), 315, 46, 6),
    ("hundred_days", date(2022, 6, 25), 98, 83, 9),
)
EXPECTED: Mapping[str, Fraction] = {
    "public-safety.telecom-fraud-rate": Fraction(521 * 10_000, 482_137),
    "public-safety.campaigns": Fraction(19 + 46 + 83),
}
RESULTS = ("filed", "punished", "punished", "transferred")


def make(rng: random.Random) -> Iterator[Item]:
    """Leads checked, confirmed, sent back or unfounded; the fraud of each month, falling year by year."""
    police = Writer(rng, "police", "demo.police")
    for campaign, first, days, founded, unfounded in CAMPAIGNS:
        for n in range(founded + unfounded):
            start = at(first + timedelta(days=n * (days - 20) // (founded + unfounded)), 570 + n)
            yield from _lead(
                police, campaign, start, n, founded=n * unfounded % (founded + unfounded) >= unfounded
            )
    item = police.write(
        at(date(2022, 9, 5)),
        "open",
        LEAD,
        TOWN_AREAS[2][0],
        payload={"campaign": "drugs", "source": "report"},
    )
    yield item
    yield police.void(at(date(2022, 9, 6)), item, "同一举报重复登记,作废(演示)")
    for year, (cases, residents) in FRAUD_YEARS.items():
        yield from _year(police, year, cases, residents)


def _lead(writer: Writer, campaign: str, start: int, n: int, *, founded: bool) -> Iterator[Item]:
    """Checked within seven days, or with leave within thirty; some late, some sent back and checked again."""
    result = {"result": RESULTS[n % 4] if founded else "unfounded"}
    committee: dict[str, object] = {"officer": "demo.committee"}
    steps: Steps = []
    if n % 17 == 9:
        steps.append((start + 5 * DAY, "extend", {"by": "23 days", "reason": "案情复杂,经批准延长(演示)"}))
        checked = start + 24 * DAY
    else:
        checked = start + (10 if n % 37 == 20 else 2 + int(writer.rng.random() * 5)) * DAY
    steps.append((checked, "check", result))
    if n % 19 == 6:
        steps.append((checked + DAY, "send_back", committee | {"reason": "核查材料不全(演示)"}))
        checked += 5 * DAY
        steps.append((checked, "check", result))
    if n % 41 == 12:
        committee |= writer.late(checked + 2 * DAY, "复核意见书迟交,补录(演示)")
    steps.append((checked + 2 * DAY, "confirm", committee))
    payload: dict[str, object] = {
        "campaign": campaign,
        "source": ("report", "found", "found", "handed")[n % 4],
    }
    works = list(writer.works(LEAD, TOWN_AREAS[n * 3 % len(TOWN_AREAS)][0], payload, steps, start))
    yield from works
    if n % 43 == 30:
        yield writer.amend(
            writer.next_month(works[-1][0]), works[0], "来源登记有误,更正(演示)", source="handed"
        )


def _year(writer: Writer, year: int, cases: int, residents: int) -> Iterator[Item]:
    """What the police report for a year; 2019 and 2020 were taken over when the system began."""
    founding = at(date(2020, 12, 28), 600)
    left = cases
    for month in range(1, 13):
        count = left if month == 12 else cases // 12 + int(writer.rng.random() * 9) - 4
        left -= count
        payload: dict[str, object] = {
            "month": f"{year}-{month:02d}-01",
            "cases": count,
            "document": f"演示文件:{year}年{month}月警情通报(合成)",
        }
        second = at(in_next_month(year, month, 5), 580) if year > 2019 else founding
        yield writer.write(max(second, founding) + month, "open", FRAUD, ROOT, payload=payload)
    payload = {
        "as_of": f"{year}-01-01",
        "until": f"{year + 1}-01-01",
        "residents": residents,
        "document": f"演示文件:{year}年人口统计(合成)",
    }
    yield writer.write(
        max(at(date(year, 1, 11)) if year > 2019 else 0, founding) + 60,
        "open",
        RESIDENTS,
        ROOT,
        payload=payload,
    )
