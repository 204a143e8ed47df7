"""Sentences → claims: each figure with its subject, mood, basis and period."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Literal, cast

from taizhang.reading.claim import Claim
from taizhang.reading.grammar import Figure, figures, mask
from taizhang.reading.script import narrow
from taizhang.reading.structure import Sentence
from taizhang.reading.subjects import Context, subject_of, topic_of
from taizhang.reading.vocabulary import CUMULATIVE, EXPECTED, PLANNED

Modality = Literal["achieved", "expected", "planned"]
_CLAUSE_MARKS = frozenset(",，;；:：。！？!?")
_EXPLICIT_YEAR = re.compile(r"(?:^|[,，;；])\s*(?:截至)?(\d{4})年(?!\d|[-—至])(?:底|末)?")
_THIS_YEAR = re.compile(r"今年(?!以来)|明年")
_BY_YEAR = re.compile(r"到(\d{4})年")


def clauses(masked: str, held: list[Figure]) -> list[tuple[int, int]]:
    """The clauses of a sentence; a comma inside a number divides nothing, a list's 、 after a figure does."""
    inside = {index for figure in held for index in range(figure.start, figure.end)}
    ends = {figure.end for figure in held}
    cuts = [
        index
        for index, char in enumerate(masked)
        if index not in inside and (char in _CLAUSE_MARKS or (char == "、" and index in ends))
    ]
    starts = [0] + [cut + 1 for cut in cuts]
    return [(start, end) for start, end in zip(starts, [*cuts, len(masked)], strict=True) if end > start]


def _modality(sentence: Sentence, masked: str, figure: Figure, year: int | None) -> Modality:
    before = masked[: figure.start]
    part = before[max(before.rfind(mark) for mark in ";；") + 1 :]
    if sentence.planned:
        return "planned"
    found = [(match.start(), "planned") for match in PLANNED.finditer(part)]
    found += [(match.start(), "expected") for match in EXPECTED.finditer(part)]
    found += [
        (match.start(), "planned")
        for match in _BY_YEAR.finditer(sentence.text[: figure.start])
        if year is not None and int(match[1]) > year
    ]
    return cast(Modality, max(found)[1]) if found else "achieved"


def _period(sentence: Sentence, figure: Figure, year: int | None, modality: Modality) -> str:
    plain = narrow(sentence.text)[: figure.start]
    by = [int(match[1]) for match in _BY_YEAR.finditer(plain)]
    named = [int(match[1]) for match in _EXPLICIT_YEAR.finditer(plain)]
    if by:
        return str(by[-1])
    if named:
        return str(named[-1])
    if year is None:
        return ""
    ahead = sentence.planned or _THIS_YEAR.search(plain)
    return str(year + 1 if ahead and modality == "planned" else year)


def _basis(figure: Figure, clause: str) -> Literal["yoy", "other", "cumulative"] | None:
    if figure.basis:
        return cast(Literal["yoy", "other"], figure.basis)
    whole_year = re.search(r"\d{4}年|全年|年内|今年|去年", clause)
    return "cumulative" if figure.kind == "level" and CUMULATIVE.search(clause) and not whole_year else None


def _sentence_claims(sentence: Sentence, year: int | None, context: Context) -> Iterator[Claim]:
    plain = narrow(sentence.text)
    masked = mask(plain)
    held = list(figures(masked))
    context.new_sentence()
    if not held:
        if len(plain) <= 20 and (topic := topic_of(plain)):
            context.heading = topic
        return
    for start, end in clauses(masked, held):
        mine = [figure for figure in held if start <= figure.start < end]
        if not mine:
            context.clause = sentence.text[start:end]
            continue
        edge = start
        for index, figure in enumerate(mine):
            following = mine[index + 1].start if index + 1 < len(mine) else end
            before = sentence.text[edge : figure.start]
            after = sentence.text[figure.end : following] if following == end else ""
            modality = _modality(sentence, masked, figure, year)
            yield Claim(
                surface=sentence.text[figure.start : figure.end],
                start=sentence.start + figure.start,
                low=figure.low,
                high=figure.high,
                step=figure.step,
                bound=figure.bound,
                unit=figure.unit,
                kind=figure.kind,
                approx=figure.approx,
                basis=_basis(figure, plain[start : figure.start]),
                modality=modality,
                subject=subject_of(before, after, figure.kind, context),
                section=sentence.section,
                period=_period(sentence, figure, year, modality),
                sentence=sentence.text,
                scope=figure.scope,
                rules=figure.rules,
            )
            edge = figure.end
        context.clause = ""


def claims_of(sentences: Iterable[Sentence], year: int | None) -> tuple[Claim, ...]:
    """Every claim of these sentences, in the order of the text."""
    found: list[Claim] = []
    context, paragraph = Context(), -1
    for sentence in sentences:
        if sentence.paragraph != paragraph:
            context, paragraph = Context(), sentence.paragraph
        found += _sentence_claims(sentence, year, context)
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
