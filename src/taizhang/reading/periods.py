"""When a figure holds: the years that a sentence names, and the year that its report speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from taizhang.reading.structure import Range

Modality = Literal["achieved", "expected", "planned"]

_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_YEAR = re.compile(
    r"(?P<lead>[比较同与跟由从自到至是为于])?(?:(?P<year>(?<!\d)(?:1[6-9]|2[01])\d\d(?!\d)"
    r"|(?<!\d)[12](?: \d){3}(?!\d)"
    r"|(?<![〇零一二三四五六七八九十百千万亿])[一二][〇零一六七八九][〇零一二三四五六七八九]{2})"
    r"(?= ?年|[-—–~至到、和与及]|(?<=[〇零一二三四五六七八九]{4})(?=[\u4e00-\u9fff]))"
    r"|(?P<past>去年|上一?年)|(?P<now>今年)|(?P<next>明年)"
    r"|(?P<century>本世纪末)|(?P<before>前年))(?! ?年?(?:不变价|可比价|价格))(?P<of> ?年?[底末初]?的)?"
)
_TO_YEAR = re.compile(r" ?年?[底末初]?(?:到|至|[-—–~]{1,2}) ?(?:[12]\d{3}|[一二][〇零一六七八九])")
_ONWARD = re.compile(r"[^,，。；;]{0,8}?(?:起|开始|以来)")
_LIKENED = re.compile(r"[^,，。；;]{0,16}?(?:相比|作?比较|对比)")
_LIKENS = re.compile(r"[同与和跟较][^,，。；;]{0,24}\Z")
_SET_FOR = re.compile(r"比[^,，。；;]{0,12}(?:原定|规定|计划)\Z")
_TIMES = re.compile(r"[^,，。；;]{0,12}?倍")
# In such a phrase a year is only the ground that the rest stands on.
_GROUND = re.compile(r"在[^,，。；;]{4,60}?基础上")
# Several years together: what is said of them holds for no single one.
_SPAN = re.compile(
    r"(?<!连续|提前)(?:(?<![〇零一二三四五六七八九])(?:[二两三四五六七八九十几]|[二三四五六七八九]?十[一二三四五六七八九])多?年"
    r"|(?<!\d)(?:[2-9]|\d\d)多?年)(?![前后级生制期]|的水平|义务|一贯|行动|计划|规划|[“\"《])|五年来|以来(?!的?最)|期间|时期|年均|(?<!每人)每年"
)
_PLAN_PERIOD = re.compile(
    r"[“\"]?(?:第(?P<count>[一二三四五六七八九十]{1,3})个五年|(?P<short>[一二三四五六七八九十]{1,3})五[”\"]?(?=计划|规划|时期|期间|[”\"]))"
)
_FIRST_PLAN = 1953  # of the plans for five years each; between the second and the third lay three years
_IN_HEADING = re.compile(r"([12]\d{3}|[一二][〇零一六七八九][〇零一二三四五六七八九]{2})(?=年)")
_RIGHT_BEHIND = 7  # 比1957年3,856亿斤
_TERM = 5  # years
_BY_NAME = 16  # so close behind 1952年的 the figure is that year's


class Year(NamedTuple):
    """A year that a sentence names; `base`: something is compared with it, `origin`: it starts from it.

    `of` is where its 的 ends, -1 without; `until` is where the ground ends in which it stands, -1 for none.
    """

    start: int
    year: int
    base: bool
    origin: bool
    by: bool
    of: int = -1
    until: int = -1


@dataclass(frozen=True, slots=True)
class Times:
    """What a report's sentences take as known: the year it reviews, and that in which it is spoken."""

    year: int | None
    spoken: int | None
    several: bool = False  # whether the report reviews several years together, as at the end of a term


@dataclass(frozen=True, slots=True)
class Told:
    """How a figure is told, as far as its period depends on it: where it stands, where the one before it
    ended, whether it is what things rise or fall from, or what they have come to, or what they did yearly,
    or the goal that they are measured by.
    """

    edge: int
    start: int
    level: bool
    origin: bool
    reached: bool
    yearly: bool
    measured: bool
    compared: bool  # with one year that is named, or that many years back: no matter of several
    modality: Modality


