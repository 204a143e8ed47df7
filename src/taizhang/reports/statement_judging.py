"""A statement against what the records hold: the verdict, why, and the figure or the records that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from sqlglot import exp

from taizhang.figures import Figure, Request, evaluate
from taizhang.programmes import Definitions, Measure, StatementRule
from taizhang.reports.judging import Outcome
from taizhang.reports.named_records import Meant, NamedRecords, one_of
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
        found: dict[str, None] = {}
        count = 0
        good: list[str] = []
        bad: list[str] = []
        unclear: list[str] = []
        for together in product(*meant):
            name = "、".join(thing.item.said for thing in together)
            if not all(thing.values for thing in together):
                near = [n for thing in together for n in thing.item.near[:2]]
                (unclear if near else bad).append(
                    f"“{name}”" + (f"(名称相近:{'、'.join(near)})" if near else "")
                )
                continue
            listed, total = records.looking.records(
                _narrowed(measure, together), records.area, period, SAMPLE
            )
            if total:
                good.append(f"“{name}”")
                found |= dict.fromkeys(listed)
                count += total
            else:
                bad.append(f"“{name}”")
        if bad:
            told = "、".join(bad)
            judged = _said(
                "contradicted", f"记录中没有{told}的相应记录", f"the records do not bear out {told}"
            )
        elif unclear:
            told = "、".join(unclear)
            judged = _said(
                "undecided", f"不能确定{told}是哪一条记录", f"it is not clear which record {told} is"
            )
        else:
            told = "、".join(good)
            judged = _said("confirmed", f"记录中有{told},共 {count} 条", f"{count} records bear out {told}")
        return replace(judged, records=tuple(found)[:SAMPLE], count=count)

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


def periods_of(binding: StatementBinding, period: Period) -> tuple[Period, ...]:
    """The periods in which a rule must hold: of a direction that lasts (持续, 逐年) also the year before."""
    lasting = binding.statement.kind == "direction" and LASTING.search(binding.statement.surface)
    return (period, period.year_before()) if lasting else (period,)


def requests_for(bindings: Sequence[StatementBinding]) -> Iterator[Request]:
    """The figures that statements need: one request for each area and period."""
    wanted: dict[tuple[str, Period], dict[str, None]] = {}
    for binding in bindings:
        if binding.rule is None or binding.period is None:
            continue
        for period in periods_of(binding, binding.period):
            keys = wanted.setdefault((binding.area, period), {})
            keys |= dict.fromkeys(key for key, _ in binding.rule.figures)
    for (area, period), keys in wanted.items():
        if keys:
            yield Request(tuple(keys), (period,), (area,))


def _narrowed(measure: Measure, together: Sequence[Meant]) -> Measure:
    tests = [one_of(thing.by.field, thing.values) for thing in together]
    where = measure.where
    for test in tests:
        where = test if where is None else exp.And(this=where.copy(), expression=test)
    return replace(measure, where=where)


def _said(verdict: Outcome, chinese: str, english: str, figure: Figure | None = None) -> Judged:
    return Judged(verdict, f"{chinese} / {english}", figure)
