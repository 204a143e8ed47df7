"""The tenants of the two innovation hubs, their revenue, and the models that a plan of the city adopted."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction

from .clock import DAY, at
from .exact import shared
from .places import ROOT
from .writing import Item, Writer

NAME = "innovation-hubs"
BODIES: Mapping[str, str] = {"hub-company": "演示科创载体运营公司"}
ROLES = (("demo.hub", "hub-manager", NAME), ("demo.science", "science-clerk", NAME))
TARGETS = ((f"{NAME}.tenants", "75"), (f"{NAME}.tenant-revenue", "4500000000"))
EXPECTED: Mapping[str, Fraction] = {
    f"{NAME}.tenants": Fraction(78),
    f"{NAME}.sectors": Fraction(5),
    f"{NAME}.tenant-revenue": Fraction(4_500_000_000),
    f"{NAME}.models": Fraction(2),
}
TENANT, REVENUE, MODEL = f"{NAME}.tenant", f"{NAME}.revenue", f"{NAME}.model"
SECTORS = (
    "trade",
    "e_commerce",
    "tech_services",
    "exchange",
    "trade",
    "e_commerce",
    "tech_services",
    "other",
)
BEFORE, WITHIN, LEFT = 64, 22, 8
"""Tenants that came in 2021 and in 2022, and those of 2021 that left in 2022."""

TOTAL = {2021: 3_860_000_000, 2022: 4_500_000_000}
UNIT = 10_000
REASONS = ("合同到期不再续租(演示)", "迁往市内其他园区(演示)")
MODELS = ("科创“六个一”工程", "“一楼一带一园”模式")
PLAN = "柳州建设国家创新型城市实施方案(2022-2024年)"


def make(rng: random.Random) -> Iterator[Item]:
    """78 tenants at the end of 2022, 64 a year before, the revenue of both years, and two models adopted."""
    writer = Writer(rng, "hub-company", "demo.hub")
    science = Writer(rng, "science-bureau", "demo.science")
    tenants: list[object] = []
    for n in range(BEFORE + WITHIN):
        year, place, count = (2021, n, BEFORE) if n < BEFORE else (2022, n - BEFORE, WITHIN)
        opened = at(date(year, 1, 12) + timedelta(days=place * 320 // count), 545 + int(rng.random() * 300))
        tenant = _tenant(n, rng)
        late = {} if n % 29 != 28 else writer.late(opened, "入驻合同迟交,补录(演示)")
        item = writer.write(opened, "open", TENANT, ROOT, payload=tenant, **late)
        yield item
        tenants.append(item[1]["id"])
        if n % 26 == 25:
            yield writer.amend(
                writer.next_month(item[0]), item, "面积实测后更正(演示)", floor_area=f"{80 + n}.5"
            )
    for n in range(LEFT):
        yield writer.write(
            at(date(2022, 2, 21) + timedelta(days=n * 37), 600), "step", TENANT, ROOT,
            record=tenants[n * 7], step="leave", reason=REASONS[n % 2],
        )  # fmt: skip
    yield writer.write(
        at(date(2022, 6, 15), 640), "step", TENANT, ROOT,
        record=tenants[12], step="relocate", payload={"hub": "centre"},
    )  # fmt: skip
    for n in (3, 30):
        yield science.write(
            at(date(2022, 9, 1) + timedelta(days=n), 640), "step", TENANT, ROOT,
            record=tenants[n], step="graduate",
        )  # fmt: skip
    twice = writer.write(at(date(2022, 8, 3), 600), "open", TENANT, ROOT, payload=_tenant(900, rng))
    yield twice
    yield writer.void(twice[0] + 6 * DAY, twice, "签约后未入驻,作废(演示)")
    yield from _revenue(writer, science, tenants)
    yield from _models(science)


def _tenant(n: int, rng: random.Random) -> dict[str, object]:
    return {
        "name": f"演示入驻企业{n + 1:03d}",
        "hub": "tower" if n % 5 < 3 else "centre",
        "sector": SECTORS[n % len(SECTORS)],
        "floor_area": f"{60 + int(rng.random() * 400)}.0",
        "registered_here": n % 9 != 4,
    }


def _revenue(writer: Writer, science: Writer, tenants: list[object]) -> Iterator[Item]:
    """What each tenant of the year's end took in: of 2021 final, of 2022 estimated in December."""
    gone = {n * 7 for n in range(LEFT)}
    for year, total in TOTAL.items():
        who = [t for n, t in enumerate(tenants) if (n < BEFORE if year == 2021 else n not in gone)]
        weights = [1 + int(writer.rng.random() * 30) for _ in who]
        parts = shared(total // UNIT, weights)
        for n, (tenant, part) in enumerate(zip(who, parts, strict=True)):
            payload = {"tenant": tenant, "year_end": f"{year}-12-31", "revenue": f"{part * UNIT}.00"}
            said = at(date(year, 12, 20) + timedelta(days=n % 9), 545 + n)
            item = writer.write(said, "open", REVENUE, ROOT, payload=payload)
            yield item
            if year == 2021:
                yield science.write(
                    at(date(2022, 5, 16), 560 + n), "step", REVENUE, ROOT,
                    record=item[1]["id"], step="finalise", payload={"revenue": payload["revenue"]},
                )  # fmt: skip


def _models(science: Writer) -> Iterator[Item]:
    for n, title in enumerate(MODELS):
        item = science.write(at(date(2022, 1, 18), 600 + n), "open", MODEL, ROOT, payload={"title": title})
        yield item
        yield science.write(
            at(date(2022, 4, 25), 600 + n), "step", MODEL, ROOT, record=item[1]["id"], step="adopt",
            payload={"plan": PLAN, "adopted_by": "city"},
        )  # fmt: skip
