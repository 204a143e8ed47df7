"""System records and the small programmes: full at every size. Each item is (recorded second, sent entry)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from .clock import LOCAL_HOLIDAYS, at, ulid, wall
from .places import COMMUNITIES, ROOT, TOWN_AREAS, areas
from .quantities import population

Item = tuple[int, dict[str, object]]
SYSTEM_TIME = at(date(2020, 12, 1))
BODIES = {
    "government-office": "区政府办公室",
    "urban-management": "城市管理局",
    "science-bureau": "科技局",
    "housing-bureau": "住房和城乡建设局",
    "health-bureau": "卫生健康局",
    "ecology-bureau": "生态环境局",
    "agriculture-bureau": "农业农村局",
    "sanitation-team": "演示环卫队",
    "facilities-team": "演示市政设施队",
    "greening-team": "演示绿化队",
    "street-team": "演示市容队",
}
ROLES = (
    ("demo.importer", "importer", ""),
    ("demo.checker", "auditor", ""),
    ("demo.science", "science-clerk", "enterprise-ladder"),
    ("demo.housing", "housing-clerk", "old-communities"),
    ("demo.collector", "collector", "city-cases"),
    ("demo.supervision", "supervision-centre", "city-cases"),
    ("demo.command", "command-centre", "city-cases"),
    ("demo.unit", "handling-unit", "city-cases"),
    ("demo.unit", "handling-unit", "chiefs"),
    ("demo.assessor", "assessor", "golden-kettle"),
    ("demo.vaccinator", "vaccinator", "vaccination"),
    ("demo.health", "health-clerk", "vaccination"),
    ("demo.monitor", "monitor", "air-quality"),
    ("demo.chiefs-office", "chiefs-office", "chiefs"),
    ("demo.chief", "chief", "chiefs"),
)
PEERS = {
    "c20": ("城区", ("城中区", "鱼峰区", "柳南区", "柳北区", "柳江区")),
    "c21": (
        "全市",
        ("城中区", "鱼峰区", "柳南区", "柳北区", "柳江区", "柳城县", "鹿寨县", "融安县", "融水县", "三江县"),
    ),
}
TARGETS = (
    ("city-cases.closing-rate", "95"),
    ("city-cases.on-time-rate", "90"),
    ("old-communities.projects", "60"),
    ("vaccination.coverage", "92"),
    ("air-quality.good-days", "92"),
)


class Writer:
    """Makes entries of one programme with ids from the seeded randomness."""

    def __init__(self, rng: random.Random, body: str, officer: str) -> None:
        self.rng, self.body, self.officer = rng, body, officer

    def write(self, second: int, kind: str, type_: str, area: str, **more: object) -> Item:
        """An entry; `more` are further keys of it."""
        when = wall(second)
        return second, {
            "id": ulid(second, self.rng),
            "kind": kind,
            "type": type_,
            "happened": when,
            "recorded": when,
            "area": area,
            "body": self.body,
            "officer": self.officer,
            **more,
        }

    def works(
        self,
        type_: str,
        area: str,
        payload: dict[str, object],
        steps: list[tuple[int, str, dict[str, object]]],
        opened: int,
    ) -> Iterator[Item]:
        """A record that opens and takes steps; `reason` and `officer` of a step are the entry's own."""
        item = self.write(opened, "open", type_, area, payload=payload)
        yield item
        for second, step, more in steps:
            extra = {key: more[key] for key in ("reason", "officer") if key in more}
            if rest := {key: value for key, value in more.items() if key not in extra}:
                extra["payload"] = rest
            yield self.write(second, "step", type_, area, record=item[1]["id"], step=step, **extra)


