"""Results nominated for prizes of science: two that won one of the region, and what became of the others."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction

from .clock import DAY, at
from .places import ROOT
from .writing import Item, Steps, Writer

NAME = "science-awards"
BODIES: Mapping[str, str] = {}
ROLES = (("demo.science", "science-clerk", NAME), ("demo.awards", "award-office", NAME))
TARGETS = ((f"{NAME}.awards", "2"),)
EXPECTED: Mapping[str, Fraction] = {
    f"{NAME}.awards": Fraction(2),
    f"{NAME}.nominations": Fraction(11),
    f"{NAME}.publicity-kept": Fraction(100 * 9, 10),
}
RESULT = f"{NAME}.result"
# A real name, and only with the prizes that the published report names.
HONOURED = "柳钢集团"
PRIZES = ("progress", "innovation", "invention", "natural")
DECLINED = ("创新性不足(演示)", "应用证明不全(演示)")
YEARS = {2021: (1, 6), 2022: (2, 8)}
"""Year → results of the honoured firm that won, and those of fictional units."""


def make(rng: random.Random) -> Iterator[Item]:
    """In 2022 eleven nominations, one more void; ten reviewed, two prizes of the region and one of a city."""
    writer = Writer(rng, "science-bureau", "demo.science")
    for year, (winners, others) in YEARS.items():
        for n in range(winners + others):
            yield from _result(writer, year, n, n < winners)
    again = writer.write(
        at(date(2022, 7, 4), 615), "open", RESULT, ROOT,
        payload=_payload(2022, 5, "演示材料研究所", "region") | {"title": "演示成果2022-06(重复)"},
    )  # fmt: skip
    yield again
    yield writer.void(writer.next_month(again[0]), again, "同一成果重复提名,作废(演示)")
    yield from _objected(writer)


def _payload(year: int, n: int, unit: str, level: str) -> dict[str, object]:
    return {"title": f"演示成果{year}-{n + 1:02d}", "unit": unit, "level": level, "prize": PRIZES[n % 4]}


def _result(writer: Writer, year: int, n: int, wins: bool) -> Iterator[Item]:
    opened = at(date(year, 6, 20) + timedelta(days=n), 545 + 7 * n)
    unit = HONOURED if wins else f"演示科技企业{n + 31:04d}"
    level = "region" if wins or (n % 3 and n != 7) else "city"
    public = opened + (5 + n % 4) * DAY
    # One review in ten came before the seven days of publicity were over: the district's own count shows it.
    reviewed = (
        public + (5 if not wins and n == 4 and year == 2022 else 12 + int(writer.rng.random() * 20)) * DAY
    )
    given = at(date(year, 10, 28), 600 + n)
    steps: Steps = [(public, "publicise", {}), (reviewed, "review", {"officer": "demo.awards"})]
    if wins or n == 7:
        prize: dict[str, object] = {"officer": "demo.awards", "document": f"演示授奖文件〔{year}〕{n + 1}号"}
        prize["grade"] = ("second", "third")[n % 2]
        if n == 1:
            prize |= writer.late(given, "授奖文件次月寄达,补录(演示)")
        steps.append((given, "award", prize))
    else:
        reason = {"officer": "demo.awards", "reason": DECLINED[n % 2]}
        steps.append((given, "decline", reason))
    works = list(writer.works(RESULT, ROOT, _payload(year, n, unit, level), steps, opened))
    yield from works
    if not wins and n == 5:
        yield writer.amend(
            writer.next_month(opened), works[0], "奖种填报有误,次月更正(演示)", prize="progress"
        )


def _objected(writer: Writer) -> Iterator[Item]:
    """A nomination against which someone objected by name: the objection is not settled within the year."""
    opened = at(date(2022, 9, 19), 600)
    reason = "称应用时间不实,待核查(演示)"
    steps: Steps = [
        (opened + 4 * DAY, "publicise", {}),
        (opened + 9 * DAY, "object", {"officer": "demo.awards", "objector": "演示·异议人", "reason": reason}),
    ]
    yield from writer.works(RESULT, ROOT, _payload(2022, 20, "演示装备公司", "city"), steps, opened)
