"""Complaints of unpaid wages on fictional sites, and what was recovered from whom."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from .clock import DAY, at, in_hours
from .places import community_at
from .writing import Item, Late, Steps, Walk, Writer

NAME = "wage-arrears"
BODIES = {"human-resources-bureau": "人力资源和社会保障局"}
ROLES = (
    ("demo.wage-window", "wage-window", NAME),
    ("demo.wage-inspector", "wage-inspector", NAME),
    ("demo.wage-supervisor", "wage-supervisor", NAME),
)
TARGETS: tuple[tuple[str, str], ...] = ()
COMPLAINT, RECOVERY = f"{NAME}.complaint", f"{NAME}.recovery"
RECOVERED, SETTLED, REFUSED, HANDED_OVER = 1_900_000, 58, 5, 2
EXPECTED = {f"{NAME}.recovered": Fraction(RECOVERED), f"{NAME}.complaints": Fraction(SETTLED + HANDED_OVER)}
CHANNELS = ("visit", "hotline", "hotline", "transfer", "inspection")
INSPECTOR, SUPERVISOR = {"officer": "demo.wage-inspector"}, {"officer": "demo.wage-supervisor"}


def _owed(n: int) -> int:
    """Yuan owed to the workers of a complaint that was settled: the last one's is what the sum leaves."""
    owed = [7_100 * (1 + n * 7 % 5) + n * 37 % 11 * 2_350 for n in range(SETTLED - 1)]
    return [*owed, RECOVERED - sum(owed)][n]


def make(rng: random.Random) -> Iterator[Item]:
    """1,900,000 yuan recovered in 2022 in 58 cases; two more go to the police."""
    window = Writer(rng, "human-resources-bureau", "demo.wage-window")
    for n in range(SETTLED + HANDED_OVER):
        yield from _complaint(window, n)
    for n in range(REFUSED):
        opened = in_hours(at(date(2022, 2, 22) + timedelta(days=n * 50), 600))
        refused: Steps = [(opened + DAY, "refuse", {**INSPECTOR, "reason": "属劳务费纠纷,不予受理(演示)"})]
        yield from window.works(COMPLAINT, _place(n + 90), _payload(n + 90, 3, 20_000), refused, opened)
    item = window.write(
        at(date(2022, 6, 14), 600), "open", COMPLAINT, _place(4), payload=_payload(4, 5, 8_000)
    )
    yield item
    supervisor = window.colleague("demo.wage-supervisor")
    yield supervisor.void(window.next_month(item[0]), item, "同一事项重复投诉,并案,作废(演示)")


def _place(n: int) -> str:
    return community_at(n * 23)


def _payload(n: int, workers: int, owed: int) -> dict[str, object]:
    return {
        "employer": f"演示劳务公司{n + 1:03d}",
        "site": f"演示工地{n % 17 + 1:02d}号",
        "channel": CHANNELS[n % 5],
        "workers": workers,
        "owed": f"{owed}.00",
    }


def _complaint(window: Writer, n: int) -> Iterator[Item]:
    """Filed, investigated, most employers ordered to pay."""
    settled = n < SETTLED
    owed = _owed(n) if settled else 64_000
    workers = max(1, owed // 5_200)
    opened = in_hours(at(date(2022, 1, 5) + timedelta(days=n * 4), 560))
    walk = Walk(window.rng, opened)
    walk.take(1, 9 if n % 19 == 8 else 4, "accept", **INSPECTOR)
    if n % 20 == 12:
        walk.take(50, 60, "extend", by="30 working days", reason="分包关系复杂(演示)", **SUPERVISOR)
    walk.take(95 if n == 27 else 10, 96 if n == 27 else 40, "investigate", **INSPECTOR)
    if n % 3 or not settled:
        walk.take(1, 4, "order", **SUPERVISOR)
    if not settled:
        walk.take(20, 25, "transfer", reason="逾期拒不支付,移送公安机关(演示)", **SUPERVISOR)
    else:
        walk.take(4, 14, "settle", **INSPECTOR)
        walk.take(2, 6, "close", **SUPERVISOR)
    works = list(window.works(COMPLAINT, _place(n), _payload(n, workers, owed), walk.steps, opened))
    yield from works
    if settled:
        paid = next(second for second, name, _ in walk.steps if name == "settle")
        yield from _recovered(window, n, works[0][1]["id"], paid, owed, workers)


def _recovered(window: Writer, n: int, record: object, paid: int, owed: int, workers: int) -> Iterator[Item]:
    """In one sum or two, the second on the day of settling."""
    inspector = window.colleague("demo.wage-inspector")
    parts = [(paid - 3 * DAY, owed // 2), (paid, owed - owed // 2)] if n % 6 == 2 else [(paid, owed)]
    for second, amount in parts:
        day = date(2020, 1, 1) + timedelta(days=second // DAY)
        wrong = n % 25 == 6
        payload: dict[str, object] = {
            "complaint": record,
            "recovered_on": day.isoformat(),
            "amount": f"{amount + 900 if wrong else amount}.00",
            "workers": workers,
            "payer": "deposit" if n % 15 == 11 else "contractor" if n % 4 == 1 else "employer",
        }
        late: Late = window.late(second, "支付凭证补交,补录(演示)") if n in (15, 34) else {}
        item = inspector.write(second, "open", RECOVERY, _place(n), payload=payload, **late)
        yield item
        if wrong:
            yield inspector.amend(
                window.next_month(item[0]), item, "金额抄录有误,按凭证更正(演示)", amount=f"{amount}.00"
            )
