"""What a sentence says about all its figures: moods, years, areas and sources, each by its place."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Literal, cast

from taizhang.reading.grammar import Figure
from taizhang.reading.periods import Modality, Years
from taizhang.reading.structure import Sentence
from taizhang.reading.vocabulary import CUMULATIVE, MOODS, SOURCE

_WHOLE_YEAR = re.compile(r"\d{4} ?年|全年|年内|今年|去年")
_AREA = re.compile(r"(?:全|我|本)[国省市区县州盟旗镇乡](?![民面性各有内外家])")
_WEAK = frozenset("将要应")  # words of mood that may merely tell what came later
_NEAR = 16  # so close to 预计 they add nothing
_SAID = 60  # how far back 累计 is looked for


@dataclass(slots=True)
class Frame:
    """One sentence as read, with what holds for several of its figures."""

    sentence: Sentence
    plain: str
    masked: str
    years: Years
    moods: list[tuple[int, str, bool]] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    areas: list[tuple[int, str]] = field(default_factory=list)
    sources: list[tuple[int, str]] = field(default_factory=list)

    def look(self) -> None:
        """Collects them in one pass each."""
        for match in MOODS.finditer(self.masked):
            mood, weak = str(match.lastgroup), match.group()[0] in _WEAK
            expected = bool(self.moods) and self.moods[-1][1] == "expected"
            if weak and expected and match.start() - self.moods[-1][0] <= _NEAR:
                continue  # 预计将达: expected, not planned
            self.moods.append((match.start(), mood, weak))
        known = self.years.times.year
        self.moods += [
            (year.start, "planned", False)
            for year in self.years.named
            if known and year.by and year.year > known
        ]
        self.moods.sort()
        self.parts = [match.start() for match in re.finditer("[;；]", self.masked)]
        self.areas = [(match.start(), match.group()) for match in _AREA.finditer(self.masked)]
        self.sources = [
            (match.start(), match["source"] or match["others"]) for match in SOURCE.finditer(self.plain)
        ]

    def modality(self, edge: int, start: int, end: int) -> tuple[Modality, str]:
        """The mood that the last word of mood before the figure gives it in its part, and the rule.

        What is told of a year gone by is achieved, also in a section of plans and beside a mere 将.
        """
        part = self.parts[at - 1] if (at := bisect_left(self.parts, start)) else 0
        found = bisect_left(self.moods, (end, "", False))
        last = self.moods[found - 1] if found and self.moods[found - 1][0] >= part else None
        if last and last[1] == "planned" and not last[2]:
            return "planned", "word"
        if self.years.gone_by(edge, start):
            return ("expected", "word") if last and last[1] == "expected" else ("achieved", "year-gone-by")
        if self.sentence.planned and not (last and last[1] == "expected"):
            return "planned", "section"
        return (cast(Modality, last[1]), "word") if last else ("achieved", "default")

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
