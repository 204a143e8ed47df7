"""Households entitled to a rent subsidy, their yearly review, and what they are paid each quarter."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from .clock import DAY, at, in_hours
from .places import community_at
from .writing import Item, Late, Steps, Writer

NAME = "housing-subsidy"
BODIES: dict[str, str] = {}
ROLES = (
    ("demo.subsidy", "subsidy-clerk", NAME),
    ("demo.subsidy-reviewer", "subsidy-reviewer", NAME),
)
TARGETS: tuple[tuple[str, str], ...] = ()
HOUSEHOLD, PAYMENT = f"{NAME}.household", f"{NAME}.payment"
ENTITLED, REFUSED = 315, 9
TIERS = (("relief", Decimal("16.50")), ("low", Decimal("15.00")), ("middle", Decimal("11.00")))
REVIEWER = {"officer": "demo.subsidy-reviewer"}


def _leaves(n: int) -> int:
    """The quarter after which a household leaves; 4 where it stays."""
    return 2 if n % 61 == 13 else 4


def _payments(n: int) -> Iterator[tuple[int, int, Decimal, Decimal]]:
    """Quarter, months, floor area and rate of each payment to a household."""
    rate = TIERS[n % 3][1]
    area = min(Decimal(60), Decimal(15) * (1 + n % 4)) - Decimal(n % 7) / 2
    for quarter in range(1, _leaves(n) + 1):
        yield quarter, 2 if quarter == 1 and n % 9 == 4 else 3, area, rate


PAID = sum(months * area * rate for n in range(ENTITLED) for _, months, area, rate in _payments(n))
EXPECTED = {
    f"{NAME}.subsidy-paid": Fraction(PAID),
    f"{NAME}.households-paid": Fraction(ENTITLED),
    f"{NAME}.misreckoned": Fraction(0),
}


def make(rng: random.Random) -> Iterator[Item]:
    """315 households paid by the quarter; some left, some were refused, some payments were put right."""
    clerk = Writer(rng, "housing-bureau", "demo.subsidy")
    for n in range(ENTITLED + REFUSED):
        opened = in_hours(at(date(2021, 5, 10) + timedelta(days=n // 2), 560))
        household = list(clerk.works(HOUSEHOLD, _place(n), _payload(n), _steps(rng, n, opened), opened))
        yield from household
        if n < ENTITLED:
            for quarter, months, area, rate in _payments(n):
                yield from _payment(clerk, n, household[0][1]["id"], quarter, months, area, rate)
    reviewer = clerk.colleague("demo.subsidy-reviewer")
    item = clerk.write(at(date(2022, 4, 12), 600), "open", HOUSEHOLD, _place(1), payload=_payload(999))
    yield item
    yield reviewer.void(at(date(2022, 4, 13), 600), item, "家庭已在册,重复登记,作废(演示)")


def _place(n: int) -> str:
    return community_at(n * 19)


def _payload(n: int) -> dict[str, object]:
    return {"number": f"演示租{n + 1:04d}", "tier": TIERS[n % 3][0], "persons": 1 + n % 4}


def _steps(rng: random.Random, n: int, opened: int) -> Steps:
    publicised = in_hours(opened + (6 + int(rng.random() * 8)) * DAY)
    if n >= ENTITLED:
        return [
            (publicised, "publicise", {}),
            (
                in_hours(publicised + 8 * DAY),
                "refuse",
                {**REVIEWER, "reason": "公示后查实另有住房(演示)"},
            ),
        ]
    reviewed = date(2022, 5, 9) + timedelta(days=n // 6)
    review = in_hours(at(reviewed, 560 + n % 6 * 20))
    review_on = (date(2020, 1, 1) + timedelta(days=review // DAY)).isoformat()
    steps: Steps = [
        (publicised, "publicise", {}),
        (in_hours(publicised + 8 * DAY), "admit", REVIEWER),
    ]
    if n % 47 != 21:
        steps.append((review, "review", {**REVIEWER, "reviewed_on": review_on}))
    if _leaves(n) < 4:
        steps.append(
            (at(date(2022, 7, 20), 600), "leave", {**REVIEWER, "reason": "年审收入超过标准,退出(演示)"})
        )
    return steps


def _payment(
    clerk: Writer, n: int, household: object, quarter: int, months: int, area: Decimal, rate: Decimal
) -> Iterator[Item]:
    second = in_hours(at(date(2022, quarter * 3, 11 + n % 9), 560 + n % 60))
    payload: dict[str, object] = {
        "household": household,
        "quarter": f"2022-{quarter * 3 - 2:02d}-01",
        "months": months,
        "floor_area": f"{area:.1f}",
        "rate": f"{rate:.2f}",
        "amount": f"{months * area * rate:.2f}",
    }
    wrong = (n * 4 + quarter) % 211 == 6
    late: Late = clerk.late(second, "银行回单补录(演示)") if (n * 4 + quarter) % 307 == 9 else {}
    if wrong:
        payload |= {"floor_area": f"{area + 1:.1f}", "amount": f"{months * (area + 1) * rate:.2f}"}
    item = clerk.write(second, "open", PAYMENT, _place(n), payload=payload, **late)
    yield item
    if wrong:
        yield clerk.amend(
            clerk.next_month(item[0]), item, "补贴面积多计,多发部分已退回(演示)",
            floor_area=f"{area:.1f}", amount=f"{months * area * rate:.2f}",
        )  # fmt: skip
