"""When a figure holds: the years that a sentence names, and the year that its report speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

Modality = Literal["achieved", "expected", "planned"]

_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_YEAR = re.compile(
    r"(?P<lead>[比较同与跟由从自到])?(?:(?P<year>(?<!\d)(?:1[6-9]|2[01])\d\d(?!\d)|(?<!\d)[12](?: \d){3}(?!\d)|(?<![〇零一二三四五六七八九十百千万亿])[一二][〇零一六七八九][〇零一二三四五六七八九]{2})"
    r"(?= ?年|[-—–~至到、和与及])|(?P<past>去年|上一?年)|(?P<now>今年)|(?P<next>明年)|(?P<before>前年))"
    r"(?P<of> ?年?[底末]?的(?=[\d一二两三四五六七八九十百千万亿]))?"
)
_SPAN = re.compile(
    r"(?:[一二两三四五六七八九十几]|\d{1,2})多?年(?:多)?(?:来|间|中|内|里|共|累计|的|平均|全)?|以来|期间|时期|年均|每年"
)


class Year(NamedTuple):
    """A year that a sentence names; `base` is one that something is compared with, `origin` one it starts from."""

    start: int
    year: int
    base: bool
    origin: bool
    by: bool


@dataclass(frozen=True, slots=True)
class Times:
    """What a report's sentences take as known: the year it reviews, and that in which it is spoken."""

    year: int | None
    spoken: int | None


def years_in(plain: str, times: Times) -> list[Year]:
    """The years that a narrowed sentence names, in order."""
    found = []
    for match in _YEAR.finditer(plain):
        if match["year"]:
            digits = "".join(_DIGITS.get(char, char) for char in match["year"] if char != " ")
            year = int(digits)
        elif times.spoken is None:
            continue
        else:
            year = times.spoken + (-1 if match["past"] else 0 if match["now"] else 1 if match["next"] else -2)
        lead = match["lead"] or ""
        base = lead in "比较同与跟" and bool(lead)
        found.append(Year(match.start(), year, base, lead in "由从" and bool(lead), lead == "到"))
    return found


def base_year(years: list[Year], start: int, end: int) -> int | None:
    """The year compared with between these places."""
    return next((year.year for year in reversed(years) if start <= year.start < end and year.base), None)


def spans_years(plain: str, start: int, end: int) -> bool:
    """Whether a stretch speaks of several years together (五年来, 期间)."""
    return bool(_SPAN.search(plain, start, end))


def period_of(
    plain: str, years: list[Year], edge: int, start: int, planned: bool, modality: Modality, times: Times
) -> str:
    """The period of the figure at `start`; `edge` is where the figure before it ended."""
    before = [year for year in years if year.start < start]
    own = [year for year in before if year.start >= edge and not year.base]
    if own:
        return str(own[-1].year)
    named = [year for year in before if not year.base and not year.origin]
    if named:
        return str(named[-1].year)
    if times.year is None or spans_years(plain, 0, start):
        return ""
    if modality == "planned" and planned:
        return str(times.year + 1)
    return str(times.year)
