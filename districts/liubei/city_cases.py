"""City cases: each a plan of steps in working time, with the exceptions that a real year has."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ruamel.yaml import YAML

from .administration import CATEGORIES, REVISED
from .clock import DAY, WORKING_DAY, at, to_second, to_working, ulid, wall
from .places import GRID_CODES, GRID_CORNERS, TOWN_AREAS

PILOT, FIRST = at(date(2021, 1, 1), 0), at(date(2022, 1, 1), 0)
PILOT_GRIDS = tuple(code for code in GRID_CODES if code.startswith(TOWN_AREAS[0][0]))
"""In 2021 the platform was tried in the first subdistrict only; see docs/explanation/demonstration.md."""

CHANNELS = ("patrol",) * 7 + ("hotline",) * 2 + ("media", "superior")
# First and last category of a row of them → the team that answers for it.
TEAMS = (
    ("0101", "0110", "facilities-team"),
    ("0111", "0113", "sanitation-team"),
    ("0114", "0116", "greening-team"),
    ("0117", "0117", "facilities-team"),
    ("0201", "0204", "sanitation-team"),
    ("0205", "0205", "facilities-team"),
    ("0206", "0209", "street-team"),
    ("0210", "0211", "facilities-team"),
    ("0212", "0217", "street-team"),
    ("0218", "0218", "facilities-team"),
)
OFFICERS = {
    "open": "demo.collector",
    "accept": "demo.supervision",
    "reject": "demo.supervision",
    "dispatch": "demo.command",
    "extend": "demo.command",
    "suspend": "demo.command",
    "resume": "demo.command",
    "take_up": "demo.unit",
    "reply": "demo.unit",
    "return": "demo.unit",
    "verify": "demo.collector",
    "void": "demo.supervision",
}
REASONS = {
    "reject": "不属受理范围",
    "return": "派遣有误,退回重派",
    "extend": "需采购材料",
    "suspend": "待工程施工,挂账",
    "rework": "现场复核未达标",
    "reopen": "问题复发",
    "void": "重复上报",
    "amend": "来源填写有误,次月更正",
}


LATE = "月末漏录,次月补录"


class Case(NamedTuple):
    """A case's fixed facts and its steps in order of time; its last step was entered `late` seconds after."""

    category: str
    channel: str
    grid: str
    unit: str
    late: int
    steps: tuple[str, ...]


def _limits(folder: Path) -> tuple[tuple[str, int, bool], ...]:
    """Code, length and whether in days, of each category that cases are filed under."""
    items = YAML(typ="safe").load((folder / CATEGORIES).read_text("utf-8"))["items"]
    parsed = []
    for code, item in items.items():
        if "parent" in item:
            amount, _, unit = item["within"].split()
            parsed.append((code, int(amount), unit == "days"))
    return tuple(parsed)


LIMITS = _limits(Path(__file__).parent)
REVISION = at(REVISED)
REVISED_LIMITS = _limits(Path(__file__).parent / "revisions" / "2022-07-01")
UNITS = {code: team for code, _, _ in REVISED_LIMITS for first, last, team in TEAMS if first <= code <= last}


def _arrival(rng: random.Random, first: int, days: int) -> int:
    """More in summer, fewer at weekends, mostly in the daytime."""
    while True:
        second = first + int(rng.random() * days) * DAY
        day = second // DAY
        month = (day % 365) // 30
        keep = (1.0 if 5 <= month <= 8 else 0.8) * (0.45 if (day + 2) % 7 > 4 else 1.0)
        if rng.random() < keep:
            return second + 25_200 + int(rng.random() * 43_200)


