"""Check a text that has been read: bind its claims, have the figures computed, judge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import Any, Protocol

from taizhang.figures import AreaNode, Figure, Looking, Request
from taizhang.programmes import Definitions
from taizhang.reading import Claim, Statement, TextFinding
from taizhang.reports.binding import Binding, bind
from taizhang.reports.judging import Outcome, Verdict, counted, judge, undecided
from taizhang.reports.named_records import NamedRecords
from taizhang.reports.statement_binding import StatementBinder, StatementBinding
from taizhang.reports.statement_judging import Judged, StatementJudge, Wanted, deeds, together, wanted_by
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
        return counted(checked.verdict.verdict for checked in self.claims)

    @property
    def statement_counts(self) -> dict[str, int]:
        """How many statements got each verdict; praise gets none."""
        return counted(checked.verdict for checked in self.statements)


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
    records = NamedRecords(definitions, looking, areas, default_area) if looking else None
    binder = StatementBinder.of(definitions, document.statements, areas, default_area, document.text, records)
    bound = [
        [binder.bind(deed) for deed in deeds(statement)] if statement.kind != "appraisal" else []
        for statement in document.statements
    ]
    wanted = chain(_wanted(bindings), *(wanted_by(one) for several in bound for one in several))
    figures = {
        (figure.indicator, figure.area, figure.period): figure
        for request in requests_of(wanted)
        for figure in compute(request)
    }
    claims = tuple(_checked(binding, figures, position) for binding in bindings)
    judge_ = StatementJudge(definitions, figures, records)
    statements = tuple(
        _checked_statement(statement, deeds_, judge_, position)
        for statement, deeds_ in zip(document.statements, bound, strict=True)
    )
    return CheckReport(claims, statements, tuple(document.findings), position)


def requests_of(wanted: Iterable[Wanted]) -> list[Request]:
    """The figures that are wanted: one request for each area and period, all its indicators at once."""
    asked: dict[tuple[str, Period], dict[str, None]] = {}
    for area, period, indicator in wanted:
        asked.setdefault((area, period), {})[indicator] = None
    return [Request(tuple(keys), (period,), (area,)) for (area, period), keys in asked.items()]


def _wanted(bindings: Iterable[Binding]) -> Iterator[Wanted]:
    for binding in bindings:
        if binding.indicator is not None and binding.period is not None:
            yield binding.area, binding.period, binding.indicator


def _checked_statement(
    statement: Statement, bound: Sequence[StatementBinding], judge_: StatementJudge, position: int
) -> CheckedStatement:
    if not bound:
        why = "评价性的话不作结论 / praise gets no verdict"
        return CheckedStatement(statement, None, None, why, position)
    judged = together([judge_.judge(one) for one in bound])
    return CheckedStatement(statement, bound[0], judged, judged.why, position)


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
