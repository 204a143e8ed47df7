"""Sentences → claims: each figure with its subject, mood, basis, period and area."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace

from taizhang.reading.changes import carried
from taizhang.reading.claim import Claim
from taizhang.reading.context import Context, topic_of
from taizhang.reading.figure import Figure
from taizhang.reading.frames import Frame
from taizhang.reading.grammar import figures, mask
from taizhang.reading.own_words import Around
from taizhang.reading.parallel import shared_out
from taizhang.reading.periods import Times, years_in
from taizhang.reading.structure import Sentence
from taizhang.reading.subjects import subject_of

_MARKS = re.compile("[,，;；:：。！？!?、\n]")
_WORD = re.compile("[\u4e00-\u9fff\\dA-Za-z\ue000\ue002]")
_ASIDE = re.compile("[(（][^()（）]{1,80}[)）]")
_JOINT = re.compile(r" ?(?:、|和|及|以及|与|或者?) ?")
_TERM = re.compile("过去的?五年|五年来|这五年|本届政府")  # a report at the end of a term
_OPENING, _TERM_SAID = 80, 3  # how many of its first sentences say so
_FIGURE_LIKE = re.compile(r"[\d〇零一二三四五六七八九十百千万亿两半首翻壹贰叁肆伍陆柒捌玖]")


def clauses(masked: str, held: list[Figure]) -> list[tuple[int, int]]:
    """The clauses of a sentence; a comma inside a number divides nothing, a list's 、 after a figure does."""
    cuts, number = [], 0
    asides = _asides(masked, held)
    for match in _MARKS.finditer(masked):
        at = match.start()
        while asides and asides[0][1] <= at:
            asides.popleft()
        if (asides and asides[0][0] < at) or (match.group() == "\n" and _wraps(masked, at)):
            continue
        while number < len(held) and held[number].end < at:
            number += 1
        figure = held[number] if number < len(held) else None
        if figure and figure.start <= at < figure.end:
            continue
        if match.group() != "、" or (figure and figure.end == at):
            cuts.append(at)
    starts = [0] + [cut + 1 for cut in cuts]
    return [(start, end) for start, end in zip(starts, [*cuts, len(masked)], strict=True) if end > start]


def _wraps(masked: str, at: int) -> bool:
    """Whether a line break stands within a phrase (a page that breaks its lines anywhere)."""
    before, after = masked[max(0, at - 2) : at].strip("\n\u200b"), masked[at + 1 : at + 3].strip("\n\u200b")
    return bool(_WORD.fullmatch(before[-1:]) and _WORD.fullmatch(after[:1]))


def _asides(masked: str, held: list[Figure]) -> deque[tuple[int, int]]:
    """The brackets that hold no figure: (包括手工业,下同)."""
    found, number = deque[tuple[int, int]](), 0
    for match in _ASIDE.finditer(masked):
        while number < len(held) and held[number].end <= match.start():
            number += 1
        if number == len(held) or held[number].start >= match.end():
            found.append(match.span())
    return found


def _claim(frame: Frame, figure: Figure, clause: int, edge: int, of: tuple[str, str]) -> Claim:
    """The claim of a figure; `of` are its subject and the rule that found it."""
    sentence = frame.sentence
    told, mood = frame.told(figure, clause, edge)
    period, dated = frame.years.period(told)
    basis, against = frame.basis(figure, clause, period)
    source = frame.source(figure.start)
    return Claim(
        surface=sentence.text[figure.start : figure.end],
        start=sentence.start + figure.start,
        low=figure.low,
        high=figure.high,
        step=figure.step,
        bound=figure.bound,
        unit=figure.unit,
        kind="multiple" if figure.unit == "倍" else figure.kind,  # growth by so many times too
        approx=figure.approx,
        basis=basis,
        modality=told.modality,
        subject=of[0],
        section=sentence.section,
        period=period,
        sentence=sentence.text,
        scope=figure.scope,
        rules=(*figure.rules, f"basis:{against}", f"modality:{mood}", f"period:{dated}", f"subject:{of[1]}"),
        area=frame.area(figure.start),
        quoted=bool(source),
        source=source,
    )


