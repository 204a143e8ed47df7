"""The tree of areas. Town level and above are real names; below, the demonstration's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

ROOT = "450205"
STREETS = ("解放", "雅儒", "胜利", "雀儿山", "钢城", "锦绣", "白露", "柳长")
TOWNS = ("石碑坪", "沙塘", "长塘")
COMMUNITY_NAMES = ("和平", "友谊", "滨江", "新苑", "康乐", "文昌", "青年", "向阳")
VILLAGE_NAMES = ("新村", "大岭", "古木", "红星", "青茅", "梳妆")
GRIDS = 4

TOWN_AREAS: tuple[tuple[str, str, str], ...] = tuple(
    [(f"{ROOT}{n:03d}", f"{name}街道", "subdistrict") for n, name in enumerate(STREETS, 1)]
    + [(f"{ROOT}{n:03d}", f"{name}镇", "town") for n, name in enumerate(TOWNS, 100)]
)
COMMUNITIES: tuple[tuple[str, str, str, str], ...] = tuple(
    (f"{code}{n:03d}", f"{title}{'社区' if level == 'subdistrict' else '村'}", level, code)
    for code, _, level in TOWN_AREAS
    for n, title in enumerate(COMMUNITY_NAMES if level == "subdistrict" else VILLAGE_NAMES, 1)
)
TOWN_CODES = {name: code for code, name, _ in TOWN_AREAS}
"""Name of a town → its code."""

COMMUNITY_CODES = tuple(code for code, _, _, _ in COMMUNITIES)
GRID_CODES = tuple(f"{code}{n:03d}" for code in COMMUNITY_CODES for n in range(1, GRIDS + 1))
# The south-western corner of each grid's cell, in a lattice of our own over the district.
GRID_CORNERS = {
    code: (round(109.35 + n % 20 * 0.005, 3), round(24.33 + n // 20 * 0.012, 3))
    for n, code in enumerate(GRID_CODES)
}


def community_at(number: int) -> str:
    """The code of a community by its number, which counts on from the first after the last."""
    return COMMUNITY_CODES[number % len(COMMUNITY_CODES)]


def areas() -> Iterator[tuple[str, str, str, str]]:
    """Code, name, level and parent of each area, parents first."""
    yield ROOT, "柳北区", "district", ""
    for code, name, level in TOWN_AREAS:
        yield code, name, level, ROOT
    for code, name, level, parent in COMMUNITIES:
        yield code, name, "community" if level == "subdistrict" else "village", parent
    for code, name, _, _ in COMMUNITIES:
        for n in range(1, GRIDS + 1):
            yield f"{code}{n:03d}", f"{name}第{n}网格", "grid", code


# The dated tree: on 1 July 2022 two grids of a community became one of their own, and on 1 October a grid at
# the edge of one subdistrict went to its neighbour. Grids keep their codes. Both are the demonstration's own.
SPLIT = (
    f"{ROOT}007009",
    "新苑东社区",
    "community",
    f"{ROOT}007",
    date(2022, 7, 1),
    (f"{ROOT}007004003", f"{ROOT}007004004"),
)
"""Code, name, level and parent of the new community, its first day, and its grids."""

REDRAWN = (f"{ROOT}001008004", f"{ROOT}002001", date(2022, 10, 1))
"""The grid, its new community, and the first day there."""
