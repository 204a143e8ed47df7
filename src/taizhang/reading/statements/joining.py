"""Neighbouring clauses that make one statement together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from taizhang.reading.claim import Statement
from taizhang.reading.statements.clauses import Clause, adjoin
from taizhang.reading.statements.subjects import stage_of_works
from taizhang.reading.statements.wordings import Rule


@dataclass(frozen=True, slots=True)
class Made:
    """A statement in the making: its rule, its clause, and whether that clause begins with its predicate."""

    statement: Statement
    rule: Rule
    clause: Clause
    led_by_verb: bool


def joined(sentence: str, offset: int, made: Iterable[Made]) -> Iterator[Statement]:
    """The statements of a sentence, which starts at `offset`; those that belong together as one."""
    last: Made | None = None
    for each in made:
        if last and each.clause is not last.clause and _belongs(sentence, last, each):
            last = _both(sentence, offset, last, each)
            continue
        if last:
            yield last.statement
        last = each
    if last:
        yield last.statement


def _belongs(sentence: str, before: Made, after: Made) -> bool:
    """Deeds of one family, or stages of one work."""
    if before.rule.kind != after.rule.kind or not adjoin(sentence, before.clause, after.clause):
        return False
    if before.rule.family and before.rule.family == after.rule.family:
        return after.led_by_verb
    return before.rule.kind == "milestone" and stage_of_works(
        before.statement.subject, after.statement.subject
    )


def _both(sentence: str, offset: int, before: Made, after: Made) -> Made:
    one, two = before.statement, after.statement
    same = two.subject in one.subject or after.rule.kind == "milestone"
    statement = replace(
        one,
        surface=sentence[one.start - offset : two.start - offset + len(two.surface)],
        subject=one.subject if same else f"{one.subject}、{two.subject}",
        object="、".join(part for part in (one.object, two.object) if part),
        rules=(*one.rules, *two.rules, "joined"),
    )
    return Made(statement, after.rule, after.clause, before.led_by_verb)
