"""Events, classes, fitness stations, visitors as reported, works and designations."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction

from .clock import DAY, at, in_next_month
from .places import ROOT, TOWN_AREAS, community_at
from .writing import Item, Steps, Writer

NAME = "culture-sport-tourism"
EVENT, CLASS, STATION, VISITORS, PROJECT, DESIGNATION = (
    f"{NAME}.{name}" for name in ("event", "class", "station", "visitors", "project", "designation")
)
BODIES: Mapping[str, str] = {"culture-bureau": "文化体育和旅游局"}
ROLES = (("demo.culture", "culture-clerk", NAME),)
TARGETS = (("culture-sport-tourism.events", "150"), ("culture-sport-tourism.classes", "120"))
HELD = {2021: 118, 2022: 160}
BEGUN = {2021: 96, 2022: 124}
RECEIVED = {2021: 4_213_700, 2022: 3_799_200}
SITES = ("01", "02", "03", "04")
SHARES = (5, 5, 7, 9, 10, 7, 8, 8, 8, 14, 6, 5)
"""How the year's visitors fall on its months, relatively."""

EXPECTED: Mapping[str, Fraction] = {
    "culture-sport-tourism.events": Fraction(160),
    "culture-sport-tourism.classes": Fraction(124),
    "culture-sport-tourism.fitness-stations": Fraction(10),
    "culture-sport-tourism.visitors": Fraction(3_799_200),
    "culture-sport-tourism.designations": Fraction(1),
    "culture-sport-tourism.permitted-events": Fraction(100),
}
KINDS = (
    ("show", "文艺演出"),
    ("film", "公益电影"),
    ("reading", "阅读推广"),
    ("exhibition", "展览"),
    ("contest", "群众比赛"),
)


def make(rng: random.Random) -> Iterator[Item]:
    """160 events, 124 classes, ten stations and 3,799,200 visitors in 2022; fewer or more in 2021."""
    writer = Writer(rng, "culture-bureau", "demo.culture")
    for year, count in HELD.items():
        for n in range(count):
            yield from _event(writer, year, n, count)
        yield from _cancelled(writer, year)
    for year, count in BEGUN.items():
        for n in range(count):
            yield from _class(writer, year, n, count)
    yield from _stations(writer)
    for year, total in RECEIVED.items():
        yield from _visitors(writer, year, total)
    yield from _works(writer)
    yield from _designations(writer)


def _place(n: int) -> str:
    return community_at(n * 13)


