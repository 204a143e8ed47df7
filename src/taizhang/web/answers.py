"""Answers that pages ask for often, kept by the position they are as of: there they never change."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from taizhang import jobs
from taizhang.ledger import queries

KEPT = 64


def checked(file: Path) -> jobs.CheckedReport:
    """A published report, checked against the records as they stand now."""
    return _checked(file, file.stat().st_mtime_ns, queries.position())


def explained(indicator: str, area: str | None, period: str | None, as_of: int) -> dict[str, Any]:
    """A figure explained. Raises UnknownName."""
    return _explained(indicator, area, period, as_of)


def months(indicator: str, area: str, year: int, as_of: int) -> Sequence[Any]:
    """A figure by month. Raises UnknownName."""
    return _months(indicator, area, year, as_of)


@lru_cache(maxsize=KEPT)
def _checked(file: Path, changed: int, position: int) -> jobs.CheckedReport:
    return jobs.check_report(file, as_of=position)


@lru_cache(maxsize=KEPT)
def _explained(indicator: str, area: str | None, period: str | None, as_of: int) -> dict[str, Any]:
    return jobs.explain_figure(indicator, area=area, period=period, as_of=as_of)


@lru_cache(maxsize=KEPT)
def _months(indicator: str, area: str, year: int, as_of: int) -> Sequence[Any]:
    return tuple(jobs.figure_by_month(indicator, area=area, year=year, as_of=as_of))