def system(rng: random.Random) -> Iterator[Item]:
    """Areas, bodies, appointments, calendar, peers, their values, targets."""
    writer = Writer(rng, "government-office", "demo.importer")

    def opened(type_: str, **payload: object) -> Item:
        return writer.write(SYSTEM_TIME, "open", f"system.{type_}", ROOT, payload=payload)

    for code, name, level, parent in areas():
        yield opened("area", code=code, name=name, level=level, **({"parent": parent} if parent else {}))
    for code, name in BODIES.items():
        yield opened("body", code=code, name=name, area=ROOT)
    for officer, role, programme in ROLES:
        scope = {"programme": programme} if programme else {}
        yield opened("appointment", officer=officer, role=role, area=ROOT, **scope)
    for day in LOCAL_HOLIDAYS:
        yield opened("calendar-day", day=day.isoformat(), working=False, name="壮族三月三")
    for indicator, value in TARGETS:
        yield opened("target", indicator=indicator, area=ROOT, period="2022", value=value)
    for code, (name, members) in PEERS.items():
        yield opened("peers", code=code, name=name, members="、".join(members))
    for indicator, peers in (("city-cases.total-score", "c20"), ("golden-kettle.total-score", "c21")):
        for place, peer in enumerate(m for m in PEERS[peers][1] if m != "柳北区"):
            yield opened(
                "peer-value",
                indicator=indicator,
                peers=peers,
                peer=peer,
                period="2022",
                value=f"{91.2 - 0.63 * place:.2f}",
                document="演示文件:2022年度考核通报(合成)",
            )


def enterprises(rng: random.Random) -> Iterator[Item]:
    """65, 20 and 8 recognitions of fictional firms, 2 honours of real ones, and some fictional refusals."""
    writer = Writer(rng, "science-bureau", "demo.science")
    firms: list[object] = []
    for n in range(72):
        item = writer.write(
            at(date(2021, 3, 1), 540 + n),
            "open",
            "enterprise-ladder.firm",
            ROOT,
            payload={"name": f"演示科技企业{n + 1:04d}", "sector": "software"},
        )
        firms.append(item[1]["id"])
        yield item
    honours: list[tuple[str, object]] = []
    for n, (name, kind) in enumerate(
        (("广西柳钢环保股份有限公司", "gazelle"), ("光裕新能源", "digital_workshop"))
    ):
        item = writer.write(
            at(date(2021, 3, 2), 540 + n),
            "open",
            "enterprise-ladder.firm",
            ROOT,
            payload={"name": name, "sector": "environment"},
        )
        honours.append((kind, item[1]["id"]))
        yield item
    wanted = [("tech_sme", f) for f in firms[:65]] + [("high_tech", f) for f in firms[:20]]
    wanted += [("emerging", f) for f in firms[5:13]] + honours
    for n, (kind, firm) in enumerate(wanted):
        start = at(date(2022, 2, 10) + timedelta(days=n * 2), 550 + n)
        steps = [
            (start + 20 * 86_400, "review", {}),
            (start + 60 * 86_400, "recognise", {"certificate": f"演示证{n + 1:04d}"}),
        ]
        yield from writer.works(
            "enterprise-ladder.recognition", ROOT, {"firm": firm, "kind": kind}, steps, start
        )
    for firm in firms[65:]:
        start = at(date(2022, 6, 1))
        steps = [(start + 864_000, "decline", {"reason": "材料不全(演示)"})]
        yield from writer.works(
            "enterprise-ladder.recognition", ROOT, {"firm": firm, "kind": "tech_sme"}, steps, start
        )


def communities(rng: random.Random) -> Iterator[Item]:
    """60 projects started in 2022, 18 in 2021, 6 still planned, and three grades."""
    writer = Writer(rng, "housing-bureau", "demo.housing")
    for n in range(84):
        year = 2022 if n < 60 else 2021
        start = at(date(year, 3, 1) + timedelta(days=n % 60 * 3), 560)
        households = 60 + int(rng.random() * 300)
        steps: list[tuple[int, str, dict[str, object]]] = []
        if n < 78:
            steps.append((start, "start", {}))
            if n < 50 or n >= 60:
                steps.append(
                    (start + (90 + n % 40) * 86_400, "complete", {"paid": f"{households * 9000}.00"})
                )
        payload = {
            "name": f"演示老旧小区改造{n + 1:03d}号",
            "buildings": 2 + n % 9,
            "households": households,
            "budget": f"{households * 10000}.00",
        }
        area = COMMUNITIES[n % len(COMMUNITIES)][0]
        yield from writer.works("old-communities.project", area, payload, steps, start - 45 * 86_400)
    for kind, title in (
        ("grade", "优秀等次"),
        ("commendation", "督查激励通报表扬"),
        ("fund", "专项资金奖励"),
    ):
        yield writer.write(
            at(date(2022, 11, 20)),
            "open",
            "old-communities.grade",
            ROOT,
            payload={"title": title, "kind": kind},
        )


