"""Illegal construction: 870 demolished in 2022 (337,600 square metres), 140 in 2021, and what went otherwise.

Every builder is fictional. A case is planned backwards from the day on which it was demolished.
"""

from __future__ import annotations

import random
from collections.abc import Generator, Iterator
from datetime import date
from fractions import Fraction

from .clock import DAY, WORKING_DAY, at, in_hours, to_second, to_working
from .exact import hundredths, shared
from .places import GRID_CODES
from .writing import Item, Late, Steps, Writer

NAME = "illegal-construction"
BODIES: dict[str, str] = {}
PATROL = "demo.building-patrol"
ROLES = (
    (PATROL, "building-patrol", NAME),
    ("demo.enforcer", "building-enforcer", NAME),
    ("demo.building-supervisor", "building-supervisor", NAME),
)
TARGETS: tuple[tuple[str, str], ...] = ()
CASE = f"{NAME}.case"
DEMOLISHED = {2021: (140, 4_128_000), 2022: (870, 33_760_000)}
"""Year → cases demolished, and hundredths of a square metre together."""

EXPECTED = {
    "illegal-construction.demolished": Fraction(DEMOLISHED[2022][0]),
    "illegal-construction.demolished-area": Fraction(DEMOLISHED[2022][1], 100),
}
KINDS = ("no_permit",) * 5 + ("beyond_permit",) * 3 + ("overdue", "land")
FOUND_BY = ("patrol",) * 6 + ("report",) * 3 + ("satellite",)
DISMISSED, REGULARISED, OPEN, DOUBLED = 42, 26, 30, 12
APPEALED = "当事人申请行政复议,中止计时(演示)"


def make(rng: random.Random) -> Iterator[Item]:
    """The cases demolished, then those dismissed, regularised, still open, entered twice."""
    writer = Writer(rng, "urban-management", "demo.enforcer")
    earlier: list[object] = []
    number = 0
    for year, (count, total) in DEMOLISHED.items():
        shares = [rng.lognormvariate(0, 1.1) + 0.02 for _ in range(count)]
        for n, area in enumerate(shared(total, shares)):
            number += 1
            item = yield from _demolished(writer, year, number, n, area)
            if year == 2021:
                earlier.append(item)
    yield from _otherwise(writer, earlier)


def _opening(rng: random.Random, number: int) -> dict[str, object]:
    return {
        "kind": KINDS[int(rng.random() * 10)],
        "found_by": FOUND_BY[int(rng.random() * 10)],
        "builder": f"演示当事人{number:04d}",
    }


def _demolished(writer: Writer, year: int, number: int, n: int, area: int) -> Generator[Item, None, object]:
    """One case: pulled down by the builder, or announced and by force; a few late or after an appeal.

    Gives the record.
    """
    rng = writer.rng
    day = int(rng.random() * (235 if year == 2021 else 350))
    first = date(2021, 5, 10) if year == 2021 else date(2022, 1, 5)
    down = in_hours(at(first, 540) + day * DAY, int(rng.random() * 300))
    forced, late, appealed = n % 9 == 4, n % 27 == 13, n % 90 == 22
    length = 72 + n % 11 if late else 42 + n % 14 if forced or appealed else 8 + n % 36
    ordering = to_working(down - (length + (62 if appealed else 0)) * DAY)
    verifying = ordering - WORKING_DAY * (3 + n % 5)
    found = to_second(verifying - WORKING_DAY * (7 if n % 19 == 3 else 1 + n % 4))
    verified, ordered = to_second(verifying), to_second(ordering)
    decision = {"decision": f"演示限拆决〔{year}〕{number:04d}号"}
    steps: Steps = [(verified, "verify", {"measured": hundredths(area)}), (ordered, "order", decision)]
    if appealed:
        steps.append((ordered + 9 * DAY, "appeal", {"reason": APPEALED}))
        steps.append((ordered + 71 * DAY, "resume", {}))
    if forced or late:
        steps.append((down - 16 * DAY, "urge", {}))
        steps.append((down - 12 * DAY, "announce", {"announcement": f"演示强拆告〔{year}〕{number:04d}号"}))
    wrong = n % 83 == 40
    said: dict[str, object] = {
        "demolished_area": hundredths(area + 2_000 if wrong else area),
        "manner": "forced" if forced or late else "helped" if n % 5 == 2 else "own",
    }
    noted: Late = writer.late(down, "拆除验收单迟交,次月补录(演示)") if n % 67 == 31 and day < 270 else {}
    steps.append((down, "demolish", said | noted))
    closed = in_hours(noted.get("entered", down) + (2 + n % 5) * DAY)
    steps.append((closed, "close", {"officer": "demo.building-supervisor"}))
    place = GRID_CODES[int(rng.random() * len(GRID_CODES))]
    works = list(writer.works(CASE, place, _opening(rng, number), steps, found, by=PATROL))
    yield from works
    if wrong:
        supervisor = writer.colleague("demo.building-supervisor")
        again = closed + (12 + n % 7) * DAY
        yield supervisor.amend(again, works[0], "复测后更正拆除面积(演示)", demolished_area=hundredths(area))
    return works[0][1]["id"]


def _otherwise(writer: Writer, earlier: list[object]) -> Iterator[Item]:
    supervisor = writer.colleague("demo.building-supervisor")
    for n in range(DISMISSED + REGULARISED + OPEN + DOUBLED):
        late_in_year = DISMISSED + REGULARISED <= n < DISMISSED + REGULARISED + OPEN
        first = date(2022, 11, 21) if late_in_year else date(2022, 1, 12)
        found = in_hours(at(first, 560) + (n * 29 % (35 if late_in_year else 300)) * DAY)
        payload = _opening(writer.rng, 2000 + n)
        verify: Steps = [(found + 2 * DAY, "verify", {"measured": f"{20 + n}.00"})]
        order: Steps = [(found + 8 * DAY, "order", {"decision": f"演示限拆决〔2022〕{2000 + n}号"})]
        if n < DISMISSED:
            steps: Steps = [(found + 3 * DAY, "dismiss", {"reason": "经核实手续齐全,不属两违(演示)"})]
        elif n < DISMISSED + REGULARISED:
            said = {"reason": "符合规划,补办手续(演示)", "decision": f"演示补办〔2022〕{n:03d}号"}
            steps = [*verify, (found + 30 * DAY, "regularise", dict(said))]
        elif late_in_year:
            if n % 4 == 0:
                payload["earlier"] = earlier[n % len(earlier)]
            steps = verify + order
        else:
            steps = []
        works = list(
            writer.works(CASE, GRID_CODES[n * 31 % len(GRID_CODES)], payload, steps, found, by=PATROL)
        )
        yield from works
        if n >= DISMISSED + REGULARISED + OPEN:
            yield supervisor.void(found + 3 * DAY, works[0], "同一处重复上报,作废(演示)")
