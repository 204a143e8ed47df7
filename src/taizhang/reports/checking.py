"""Check a text that has been read: bind its claims, have the figures computed, judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from taizhang.figures import AreaNode, Figure, Request
from taizhang.programmes import Definitions
from taizhang.reading import Claim, Statement, TextFinding
from taizhang.reports.binding import Binding, bind
from taizhang.reports.judging import Outcome, Verdict, judge, undecided
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
    """A statement and its verdict; praise (appraisal) has none."""

    statement: Statement
    verdict: Outcome | None
    why: str
    indicator: str | None = None
    findings: tuple[str, ...] = ()


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
) -> CheckReport:
    """Bind, compute and judge every claim of a document; `compute` is asked once a period and set of areas.

    `peers` names groups of peers by id where the programmes' own sentences do not. Errors of `compute`
    pass through.
    """
    bindings = bind(document.claims, definitions, areas, default_area, text=document.text, peers=peers)
    figures = {
        (figure.indicator, figure.area, figure.period): figure
        for request in requests_for(bindings)
        for figure in compute(request)
    }
    claims = tuple(_checked(binding, figures, position) for binding in bindings)
    statements = tuple(_statement(statement) for statement in document.statements)
    return CheckReport(claims, statements, tuple(document.findings), position)


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


def _statement(statement: Statement) -> CheckedStatement:
    if statement.kind == "appraisal":
        return CheckedStatement(statement, None, "评价性的话不作结论 / praise gets no verdict")
    why = "没有与这类表述对应的指标 / no indicator answers to this statement"
    return CheckedStatement(statement, "no-indicator", why)


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
    """The contract's keys for one statement."""
    statement = checked.statement
    return {
        "kind": statement.kind,
        "surface": statement.surface,
        "start": statement.start,
        "subject": statement.subject,
        "indicator": checked.indicator,
        "verdict": checked.verdict,
        "findings": list(checked.findings),
        "why": checked.why,
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