def kettle(rng: random.Random) -> Iterator[Item]:
    """A sheet for each town, month and item; some 5 % deducted."""
    writer = Writer(rng, "urban-management", "demo.assessor")
    for month in range(1, 13):
        for area, _, _ in TOWN_AREAS:
            for item, full in (("01", 20), ("02", 25), ("03", 10), ("04", 15), ("05", 10), ("06", 20)):
                payload = {
                    "item": item,
                    "month": f"2022-{month:02d}-01",
                    "full_marks": f"{full}.00",
                    "deduction": f"{full * rng.random() * 0.1:.2f}",
                }
                yield writer.write(
                    at(date(2022, month, 26)), "open", "golden-kettle.sheet", area, payload=payload
                )


def residents(rng: random.Random, size: float) -> Iterator[Item]:
    """The population of each town, in proportion to its communities; the last takes the rest."""
    writer = Writer(rng, "health-bureau", "demo.health")
    total = left = population(size)
    for n, (area, _, _) in enumerate(TOWN_AREAS):
        share = sum(1 for c in COMMUNITIES if c[3] == area)
        count = left if n == len(TOWN_AREAS) - 1 else total * share // len(COMMUNITIES)
        left -= count
        payload = {"as_of": "2020-11-01", "residents": count, "document": "演示文件:常住人口统计(合成)"}
        yield writer.write(at(date(2021, 6, 1)), "open", "vaccination.population", area, payload=payload)


def air(rng: random.Random) -> Iterator[Item]:
    """Three stations by day: 331 good of 361 valid days in 2021, 336 of 365 in 2022, some values missing."""
    writer = Writer(rng, "ecology-bureau", "demo.monitor")
    for year, good, silent in ((2021, 331, 4), (2022, 336, 0)):
        days = list(range(365))
        rng.shuffle(days)
        lost, fine = set(days[:silent]), set(days[silent : silent + good])
        for number in range(365):
            day = date(year, 1, 1) + timedelta(days=number)
            for n in range(3):
                aqi = 28 + int(rng.random() * 65) if number in fine else 104 + int(rng.random() * 60)
                if number in lost or (n and rng.random() < 0.03):
                    continue
                payload = {
                    "station": f"S{n + 1}",
                    "measured_on": day.isoformat(),
                    "aqi": aqi,
                    "pm25": f"{aqi * 0.6:.1f}",
                }
                yield writer.write(
                    at(day, 1410), "open", "air-quality.station-day", TOWN_AREAS[n * 4][0], payload=payload
                )


def chiefs(rng: random.Random) -> Iterator[Item]:
    """48 duties over 2022 with their patrols, and 72 findings on rivers, all closed."""
    writer = Writer(rng, "agriculture-bureau", "demo.chiefs-office")
    field_writer = Writer(rng, "agriculture-bureau", "demo.chief")
    opened = at(date(2022, 1, 1))
    for n in range(48):
        kind, word = (("river", "河段"), ("wood", "林地"), ("field", "田块"))[n % 3]
        area = COMMUNITIES[n % len(COMMUNITIES)][0]
        payload = {
            "kind": kind,
            "place": f"演示{word}{n + 1:02d}号",
            "chief": f"演示·责任人{n + 1:02d}",
            "term_from": "2022-01-01",
            "term_to": "2024-12-31",
        }
        duty = writer.write(opened, "open", "chiefs.duty", area, payload=payload)
        yield duty
        for turn in range(12):
            if rng.random() < 0.97:
                day = date(2022, 1, 1) + timedelta(days=turn * 30 + int(rng.random() * 29))
                yield field_writer.write(
                    at(day, 600),
                    "step",
                    "chiefs.duty",
                    area,
                    record=duty[1]["id"],
                    step="patrol",
                    payload={"on": day.isoformat()},
                )
        for k in range(5 if n % 3 == 0 and n < 24 else 4 if n % 3 == 0 else 0):
            found = at(date(2022, 2, 1) + timedelta(days=k * 50 + n), 610)
            steps = [
                (found + 86_400, "assign", {"officer": "demo.chiefs-office"}),
                (found + 8 * 86_400, "fix", {"officer": "demo.unit"}),
                (found + 10 * 86_400, "close", {"officer": "demo.chiefs-office"}),
            ]
            payload = {
                "duty": duty[1]["id"],
                "kind": ("occupation", "dumping", "building", "extraction")[k % 4],
            }
            yield from field_writer.works("chiefs.finding", area, payload, steps, found)
