"""Each statement to at most one rule: by kind, words and context, or by the record that it names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from taizhang.figures import AreaNode
from taizhang.programmes import Definitions, StatementRule
from taizhang.reading import Statement
from taizhang.reports.binding import MARGIN, THRESHOLD
from taizhang.reports.named_records import Meant, NamedRecords, words_of
from taizhang.reports.naming import Gazetteer
from taizhang.reports.scoring import (
    CLAUSE,
    RARE_ENOUGH,
    SENTENCE,
    SUBJECT,
    Terms,
    explained_by,
    placed_by,
    terms_of,
    weighed,
)
from taizhang.reports.statement_rules import may_mean, rules_of
from taizhang.reports.timing import period_of
from taizhang.reports.words import Vocabulary
from taizhang.values import Period

BY_NAME = 0.8
"""What a statement scores with a rule whose record it names by a name of its own, whatever else it says."""
_ENDS = re.compile(r"[\u3002\uff01\uff1f!?;\uff1b\n]")


@dataclass(frozen=True, slots=True)
class StatementBinding:
    """What a statement is about. Without `rule` it is bound to nothing, and `why` says so.

    `meant` holds, for each slot of the rule's names, what the statement names there.
    """

    statement: Statement
    rule: StatementRule | None
    area: str
    period: Period | None
    why: str
    score: float = 0.0
    phrase: str = ""
    meant: tuple[tuple[Meant, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    rule: StatementRule
    total: float
    phrase: str
    meant: tuple[tuple[Meant, ...], ...] = ()

    @property
    def found(self) -> bool:
        """Whether all that is named stands in the records."""
        return bool(self.meant) and all(slot and all(m.values for m in slot) for slot in self.meant)


@dataclass(slots=True)
class StatementBinder:
    """Binds the statements of one text."""

    definitions: Definitions
    gazetteer: Gazetteer
    records: NamedRecords | None
    terms: Mapping[str, Terms]
    rules: tuple[StatementRule, ...]
    vocabulary: Vocabulary
    text: str
    elsewhere: str  # what the text speaks of, where that is not this district
    names: Sequence[str]  # the district's own

    @staticmethod
    def of(
        definitions: Definitions,
        statements: Sequence[Statement],
        areas: Sequence[AreaNode],
        default_area: str,
        text: str,
        records: NamedRecords | None,
    ) -> StatementBinder:
        """A binder for the statements of `text`; without `records` no statement is bound by names."""
        terms = {term.indicator.key: term for term in terms_of(definitions, {})}
        rules = rules_of(definitions)
        words: dict[str, list[str]] = {}
        for rule in rules:
            words.setdefault(rule.programme, []).extend((*rule.about, *terms[rule.indicator].phrases))
            words[rule.programme].extend(terms[rule.indicator].context)
        spoken = ["\n".join(found) for found in words.values()]
        vocabulary = Vocabulary([*spoken, *dict.fromkeys(sentence_of(text, s) for s in statements)])
        gazetteer = Gazetteer.of(areas, default_area)
        elsewhere, own = gazetteer.elsewhere(text), gazetteer.names_of(gazetteer.default)
        return StatementBinder(
            definitions, gazetteer, records, terms, rules, vocabulary, text, elsewhere, own
        )

    def bind(self, statement: Statement) -> StatementBinding:
        """The one rule that the statement can be held against, or why there is none."""
        period = period_of(statement.period, statement.surface)
        nothing = StatementBinding(statement, None, self.gazetteer.default, period, "")
        elsewhere = self.elsewhere or self.gazetteer.wider_in(statement.subject)
        if elsewhere:
            why = f"所说的是“{elsewhere}”,不是本区 / it speaks of {elsewhere}, not of this district"
            return replace(nothing, why=why)
        able = [rule for rule in self.rules if may_mean(rule, statement)]
        sentence = sentence_of(self.text, statement)
        scored = (self._scored(statement, sentence, rule, period) for rule in able)
        ranked = sorted(
            (c for c in scored if c is not None), key=lambda c: (-c.total, not c.found, c.rule.indicator)
        )
        if not ranked or ranked[0].total < THRESHOLD:
            return replace(nothing, why=_too_far(ranked))
        rivals = [c for c in ranked if ranked[0].total - c.total < MARGIN]
        if any(c.found for c in rivals):
            rivals = [c for c in rivals if c.found]
        if len({id(c.rule) for c in rivals}) > 1:
            keys = "、".join(dict.fromkeys(c.rule.indicator for c in rivals))
            return replace(nothing, why=f"不止一条规则对得上:{keys} / ambiguous: {keys}")
        best = rivals[0]
        area = self._area(statement, best.rule)
        if area is None:
            return replace(nothing, why="不能确定所说的是哪一个区域 / it is not clear which area is meant")
        key, total = best.rule.indicator, best.total
        how = f"按“{best.phrase}”对应 {key}(契合度 {total:.2f})"
        why = f"{how} / bound to {key} by “{best.phrase}” ({total:.2f})"
        return StatementBinding(statement, best.rule, area, period, why, total, best.phrase, best.meant)

    def _area(self, statement: Statement, rule: StatementRule) -> str | None:
        """A statement that names records speaks of the whole district, wherever these lie."""
        if rule.names:
            return self.gazetteer.default
        return self.gazetteer.area_in(statement.subject)

    def _scored(
        self, statement: Statement, sentence: str, rule: StatementRule, period: Period | None
    ) -> _Candidate | None:
        terms = self.terms[rule.indicator]
        phrases = rule.about or terms.phrases
        own = "\n".join((*phrases, *terms.phrases, *terms.context, *self.names))
        meant: tuple[tuple[Meant, ...], ...] = ()
        if rule.names:
            if self.records is None or period is None:
                return None
            meant = tuple(map(tuple, self.records.meant(rule, statement, period, own)))
        total, phrase = self._worded(statement, sentence, rule, phrases, own)
        if total < THRESHOLD and (name := _own_name(meant, self.vocabulary)):
            total, phrase = BY_NAME, name
        return _Candidate(rule, total, phrase, meant)

    def _worded(
        self, statement: Statement, sentence: str, rule: StatementRule, phrases: Sequence[str], own: str
    ) -> tuple[float, str]:
        terms, vocabulary = self.terms[rule.indicator], self.vocabulary
        said = f"{statement.subject}\n{statement.object}"
        zones = ((said, SUBJECT), (statement.surface, CLAUSE), (sentence, SENTENCE))
        slots = {by.slot for by in rule.names}
        known = {words_of(statement, slot) for slot in slots}
        told = [words_of(statement, slot) for slot in ("subject", "object") if "clause" not in slots]
        unnamed = [words for words in told if words not in known]
        explained = explained_by("\n".join(unnamed), own, vocabulary)
        around = max((vocabulary.cover_by(word, zones) for word in terms.context), key=lambda c: c.share)
        best = (0.0, "")
        for phrase in phrases:
            cover = vocabulary.cover_by(phrase, zones)
            if cover.rare < RARE_ENOUGH:
                continue
            placed = placed_by(phrase, terms, around, cover, vocabulary)
            best = max(best, (weighed(cover.share, explained, placed), phrase))
        return best


def sentence_of(text: str, statement: Statement) -> str:
    """The sentence of `text` in which a statement stands; its surface where the text has it elsewhere."""
    end = statement.start + len(statement.surface)
    if text[statement.start : end] != statement.surface:
        return statement.surface
    before = [match.end() for match in _ENDS.finditer(text, max(0, statement.start - 400), statement.start)]
    after = _ENDS.search(text, end)
    return text[
        before[-1] if before else max(0, statement.start - 400) : after.start() if after else len(text)
    ]


def _own_name(meant: Sequence[Sequence[Meant]], vocabulary: Vocabulary) -> str:
    """A record's name by which alone the statement is known, or ""."""
    for slot in meant:
        for thing in slot:
            names = thing.item.names if thing.values else ()
            for name in names:
                if vocabulary.cover(name, thing.item.said).rare >= 2 * RARE_ENOUGH:
                    return name
    return ""


def _too_far(ranked: Sequence[_Candidate]) -> str:
    if not ranked or not ranked[0].phrase:
        return "没有与这类表述对应的规则 / no rule answers to this statement"
    key, total = ranked[0].rule.indicator, f"{ranked[0].total:.2f}"
    return f"没有对应的规则;最近的是 {key},契合度 {total} / no rule; the nearest is {key} at {total}"
