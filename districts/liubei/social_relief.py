"""Households on relief, and each payment to a household: monthly, for medical costs, or in sudden need."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from .clock import DAY, at, in_hours
from .exact import shared
from .places import community_at
from .writing import Item, Late, Walk, Writer

NAME = "social-relief"
BODIES = {"civil-affairs-bureau": "民政局"}
ROLES = (
    ("demo.relief-worker", "relief-worker", NAME),
    ("demo.relief-officer", "relief-officer", NAME),
    ("demo.relief-cashier", "relief-cashier", NAME),
)
TARGETS: tuple[tuple[str, str], ...] = ()
HOUSEHOLD, PAYMENT = f"{NAME}.household", f"{NAME}.payment"
PAID = 51_357_600
EXPECTED = {f"{NAME}.relief-paid": Fraction(PAID)}
# Kind → households on relief since before 2022, yuan a month for the first member and for each further one.
ON_RELIEF = {
    "urban": (250, 760, 560),
    "rural": (180, 520, 430),
    "destitute": (90, 1_650, 0),
    "orphan": (25, 1_350, 0),
}
APPLIED = 64
# Kind → payments in the year, yuan of the least and of the most.
ONCE = {"temporary": (600, 900, 12_000), "medical": (1_600, 1_200, 30_000)}
OFFICER = {"officer": "demo.relief-officer"}


def make(rng: random.Random) -> Iterator[Item]:
    """51,357,600 yuan paid in 2022: what the bank sent back was paid again and counts once; the last medical
    payments are as large as the year's sum leaves."""
    worker = Writer(rng, "civil-affairs-bureau", "demo.relief-worker")
    cashier = worker.colleague("demo.relief-cashier")
    left = PAID
    number = 0
    for kind, (count, first, further) in ON_RELIEF.items():
        for _ in range(count):
            number += 1
            members = 1 + (number % 4 if further else 0)
            stop = 5 + number % 6 if number % 41 == 7 else 0
            yield from _household(
                worker, number, kind, members, at(date(2021, 3, 1) + timedelta(days=number % 200)), stop
            )
            monthly = first + (members - 1) * further + number % 9 * 10
            for month in range(1, (stop or 12) + 1):
                left -= monthly
                yield from _monthly(cashier, number, kind, month, monthly)
    for n in range(APPLIED):
        number += 1
        yield from _household(
            worker,
            number,
            "urban" if n % 3 else "rural",
            1 + n % 3,
            at(date(2022, 1, 10) + timedelta(days=n * 5)),
            0,
            fate=n,
        )
    yield from _once(cashier, left)
    payload = _payment(1, "urban", 3, 2, 9_900)
    item = cashier.write(at(date(2022, 3, 9), 1000), "open", PAYMENT, _place(1), payload=payload)
    yield item
    yield cashier.void(at(date(2022, 3, 10), 600), item, "重复造册,未实际支付,作废(演示)")


def _place(number: int) -> str:
    return community_at(number * 17)


def _household(
    worker: Writer, number: int, kind: str, members: int, applied: int, stop: int, fate: int = -1
) -> Iterator[Item]:
    """From application to confirmation; of those of 2022 some are refused, extended, or surveyed twice."""
    opened = in_hours(applied)
    walk = Walk(worker.rng, opened)
    least = 40 if fate == 33 else 4
    walk.take(least, least + 4, "survey")
    if fate % 21 == 4:
        walk.take(2, 6, "extend", by="15 working days", reason="家庭财产异地核对未回(演示)", **OFFICER)
        walk.take(30, 34, "publicise")
    elif fate % 16 == 9:
        walk.take(2, 6, "refuse", reason="家庭收入超过标准(演示)", **OFFICER)
    else:
        walk.take(3, 7, "publicise")
    if fate % 16 != 9 or fate % 21 == 4:
        if fate % 25 == 11:
            walk.take(7, 11, "survey")
            walk.take(3, 7, "publicise")
        late: Late = worker.late(walk.now + 12 * DAY, "纸质审批表补录(演示)") if fate % 30 == 17 else {}
        walk.take(8, 12, "confirm", **OFFICER, **late)
    if stop:
        walk.now = max(walk.now, at(date(2022, stop, 20)))
        walk.take(1, 5, "stop", reason="家庭收入提高,停发(演示)", **OFFICER)
    payload = {"number": f"演示户{number:05d}", "kind": kind, "members": members}
    works = list(worker.works(HOUSEHOLD, _place(number), payload, walk.steps, opened))
    yield from works
    if fate % 19 == 6:
        officer = worker.colleague("demo.relief-officer")
        yield officer.amend(
            worker.next_month(walk.now), works[0], "新生儿入户,保障人数更正(演示)", members=members + 1
        )


def _payment(number: int, kind: str, month: int, turn: int, amount: int) -> dict[str, object]:
    return {
        "household_number": f"演示户{number:05d}",
        "kind": kind,
        "month": f"2022-{month:02d}-01",
        "turn": turn,
        "amount": f"{amount}.00",
    }


def _monthly(cashier: Writer, number: int, kind: str, month: int, amount: int) -> Iterator[Item]:
    """Paid by the tenth; what the bank sends back is paid again two weeks later."""
    day = date(2022, month, 8 + number % 3)
    second = at(day, 560 + int(cashier.rng.random() * 300))
    late: Late = cashier.late(second, "银行回单补录(演示)") if (number * 12 + month) % 1_709 == 3 else {}
    item = cashier.write(
        second, "open", PAYMENT, _place(number), payload=_payment(number, kind, month, 1, amount), **late
    )
    yield item
    if not late and (number * 7 + month) % 397 == 5:
        yield cashier.write(
            second + 3 * DAY, "step", PAYMENT, _place(number),
            record=item[1]["id"], step="bounce", reason="账户已注销(演示)",
        )  # fmt: skip
        again = _payment(number, kind, month, 2, amount)
        yield cashier.write(second + 12 * DAY, "open", PAYMENT, _place(number), payload=again)


def _once(cashier: Writer, left: int) -> Iterator[Item]:
    """The payments that are made once: the medical ones together come to what is left."""
    rng = cashier.rng
    number = 20_000
    for kind, (count, least, most) in ONCE.items():
        amounts = [round((least + (most - least) * rng.random() ** 2) / 10) * 10 for _ in range(count)]
        if kind == "medical":
            amounts = shared(left, amounts)
        for amount in amounts:
            number += 1
            left -= amount
            second = at(
                date(2022, 1, 4) + timedelta(days=int(rng.random() * 360)), 560 + int(rng.random() * 400)
            )
            second = in_hours(second - 2 * DAY)
            month = (date(2020, 1, 1) + timedelta(days=second // DAY)).month
            wrong = number % 577 == 3
            payload = _payment(number, kind, month, 1, amount + 1_000 if wrong else amount)
            item = cashier.write(second, "open", PAYMENT, _place(number), payload=payload)
            yield item
            if wrong:
                yield cashier.amend(
                    cashier.next_month(second), item, "金额抄录有误,按回单更正(演示)", amount=f"{amount}.00"
                )
