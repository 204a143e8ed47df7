"""Check a published text against the records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taizhang import figures, reading, reports
from taizhang.jobs.naming import area_named
from taizhang.jobs.setting import standpoint


@dataclass(frozen=True, slots=True)
class CheckedReport:
    """A check's outcome: rows with the contract's keys, and what the pages show beside them."""

    claims: Sequence[dict[str, Any]]
    statements: Sequence[dict[str, Any]]
    findings: Sequence[dict[str, Any]]
    position: int
    text: str
    names: Mapping[str, str]  # indicator key → Chinese name
    counts: Mapping[str, int]  # how many claims got each verdict, the good ones first
    statement_counts: Mapping[str, int]  # how many statements; praise gets none


def check_report(file: Path, *, area: str | None = None, as_of: int | None = None) -> CheckedReport:
    """Read `file`, bind each claim, compute its figure as known at `as_of`, and judge it.

    Raises DocumentError for a file that cannot be read, UnknownName for an unknown area or position.
    """
    document = reading.read(file)
    with standpoint(as_of) as here:

        def compute(request: figures.Request) -> list[figures.Figure]:
            return list(figures.compute(here.definitions, request, here.engine, here.setting))

        checked = reports.check(
            document,
            here.definitions,
            compute,
            areas=here.setting.areas,
            default_area=area_named(here.setting, area),
            position=here.position,
            looking=figures.Looking(here.definitions, here.engine, here.setting),
        )
        names = {indicator.key: indicator.name.zh for indicator in here.definitions.indicators}
        return CheckedReport(
            [reports.claim_row(row) for row in checked.claims],
            [reports.statement_row(row) for row in checked.statements],
            [reports.finding_row(row) for row in checked.findings],
            here.position,
            document.text,
            names,
            checked.counts,
            checked.statement_counts,
        )
