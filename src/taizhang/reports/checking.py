"""Check a text that has been read: bind its claims, have the figures computed, judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from taizhang.figures import AreaNode, Figure, Looking, Request
from taizhang.programmes import Definitions
from taizhang.reading import Claim, Statement, TextFinding
from taizhang.reports.binding import Binding, bind
from taizhang.reports.judging import Outcome, Verdict, judge, undecided
from taizhang.reports.named_records import NamedRecords
from taizhang.reports.statement_binding import StatementBinder, StatementBinding
from taizhang.reports.statement_judging import Judged, StatementJudge, deeds, together
from taizhang.reports.statement_judging import requests_for as statement_requests
from taizhang.values import Period

Compute = Callable[[Request], Iterable[Figure]]
"""Figures for a request, as known at the position of the check."""


class Read(Protocol):
    """What the reader gives back of a document, as far as checking needs it."""

    @property
    def claims(self) -> Sequence[Claim]: ...
    @property
    def statements(self) -> Sequence[Statement]: ...
    @property
    def findings(self) -> Sequence[TextFinding]: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim, what it was bound to, the figure, and the verdict."""

    claim: Claim
    binding: Binding
    figure: Figure | None
    verdict: Verdict
    position: int


@dataclass(frozen=True, slots=True)
class CheckedStatement:
    """A statement, the rule that it was bound to, and the verdict; praise (appraisal) has neither."""

    statement: Statement
    binding: StatementBinding | None
    judged: Judged | None
    why: str
    position: int

    @property
    def verdict(self) -> Outcome | None:
        return self.judged.verdict if self.judged else None

    @property
    def indicator(self) -> str | None:
        """The indicator that the statement is about, where it is bound."""
        return self.binding.rule.indicator if self.binding and self.binding.rule else None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Everything that came of a check, as of `position`."""

    claims: tuple[CheckedClaim, ...]
    statements: tuple[CheckedStatement, ...]
    findings: tuple[TextFinding, ...]
    position: int

    @property
    def counts(self) -> dict[str, int]:
        """How many claims got each verdict, those that occur only."""
        counted = Counter(checked.verdict.verdict for checked in self.claims)
        order: tuple[Outcome, ...] = ("confirmed", "contradicted", "undecided", "no-indicator")
        return {outcome: counted[outcome] for outcome in order if counted[outcome]}


def check(
    document: Read,
    definitions: Definitions,
    compute: Compute,
    *,
    areas: Sequence[AreaNode],
    default_area: str,
    position: int,
    peers: Mapping[str, str] | None = None,
    looking: Looking | None = None,
) -> CheckReport:
    """Bind, compute and judge what a document asserts; `compute` is asked once a period and set of areas.

    `peers` names groups of peers by id where the programmes' own sentences do not. `looking` finds the
    records that statements name; without it these are not decided. Errors of `compute` pass through.
    """
    bindings = bind(document.claims, definitions, areas, default_area, text=document.text, peers=peers)
    figures = {
        (figure.indicator, figure.area, figure.period): figure
        for request in requests_for(bindings)
        for figure in compute(request)
    }
    claims = tuple(_checked(binding, figures, position) for binding in bindings)
    records = NamedRecords(definitions, looking, areas, default_area) if looking else None
    binder = StatementBinder.of(definitions, document.statements, areas, default_area, document.text, records)
    statements = _statements(document.statements, binder, compute, position)
    return CheckReport(claims, statements, tuple(document.findings), position)


def _statements(
    statements: Sequence[Statement], binder: StatementBinder, compute: Compute, position: int
) -> tuple[CheckedStatement, ...]:
    bound = {
        n: [binder.bind(deed) for deed in deeds(s)] for n, s in enumerate(statements) if s.kind != "appraisal"
    }
    figures = {
        (figure.indicator, figure.area, figure.period): figure
        for request in statement_requests([one for several in bound.values() for one in several])
        for figure in compute(request)
    }
    judge_ = StatementJudge(binder.definitions, figures, binder.records)
    found = []
    for number, statement in enumerate(statements):
        if number not in bound:
            why = "评价性的话不作结论 / praise gets no verdict"
            found.append(CheckedStatement(statement, None, None, why, position))
            continue
        judged = together([judge_.judge(one) for one in bound[number]])
        found.append(CheckedStatement(statement, bound[number][0], judged, judged.why, position))
    return tuple(found)


def requests_for(bindings: Iterable[Binding]) -> list[Request]:
    """The figures that bindings need: one request for each area and period, all its indicators at once."""
    wanted: dict[tuple[str, Period], dict[str, None]] = {}
    for binding in bindings:
        if binding.indicator is not None and binding.period is not None:
            wanted.setdefault((binding.area, binding.period), {})[binding.indicator] = None
    return [Request(tuple(keys), (period,), (area,)) for (area, period), keys in wanted.items()]


def _checked(
    binding: Binding, figures: Mapping[tuple[str, str, Period], Figure], position: int
) -> CheckedClaim:
    if binding.indicator is None:
        return CheckedClaim(binding.claim, binding, None, Verdict("no-indicator", binding.why), position)
    if binding.period is None:
        verdict = undecided("看不出是哪一时期,或不是年、半年、季、月", "no period that figures can have")
        return CheckedClaim(binding.claim, binding, None, verdict, position)
    figure = figures.get((binding.indicator, binding.area, binding.period))
    if figure is None:
        verdict = undecided("这一区域和时期没有算出的数", "no figure was computed for this area and period")
    elif not binding.scope_known:
        scope = binding.claim.scope
        verdict = undecided(f"不知道该指标是否在“{scope}”中比较", f"nobody said its peers are {scope}")
    else:
        verdict = judge(binding.claim, figure)
    return CheckedClaim(binding.claim, binding, figure, verdict, position)


def claim_row(checked: CheckedClaim) -> dict[str, Any]:
    """The contract's keys for one claim; numbers stay exact. `figure` is the very number that was compared
    (level, change, rank or multiple), and where nothing was compared the indicator's value."""
    claim, figure, verdict = checked.claim, checked.figure, checked.verdict
    value: Fraction | None = verdict.compared
    if value is None and figure is not None:
        value = figure.value
    return {
        **{key: getattr(claim, key) for key in CLAIM_KEYS},
        "verdict": verdict.verdict,
        "findings": list(verdict.findings),
        "indicator": checked.binding.indicator,
        "area": checked.binding.area if checked.binding.indicator else None,
        "figure_period": str(figure.period) if figure else None,
        "figure": value,
        "numerator": figure.numerator if figure else None,
        "denominator": figure.denominator if figure else None,
        "records": figure.records if figure else None,
        "position": checked.position,
        "why": verdict.why,
    }


