"""When a figure holds: the years that a sentence names, and the year that its report speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Modality = Literal["achieved", "expected", "planned"]

_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_YEAR = re.compile(
    r"(?P<lead>[比较同与跟由从自到是为于])?(?:(?P<year>(?<!\d)(?:1[6-9]|2[01])\d\d(?!\d)"
    r"|(?<!\d)[12](?: \d){3}(?!\d)"
    r"|(?<![〇零一二三四五六七八九十百千万亿])[一二][〇零一六七八九][〇零一二三四五六七八九]{2})"
    r"(?= ?年|[-—–~至到、和与及])|(?P<past>去年|上一?年)|(?P<now>今年)|(?P<next>明年)"
    r"|(?P<before>前年))(?! ?年?(?:不变价|可比价|价格))(?P<of> ?年?[底末初]?的)?"
)
# Several years together: what is said of them holds for no single one.
_SPAN = re.compile(
    r"(?<!连续)(?:[一二两三四五六七八九十几]|(?<!\d)\d{1,2})多?年(?![前后级生制期])|以来|期间|时期|年均|每年"
)


class Year(NamedTuple):
    """A year that a sentence names; `base`: something is compared with it, `origin`: it starts from it."""

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
    several: bool = False  # whether the report reviews several years together, as at the end of a term


@dataclass(slots=True)
class Years:
    """The years of one sentence, each by its place, and where it begins to speak of several together."""

    times: Times
    named: list[Year] = field(default_factory=list)
    span: int | None = None
    standing: int | None = None  # the year that the paragraph speaks of
    _subject: list[Year] = field(default_factory=list)
    _base: list[Year] = field(default_factory=list)

    def spans(self, start: int) -> bool:
        """Whether the sentence speaks of several years together before this place."""
        return self.span is not None and self.span < start

    def base(self, start: int, end: int) -> int | None:
        """The year compared with between these places."""
        found = bisect_left(self._base, (end,)) - 1
        return self._base[found].year if found >= 0 and self._base[found].start >= start else None

    def _spoken_of(self, edge: int, start: int) -> tuple[Year, str] | None:
        """The year that the sentence gives the figure at `start`; `edge`: where the one before it ended."""
        found = bisect_left(self._subject, (start,)) - 1
        if found >= 0 and self._subject[found].start >= edge:
            return self._subject[found], "named"
        while found >= 0 and self._subject[found].origin:
            found -= 1
        return (self._subject[found], "sentence") if found >= 0 else None

    def gone_by(self, edge: int, start: int) -> bool:
        """Whether the figure is told of a year before the one in which the report was given."""
        found = self._spoken_of(edge, start)
        spoken = self.times.spoken
        return found is not None and spoken is not None and found[0].year < spoken

    def period(self, edge: int, start: int, planned: bool, modality: Modality) -> tuple[str, str]:
        """The period of the figure at `start`, and the rule; `edge` is where the figure before it ended."""
        if found := self._spoken_of(edge, start):
            return str(found[0].year), found[1]
        if self.times.year is None or self.spans(start) or self._of_term(planned, modality):
            return "", "several-years" if self.times.year else "unknown"
        if planned and modality == "planned":
            return str(self.times.year + 1), "plan"
        if self.standing is not None and modality == "achieved":
            return str(self.standing), "paragraph"
        return str(self.times.year), "report"

    def _of_term(self, planned: bool, modality: Modality) -> bool:
        return self.times.several and modality == "achieved" and not planned and self.standing is None

    def last(self) -> int | None:
        """The year that the sentence leaves for those after it, where it is of the report's own time."""
        spoken = self.times.spoken
        if not self._subject or spoken is None or self.span is not None:
            return None
        year = self._subject[-1].year
        return year if spoken - 2 <= year <= spoken and not self._subject[-1].origin else None


def years_in(plain: str, times: Times, standing: int | None) -> Years:
    """The years that a narrowed sentence names."""
    years = Years(times, standing=standing)
    for match in _YEAR.finditer(plain):
        if match["year"]:
            year = int("".join(_DIGITS.get(char, char) for char in match["year"] if char != " "))
        elif times.spoken is None:
            continue
        else:
            year = times.spoken + (-1 if match["past"] else 0 if match["now"] else 1 if match["next"] else -2)
        lead = match["lead"] or "."
        named = Year(
            match.start(),
            year,
            lead in "比较同与跟" or (lead in "是为于" and bool(match["of"])),
            lead in "由从",
            lead == "到",
        )
        years.named.append(named)
        (years._base if named.base else years._subject).append(named)
    span = _SPAN.search(plain)
    years.span = span.start() if span else None
    return years
