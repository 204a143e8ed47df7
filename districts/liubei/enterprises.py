"""Firms and what they were recognised as, over two years. Nothing bad falls on any but fictional firms."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from .clock import DAY, at
from .places import ROOT
from .writing import Item, Steps, Writer

FIRM, RECOGNITION = "enterprise-ladder.firm", "enterprise-ladder.recognition"
SECTORS = ("manufacture", "software", "environment", "services")
# Real names, and only with the honours that the published report names.
HONOURED = (
    ("广西柳钢环保股份有限公司", "environment", "gazelle"),
    ("光裕新能源", "manufacture", "digital_workshop"),
)
FICTIONAL = 75
# Year → kind of recognition → which firms (by number) got it.
RECOGNISED = {
    2021: (("tech_sme", range(52)), ("high_tech", range(24, 40)), ("emerging", range(10, 15))),
    2022: (("tech_sme", range(65)), ("high_tech", range(20)), ("emerging", range(5, 13))),
}
DECLINED = ("材料不全(演示)", "研发人员占比不足(演示)", "评价得分未达标(演示)")


def enterprises(rng: random.Random) -> Iterator[Item]:
    """65, 20 and 8 recognitions in 2022, 52, 16 and 5 in 2021, two honours, and what went otherwise."""
    writer = Writer(rng, "science-bureau", "demo.science")
    firms: list[object] = []
    for n in range(FICTIONAL):
        day = date(2021, 1, 11) + timedelta(days=n // 3)
        payload: dict[str, object] = {"name": f"演示科技企业{n + 1:04d}", "sector": SECTORS[n * 7 % 4]}
        item = writer.write(at(day, 540 + n), "open", FIRM, ROOT, payload=payload)
        yield item
        firms.append(item[1]["id"])
        if n in (17, 43):
            yield writer.amend(writer.next_month(item[0]), item, "行业填报有误,次月更正", sector="services")
        if n == FICTIONAL - 1:
            yield writer.write(
                at(date(2022, 9, 5)), "step", FIRM, ROOT,
                record=item[1]["id"], step="strike_off", reason="企业自行注销(演示)",
            )  # fmt: skip
    for year, kinds in RECOGNISED.items():
        wanted = [(kind, firms[n]) for kind, numbers in kinds for n in numbers]
        yield from _recognised(writer, year, wanted)
    honours = []
    for n, (name, sector, kind) in enumerate(HONOURED):
        payload = {"name": name, "sector": sector}
        item = writer.write(at(date(2021, 3, 2), 540 + n), "open", FIRM, ROOT, payload=payload)
        yield item
        honours.append((kind, item[1]["id"]))
    yield from _recognised(writer, 2022, honours, plain=True)
    yield from _otherwise(writer, firms)


def _recognised(
    writer: Writer, year: int, wanted: list[tuple[str, object]], *, plain: bool = False
) -> Iterator[Item]:
    rng = writer.rng
    for n, (kind, firm) in enumerate(wanted):
        start = at(date(year, 2, 10) + timedelta(days=n * 190 // len(wanted)), 550 + n)
        review = start + (12 + int(rng.random() * 18)) * DAY
        given = review + (30 + int(rng.random() * 45)) * DAY
        recognise: dict[str, object] = {"certificate": f"演示证{year}{n + 1:04d}", "given_by": "演示认定机关"}
        if n % 31 == 30 and not plain:
            recognise |= writer.late(given, "证书寄达较晚,补录(演示)")
        steps: Steps = [(review, "review", {}), (given, "recognise", recognise)]
        if year == 2021 and kind == "tech_sme":
            steps.append((at(date(2022, 12, 30), 600 + n), "expire", {}))
        works = list(writer.works(RECOGNITION, ROOT, {"firm": firm, "kind": kind}, steps, start))
        yield from works
        if n % 23 == 22 and not plain:
            yield writer.amend(
                writer.next_month(given), works[0], "证书编号抄录有误,次月更正",
                certificate=f"演示证{year}{n + 1:04d}甲",
            )  # fmt: skip


def _otherwise(writer: Writer, firms: list[object]) -> Iterator[Item]:
    """Declined at once or after review, and applications handed in twice and voided."""
    for n, firm in enumerate(firms[65:72]):
        start = at(date(2022, 3, 7) + timedelta(days=n * 23), 560 + n)
        reviewed: Steps = [(start + 16 * DAY, "review", {})] if n % 2 else []
        reason = {"reason": DECLINED[n % len(DECLINED)]}
        steps: Steps = [*reviewed, (start + (20 + n) * DAY, "decline", reason)]
        yield from writer.works(RECOGNITION, ROOT, {"firm": firm, "kind": "tech_sme"}, steps, start)
    for n in (3, 31):
        start = at(date(2022, 4, 11) + timedelta(days=n), 600)
        item = writer.write(start, "open", RECOGNITION, ROOT, payload={"firm": firms[n], "kind": "tech_sme"})
        yield item
        yield writer.void(writer.next_month(start), item, "同一申报重复登记,作废")
