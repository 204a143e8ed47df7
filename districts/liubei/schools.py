"""The schools of compulsory education and the groups that they joined and left."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction

from .clock import DAY, at
from .places import ROOT, community_at
from .school_results import School, results
from .writing import Item, Writer

NAME = "school-groups"
BODIES: Mapping[str, str] = {"education-bureau": "教育局"}
ROLES = (("demo.education", "education-office", NAME), ("demo.school", "school-clerk", NAME))
TARGETS = ((f"{NAME}.coverage", "60"),)
SCHOOLS, GROUPS = 45, 5
MEMBERS = {2021: 21, 2022: 27}
"""Schools in groups at the end of each year: in 2022 seven joined and one left."""

LEFT = 20
EXPECTED: Mapping[str, Fraction] = {
    f"{NAME}.coverage": Fraction(100 * MEMBERS[2022], SCHOOLS),
    f"{NAME}.groups": Fraction(GROUPS),
}
SCHOOL, GROUP = f"{NAME}.school", f"{NAME}.group"
STAGES = ("primary", "primary", "primary", "junior", "nine_year")
ALONE: dict[str, object] = {"part": "alone"}


def make(rng: random.Random) -> Iterator[Item]:
    """45 schools in five groups: 21 of them at the end of 2021, 27 at the end of 2022."""
    writer = Writer(rng, "education-bureau", "demo.education")
    groups: list[object] = []
    for n in range(GROUPS):
        day = date(2021, 1, 18) if n < GROUPS - 1 else date(2022, 3, 14)
        payload: dict[str, object] = {
            "name": f"演示教育集团{n + 1}",
            "form": ("close", "joint", "joint")[n % 3],
        }
        item = writer.write(at(day, 560 + n), "open", GROUP, ROOT, payload=payload)
        yield item
        groups.append(item[1]["id"])
    schools: list[School] = []
    for n in range(SCHOOLS):
        items = list(_school(writer, n, groups))
        schools.append((items[0][1]["id"], str(items[0][1]["area"]), STAGES[n % 5]))
        yield from items
    yield from results(writer, schools)
    again = writer.write(
        at(date(2022, 5, 10), 600), "open", SCHOOL, community_at(9),
        payload={"name": "演示学校03(分部)", "stage": "primary", "pupils": 120, **ALONE},
    )  # fmt: skip
    yield again
    yield writer.void(writer.next_month(again[0]), again, "教学点不单独计校,作废(演示)")


def _school(writer: Writer, n: int, groups: list[object]) -> Iterator[Item]:
    area = community_at(n * 5)
    pupils = 320 + int(writer.rng.random() * 1500)
    opened = at(date(2021, 2, 22) + timedelta(days=n // 9), 550 + n)
    payload: dict[str, object] = {"name": f"演示学校{n + 1:02d}", "stage": STAGES[n % 5], "pupils": pupils}
    if n < GROUPS - 1:
        payload |= {"group": groups[n], "part": "lead"}
    else:
        payload |= ALONE
    item = writer.write(opened, "open", SCHOOL, area, payload=payload)
    yield item
    if n % 15 == 7:
        yield writer.amend(writer.next_month(opened), item, "学籍核对后更正在校生数(演示)", pupils=pupils + 6)

    def step(second: int, name: str, said: dict[str, object], **more: object) -> Item:
        return writer.write(
            second, "step", SCHOOL, area, record=item[1]["id"], step=name, payload=said, **more
        )

    joined = MEMBERS[2022] + 1
    if GROUPS - 1 <= n < MEMBERS[2021]:
        yield step(
            at(date(2021, 4, 6) + timedelta(days=n * 9), 600), "join",
            {"group": groups[n % (GROUPS - 1)], "part": "member"},
        )  # fmt: skip
    elif MEMBERS[2021] <= n < joined:
        second = at(date(2022, 3, 21) + timedelta(days=(n - MEMBERS[2021]) * 25), 620)
        late = writer.late(second, "集团协议次月报备,补录(演示)") if n == 24 else {}
        part = "lead" if n == MEMBERS[2021] else ("member", "entrusted")[n % 2]
        yield step(second, "join", {"group": groups[n % GROUPS], "part": part}, **late)
    if n == LEFT:
        yield step(
            at(date(2022, 7, 15), 640), "leave", ALONE | {"group": None}, reason="托管协议期满退出(演示)"
        )
    if n % 4 == 1:
        second = at(date(2022, 9, 13), 600 + n)
        said: dict[str, object] = {"pupils": pupils + 20 + n}
        yield step(second + n % 3 * DAY, "enrol", said, officer="demo.school")
