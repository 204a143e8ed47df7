"""A statement against what the records hold: the verdict, why, and the figure or the records that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product

from sqlglot import exp

from taizhang.figures import Figure, evaluate
from taizhang.programmes import ASSERTS, Definitions, Measure, StatementRule
from taizhang.reading import Statement
from taizhang.reports.judging import Outcome
from taizhang.reports.named_records import Meant, NamedRecords, anything, one_of
from taizhang.reports.rounding import number
from taizhang.reports.statement_binding import StatementBinding
from taizhang.values import Period

LASTING = re.compile(r"持续|逐年|连年|连续")
SAMPLE = 20
"""How many records a verdict names; all are counted."""

FigureKey = tuple[str, str, Period]


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of checking one statement: the figure that was looked at, the first records that bear it out,
    and how many do."""

    verdict: Outcome
    why: str
    figure: Figure | None = None
    records: tuple[str, ...] = ()
    count: int | None = None


@dataclass(slots=True)
class _Seen:
    """What was found of the things that a statement names."""

    good: list[str] = field(default_factory=list)
    unfulfilled: list[str] = field(default_factory=list)  # there is such a record, but it is not so
    absent: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    records: dict[str, None] = field(default_factory=dict)
    count: int = 0

    def judged(self) -> Judged:
        """One that is not so is enough to contradict, one that is not clear enough to leave it open."""
        good, not_so, absent, unclear = map(
            "、".join, (self.good, self.unfulfilled, self.absent, self.unclear)
        )
        if not_so:
            judged = _said(
                "contradicted", f"{not_so}有记录,但与所述不符", f"{not_so} is on record, and it is not so"
            )
        elif absent:
            judged = _said("contradicted", f"台账中没有{absent}的记录", f"there is no record of {absent}")
        elif unclear:
            judged = _said(
                "undecided", f"不能确定{unclear}是哪一条记录", f"it is not clear which record {unclear} is"
            )
        else:
            judged = _said(
                "confirmed", f"记录中有{good},共 {self.count} 条", f"{self.count} records bear out {good}"
            )
        return replace(judged, records=tuple(self.records)[:SAMPLE], count=self.count)


@dataclass(frozen=True, slots=True)
class StatementJudge:
    """Judges bound statements by figures that have been computed, and by looking records up."""

    definitions: Definitions
    figures: Mapping[FigureKey, Figure]
    records: NamedRecords | None

    def judge(self, binding: StatementBinding) -> Judged:
        """The verdict by the binding's rule; what cannot be decided says why not."""
        rule, period = binding.rule, binding.period
        if rule is None:
            return Judged("no-indicator", binding.why)
        if period is None:
            return _said("undecided", "看不出是哪一时期", "no period that records can have")
        if rule.holds is not None:
            return self._by_figures(binding, rule, rule.holds, period)
        if self.records is None:
            return _said("undecided", "没有可查的台账", "there are no records to look at")
        return self._by_records(rule, period, binding.meant, self.records)

    def _by_figures(
        self, binding: StatementBinding, rule: StatementRule, holds: exp.Expression, period: Period
    ) -> Judged:
        asked = {key: self.figures.get((key, binding.area, period)) for key, _ in rule.figures}
        main = asked.get(rule.indicator) or next((f for f in asked.values() if f is not None), None)
        if main is None:
            return _said("undecided", "这一区域和时期没有算出的数", "no figure was computed")
        for when in periods_of(binding, period):
            values = self._values(rule, binding.area, when)
            outcome = evaluate(holds, values)
            told = self._told(rule, values)
            year = "" if when == period else f"{when}:"
            if outcome is None or (outcome and self._nothing_known(rule, when, values)):
                return _said(
                    "undecided", f"{year}{told};记录不足以判定", f"{year}{told}: not enough on record", main
                )
            if not outcome:
                return _said("contradicted", f"{year}{told},与所述不符", f"{year}{told}: it is not so", main)
        values = self._values(rule, binding.area, period)
        told = self._told(rule, values)
        judged = _said("confirmed", f"{told},与所述相符", f"{told}: it is so", main)
        return replace(judged, records=self._sample(rule, binding, period), count=main.records)

    def _values(self, rule: StatementRule, area: str, period: Period) -> dict[str, Fraction | None]:
        found: dict[str, Fraction | None] = {}
        for key, part in rule.figures:
            figure = self.figures.get((key, area, period))
            value = None if figure is None else getattr(figure, part)
            if figure is not None and part in ("numerator", "denominator") and figure.denominator == 0:
                value = None  # of nothing, all and none are the same
            found[f"{key}.{part}"] = None if value is None else Fraction(value)
        return found

    def _nothing_known(
        self, rule: StatementRule, period: Period, values: Mapping[str, Fraction | None]
    ) -> bool:
        """Whether all that was looked at is 0 because nothing was ever recorded of it."""
        if self.records is None or any(values.values()):
            return False
        measures = [self.definitions.indicator(key).numerator for key, _ in rule.figures]
        known = [self.records.any_at_all(m, period) for m in measures if m is not None and m.of]
        return bool(known) and not any(known)

    def _told(self, rule: StatementRule, values: Mapping[str, Fraction | None]) -> str:
        told = []
        for key, part in rule.figures:
            value = values[f"{key}.{part}"]
            indicator = self.definitions.indicator(key)
            shown = "—" if value is None else number(value)
            told.append(f"{indicator.name.zh}{PARTS.get(part, part)} {shown}")
        return "、".join(told)

    def _sample(self, rule: StatementRule, binding: StatementBinding, period: Period) -> tuple[str, ...]:
        measure = self.definitions.indicator(rule.indicator).numerator
        if self.records is None or measure is None or not measure.of:
            return ()
        return self.records.looking.records(measure, binding.area, period, SAMPLE)[0]

    def _by_records(
        self, rule: StatementRule, period: Period, meant: Sequence[Sequence[Meant]], records: NamedRecords
    ) -> Judged:
        measure = rule.measure
        assert measure is not None
        if not rule.names:
            return self._any(measure, period, records)
        empty = [slot for slot in meant if not slot]
        if empty or len(meant) < len({by.slot for by in rule.names}):
            return _said("undecided", "原文没有点明是哪一项", "the text does not say which")
        if not records.any_at_all(measure, period):
            return _said("undecided", "该类台账没有任何记录", "nothing of the kind was ever recorded")
        seen = _Seen()
        for together in product(*meant):
            self._look(measure, period, together, records, seen)
        return seen.judged()

    @staticmethod
    def _look(
        measure: Measure, period: Period, together: Sequence[Meant], records: NamedRecords, seen: _Seen
    ) -> None:
        """Look up one thing that the statement names, and note what became of it."""
        name = "“" + "、".join(thing.item.said for thing in together) + "”"
        if not all(thing.values for thing in together):
            near = [said for thing in together for said in thing.item.near[:2]]
            if near:
                seen.unclear.append(f"{name}(名称相近:{'、'.join(near)})")
            else:
                seen.absent.append(name)
            return
        listed, total = records.looking.records(_narrowed(measure, together), records.area, period, SAMPLE)
        if total:
            seen.good.append(name)
            seen.count += total
        else:
            others = _narrowed(anything(measure), together)
            listed, known = records.looking.records(others, records.area, period, SAMPLE)
            (seen.unfulfilled if known else seen.absent).append(name)
        seen.records |= dict.fromkeys(listed)

    def _any(self, measure: Measure, period: Period, records: NamedRecords) -> Judged:
        listed, total = records.looking.records(measure, records.area, period, SAMPLE)
        if total:
            judged = _said("confirmed", f"记录中有 {total} 条", f"there are {total} records")
            return replace(judged, records=listed, count=total)
        if not records.any_at_all(measure, period):
            return _said("undecided", "该类台账没有任何记录", "nothing of the kind was ever recorded")
        return replace(_said("contradicted", "记录中没有", "there is no such record"), count=0)


