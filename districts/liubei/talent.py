"""Vacancies, the graduates of partner colleges who took them, agreements, measures, and a designation."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction

from .clock import DAY, at
from .persons import FIRST_BIRTH, birth, who
from .places import ROOT, community_at
from .writing import Item, Steps, Writer

NAME = "talent-jobs"
BODIES: Mapping[str, str] = {"human-resources-bureau": "人力资源和社会保障局"}
ROLES = (
    ("demo.jobs", "jobs-clerk", NAME),
    ("demo.liaison", "college-liaison", NAME),
    ("demo.talent", "talent-office", NAME),
)
TARGETS = ((f"{NAME}.hired", "45"), (f"{NAME}.retention-3", "80"))
MATCHED = {2021: 21, 2022: 51}
DECLINED_OF = 17
"""One match in so many came to nothing."""

MEASURES = 10
# Real names, and only with what the published report says of them.
COLLEGES = ("柳职院", "城职院")
PILOT = "自治区加强产业工人队伍建设支持企业用工专项行动试点县区"
EXPECTED: Mapping[str, Fraction] = {
    f"{NAME}.hired": Fraction(MATCHED[2022] - MATCHED[2022] // DECLINED_OF),
    f"{NAME}.agreements": Fraction(len(COLLEGES)),
    f"{NAME}.measures": Fraction(MEASURES),
    f"{NAME}.designations": Fraction(1),
}
VACANCY, PLACEMENT, AGREEMENT = f"{NAME}.vacancy", f"{NAME}.placement", f"{NAME}.agreement"
FIELDS = ("steel", "machinery", "logistics", "services")
POSTS = ("数控操作工", "电工", "质检员", "仓储管理员", "焊工", "设备维护员")
BORN = ((date(1999, 1, 1) - FIRST_BIRTH).days, (date(2003, 1, 1) - FIRST_BIRTH).days)
"""Days from the first birthday of the demonstration's persons to those of graduates of these years."""


def make(rng: random.Random) -> Iterator[Item]:
    """Two agreements and one that ended, ten measures, and 72 matches over two years, 68 of them hired."""
    jobs = Writer(rng, "human-resources-bureau", "demo.jobs")
    liaison = jobs.colleague("demo.liaison")
    talent = jobs.colleague("demo.talent")
    agreements: list[object] = []
    for n, college in enumerate(COLLEGES):
        payload: dict[str, object] = {"college": college, "document": f"演示协议{n + 1}号"}
        item = liaison.write(
            at(date(2021, 5, 18) + timedelta(days=n * 9), 600), "open", AGREEMENT, ROOT, payload=payload
        )
        yield item
        agreements.append(item[1]["id"])
    yield from _ended(liaison)
    for n in range(MEASURES):
        said: dict[str, object] = {"number": n + 1, "title": f"演示人才措施第{n + 1}条"}
        yield talent.write(at(date(2021, 9, 1), 600 + n), "open", f"{NAME}.measure", ROOT, payload=said)
    pilot = {"title": PILOT, "given_by": "自治区"}
    yield talent.write(at(date(2022, 7, 11), 600), "open", f"{NAME}.designation", ROOT, payload=pilot)
    vacancies: dict[int, list[tuple[object, str, int]]] = {2021: [], 2022: []}
    for year, found in vacancies.items():
        for n in range(MATCHED[year] // 3):
            items = list(_vacancy(jobs, year, n))
            found.append((items[0][1]["id"], str(items[0][1]["area"]), items[0][0]))
            yield from items
    graduates = [n for n in range(60_000) if BORN[0] <= birth(n) < BORN[1]]
    number = 0
    for year, count in MATCHED.items():
        for n in range(count):
            yield from _placement(jobs, n, vacancies[year][n % (count // 3)], graduates[number], agreements)
            number += 1


def _ended(liaison: Writer) -> Iterator[Item]:
    """An agreement that was not prolonged, and one entered twice."""
    payload: dict[str, object] = {"college": "演示技工学校", "document": "演示协议3号"}
    item = liaison.write(at(date(2021, 6, 15), 600), "open", AGREEMENT, ROOT, payload=payload)
    yield item
    yield liaison.write(
        at(date(2022, 6, 15), 600), "step", AGREEMENT, ROOT,
        record=item[1]["id"], step="end", reason="协议一年期满未续(演示)",
    )  # fmt: skip
    twice = liaison.write(
        at(date(2022, 3, 8), 600), "open", AGREEMENT, ROOT,
        payload={"college": "演示技工学校(分校)", "document": "演示协议4号"},
    )  # fmt: skip
    yield twice
    yield liaison.void(liaison.next_month(twice[0]), twice, "未签署,误登记,作废(演示)")


def _vacancy(jobs: Writer, year: int, n: int) -> Iterator[Item]:
    day = date(year, 2, 15) + timedelta(days=n * 9)
    area = community_at(n * 17)
    wanted = 3 + n % 4
    payload: dict[str, object] = {
        "firm": f"演示用工企业{n % 11 + 1:02d}",
        "post": POSTS[n % 6],
        "wanted": wanted,
        "field": FIELDS[n % 4],
    }
    item = jobs.write(at(day, 560 + n), "open", VACANCY, area, payload=payload)
    yield item
    if n % 7 == 5:
        yield jobs.amend(jobs.next_month(item[0]), item, "企业调整用工计划(演示)", wanted=wanted + 1)


def _placement(
    jobs: Writer,
    n: int,
    vacancy: tuple[object, str, int],
    graduate: int,
    agreements: list[object],
) -> Iterator[Item]:
    """From match to a year at work: one in six leaves, one in eleven gets the contract late, one in seventeen
    did not come about."""
    record, area, posted = vacancy
    opened = max(posted, at(date(2021, 6, 1))) + (10 + n % 5) * DAY + n * 60
    payload: dict[str, object] = {
        "vacancy": record,
        "graduate": who(graduate),
        "agreement": agreements[n % 2],
        "major_fits": n % 4 != 1,
    }
    steps: Steps = []
    if n % DECLINED_OF == DECLINED_OF - 1:
        steps.append((opened + 8 * DAY, "decline", {"reason": "面试未通过(演示)"}))
        yield from jobs.works(PLACEMENT, area, payload, steps, opened)
        return
    hired = opened + 12 * DAY
    if n % 3 == 0:
        said: dict[str, object] = {"officer": "demo.liaison", "internship": f"演示三方协议{graduate}"}
        steps.append((opened + 5 * DAY, "intern", said))
        hired += 30 * DAY
    steps.append((hired, "hire", {}))
    signed = hired + (41 if n % 11 == 6 else 3 + n % 20) * DAY
    contract: dict[str, object] = {"contract_months": 24 + n % 2 * 12}
    if n % 13 == 4:
        contract |= jobs.late(signed, "合同备案次月完成,补录(演示)")
    steps.append((signed, "contract", contract))
    stays = [("stay_3", 92), ("stay_6", 183), ("stay_12", 365)]
    if n % 6 == 3:
        gone = hired + (70, 150, 250)[n // 6 % 3] * DAY
        stays = [(step, days) for step, days in stays if hired + days * DAY < gone]
        steps += [(hired + days * DAY, step, {}) for step, days in stays]
        steps.append((gone, "leave", {"reason": "个人原因离职(演示)"}))
    else:
        steps += [(hired + days * DAY, step, {}) for step, days in stays]
    last = at(date(2023, 1, 6))
    yield from jobs.works(PLACEMENT, area, payload, [s for s in steps if s[0] <= last], opened)
