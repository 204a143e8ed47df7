"""What the district's office enters: areas, bodies, roles, targets, peers; and what it changes later."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from .clock import LOCAL_HOLIDAYS, at, in_next_month
from .lines import LINES
from .places import REDRAWN, ROOT, SPLIT, TOWN_AREAS, areas
from .writing import Item, Writer

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
    ("demo.office", "administrator", ""),
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
    ("enterprise-ladder.tech-smes", "60"),
    ("vaccination.coverage", "92"),
    ("vaccination.full-course", "90"),
    ("air-quality.good-days", "92"),
    ("chiefs.rounds-done", "95"),
)
CATEGORIES = "codes/city-case-categories.yaml"
REVISED = date(2022, 7, 1)
CLOSED_ON = 10
"""The day of the next month on which a month is closed."""


def system(rng: random.Random) -> Iterator[Item]:
    """Areas, bodies, appointments, calendar, peers, their values, targets."""
    writer = Writer(rng, "government-office", "demo.importer")
    for code, name, level, parent in areas():
        above = {"parent": parent} if parent else {}
        yield _opened(writer, "area", code=code, name=name, level=level, **above)
    yield from _offices(writer, BODIES, ROLES)
    for day in LOCAL_HOLIDAYS:
        yield _opened(writer, "calendar-day", day=day.isoformat(), working=False, name="壮族三月三")
    yield from _targets(writer, TARGETS)
    for code, _, _ in TOWN_AREAS:
        on_time = "city-cases.on-time-rate"
        yield _opened(writer, "target", indicator=on_time, area=code, period="2022", value="90")
    for code, (name, members) in PEERS.items():
        yield _opened(writer, "peers", code=code, name=name, members="、".join(members))
    for indicator, peers in (("city-cases.total-score", "c20"), ("golden-kettle.total-score", "c21")):
        for place, peer in enumerate(m for m in PEERS[peers][1] if m != "柳北区"):
            yield _opened(
                writer,
                "peer-value",
                indicator=indicator,
                peers=peers,
                peer=peer,
                period="2022",
                value=f"{91.2 - 0.63 * place:.2f}",
                document="演示文件:2022年度考核通报(合成)",
            )


def system_of_lines(rng: random.Random) -> Iterator[Item]:
    """Bodies, appointments and targets that the smaller lines of work need besides.

    `rng` is their own, so that a line more or less changes nothing of the rest.
    """
    writer = Writer(rng, "government-office", "demo.importer")
    bodies = {code: name for line in LINES for code, name in line.BODIES.items()}
    yield from _offices(writer, bodies, [role for line in LINES for role in line.ROLES])
    yield from _targets(writer, [target for line in LINES for target in line.TARGETS])


def _opened(writer: Writer, type_: str, **payload: object) -> Item:
    return writer.write(SYSTEM_TIME, "open", f"system.{type_}", ROOT, payload=payload)


def _offices(
    writer: Writer, bodies: Mapping[str, str], roles: Iterable[tuple[str, str, str]]
) -> Iterator[Item]:
    for code, name in bodies.items():
        yield _opened(writer, "body", code=code, name=name, area=ROOT)
    for officer, role, programme in roles:
        scope = {"programme": programme} if programme else {}
        yield _opened(writer, "appointment", officer=officer, role=role, area=ROOT, **scope)


def _targets(writer: Writer, targets: Iterable[tuple[str, str]]) -> Iterator[Item]:
    for indicator, value in targets:
        yield _opened(writer, "target", indicator=indicator, area=ROOT, period="2022", value=value)


def changes(
    rng: random.Random, area_records: Mapping[str, str], definitions: Mapping[str, str]
) -> Iterator[Item]:
    """What changes on the way: periods closed, one opened again, a community split, a grid moved, a code list
    revised, a target raised.

    `area_records` is area code → record; `definitions` is path → record of the definition files in force, and
    without it no file is revised.
    """
    writer = Writer(rng, "government-office", "demo.office")
    yield from _closings(writer)
    yield from _area_changes(writer, area_records)
    if CATEGORIES in definitions:
        text = (Path(__file__).parent / "revisions" / "2022-07-01" / CATEGORIES).read_text("utf-8")
        yield writer.write(
            at(REVISED, 505), "step", "system.definition", ROOT,
            record=definitions[CATEGORIES], step="revise", payload={"text": text},
        )  # fmt: skip
    target = {"indicator": "golden-kettle.total-score", "area": ROOT, "period": "2022", "value": "92"}
    item = writer.write(at(date(2022, 1, 20), 600), "open", "system.target", ROOT, payload=target)
    yield item
    yield writer.amend(at(date(2022, 5, 9), 600), item, "年中调整考核目标(演示)", value="94")


def _closings(writer: Writer) -> Iterator[Item]:
    """The year 2021 and then each month for all programmes; May is opened once more for two days."""
    periods = [("2021", date(2022, 1, 20))]
    periods += [(f"2022-{month:02d}", in_next_month(2022, month, CLOSED_ON)) for month in range(1, 13)]
    for period, day in periods:
        second = at(day, 1020)
        item = writer.write(second, "open", "system.closing", ROOT, payload={"area": ROOT, "period": period})
        yield item
        if period == "2022-05":
            for later, step, reason in ((5, "reopen", "空气监测站校准后批量复核(演示)"), (7, "close", "")):
                said = {"reason": reason} if reason else {}
                yield writer.write(
                    second + later * 86_400, "step", "system.closing", ROOT,
                    record=item[1]["id"], step=step, **said,
                )  # fmt: skip


def _area_changes(writer: Writer, records: Mapping[str, str]) -> Iterator[Item]:
    code, name, level, parent, day, grids = SPLIT
    midnight, entered = at(day, 0), at(day, 510)
    payload: dict[str, object] = {"code": code, "name": name, "level": level, "parent": parent}
    yield writer.write(midnight, "open", "system.area", ROOT, entered=entered, payload=payload)
    moves = [(grid, code, day) for grid in grids] + [REDRAWN]
    for grid, to, when in moves:
        yield writer.write(
            at(when, 0), "step", "system.area", ROOT, entered=at(when, 515),
            record=records[grid], step="move", payload={"parent": to},
        )  # fmt: skip