PARTS = {
    "value": "", "numerator": "(分子)", "denominator": "(分母)", "yoy_difference": "比上年增减",
    "yoy_growth": "比上年增长%", "rank": "名次", "target": "目标", "records": "记录数",
}  # fmt: skip
"""What the parts of a figure are called in a verdict's words."""


_WORST: tuple[Outcome, ...] = ("contradicted", "undecided", "no-indicator", "confirmed")


def deeds(statement: Statement) -> list[Statement]:
    """A statement that tells several stages of one work, as one for each: 征地完成,安置房建设开工."""
    more = [rule for rule in statement.rules if rule in ASSERTS.get(statement.kind, ())]
    codes = dict.fromkeys((statement.asserts, *more))
    return [replace(statement, asserts=code) for code in codes]


def together(several: Sequence[Judged]) -> Judged:
    """The verdict on a statement of several deeds: the worst of theirs, with each one's why."""
    worst = min(several, key=lambda judged: _WORST.index(judged.verdict))
    if len(several) == 1:
        return worst
    whys = [judged.why.partition(" / ") for judged in several]
    why = "\uff1b".join(zh for zh, _, _ in whys) + " / " + "; ".join(en for _, _, en in whys)
    records = tuple(dict.fromkeys(record for judged in several for record in judged.records))[:SAMPLE]
    counts = [judged.count for judged in several if judged.count is not None]
    return replace(worst, why=why, records=records, count=sum(counts) if counts else None)


Wanted = tuple[str, Period, str]
"""A figure that is needed: area, period, indicator."""


def periods_of(binding: StatementBinding, period: Period) -> tuple[Period, ...]:
    """The periods in which a rule must hold: of a direction that lasts (持续, 逐年) also the year before."""
    lasting = binding.statement.kind == "direction" and LASTING.search(binding.statement.surface)
    return (period, period.year_before()) if lasting else (period,)


def wanted_by(binding: StatementBinding) -> Iterator[Wanted]:
    """The figures that a statement needs."""
    if binding.rule is not None and binding.period is not None:
        for period in periods_of(binding, binding.period):
            for key, _ in binding.rule.figures:
                yield binding.area, period, key


def _narrowed(measure: Measure, together: Sequence[Meant]) -> Measure:
    tests = [one_of(thing.by.field, thing.values) for thing in together]
    where = measure.where
    for test in tests:
        where = test if where is None else exp.And(this=where.copy(), expression=test)
    return replace(measure, where=where)


def _said(verdict: Outcome, chinese: str, english: str, figure: Figure | None = None) -> Judged:
    return Judged(verdict, f"{chinese} / {english}", figure)
