"""Home visits, canteens, centres, and homes for the aged. Visits go to persons of the demonstration's own."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from .clock import DAY, at
from .persons import birth, community, who
from .places import ROOT, STREETS, TOWN_AREAS
from .writing import Item, Late, Steps, Writer

NAME = "elder-care"
VISIT, CANTEEN = "elder-care.visit", "elder-care.canteen"
CENTRE, PROJECT = "elder-care.centre", "elder-care.project"
BODIES: Mapping[str, str] = {"civil-affairs-bureau": "民政局"}
ROLES = (("demo.civil", "civil-clerk", NAME), ("demo.carer", "care-worker", NAME))
TARGETS = (("elder-care.centre-coverage", "100"),)
VISITS = {2021: 412, 2022: 1531}  # the service began in July 2021
OLD = tuple(n for n in range(4_000) if birth(n) < 8_000)[:300]
"""Persons who were born before 1961."""

NAMED = ("柳星", "广雅", "味百家")
"""Canteens that the published report names."""

EXPECTED: Mapping[str, Fraction] = {
    "elder-care.home-visits": Fraction(1531),
    "elder-care.canteens": Fraction(3),
    "elder-care.centre-coverage": Fraction(100),
    "elder-care.projects": Fraction(1),
}
KINDS = ("care", "cleaning", "meal", "medical", "bath", "cleaning")
ABILITIES = ("moderate", "mild", "severe", "mild", "able", "moderate")


def make(rng: random.Random) -> Iterator[Item]:
    """1,531 visits in 2022, three canteens opened, a centre in each of the eight subdistricts, homes."""
    office = Writer(rng, "civil-affairs-bureau", "demo.civil")
    carer = office.colleague("demo.carer")
    yield from _visits(carer, office)
    yield from _canteens(office)
    for n, street in enumerate(STREETS):
        day = date(2021, 3 + n, 18) if n < 6 else date(2022, 3 + n - 6, 22)
        payload: dict[str, object] = {
            "name": f"{street}街道为老服务中心(演示)",
            "square_metres": f"{820 + n * 45}.0",
        }
        yield office.write(at(day, 570), "open", CENTRE, TOWN_AREAS[n][0], payload=payload)
    yield from _homes(office)


def _visits(writer: Writer, office: Writer) -> Iterator[Item]:
    """Some noted weeks late, some lengths corrected, some noted twice and voided."""
    rng = writer.rng
    for year, count in VISITS.items():
        start, days = (at(date(2021, 7, 1), 0), 184) if year == 2021 else (at(date(2022, 1, 1), 0), 365)
        for n in range(count):
            person = OLD[n * 7 % (187 if year == 2021 else len(OLD))]
            second = start + n * days // count * DAY + 31_000 + int(rng.random() * 28_000)
            payload: dict[str, object] = {
                "person": who(person),
                "kind": KINDS[(n + person) % 6],
                "ability": ABILITIES[person % 6],
                "minutes": 30 + 15 * int(rng.random() * 7),
            }
            area = community(person)[0]
            late: Late = writer.late(second, "服务记录单月末未交,补录(演示)") if n % 211 == 60 else {}
            item = writer.write(second, "open", VISIT, area, payload=payload, **late)
            yield item
            if n % 307 == 100:
                yield office.amend(writer.next_month(item[0]), item, "服务时长核对更正(演示)", minutes=60)
            elif n % 307 == 200:
                twice = writer.write(second + 600, "open", VISIT, area, payload=payload)
                yield twice
                yield office.void(second + 2 * DAY, twice, "同一次服务重复登记,作废(演示)")


def _canteens(writer: Writer) -> Iterator[Item]:
    """Two of 2021, one of which paused and one of which closed, and the three of 2022."""
    for n in range(2):
        second = at(date(2021, 4 + n, 12), 600)
        steps: Steps = [(second + 200 * DAY, "suspend", {"reason": "设备检修(演示)"})]
        steps.append(
            (second + 214 * DAY, "resume", {})
            if n
            else (second + 400 * DAY, "close", {"reason": "承办协议期满(演示)"})
        )
        payload: dict[str, object] = {"name": f"演示长者食堂{n + 1}号", "seats": 40}
        yield from writer.works(CANTEEN, TOWN_AREAS[n][0], payload, steps, second)
    for n, name in enumerate(NAMED):
        payload = {"name": f"{name}长者食堂"}
        yield writer.write(
            at(date(2022, 4 + 3 * n, 15), 600), "open", CANTEEN, TOWN_AREAS[n * 2][0], payload=payload
        )


def _homes(writer: Writer) -> Iterator[Item]:
    """One completed in 2022, which the published report names, and others of the demonstration's own."""
    # Name, year and month of planning, start, completion (0: not yet) and beds.
    plans = (
        ("百福颐养中心", date(2021, 1, 11), date(2021, 3, 16), date(2022, 9, 20), 0),
        ("演示颐养院一号", date(2020, 12, 21), date(2021, 1, 20), date(2021, 11, 18), 120),
        ("演示颐养院二号", date(2021, 9, 6), date(2022, 2, 17), None, 90),
    )
    for name, planned, start, done, beds in plans:
        payload: dict[str, object] = {"name": name} | ({"beds": beds} if beds else {})
        steps: Steps = [(at(start), "start", {})]
        if done:
            admitted = at(done) + 60 * DAY
            number = {"record_number": f"演示备案{done.year}-{beds:03d}"}
            steps += [
                (at(done), "complete", {}),
                (admitted, "admit", {}),
                (admitted + 9 * DAY, "put_on_record", number),
            ]
        yield from writer.works(PROJECT, ROOT, payload, steps, at(planned))
    second = at(date(2022, 5, 9))
    steps = [(second + 90 * DAY, "stop", {"reason": "选址未通过消防审查(演示)"})]
    yield from writer.works(PROJECT, ROOT, {"name": "演示颐养院三号", "beds": 60}, steps, second)
