"""Sentences → claims: each figure with its subject, mood, basis, period and area."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal, cast

from taizhang.reading.changes import carried
from taizhang.reading.claim import Claim
from taizhang.reading.grammar import Figure, figures, mask
from taizhang.reading.periods import Modality, Times, Years, years_in
from taizhang.reading.script import narrow
from taizhang.reading.structure import Sentence
from taizhang.reading.subjects import Around, Context, shared_out, subject_of, topic_of
from taizhang.reading.vocabulary import CUMULATIVE, MOODS, SOURCE

_MARKS = re.compile("[,，;；:：。！？!?、\n]")
_JOINT = re.compile(r" ?(?:、|和|及|以及|与) ?")
_WHOLE_YEAR = re.compile(r"\d{4} ?年|全年|年内|今年|去年")
_AREA = re.compile(r"(?:全|我|本)[国省市区县州盟旗镇乡](?![民面性各有内外家])")
_FIGURE_LIKE = re.compile(r"[\d〇零一二三四五六七八九十百千万亿两半首翻壹贰叁肆伍陆柒捌玖]")


def clauses(masked: str, held: list[Figure]) -> list[tuple[int, int]]:
    """The clauses of a sentence; a comma inside a number divides nothing, a list's 、 after a figure does."""
    cuts, number = [], 0
    for match in _MARKS.finditer(masked):
        at = match.start()
        while number < len(held) and held[number].end < at:
            number += 1
        figure = held[number] if number < len(held) else None
        if figure and figure.start <= at < figure.end:
            continue
        if match.group() != "、" or (figure and figure.end == at):
            cuts.append(at)
    starts = [0] + [cut + 1 for cut in cuts]
    return [(start, end) for start, end in zip(starts, [*cuts, len(masked)], strict=True) if end > start]


@dataclass(slots=True)
class _Frame:
    """What a sentence says about all its figures: moods, years, areas and sources, each by its place."""

    sentence: Sentence
    plain: str
    masked: str
    years: Years
    moods: list[tuple[int, str]] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    areas: list[tuple[int, str]] = field(default_factory=list)
    sources: list[tuple[int, str]] = field(default_factory=list)

    def look(self) -> None:
        """Collects them in one pass each."""
        self.moods = [(match.start(), str(match.lastgroup)) for match in MOODS.finditer(self.masked)]
        known = self.years.times.year
        self.moods += [(year.start, "planned") for year in self.years.named if known and year.by and year.year > known]
        self.moods.sort()
        self.parts = [match.start() for match in re.finditer("[;；]", self.masked)]
        self.areas = [(match.start(), match.group()) for match in _AREA.finditer(self.masked)]
        self.sources = [
            (match.start(), match["source"] or match["others"])
            for match in SOURCE.finditer(self.plain)
        ]

    def modality(self, start: int, end: int) -> Modality:
        """The mood that the last word of mood before the figure gives, within its part of the sentence."""
        if self.sentence.planned:
            return "planned"
        part = self.parts[at - 1] if (at := bisect_left(self.parts, start)) else 0
        found = bisect_left(self.moods, (end, ""))
        if found and self.moods[found - 1][0] >= part:
            return cast(Modality, self.moods[found - 1][1])
        return "achieved"

    def area(self, start: int) -> str:
        found = bisect_left(self.areas, (start, ""))
        return self.areas[found - 1][1] if found else ""

    def source(self, start: int) -> str:
        found = bisect_left(self.sources, (start, ""))
        return self.sources[found - 1][1] if found else ""


def _basis(frame: _Frame, figure: Figure, clause: int, period: str) -> Literal["yoy", "other", "cumulative"] | None:
    if figure.basis == "other" and period:
        against = frame.years.base(clause, figure.end)
        if against is not None and against == int(period) - 1:
            return "yoy"
    if figure.basis:
        return figure.basis
    if figure.kind == "change" and figure.unit in {"%", "倍", "‰"} and frame.years.spans(figure.start):
        return "other"
    said = frame.plain[max(clause, figure.start - 60) : figure.start]
    return "cumulative" if figure.kind == "level" and CUMULATIVE.search(said) and not _WHOLE_YEAR.search(said) else None


def _claim(frame: _Frame, figure: Figure, clause: int, edge: int) -> Claim:
    sentence = frame.sentence
    modality = frame.modality(figure.start, figure.end)
    period, dated = frame.years.period(edge, figure.start, sentence.planned, modality)
    source = frame.source(figure.start) if frame.sources else ""
    return Claim(
        surface=sentence.text[figure.start : figure.end],
        start=sentence.start + figure.start,
        low=figure.low,
        high=figure.high,
        step=figure.step,
        bound=figure.bound,
        unit=figure.unit,
        kind=figure.kind,
        approx=figure.approx,
        basis=_basis(frame, figure, clause, period),
        modality=modality,
        subject="",
        section=sentence.section,
        period=period,
        sentence=sentence.text,
        scope=figure.scope,
        rules=figure.rules,
        area=frame.area(figure.start) if frame.areas else "",
        quoted=bool(source),
        source=source,
    )


def _around(frame: _Frame, edge: int, figure: Figure, until: int, closing: bool) -> Around:
    text = frame.plain
    return Around(
        text[edge : figure.start],
        frame.masked[edge : figure.start],
        text[figure.end : min(until, figure.end + 60)],
        frame.masked[figure.end : min(until, figure.end + 60)],
        closing,
    )


