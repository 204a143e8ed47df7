"""Which institution belongs to which medical group, and referrals as the groups report them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from .clock import DAY, at, in_next_month
from .places import ROOT, TOWN_CODES
from .writing import Item, Steps, Writer

NAME = "medical-groups"
MEMBER, REFERRALS = "medical-groups.member", "medical-groups.referrals"
BODIES: Mapping[str, str] = {}
ROLES = (("demo.health", "health-clerk", NAME),)
TARGETS: tuple[tuple[str, str], ...] = ()
# Name, kind, area, group, and the day on which it joined; the first four as the published report names them.
MEMBERS = (
    ("沙塘镇中心卫生院", "township", "沙塘镇", "people", date(2022, 4, 11)),
    ("石碑坪镇卫生院", "township", "石碑坪镇", "tcm", date(2022, 5, 16)),
    ("白露卫生院", "township", "白露街道", "tcm", date(2022, 5, 16)),
    ("黄村卫生院", "township", "柳长街道", "tcm", date(2022, 5, 23)),
    ("演示社区卫生服务中心一号", "community", "解放街道", "people", date(2021, 9, 6)),
    ("演示社区卫生服务中心二号", "community", "雅儒街道", "people", date(2021, 9, 6)),
    ("演示社区卫生服务中心三号", "community", "胜利街道", "tcm", date(2021, 11, 8)),
)
MOVED, LEFT = "演示社区卫生服务中心二号", "演示社区卫生服务中心三号"
EXPECTED: Mapping[str, Fraction] = {"medical-groups.members": Fraction(len(MEMBERS) - 1)}


def make(rng: random.Random) -> Iterator[Item]:
    """Seven institutions, of which one changed its group and one left; two groups' referrals by month."""
    writer = Writer(rng, "health-bureau", "demo.health")
    for n, (name, kind, town, group, joined) in enumerate(MEMBERS):
        second = at(joined, 600 + n)
        join: dict[str, object] = {"group": group, "agreement": f"演示协议{joined.year}-{n + 1:02d}"}
        if n == 5:
            join |= writer.late(second, "协议文本迟交,补录(演示)")
        steps: Steps = [(second, "join", join)]
        if name == MOVED:
            said = {"group": "tcm", "agreement": "演示协议2022-21", "reason": "医疗服务网格调整(演示)"}
            steps.append((at(date(2022, 7, 4)), "transfer", said))
        if name == LEFT:
            steps.append((at(date(2022, 10, 17)), "leave", {"reason": "协议期满不再续签(演示)"}))
        payload: dict[str, object] = {"name": name, "kind": kind}
        yield from writer.works(MEMBER, TOWN_CODES[town], payload, steps, second - 40 * DAY)
    twice: dict[str, object] = {"name": "演示重复登记机构", "kind": "community"}
    item = writer.write(at(date(2022, 6, 6)), "open", MEMBER, TOWN_CODES["钢城街道"], payload=twice)
    yield item
    yield writer.void(at(date(2022, 6, 8)), item, "同一机构重复登记,作废(演示)")
    yield from _referrals(writer)


def _referrals(writer: Writer) -> Iterator[Item]:
    """As the groups report them on the sixth of the next month; one month was corrected."""
    for year in (2021, 2022):
        for month in range(1, 13):
            for n, group in enumerate(("people", "tcm")):
                second = at(in_next_month(year, month, 6), 590 + n)
                down = 12 + (year - 2021) * 6 + int(writer.rng.random() * 9)
                payload: dict[str, object] = {
                    "month": f"{year}-{month:02d}-01",
                    "group": group,
                    "up": 30 + int(writer.rng.random() * 25),
                    "down": down,
                    "document": f"演示文件:{year}年{month}月双向转诊月报(合成)",
                }
                item = writer.write(second, "open", REFERRALS, ROOT, payload=payload)
                yield item
                if (year, month, n) == (2022, 3, 0):
                    yield writer.amend(second + 30 * DAY, item, "月报更正(演示)", down=down + 3)
