"""Zones and plots: a scheme approved in 2022, the areas within its lines, and 9,921 mu of plots included."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from .clock import DAY, WORKING_DAY, at, in_hours
from .exact import hundredths, shared
from .places import ROOT, TOWN_AREAS, community_at
from .writing import Item, Steps, Writer

NAME = "land-control"
BODIES = {"natural-resources": "自然资源局"}
ROLES = (("demo.planner", "land-planner", NAME), ("demo.surveyor", "land-surveyor", NAME))
TARGETS: tuple[tuple[str, str], ...] = ()
INCLUDED, EXTENT = 90, 992_100
"""Plots included in 2022, and hundredths of a mu that they have together."""

EXPECTED = {
    "land-control.new-construction-land": Fraction(EXTENT, 100),
    "land-control.zoning": Fraction(1),
    "land-control.on-protected-land": Fraction(0),
}
EXCLUDED, WAITING = 6, 5
SCHEME, ZONE, PLOT = f"{NAME}.scheme", f"{NAME}.zone", f"{NAME}.plot"
USES = ("residential", "industrial", "commercial", "public", "road")
ENACTED = date(2022, 10, 24)


def make(rng: random.Random) -> Iterator[Item]:
    """The scheme, its zones, and plots: included, redrawn before, excluded, still waiting, entered twice."""
    writer = Writer(rng, "natural-resources", "demo.planner")
    steps: Steps = [
        (at(date(2022, 4, 28)), "submit", {}),
        (at(date(2022, 6, 20)), "send_back", {"reason": "数据库格式按新规程修改(演示)"}),
        (at(date(2022, 8, 5)), "submit", {}),
        (at(date(2022, 10, 14)), "approve", {"approval": "演示批文〔2022〕1号"}),
        (at(ENACTED), "enact", {}),
    ]
    payload: dict[str, object] = {"title": "柳北区“三区三线”划定方案(演示)"}
    scheme = list(writer.works(SCHEME, ROOT, payload, steps, at(date(2021, 11, 15))))
    yield from scheme
    yield from _zones(writer, scheme[0][1]["id"])
    shares = [40 + rng.random() * 100 for _ in range(INCLUDED)]
    for n, extent in enumerate(shared(EXTENT, shares)):
        yield from _included(writer, n, extent)
    yield from _otherwise(writer)


def _place(n: int) -> str:
    return community_at(n * 11)


def _zones(writer: Writer, scheme: object) -> Iterator[Item]:
    """A boundary in each town, farmland in the outer ones, a redline in some; one corrected, one void."""
    for n, (area, _, level) in enumerate(TOWN_AREAS):
        outer = level == "town" or n in (6, 7)
        for k, line in enumerate(
            ("boundary", *(("farmland",) if outer else ()), *(("redline",) if n % 3 == 2 else ()))
        ):
            extent = f"{(9_000 if outer else 2_500) + int(writer.rng.random() * 4_000)}.{n:02d}"
            payload = {"scheme": scheme, "line": line, "extent": extent}
            item = writer.write(at(ENACTED, 560 + 3 * n + k), "open", ZONE, area, payload=payload)
            yield item
            if (n, line) == (8, "farmland"):
                yield writer.amend(
                    at(date(2022, 12, 6)), item, "面积按入库成果更正(演示)", extent=f"{extent[:-3]}.50"
                )
            elif (n, line) == (2, "redline"):
                yield writer.void(at(date(2022, 11, 3)), item, "与相邻图斑重复登记,作废(演示)")


def _tested(second: int, farmland: str) -> tuple[int, str, dict[str, object]]:
    said = {"on_farmland": farmland, "on_redline": "0.00", "within_boundary": True}
    return second, "test", {**said, "officer": "demo.surveyor"}


def _included(writer: Writer, n: int, extent: int) -> Iterator[Item]:
    """One plot: tested in days (a few late), redrawn where it lay on farmland, included, perhaps used."""
    rng = writer.rng
    drawn = in_hours(at(date(2022, 8, 15), 520) + n * 11 * DAY // 20)
    number, use = f"演示地块{n + 1:03d}", USES[n * 3 % 5]
    tested = in_hours(drawn, WORKING_DAY * (9 if n % 22 == 9 else 1 + n % 4))
    steps: Steps = []
    first = extent
    if n % 11 == 4:
        first = extent + 150 + int(rng.random() * 900)
        steps += [
            _tested(tested, hundredths(first - extent)),
            (
                tested + DAY,
                "redraw",
                {"reason": "压占永久基本农田,退回重划(演示)", "extent": hundredths(extent)},
            ),
        ]
        tested += 4 * DAY
    steps.append(_tested(tested, "0.00"))
    included = in_hours(at(date(2022, 10, 25), 540) + n * 13 * DAY // 20)
    include: dict[str, object] = {"approval": f"演示批文〔2022〕{10 + n // 15}号"}
    late = n in (8, 30)
    if late:
        include |= writer.late(included, "批文送达较晚,次月补录(演示)")
    steps.append((included, "include", include))
    if n % 4 == 1 and not late:
        steps.append((included + 24 * DAY, "convert", {"approval": f"演示转用批文{n + 1:03d}号"}))
        if n % 8 == 1:
            steps.append((included + (45 + n % 20) * DAY, "supply", {}))
    wrong = n in (12, 21)
    payload = {"number": number, "use": use, "extent": hundredths(first + 300 if wrong else first)}
    payload |= {
        "centre": {"lon": round(109.36 + rng.random() * 0.08, 5), "lat": round(24.34 + rng.random() * 0.1, 5)}
    }
    works = list(writer.works(PLOT, _place(n), payload, steps, drawn))
    yield from works
    if wrong:
        yield writer.amend(
            writer.next_month(included), works[0], "勘测定界复核后更正面积(演示)", extent=hundredths(extent)
        )


def _otherwise(writer: Writer) -> Iterator[Item]:
    """Plots that were excluded, that wait for approval, and one that was entered twice."""
    for n in range(EXCLUDED + WAITING + 1):
        drawn = in_hours(at(date(2022, 9, 5 + n), 600))
        payload: dict[str, object] = {
            "number": f"演示备选{n + 1:03d}",
            "use": USES[n % 5],
            "extent": f"{20 + n * 7}.00",
        }
        lies_on = n < EXCLUDED
        steps: Steps = [_tested(drawn + 2 * DAY, "6.40" if lies_on else "0.00")]
        if lies_on:
            steps.append((drawn + 9 * DAY, "exclude", {"reason": "压占永久基本农田且无法避让,调出(演示)"}))
        if n == EXCLUDED + WAITING:
            steps = []
        works = list(writer.works(PLOT, _place(n * 3 + 1), payload, steps, drawn))
        yield from works
        if not steps:
            yield writer.void(writer.next_month(drawn), works[0], "同一地块重复登记,作废(演示)")
