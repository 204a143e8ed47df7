"""What a sentence says about all its figures: moods, years, areas and sources, each by its place."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Literal, cast

from taizhang.reading.figure import Figure
from taizhang.reading.periods import Modality, Told, Years
from taizhang.reading.structure import Sentence
from taizhang.reading.vocabulary import CUMULATIVE, MOODS, SOURCE

_WHOLE_YEAR = re.compile(r"\d{4} ?年|全年|年内|今年|去年")
_AREA = re.compile(r"(?:全|我|本)[国省市区县州盟旗镇乡](?![民面性各有内外家])")
_WEAK = frozenset("将要应可去上")  # words of mood that may merely tell what came later, or compare
_COMPARES = re.compile(
    r"比(?![重例较如])[^,，。；;]{0,10}\Z"
)  # 比1980年预计(数): what it is compared with, no mood
_SETS = re.compile(r"(?:提出|要求|规定|确定|部署)[^。；;]{0,20}\Z")
_FOR_ALL = re.compile("计划|规定|预期目标|目标|要求|提出")
_GOAL = re.compile(r"[^,，。；;]{0,24}?(?:等|的)[\u4e00-\u9fff]{0,6}目标")
_MET = re.compile(r"(?:实现|完成|达到)(?:了|[^,，。；;]{0,24}\Z)")
_UNMET = re.compile(r"没有|未|能|争取|确保|力争|要|为|将|可|对|以")
_IS_MET = re.compile("(?:已经?|提前|顺利|基本|全面|如期|圆满)*(?:实现|完成|达到)")
_MEASURED = re.compile("没有|未能|未(?=[完实达])|年初|预期目标|预定|原定|[低高]于|超过|超额")
_DONE = re.compile(r"[\u4e00-\u9fff]了[^,，。；;了]{0,4}\Z")
_FROM = re.compile(r"(?:由|从)(?![于此而])[^,，;；。到至]{0,24}\Z")
_TO = re.compile(r"[,，]?[^,，;；。]{0,20}?[到至为成]")
_SET_BEFORE = re.compile(r"原定|原?计划|预算|目标")
_REACHED = re.compile(
    r"(?:[达到至在]了?|突破|超过|[升降]为)[约近超过将逾多 ]{0,3}(?:每[\u4e00-\u9fff]{1,2}){0,2}\Z"
    r"|[到至][\u4e00-\u9fff]{0,3}\Z|已经?(?:积累|吸纳|形成|拥有|有|占|覆盖|容纳|建有)[\u4e00-\u9fff]{0,8}\Z"
)
_SO_FAR = re.compile(r"已|了|上半年|\d月|[一二三四五六七八九十]月|季度|以来|目前|截至|年初|现在")
_NEAR = 16  # so close to 预计 they add nothing
_NEAR_WILL = 40  # 预计…将达…,…将达…
_COMPARED = re.compile(r"比(?![重例])|较|年均|平均|每年|环比|同期")
_YEARLY = re.compile("年均|年平均|每年")
_AGO = re.compile(r"[比较][^,，。；;]{0,4}[一二三四五六七八九十\d]{1,2}年前")
_SHARE = re.compile(r"占[^,，。；;占]{2,24}\Z")
_THAN = re.compile(r"(?:[比较同与和跟于]|超过)\Z")  # 比去年: what it is compared with, no mood
_BEATS = re.compile(r"(?:超过|超出|超额完成|高于|低于|好于|强于|快于|符合)[^,，。；;]{0,6}\Z")
_HEADS_LIST = re.compile(r"[^,，。；;:：]{0,20}[:：]")
_THEN_DONE = re.compile(r"(?<![为除])了(?![解望])[^,，。；;:：]{0,40}\Z")
_DONE_BEHIND = re.compile(r"[^,，。；;:：要将应须]{0,24}(?<![为除])了(?![解望])")
_BASE_OF_SPAN = re.compile(r"比[^,，。；;]{2,20}(?:期间|时期)的\Z")
# How things are, whatever is planned: 我国有…, 全长…, 拥有….
_IS_SO = re.compile(
    r"(?:[我全]国|[全我][省市区县州])(?:现在|目前|现|一?共|总共|是一个)*(?:有|是|拥有)[^,，。；;]{0,3}\Z"
    r"|全长[^,，。；;]{0,3}\Z|流域面积\Z|拥有[^,，。；;]{0,16}\Z"
)
_OUR = re.compile(r"(?:[我全]国|[全我][省市区县州])[\u4e00-\u9fff]{0,4}\Z")
_LIES = re.compile(r"的?[\u4e00-\u9fff]{0,5}(?:在(?!内)|来自)")
_SAID = 60  # how far back 累计 is looked for


@dataclass(slots=True)
class Frame:
    """One sentence as read, with what holds for several of its figures."""

    sentence: Sentence
    masked: str
    years: Years
    moods: list[tuple[int, str, bool]] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    areas: list[tuple[int, str]] = field(default_factory=list)
    sources: list[tuple[int, str]] = field(default_factory=list)

    @property
    def plain(self) -> str:
        """The sentence's text, where `masked` has blanks for what is no figure."""
        return self.sentence.text

    def look(self) -> None:
        """Collects them in one pass each."""
        for match in MOODS.finditer(self.masked):
            mood, weak = str(match.lastgroup), match.group()[0] in _WEAK
            expected = bool(self.moods) and self.moods[-1][1] == "expected"
            near = _NEAR_WILL if match.group()[0] == "将" else _NEAR
            if weak and expected and match.start() - self.moods[-1][0] <= near:
                continue  # 预计将达: expected, not planned
            before = max(0, match.start() - 24)
            if (mood == "expected" or match.group() == "计划") and _COMPARES.search(
                self.masked, before, match.start()
            ):
                continue
            if (
                mood == "achieved"
                and match.group() in {"去年", "上年"}
                and _THAN.search(self.masked, before, match.start())
            ):
                continue
            if match.group().startswith("预期") and _BEATS.search(self.masked, before, match.start()):
                continue
            if mood == "expected" and _FROM.search(self.masked, before, match.start()):
                continue  # 由今年预计的3%提高到4%
            if match.group() == "可" and not self.sentence.planned and not self.moods:
                mood = "expected"
            if weak and mood == "planned" and _SETS.search(self.masked, before, match.start()):
                weak = False
            self.moods.append((match.start(), mood, weak))
        spoken = self.years.times.spoken
        self.moods += [
            (year.start, "planned", False)
            for year in self.years.named
            if spoken and year.by and year.year > spoken
        ]
        self.moods.sort()
        self.parts = [match.start() for match in re.finditer("[;；]", self.masked)]
        self.areas = [(match.start(), match.group()) for match in _AREA.finditer(self.masked)]
        self.sources = [
            (match.start(), match["source"] or match["others"]) for match in SOURCE.finditer(self.plain)
        ]

    def told(self, figure: Figure, clause: int, edge: int) -> tuple[Told, str]:
        """How a figure is told, and the rule of its mood; `clause` is where its clause begins."""
        start, end = figure.start, figure.end
        level = figure.kind in {"level", "rank"}
        leads = _FROM.search(self.masked, max(clause, start - 30), start) if level else None
        origin = leads is not None and _TO.match(self.masked, end, end + 24) is not None
        if origin and leads is not None:
            if _SET_BEFORE.search(self.plain, leads.start(), start):
                modality, rule = "planned", "word"
            elif "预计" in self.plain[leads.start() : start]:
                modality, rule = "expected", "word"
            else:
                modality, rule = "achieved", "origin"
        else:
            modality, rule = self._modality(figure, clause, edge, level)
        reached = _REACHED.search(self.masked, max(clause, start - 12), start) is not None
        if rule == "goal" and modality == "planned" and not self.sentence.planned:
            measured = _MEASURED.search(self.plain, max(0, start - 40), end + 20) is not None
        else:
            measured = False
        reached = reached or figure.bound == "above" or figure.kind == "rank"
        several = self.years.spans(start)
        share = _SHARE.search(self.masked, max(clause, start - 26), start) is not None
        reached = reached or (share and not several)
        compared = not level and (
            self.years.base(clause, end) is not None or _AGO.search(self.plain, clause, end) is not None
        )
        yearly = _YEARLY.search(self.masked, start, end) is not None
        mood = cast(Modality, modality)
        return Told(edge, start, level, origin, reached, yearly, measured, compared, mood), rule

    def _modality(self, figure: Figure, clause: int, edge: int, level: bool) -> tuple[Modality, str]:
        """The mood that the last word of mood before the figure gives it in its part, and the rule.

        What is told of a year gone by, or with 了, is achieved, also in a section of plans and beside a mere
        将; what is told of a year to come is planned.
        """
        start, end = figure.start, figure.end
        part = self.parts[at - 1] if (at := bisect_left(self.parts, start)) else 0
        found = bisect_left(self.moods, (end, "", False))
        last = self.moods[found - 1] if found else None
        if last and last[0] < part:
            last = last if self._goes_on(last[0], last[1]) else None
        expected = last is not None and last[1] == "expected"
        spoken, of = self.years.times.spoken, self.years.of(edge, start, level)
        if of and of[1] and spoken and of[0].year < spoken:
            return "achieved", "year-gone-by"
        if last and last[1] == "planned" and not last[2]:
            return "planned", "word"
        if self.years.grounded(start):
            return "achieved", "ground"
        if goal := self._goal(start, end, part, planned=last is not None and last[1] == "planned"):
            return goal, "goal"
        if "了" in self.masked[start:end] or _DONE.search(self.masked, max(clause, start - 8), start):
            return "achieved", "done"
        if of and spoken and of[0].year < spoken:
            return ("expected", "word") if expected else ("achieved", "year-gone-by")
        if of and spoken and not expected:
            now = self.years.times.year == spoken
            so_far = _SO_FAR.search(self.plain, max(of[0].start, start - 60), start) is not None
            if of[0].year > spoken or not (now or so_far):
                return "planned", "year-to-come"
        if self.sentence.planned and not (last and (expected or (last[1] == "achieved" and not last[2]))):
            if last is None and self._is_so(clause, start, end):
                return "achieved", "state"
            return "planned", "section"
        return (cast(Modality, last[1]), "word") if last else ("achieved", "default")

    def _goes_on(self, place: int, mood: str) -> bool:
        """Whether a word of mood holds for all parts of a list behind it: 计划规定, 要求, 已建成的有：."""
        if mood == "planned" and _FOR_ALL.match(self.masked, place):
            return True
        return mood == "achieved" and _HEADS_LIST.match(self.masked, place) is not None

    def _is_so(self, clause: int, start: int, end: int) -> bool:
        """Whether a figure in a section of plans tells by its clause how things are, or what was done."""
        if _IS_SO.search(self.plain, max(clause, start - 24), start):
            return True
        if _OUR.search(self.plain, max(clause, start - 8), start) and _LIES.match(self.plain, end, end + 8):
            return True
        if _BASE_OF_SPAN.search(self.plain, max(clause, start - 26), start):
            return True
        done = _THEN_DONE.search(self.masked, max(clause, start - 60), start)
        return done is not None or _DONE_BEHIND.match(self.masked, end, end + 28) is not None

    def _goal(self, start: int, end: int, part: int, *, planned: bool) -> Modality | None:
        """Whether a figure is called a goal behind it (…的目标): achieved where it is said to be met."""
        called = _GOAL.match(self.masked, end, end + 34)
        if called is None:
            return None
        if planned or self.sentence.planned:
            return "planned"
        met = _MET.search(self.masked, max(part, start - 40), start)
        if met and not _UNMET.search(self.masked, max(part, met.start() - 12), met.start()):
            return "achieved"
        return "achieved" if _IS_MET.match(self.masked, called.end()) else "planned"

    def area(self, start: int) -> str:
        """The area that the sentence names last before this place, as printed."""
        found = bisect_left(self.areas, (start, ""))
        return self.areas[found - 1][1] if found else ""

    def source(self, start: int) -> str:
        """Whose words or results the sentence tells at this place, as printed; "" for its own."""
        found = bisect_left(self.sources, (start, ""))
        return self.sources[found - 1][1] if found else ""

    def basis(
        self, figure: Figure, clause: int, period: str
    ) -> tuple[Literal["yoy", "other", "cumulative"] | None, str]:
        """Against what a change is told, and the rule; for a level whether it is added up over time."""
        if figure.basis == "other" and period:
            against = self.years.base(clause, figure.end)
            if against is None and not _COMPARED.search(self.plain, clause, figure.end):
                against = self.years.base(0, figure.end)  # said once for a list
            if against is not None and against == int(period) - 1:
                return "yoy", "year-before"
        if figure.basis:
            return figure.basis, "said"
        if figure.kind == "change" and figure.unit in {"%", "倍", "‰"} and self.years.spans(figure.start):
            return "other", "several-years"
        said = self.plain[max(clause, figure.start - _SAID) : figure.start]
        if figure.kind == "level" and CUMULATIVE.search(said) and not _WHOLE_YEAR.search(said):
            return "cumulative", "said"
        return None, "none"
