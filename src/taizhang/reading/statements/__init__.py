"""Statements without a number, of the nine kinds: what a text asserts of things that no figure measures.

A sentence is first scanned for signals (words that a statement may have); only clauses with one are tried
against the wordings that it calls for, in a fixed order. What is planned, wished, denied or only named
asserts nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from taizhang.reading.claim import Claim, Statement
from taizhang.reading.statements.assertion import pursued, said_until, unsaid
from taizhang.reading.statements.clauses import Clause, clauses
from taizhang.reading.statements.joining import Made, joined
from taizhang.reading.statements.named_lists import named_list
from taizhang.reading.statements.rules import Signal, rules_at, signals
from taizhang.reading.statements.subjects import named_before, object_of, parts_of, subject_of
from taizhang.reading.statements.wordings import Rule
from taizhang.reading.structure import Sentence

__all__ = ["statements_of"]

_DONE = re.compile("已经|已(?=[于全建完投开竣实])")  # in a section of plans only what has such a word is so
_ATTRIBUTE = re.compile("多?以?[上下]?的")  # 长达40公里的管道: the figure only describes
_COORDINATE = re.compile(r"[的和与及而](?:基本)?$")  # 的建成, 和投产: a noun, or half of a predicate


def statements_of(
    sentences: Iterable[Sentence], claims: Iterable[Claim], year: int | None
) -> tuple[Statement, ...]:
    """Every statement of these sentences, in the order of the text; `claims` are theirs, in order too."""
    period = "" if year is None else str(year)
    figures = list(claims)
    starts = [claim.start for claim in figures]
    found: list[Statement] = []
    for sentence in sentences:
        plain = sentence.text
        if sentence.planned and not _DONE.search(plain):
            continue
        hits = signals(plain)
        held = figures[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        if hits or held:
            made = _of_sentence(sentence, hits, held, period)
            found += joined(plain, sentence.start, made)
    return tuple(found)


def _of_sentence(
    sentence: Sentence, hits: Sequence[Signal], figures: Sequence[Claim], period: str
) -> Iterator[Made]:
    plain = sentence.text
    until, before = -1, 0
    last: Statement | None = None
    for clause in clauses(plain, sentence.start, hits, figures):
        if sentence.planned and not _DONE.search(clause.text):
            continue
        wording = _wording(clause)
        if wording is None and not clause.figures:
            continue
        until = said_until(plain) if until < 0 else until
        if clause.end > until:
            return
        while before < len(figures) and figures[before].start < sentence.start + clause.start:
            before += 1
        carried = figures[before - 1].subject if before else ""
        if last and (not before or last.start > figures[before - 1].start):
            carried = last.subject
        for made in _made(sentence, clause, wording, carried, period):
            last = made.statement
            yield made


def _wording(clause: Clause) -> tuple[Rule, re.Match[str]] | None:
    """The first wording that the clause has, of those that it asserts."""
    described = all(_describes(clause, figure) for figure in clause.figures)
    for rule in rules_at(clause.hits, len(clause.text)):
        if clause.figures and not (rule.beside_figures or (described and rule.kind == "milestone")):
            continue
        match = rule.pattern.search(clause.text)
        if match is None:
            continue
        before = clause.text[: match.start()]
        if rule.never and rule.never.search(before):
            continue
        if rule.spoiled and rule.spoiled.search(clause.text):
            continue
        if rule.needs and not rule.needs.search(object_of(match) if rule.about == "object" else before):
            continue
        if _COORDINATE.search(before) or unsaid(clause.text[: match.end()], clause.text[match.end() :]):
            continue
        if rule.kind in {"appraisal", "direction"} and rule.about == "before" and pursued(before):
            continue
        return rule, match
    return None


def _describes(clause: Clause, figure: Claim) -> bool:
    """Whether a figure is but an attribute of what the clause tells of: 长达40公里的管道."""
    at = clause.text.find(figure.surface)
    return at >= 0 and _ATTRIBUTE.match(clause.text, at + len(figure.surface)) is not None


def _made(
    sentence: Sentence, clause: Clause, wording: tuple[Rule, re.Match[str]] | None, carried: str, period: str
) -> Iterator[Made]:
    if wording is None:
        if listed := named_list(clause, sentence.start):
            rule, first, past, subject = listed
            yield _statement(sentence, clause, rule, (first, past, ""), subject, period, led_by_verb=True)
        return
    rule, match = wording
    subject, own = subject_of(rule, match, clause.text, carried)
    if (
        rule.kind == "appraisal"
        and not subject
        and not (subject := named_before(sentence.text[max(0, clause.start - 60) : clause.start]))
    ):
        return  # praise of nothing that is named
    for part in parts_of(rule, match, clause.text):
        yield _statement(sentence, clause, rule, part, subject, period, led_by_verb=not own)


def _statement(
    sentence: Sentence,
    clause: Clause,
    rule: Rule,
    part: tuple[int, int, str],
    subject: str,
    period: str,
    *,
    led_by_verb: bool,
) -> Made:
    first, past, what = part
    start, end = clause.place(first, past)
    rules = (rule.name, "list") if first else (rule.name,)
    statement = Statement(
        rule.kind,
        sentence.text[start:end],
        sentence.start + start,
        subject,
        sentence.section,
        period,
        rule.asserts,
        what,
        rules,
    )
    return Made(statement, rule, clause, led_by_verb)