@dataclass(slots=True)
class Years:
    """The years of one sentence, each by its place, and where it begins to speak of several together."""

    times: Times
    named: list[Year] = field(default_factory=list)
    span: int | None = None
    standing: int | None = None  # the year that the paragraph speaks of
    heading: Range | None = None  # the years that the section's heading names
    planned: bool = False  # whether the section is of plans
    grounds: list[Range] = field(default_factory=list)  # 在…的基础上, each by its place
    _subject: list[Year] = field(default_factory=list)
    _stated: list[Year] = field(default_factory=list)  # those of which something is said, not from which
    _origins: list[Year] = field(default_factory=list)
    _base: list[Year] = field(default_factory=list)

    def spans(self, start: int) -> bool:
        """Whether the sentence speaks of several years together before this place."""
        return self.span is not None and self.span < start

    def grounded(self, start: int) -> bool:
        """Whether a place lies in what the rest of the sentence stands on."""
        found = bisect_left(self.grounds, (start,)) - 1
        return found >= 0 and start < self.grounds[found][1]

    def base(self, start: int, end: int) -> int | None:
        """The year compared with between these places."""
        found = bisect_left(self._base, (end,)) - 1
        return self._base[found].year if found >= 0 and self._base[found].start >= start else None

    def _own(self, edge: int, start: int, level: bool) -> Year | None:
        """The year that stands right before the figure: 1952年的…, or in the ground of which it is told."""
        found = bisect_left(self.named, (start,)) - 1
        if found < 0:
            return None
        last = self.named[found]
        if last.until > start:
            return last
        close = last.of >= 0 and start - last.of <= _BY_NAME
        near = level and last.start >= edge and (close or start - last.start <= _RIGHT_BEHIND)
        return last if near and last.base else None

    def _spoken_of(self, edge: int, start: int, level: bool) -> tuple[Year, str] | None:
        """The year that the sentence gives the figure at `start`; `edge`: where the one before it ended."""
        if own := self._own(edge, start, level):
            return own, "named"
        found = bisect_left(self._subject, (start,)) - 1
        if found >= 0 and self._subject[found].start >= edge:
            return self._subject[found], "named"
        found = bisect_left(self._stated, (start,)) - 1
        return (self._stated[found], "sentence") if found >= 0 else None

    def of(self, edge: int, start: int, level: bool) -> tuple[Year, bool] | None:
        """The year named for the figure, and whether it stands right before it as what another is compared
        with; None where none is named."""
        found = self._spoken_of(edge, start, level)
        return (found[0], found[0].base and found[0].of >= 0) if found else None

    @property
    def _of_plan(self) -> bool:
        """Whether the heading speaks of several years."""
        return self.heading is not None and self.heading[1] > self.heading[0]

    def period(self, told: Told) -> tuple[str, str]:
        """The period of a figure, and the rule."""
        if told.origin:
            return self._from(told)
        if told.yearly:
            return "", "several-years"
        if found := self._spoken_of(told.edge, told.start, told.level):
            return str(found[0].year), found[1]
        if self.times.year is None:
            return "", "unknown"
        planned = (told.modality == "planned" and not told.measured) or (
            told.modality == "expected" and self.planned
        )
        if planned and self.heading and self._of_plan:
            ends = not self.spans(told.start) and (told.reached or not told.level)
            return (str(self.heading[1]), "plan-period") if ends else ("", "several-years")
        one = self.heading[0] if self.heading and self.heading[0] == self.heading[1] else None
        of_term = (self.times.several or self._of_plan) and not planned and not self.planned
        several = self.spans(told.start) or (of_term and self.standing is None and one is None)
        if several and not ((told.compared or (told.reached and told.level)) and not planned):
            return "", "several-years"
        if planned:
            return str((one if self.planned else None) or self.times.spoken or self.times.year + 1), "plan"
        if self.standing is not None and (told.modality == "achieved" or told.measured):
            return str(self.standing), "paragraph"
        if one is not None and not self.planned:
            return str(one), "section"
        return str(self.times.year), "report"

    def _from(self, told: Told) -> tuple[str, str]:
        """The period of what things rose from: a year named with it or before it, else that before a plan."""
        last = bisect_left(self.named, (told.start,)) - 1
        found = bisect_left(self._origins, (told.start,)) - 1
        if (
            last >= 0
            and self.named[last].start >= told.edge
            and ((self.named[last].of >= 0 and not self.named[last].by) or found < 0)
        ):
            return str(self.named[last].year), "named"
        if found >= 0:
            return str(self._origins[found].year), "origin"
        if self._base:
            return str(self._base[-1].year), "origin"
        if self.times.year is None:
            return "", "origin-unknown"
        if not self.planned:
            return (
                (str(self.times.year - _TERM), "before-term")
                if self.times.several
                else ("", "origin-unknown")
            )
        before = self.heading[0] - 1 if self.heading and self._of_plan else self.times.year
        return str(before), "before-plan"

    def last(self) -> int | None:
        """The year that the sentence leaves for those after it, where it is of the report's own time."""
        spoken = self.times.spoken
        if not self._subject or spoken is None or self.span is not None:
            return None
        year = self._subject[-1].year
        if self._subject[-1].by and len(self.named) > 1 and self.named[-2].origin:
            return None  # the end of several years
        return year if spoken - 2 <= year <= spoken and not self._subject[-1].origin else None

    def add(self, year: Year) -> None:
        """Takes one more year; they come in the order of the sentence."""
        self.named.append(year)
        if year.until >= 0:
            return
        (self._base if year.base else self._subject).append(year)
        if not year.base:
            (self._origins if year.origin else self._stated).append(year)


