"""The tasks of the education system, and the designations that the district was given."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction

from .clock import DAY, at
from .places import ROOT
from .school_results import SHORT
from .schools import SCHOOLS
from .writing import Item, Late, Steps, Writer

NAME = "education-system"
BODIES: Mapping[str, str] = {"curriculum-office": "演示教研室", "school-estates": "演示学校后勤中心"}
ROLES = (
    ("demo.education", "education-office", NAME),
    ("demo.school", "school-clerk", NAME),
    ("demo.tasks", "task-owner", NAME),
)
TARGETS = ((f"{NAME}.tasks-on-time", "90"),)
TASKS, LATE, DROPPED = 24, 2, 1
EXPECTED: Mapping[str, Fraction] = {
    f"{NAME}.tasks-on-time": Fraction(100 * (TASKS - LATE - DROPPED), TASKS),
    f"{NAME}.balanced-schools": Fraction(100 * (SCHOOLS - SHORT), SCHOOLS),
    f"{NAME}.designations": Fraction(2),
}
TASK, DESIGNATION = f"{NAME}.task", f"{NAME}.designation"
PILLARS = ("soul", "ability", "quality")
OWNERS = ("education-bureau", "curriculum-office", "school-estates")
# Real titles, and only those that the published report names; the days are the demonstration's own.
HELD = (
    ("全国义务教育优质均衡发展先行创建区", "教育部", "nation", date(2022, 4, 28)),
    ("广西信息化融合创新实验区", "自治区教育厅", "region", date(2022, 9, 15)),
)


def make(rng: random.Random) -> Iterator[Item]:
    """24 tasks due in 2022, one of them dropped and two late; two designations, and one not given."""
    writer = Writer(rng, "education-bureau", "demo.education")
    for n in range(TASKS):
        yield from _task(writer, n)
    for n, (title, by, level, day) in enumerate(HELD):
        granted = at(day, 600 + n)
        steps: Steps = [
            (granted - 12 * DAY, "publicise", {}),
            (granted, "grant", {"document": f"演示文件〔2022〕{n + 1}号"}),
        ]
        payload: dict[str, object] = {"title": title, "given_by": by, "level": level}
        yield from writer.works(DESIGNATION, ROOT, payload, steps, granted - 70 * DAY)
    payload = {"title": "演示劳动教育实验区", "given_by": "演示机关", "level": "city"}
    opened = at(date(2022, 5, 12), 600)
    declined: Steps = [(opened + 40 * DAY, "decline", {"reason": "名额已满,未入选(演示)"})]
    yield from writer.works(DESIGNATION, ROOT, payload, declined, opened)
    twice = writer.write(
        at(date(2022, 6, 9), 600), "open", TASK, ROOT, payload=_payload(99, date(2022, 12, 9))
    )
    yield twice
    yield writer.void(writer.next_month(twice[0]), twice, "与已列任务重复,作废(演示)")


def _payload(n: int, due: date) -> dict[str, object]:
    return {
        "title": f"演示任务{n + 1:02d}",
        "pillar": PILLARS[n % 3],
        "owner": OWNERS[n // 3 % 3],
        "due": due.isoformat(),
    }


def _task(writer: Writer, n: int) -> Iterator[Item]:
    due = date(2022, 3, 31) + timedelta(days=n * 11)
    opened = at(date(2022, 1, 17) + timedelta(days=n % 3), 550 + n)
    delivered = at(due - timedelta(days=6 + n % 4), 600 + n)
    steps: Steps = [(opened + (12 + n % 5) * DAY, "start", {"officer": "demo.tasks"})]
    if n < DROPPED:
        steps.append((delivered, "drop", {"reason": "并入其他任务,终止(演示)"}))
    else:
        said: dict[str, object] = {"officer": "demo.tasks", "result": f"演示成果材料{n + 1:02d}"}
        steps.append((delivered, "deliver", said))
        if n < DROPPED + LATE or n % 9 == 5:
            back = delivered + 2 * DAY
            delivered = back + (20 if n < DROPPED + LATE else 1) * DAY
            steps += [(back, "send_back", {"reason": "佐证材料不全(演示)"}), (delivered, "deliver", said)]
        accept: Late = writer.late(delivered + DAY, "验收表次月归档,补录(演示)") if n == 10 else {}
        steps.append((delivered + DAY, "accept", accept))
    items = list(writer.works(TASK, ROOT, _payload(n, due), steps, opened))
    yield from items
    if n == 4:
        yield writer.amend(
            writer.next_month(opened), items[0], "责任单位调整(演示)", owner="curriculum-office"
        )