CLAIM_KEYS = (
    "surface", "start", "low", "high", "step", "bound", "unit", "kind", "approx", "basis", "modality",
    "subject", "section", "period",
)  # fmt: skip


def statement_row(checked: CheckedStatement) -> dict[str, Any]:
    """The contract's keys for one statement, and what it rests on: the figure that was looked at, how many
    records bear it out, and the first of them."""
    statement, judged = checked.statement, checked.judged
    figure = judged.figure if judged else None
    bound = checked.binding if checked.indicator else None
    return {
        "kind": statement.kind,
        "surface": statement.surface,
        "start": statement.start,
        "subject": statement.subject,
        "indicator": checked.indicator,
        "verdict": checked.verdict,
        "findings": [],
        "why": checked.why,
        "asserts": statement.asserts,
        "object": statement.object,
        "period": statement.period,
        "area": bound.area if bound else None,
        "figure_period": str(bound.period) if bound and bound.period else None,
        "figure": figure.value if figure else None,
        "numerator": figure.numerator if figure else None,
        "denominator": figure.denominator if figure else None,
        "records": judged.count if judged else None,
        "sample": list(judged.records) if judged else [],
        "position": checked.position,
    }


def finding_row(finding: TextFinding) -> dict[str, Any]:
    """The contract's keys for something the text says against itself."""
    return {
        "finding": finding.finding,
        "places": [list(place) for place in finding.places],
        "arithmetic": finding.arithmetic,
        "certainty": finding.certainty,
        "why": finding.why,
    }