def _around(frame: Frame, edge: int, figure: Figure, until: int, closing: bool) -> Around:
    text = frame.plain
    return Around(
        text[edge : figure.start],
        frame.masked[edge : figure.start],
        text[figure.end : min(until, figure.end + 60)],
        frame.masked[figure.end : min(until, figure.end + 60)],
        closing,
        text[until : until + 40] if closing else "",
        figure.unit,
        figure.kind,
        "unit:persons" in figure.rules,
    )


def _sentence_claims(sentence: Sentence, times: Times, context: Context) -> Iterator[Claim]:
    if not _FIGURE_LIKE.search(sentence.text) and len(sentence.text) > 20:
        context.new_sentence()
        return
    plain = sentence.text
    masked = mask(plain)
    held = list(carried(masked, list(figures(masked))))
    context.new_sentence()
    if not held:
        context.earlier = plain[-200:]
        last = years_in(plain, times, context.year).last()
        context.year = last if last and last != times.spoken else context.year
        if topic := topic_of(_MARKS.split(plain[-40:].rstrip("。"))[-1]):
            context.last = topic  # 储蓄存款成倍增长。一九八五年末达到…
        if len(plain) <= 20 and (topic := topic_of(plain)):
            context.heading = topic
        return
    years = years_in(plain, times, context.year, sentence.years, planned=sentence.planned)
    frame = Frame(sentence, masked, years)
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
        context.sofar = plain[max(0, start - 120) : start]
        context.of_share = masked[start:end].lstrip().startswith("占")
        for index in range(first, number):
            figure = held[index]
            until = held[index + 1].start if index + 1 < number else end
            if index > first and 0 <= (listed := plain.rfind("、", edge, figure.start)) - edge <= 4:
                edge = listed + 1  # 1.4万亿斤新台阶、亩产10.1斤
            around = _around(frame, edge, figure, until, index + 1 == number)
            if index and _JOINT.fullmatch(masked, held[index - 1].end, figure.start):
                subject, rule = context.said, "joined"
            else:
                subject, used, rule = subject_of(around, context)
                edge = figure.end + used
            context.unit = figure.unit
            if (not subject or rule == "beyond") and plain[figure.start : figure.end].endswith("人口"):
                subject, rule = "人口", "measure"
            elif not subject and figure.unit == "户":
                subject, rule = "户数", "measure"
            made.append(_claim(frame, figure, start, edge_before, (subject, rule)))
            edge, edge_before = max(edge, figure.end), figure.end
        context.clause = ""
    context.earlier = plain[-200:]
    yield from _shared(made, held, masked)


def _shared(made: list[Claim], held: list[Figure], masked: str) -> list[Claim]:
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
            if "分别" in masked[held[first - 1].end if first else 0 : held[first].end] and earlier[-1:] == [
                own
            ]:
                names = earlier if len(set(earlier)) == count else [own] * count
            else:
                names = shared_out(own, count)
            group = [replace(claim, subject=name) for claim, name in zip(group, names, strict=True)]
        out += group
        first = last + 1
    return out


def claims_of(
    sentences: Iterable[Sentence], year: int | None, spoken: int | None = None
) -> tuple[Claim, ...]:
    """Every claim of these sentences, in the order of the text.

    `year` is the year that the report reviews, `spoken` that in which it was given (None: the one after).
    """
    found: list[Claim] = []
    held = tuple(sentences)
    spoken = spoken if spoken is not None else None if year is None else year + 1
    times = Times(year, spoken, sum(bool(_TERM.search(each.text)) for each in held[:_OPENING]) >= _TERM_SAID)
    context, paragraph = Context(), -1
    for sentence in held:
        if sentence.paragraph != paragraph:
            context, paragraph = Context(), sentence.paragraph
        found += _sentence_claims(sentence, times, context)
    return tuple(found)