class _Walk:
    """Steps of one case while it is planned; `now` counts working minutes."""

    def __init__(self, rng: random.Random, reported: int, limit: int, in_days: bool) -> None:
        self.rng, self.limit, self.in_days = rng, limit, in_days
        self.steps: list[tuple[int, str]] = [(reported, "open")]
        self.now = to_working(reported)

    def take(self, step: str, least: int, most: int) -> None:
        self.now += least + int(self.rng.random() * (most - least))
        self.steps.append((to_second(self.now) + int(self.rng.random() * 50), step))

    def handle(self, extended: bool, late: bool, suspended: bool = False) -> None:
        """From dispatched to replied, within the limit unless `late`; who is late is mostly urged before."""
        start = self.now
        self.take("take_up", 3, 15)
        if suspended:
            self.take("suspend", 3, 10)
            held = self.now
            self.take("resume", 2 * WORKING_DAY, 15 * WORKING_DAY)
            start += self.now - held
        length = self.limit * (WORKING_DAY if self.in_days else 60)
        if extended:
            self.take("extend", 3, 10)
            length += WORKING_DAY
        due = (
            start + length
            if not self.in_days
            else (start // WORKING_DAY + length // WORKING_DAY + 1) * WORKING_DAY
        )
        if late:
            self.now = due + 10
            if self.rng.random() < 0.6:
                self.take("urge", 5, 60)
            self.take("reply", 20, 600)
        else:
            room = max(20, int(length * 0.8) - (self.now - start))
            self.take("reply", 10, room)


def plan(rng: random.Random, pilot: bool) -> tuple[list[int], Case]:
    """The times (seconds, rising) at which a case's steps were entered, and the case; of 2021 if `pilot`."""
    reported = _arrival(rng, PILOT if pilot else FIRST, 365)
    limits, grids = LIMITS if reported < REVISION else REVISED_LIMITS, PILOT_GRIDS if pilot else GRID_CODES
    category, limit, in_days = limits[int(rng.random() * len(limits))]
    walk = _Walk(rng, reported, limit, in_days)
    fate, late = rng.random(), 0
    if fate < 0.03:
        walk.take("reject", 10, 120)
    else:
        walk.take("accept", 5, 200)
        walk.take("dispatch", 5, 60)
        if fate < 0.04:
            walk.take("return", 5, 30)
            walk.take("dispatch", 5, 30)
        walk.handle(0.04 <= fate < 0.07, rng.random() < 0.035, 0.1 <= fate < 0.105)
        if 0.07 <= fate < 0.09:
            walk.take("rework", 10, 60)
            walk.handle(extended=False, late=False)
        walk.take("verify", 20, 240)
        walk.take("close", 5, 120)
        if 0.09 <= fate < 0.094:
            walk.take("reopen", 500, 1500)
            walk.handle(extended=False, late=False)
            walk.take("verify", 20, 240)
            walk.take("close", 5, 120)
        walk.take("evaluate", 60, 800)
        if 0.094 <= fate < 0.096:
            walk.take("void", 30, 300)
        elif 0.096 <= fate < 0.1:
            walk.take("amend", 15 * WORKING_DAY, 25 * WORKING_DAY)
        elif 0.105 <= fate < 0.108:
            late = (35 + int(rng.random() * 20)) * DAY
            walk.steps[-1] = (walk.steps[-1][0] + late, "evaluate")
    grid = grids[int(rng.random() * len(grids))]
    case = Case(
        category,
        CHANNELS[int(rng.random() * len(CHANNELS))],
        grid,
        UNITS[category],
        late,
        tuple(step for _, step in walk.steps),
    )
    return [second for second, _ in walk.steps], case


def entry(second: int, case: Case, step_number: int, record: str, rng: random.Random) -> dict[str, object]:
    """The entry of one step of a case; `record` is "" for the opening one."""
    step = case.steps[step_number]
    recorded = when = wall(second)
    sent: dict[str, object] = {"id": ulid(second, rng)}
    if case.late and step_number + 1 == len(case.steps):
        when = wall(second - case.late)
        sent["reason"] = LATE
    if step == "open":
        sent |= {"kind": "open", "type": "city-cases.case"}
    elif step in ("void", "amend"):
        sent |= {"kind": step, "type": "city-cases.case", "record": record}
    else:
        sent |= {"kind": "step", "step": step, "type": "city-cases.case", "record": record}
    sent |= {"happened": when, "recorded": recorded, "area": case.grid, "body": "urban-management"}
    sent["officer"] = OFFICERS.get(step, "demo.supervision")
    if step in REASONS:
        sent["reason"] = REASONS[step]
    payload = _payload(case, step, rng)
    if payload:
        sent["payload"] = payload
    return sent


def _payload(case: Case, step: str, rng: random.Random) -> dict[str, object]:
    if step == "open":
        lon, lat = GRID_CORNERS[case.grid]
        place = {"lon": round(lon + rng.random() * 0.004, 6), "lat": round(lat + rng.random() * 0.004, 6)}
        return {"category": case.category, "channel": case.channel, "place": place}
    if step == "dispatch":
        return {"unit": case.unit}
    if step == "extend":
        return {"by": "1 working days"}
    if step == "evaluate":
        return {"grade": "good" if rng.random() < 0.9 else "fair"}
    return {"channel": "patrol" if case.channel != "patrol" else "hotline"} if step == "amend" else {}
