"""Site checks against straw burning, dust and industry, and what became of the violations that they found."""

from __future__ import annotations

import random
from collections.abc import Generator, Iterator
from datetime import date, timedelta
from fractions import Fraction

from .clock import DAY, at, in_hours
from .places import community_at
from .writing import Item, Late, Steps, Writer

NAME = "environment-enforcement"
BODIES: dict[str, str] = {}
ROLES = (
    ("demo.field-inspector", "field-inspector", NAME),
    ("demo.case-reviewer", "case-reviewer", NAME),
)
CHECK, VIOLATION = f"{NAME}.check", f"{NAME}.violation"
# Campaign → checks in order, violations decided in 2022, first and last day of its checks.
CAMPAIGNS = (
    ("straw", 260, 71, date(2022, 1, 5), date(2022, 12, 18)),
    ("dust", 210, 96, date(2022, 1, 6), date(2022, 10, 14)),
    ("industry", 40, 12, date(2022, 2, 9), date(2022, 9, 28)),
)
SITES = {"straw": "田块", "dust": "工地", "industry": "厂区"}
DISMISSED, WITHDRAWN, WRONG = 9, 4, 2
FAILED = 37
"""One in so many was not corrected at the recheck and fined by the day."""

EXPECTED = {
    f"{NAME}.violations": Fraction(sum(found for _, _, found, _, _ in CAMPAIGNS)),
    f"{NAME}.campaigns": Fraction(
        sum(fine + found for name, fine, found, _, _ in CAMPAIGNS if name != "industry")
        + DISMISSED + WITHDRAWN + WRONG
    ),
}  # fmt: skip
TARGETS: tuple[tuple[str, str], ...] = ()
OFFICER = {"officer": "demo.case-reviewer"}


def make(rng: random.Random) -> Iterator[Item]:
    """179 violations decided in 2022, 13 dismissed or withdrawn, and the checks, most of them in order."""
    writer = Writer(rng, "ecology-bureau", "demo.field-inspector")
    number = 0
    for campaign, fine, found, first, last in CAMPAIGNS:
        for n in range(fine + found):
            number += 1
            # Spread so that what was found is not all at the end.
            bad = (n + 1) * found // (fine + found) > n * found // (fine + found)
            day = first + timedelta(days=n * (last - first).days // (fine + found))
            check = yield from _check(writer, campaign, number, day, in_order=not bad)
            if bad:
                yield from _violation(writer, campaign, number, check)
    for n in range(DISMISSED + WITHDRAWN + WRONG):
        number += 1
        check = yield from _check(writer, "dust", number, date(2022, 3, 1) + timedelta(days=n * 14), False)
        yield from _otherwise(writer, n, number, check)


def _place(number: int) -> str:
    return community_at(number * 11)


def _check(
    writer: Writer, campaign: str, number: int, day: date, in_order: bool
) -> Generator[Item, None, Item]:
    """One check; a few were written on paper and entered weeks later. Gives its opening."""
    second = at(day, 560 + int(writer.rng.random() * 400))
    payload: dict[str, object] = {
        "campaign": campaign,
        "checked_on": day.isoformat(),
        "site": f"演示{SITES[campaign]}{number:03d}号",
        "in_order": in_order,
    }
    late: Late = writer.late(second, "现场检查纸质记录,补录(演示)") if in_order and number % 97 == 5 else {}
    item = writer.write(second, "open", CHECK, _place(number), payload=payload, **late)
    yield item
    if in_order and number % 83 == 11:
        yield writer.amend(
            writer.next_month(second), item, "检查对象编号抄录有误,更正(演示)", site=f"{payload['site']}东侧"
        )
    return item


def _violation(writer: Writer, campaign: str, number: int, check: Item) -> Iterator[Item]:
    """Straw burning is mostly decided on site; the rest are filed, investigated, notified and decided."""
    rng = writer.rng
    found = check[0] + 1200
    steps: Steps = []
    if campaign == "straw":
        now = found + 1800
        steps.append(
            (
                now,
                "decide_on_site",
                {
                    "outcome": "warning" if number % 3 else "fine",
                    "penalty": f"{200 if number % 3 == 0 else 0}.00",
                },
            )
        )
        fine = 500
    else:
        fine = (10_000, 20_000, 35_000, 50_000)[number % 4]
        now = in_hours(found + (1 + int(rng.random() * 6)) * DAY)
        steps.append((now, "file", OFFICER))
        now = in_hours(now + (6 + int(rng.random() * 14)) * DAY)
        steps.append((now, "investigate", {}))
        now = in_hours(now + (3 + int(rng.random() * 5)) * DAY)
        steps.append((now, "notify", OFFICER))
        if number % 29 == 3:
            now = in_hours(now + 8 * DAY)
            steps.append((now, "hear", OFFICER))
        now = in_hours(now + (7 + int(rng.random() * 12)) * DAY)
        steps.append(
            (
                now,
                "decide",
                {
                    "outcome": "fine" if number % 5 else "order",
                    "penalty": f"{fine if number % 5 else 0}.00",
                    **OFFICER,
                },
            )
        )
    now = in_hours(now + (33 if number % 31 == 4 else 6 + int(rng.random() * 20)) * DAY)
    if number % FAILED == 7:
        steps.append((now, "fail", {"penalty": f"{fine * 3}.00", "reason": "复查时仍未改正(演示)"}))
        now = in_hours(now + 9 * DAY)
    steps.append((now, "pass", {}))
    payload = {"check": check[1]["id"], "campaign": campaign, "party": _party(campaign, number)}
    yield from writer.works(VIOLATION, _place(number), payload, steps, found)


def _otherwise(writer: Writer, n: int, number: int, check: Item) -> Iterator[Item]:
    """Not filed, withdrawn after the investigation, or a case noted twice and voided."""
    found = check[0] + 1200
    payload = {"check": check[1]["id"], "campaign": "dust", "party": _party("dust", number)}
    filed = in_hours(found + 2 * DAY)
    if n < DISMISSED:
        steps: Steps = [(filed, "dismiss", {**OFFICER, "reason": "经审查不属违法行为(演示)"})]
        yield from writer.works(VIOLATION, _place(number), payload, steps, found)
    elif n < DISMISSED + WITHDRAWN:
        steps = [
            (filed, "file", OFFICER),
            (in_hours(filed + 12 * DAY), "investigate", {}),
            (in_hours(filed + 15 * DAY), "withdraw", {**OFFICER, "reason": "证据不足,撤销立案(演示)"}),
        ]
        yield from writer.works(VIOLATION, _place(number), payload, steps, found)
    else:
        item = writer.write(found, "open", VIOLATION, _place(number), payload=payload)
        yield item
        reviewer = writer.colleague("demo.case-reviewer")
        yield reviewer.void(writer.next_month(found), item, "与另一案卷重复,作废(演示)")


def _party(campaign: str, number: int) -> str:
    return (
        f"演示农户{number:03d}"
        if campaign == "straw"
        else f"演示{'建筑' if campaign == 'dust' else '加工'}公司{number:03d}"
    )