def _event(writer: Writer, year: int, n: int, count: int) -> Iterator[Item]:
    """Planned a month before; one in thirty is large and had its permit first; some were noted late."""
    rng = writer.rng
    held = at(date(year, 1, 1) + timedelta(days=n * 365 // count), 570 + int(rng.random() * 600))
    large = n % 30 == 17
    expected = 1_200 + 100 * (n % 9) if large else 60 + int(rng.random() * 500)
    kind, word = KINDS[n * 3 % 5]
    planned = max(held - 32 * DAY, at(date(2020, 12, 7)))
    steps: Steps = [(held - 6 * DAY, "permit", {"permit": f"演示安许{year}{n:03d}号"})] if large else []
    said: dict[str, object] = {"people": expected - int(rng.random() * expected * 0.3)}
    if n % 71 == 30:
        said |= writer.late(held, "活动总结迟交,补录(演示)")
    steps.append((held, "hold", said))
    payload: dict[str, object] = {
        "title": f"演示{word}{year}年第{n + 1:03d}场",
        "kind": kind,
        "expected": expected,
    }
    works = list(writer.works(EVENT, _place(n), payload, steps, planned))
    yield from works
    if n % 53 == 21:
        yield writer.amend(
            writer.next_month(works[-1][0]), works[0], "预计人数填报有误,更正(演示)", expected=expected + 10
        )


def _cancelled(writer: Writer, year: int) -> Iterator[Item]:
    for n in range(7):
        planned = at(date(year, 2 + n, 9), 600)
        payload: dict[str, object] = {
            "title": f"演示取消活动{year}年第{n + 1}场",
            "kind": "show",
            "expected": 300,
        }
        steps: Steps = [(planned + 20 * DAY, "cancel", {"reason": "疫情防控需要,取消(演示)"})]
        yield from writer.works(EVENT, _place(n), payload, steps, planned)
    item = writer.write(
        at(date(year, 9, 1)),
        "open",
        EVENT,
        _place(3),
        payload={"title": "演示重复活动", "kind": "film", "expected": 80},
    )
    yield item
    yield writer.void(item[0] + 3 * DAY, item, "同一活动重复登记,作废(演示)")


def _class(writer: Writer, year: int, n: int, count: int) -> Iterator[Item]:
    """Enrolled, begun, and finished after ten weeks; those of the autumn end in the next year."""
    begun = at(date(year, 2, 16) + timedelta(days=n * 290 // count), 1110)
    payload: dict[str, object] = {"title": f"演示公益培训班{year}年第{n + 1:03d}班", "places": 25 + n % 3 * 5}
    steps: Steps = [(begun, "begin", {}), (begun + 70 * DAY, "finish", {"learners": 18 + n % 8})]
    yield from writer.works(CLASS, _place(n + 5), payload, steps, begun - 21 * DAY)
    if n % 29 == 13:
        opened = begun - 10 * DAY
        withdrawn: Steps = [(opened + 15 * DAY, "withdraw", {"reason": "报名不足,停办(演示)"})]
        title = {"title": f"演示公益培训班{year}年停办{n:03d}班"}
        yield from writer.works(CLASS, _place(n), title, withdrawn, opened)


def _stations(writer: Writer) -> Iterator[Item]:
    """Eleven, one of which was removed before the tenth of 2022 came."""
    for n in range(11):
        day = date(2021, 3, 10) + timedelta(days=n * 20) if n < 8 else date(2022, n - 3, 12)
        payload: dict[str, object] = {"name": f"演示国民体质监测站{n + 1:02d}"}
        gone: Steps = [(at(date(2022, 3, 8)), "remove", {"reason": "场馆改造,撤销(演示)"})] if n == 2 else []
        yield from writer.works(STATION, TOWN_AREAS[n][0], payload, gone, at(day))


def _visitors(writer: Writer, year: int, total: int) -> Iterator[Item]:
    """Each site's month as the city's bureau gives it, on the fourth of the next; one was corrected."""
    left, cells = total, [(month, site) for month in range(1, 13) for site in range(4)]
    for month, site in cells:
        last = (month, site) == cells[-1]
        share = total * SHARES[month - 1] * (4 - site) // (sum(SHARES) * 10)
        people = left if last else share + int(writer.rng.random() * 90)
        left -= people
        second = at(in_next_month(year, month, 4), 570 + site)
        payload: dict[str, object] = {
            "site": SITES[site],
            "month": f"{year}-{month:02d}-01",
            "people": people,
            "document": f"演示文件:{year}年{month}月旅游统计表(合成)",
        }
        wrong = (month, site) == (7, 1)
        item = writer.write(
            second, "open", VISITORS, ROOT, payload=payload | ({"people": people + 1_000} if wrong else {})
        )
        yield item
        if wrong:
            yield writer.amend(second + 30 * DAY, item, "与统计表核对后更正(演示)", people=people)


def _works(writer: Writer) -> Iterator[Item]:
    """One that the published report names, and one of the demonstration's own."""
    steps: Steps = [(at(date(2022, 4, 18)), "start", {}), (at(date(2022, 11, 25)), "complete", {})]
    yield from writer.works(PROJECT, ROOT, {"name": "柳北体育园"}, steps, at(date(2022, 2, 21)))
    steps = [
        (at(date(2021, 5, 10)), "start", {}),
        (at(date(2021, 12, 3)), "complete", {}),
        (at(date(2022, 1, 11)), "open_up", {}),
    ]
    payload: dict[str, object] = {"name": "演示社区文化广场", "budget": "860000.00"}
    yield from writer.works(PROJECT, _place(2), payload, steps, at(date(2021, 3, 1)))


def _designations(writer: Writer) -> Iterator[Item]:
    """The one that the published report names; its dates are the demonstration's own. And one declined."""
    payload: dict[str, object] = {"place": "东方梦工场-柳空文创园", "title": "广西首批国家工业遗产"}
    steps: Steps = [
        (at(date(2022, 3, 15)), "publicise", {}),
        (at(date(2022, 4, 20)), "designate", {"given_by": "工业和信息化部"}),
    ]
    yield from writer.works(DESIGNATION, ROOT, payload, steps, at(date(2021, 9, 14)))
    payload = {"place": "演示旧厂区", "title": "演示称号"}
    steps = [(at(date(2022, 8, 2)), "decline", {"reason": "核心物项保存不完整(演示)"})]
    yield from writer.works(DESIGNATION, ROOT, payload, steps, at(date(2022, 5, 5)))