def _sentence_claims(sentence: Sentence, times: Times, context: Context) -> Iterator[Claim]:
    if not _FIGURE_LIKE.search(sentence.text) and len(sentence.text) > 20:
        context.new_sentence()
        return
    plain = narrow(sentence.text)
    if plain != sentence.text:
        context.restore.update(_printed(plain, sentence.text))
    masked = mask(plain)
    held = list(carried(masked, list(figures(masked))))
    context.new_sentence()
    if not held:
        context.earlier = plain[-200:]
        if len(plain) <= 20 and (topic := topic_of(plain)):
            context.heading = topic
        return
    frame = _Frame(sentence, plain, masked, years_in(plain, times, context.year))
    frame.look()
    context.year = frame.years.last() or context.year
    made: list[Claim] = []
    number = edge_before = 0
    for start, end in clauses(masked, held):
        first = number
        while number < len(held) and held[number].start < end:
            number += 1
        if first == number:
            context.pass_clause(plain[start:end], masked[start:end])
            continue
        edge = start
        for index in range(first, number):
            figure = held[index]
            until = held[index + 1].start if index + 1 < number else end
            around = _around(frame, edge, figure, until, index + 1 == number)
            if index and _JOINT.fullmatch(masked, held[index - 1].end, figure.start):
                subject = context.said
            else:
                subject, used = subject_of(around, figure.kind, context)
                edge = figure.end + used
            made.append(replace(_claim(frame, figure, start, edge_before), subject=subject))
            edge, edge_before = max(edge, figure.end), figure.end
        context.clause = ""
    context.earlier = plain[-200:]
    yield from _shared(made, held, masked, context)


def _printed(plain: str, text: str) -> dict[int, str]:
    """The characters in which a sentence is printed, by those in which it is read: what names things stays as it is."""
    own = set(text)
    return {ord(read): printed for read, printed in zip(plain, text, strict=True) if read != printed and read not in own}


def _shared(made: list[Claim], held: list[Figure], masked: str, context: Context) -> list[Claim]:
    """Parallel figures (A和B分别为x和y): each gets its own part of the subject that they share."""
    out, first = list[Claim](), 0
    while first < len(made):
        last = first
        while last + 1 < len(made) and _JOINT.fullmatch(masked, held[last].end, held[last + 1].start):
            last += 1
        count = last - first + 1
        group = made[first : last + 1]
        if count > 1:
            earlier = [claim.subject for claim in out[-count:]]
            own = group[0].subject
            if "分别" in masked[held[first - 1].end if first else 0 : held[first].end] and earlier[-1:] == [own]:
                names = earlier if len(set(earlier)) == count else [own] * count
            else:
                names = shared_out(own, count)
            group = [replace(claim, subject=name) for claim, name in zip(group, names, strict=True)]
        out += group
        first = last + 1
    if context.restore:
        out = [replace(claim, subject=claim.subject.translate(context.restore)) for claim in out]
    return out


def _printed(plain: str, text: str) -> dict[int, str]:
    """The characters in which a sentence is printed, by those in which it is read: what names things stays as it is."""
    own = set(text)
    return {ord(read): printed for read, printed in zip(plain, text, strict=True) if read != printed and read not in own}


def _shared(made: list[Claim], held: list[Figure], masked: str, context: Context) -> list[Claim]:
    """Parallel figures (A和B分别为x和y): each gets its own part of the subject that they share."""
    out, first = list[Claim](), 0
    names: list[str] = []
    while first < len(made):
        last = first
        while last + 1 < len(made) and _JOINT.fullmatch(masked, held[last].end, held[last + 1].start):
            last += 1
        count = last - first + 1
        group = made[first : last + 1]
        if count > 1:
            same = names if len(names) == count and group[0].subject == names[-1] else None
            names = same or shared_out(group[0].subject, count)
            group = [replace(claim, subject=name) for claim, name in zip(group, names, strict=True)]
        if context.restore:
            group = [replace(claim, subject=claim.subject.translate(context.restore)) for claim in group]
        out += group
        first = last + 1
    return out


def claims_of(sentences: Iterable[Sentence], year: int | None, spoken: int | None = None) -> tuple[Claim, ...]:
    """Every claim of these sentences, in the order of the text.

    `year` is the year that the report reviews, `spoken` that in which it was given (None: the one after).
    """
    found: list[Claim] = []
    times = Times(year, spoken if spoken is not None else None if year is None else year + 1)
    context, paragraph = Context(), -1
    for sentence in sentences:
        if sentence.paragraph != paragraph:
            context, paragraph = Context(), sentence.paragraph
        found += _sentence_claims(sentence, times, context)
    return tuple(found)


def _json_number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def to_json(claim: Claim) -> dict[str, Any]:
    """The claim with the contract's keys, in order; whole numbers as integers."""
    return {
        "surface": claim.surface,
        "start": claim.start,
        "low": _json_number(claim.low),
        "high": _json_number(claim.high),
        "step": _json_number(claim.step),
        "bound": claim.bound,
        "unit": claim.unit,
        "kind": claim.kind,
        "approx": claim.approx,
        "basis": claim.basis,
        "modality": claim.modality,
        "subject": claim.subject,
        "section": claim.section,
        "period": claim.period,
    }
