"""The population of each town, as another system reports it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

from .clock import at
from .places import COMMUNITIES, TOWN_AREAS
from .quantities import population
from .writing import Item, Writer

TYPE = "vaccination.population"


def residents(rng: random.Random, size: float) -> Iterator[Item]:
    """The residents of each town, in proportion to its communities; the last takes the rest.

    The first town's number was entered too high and corrected a month later.
    """
    writer = Writer(rng, "health-bureau", "demo.health")
    total = left = population(size)
    for n, (area, _, _) in enumerate(TOWN_AREAS):
        share = sum(1 for c in COMMUNITIES if c[3] == area)
        count = left if n == len(TOWN_AREAS) - 1 else total * share // len(COMMUNITIES)
        left -= count
        payload = {"as_of": "2020-11-01", "residents": count, "document": "演示文件:常住人口统计(合成)"}
        if n == 0:
            payload["residents"] = count + 100
        item = writer.write(at(date(2021, 6, 1), 540 + n), "open", TYPE, area, payload=payload)
        yield item
        if n == 0:
            yield writer.amend(at(date(2021, 7, 2)), item, "抄录有误,按来源文件更正(演示)", residents=count)