def _year_number(digits: str) -> int:
    return int("".join(_DIGITS.get(char, char) for char in digits if char != " "))


def years_of_heading(title: str) -> Range | None:
    """The first and last year that a heading gives its part: 1958年…, “十二五”时期; None without."""
    if match := _PLAN_PERIOD.search(title):
        tens, ten, ones = (match["count"] or match["short"]).rpartition("十")
        digits = "〇一二三四五六七八九"
        number = (10 * (digits.find(tens) if tens else 1) if ten else 0) + (digits.find(ones) if ones else 0)
        first = _FIRST_PLAN + 5 * (number - 1) + (3 if number > 2 else 0)
        return first, first + 4
    found = {_year_number(match[1]) for match in _IN_HEADING.finditer(title)}
    return (min(found), max(found)) if len(found) == 1 else None


def years_in(
    plain: str, times: Times, standing: int | None, heading: Range | None = None, *, planned: bool = False
) -> Years:
    """The years that a narrowed sentence names; `heading` and `planned` are its section's."""
    years = Years(times, standing=standing, heading=heading, planned=planned)
    grounds = years.grounds = [match.span() for match in _GROUND.finditer(plain)]
    ground = 0
    said: int | None = None
    for match in _YEAR.finditer(plain):
        before = False
        while ground < len(grounds) and grounds[ground][1] <= match.start():
            ground += 1
        inside = ground < len(grounds) and grounds[ground][0] < match.start()
        if match["year"]:
            year = said = _year_number(match["year"])
        elif times.spoken is None:
            continue
        elif match["century"]:
            year = 100 * ((times.spoken - 1) // 100 + 1)
        elif match["past"] and match["past"] != "去年":
            before = True
            now = said or standing or (times.spoken if planned else times.year) or times.spoken
            year = now - 1
        else:
            year = times.spoken + (-1 if match["past"] else 0 if match["now"] else 1 if match["next"] else -2)
        lead = match["lead"] or "."
        end = match.end("of") if match["of"] else match.end()
        led = match.start() + len(match["lead"] or "")
        likened = _LIKENS.search(plain, max(0, match.start() - 25), led) is not None
        base = (
            lead in "比较同与跟"
            or (before and lead not in "由从自")
            or (lead in "是为于" and bool(match["of"]))
            or bool(match["of"] and _TIMES.match(plain, end))
            or _SET_FOR.search(plain, max(0, led - 16), led) is not None
            or (likened and _LIKENED.match(plain, end) is not None)
        )
        origin = lead in "由从自" and not _ONWARD.match(plain, end)
        years.add(
            Year(
                match.start(),
                year,
                base,
                origin or _TO_YEAR.match(plain, match.end()) is not None,
                lead in "到至",
                end if match["of"] else -1,
                grounds[ground][1] if inside else -1,
            )
        )
    years.span = _span(plain, grounds)
    return years


def _span(plain: str, grounds: list[Range]) -> int | None:
    """Where the sentence begins to speak of several years together, outside its grounds."""
    at = 0
    for match in _SPAN.finditer(plain):
        while at < len(grounds) and grounds[at][1] <= match.start():
            at += 1
        if at == len(grounds) or match.start() < grounds[at][0]:
            return match.start()
    return None
