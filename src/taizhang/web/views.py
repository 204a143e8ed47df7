"""The first pages: published reports, each claim with its evidence, a figure explained, a record's entries.

What is published is public: reports, verdicts, figures and their definitions. Records are for officers who
may read that programme in that area.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from taizhang import jobs
from taizhang.errors import UnknownName
from taizhang.ledger import policies
from taizhang.web.words import claim_row, shown

CONTEXT_CHARACTERS = 60


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The published reports."""
    found = [{"slug": slug, "title": _title(file)} for slug, file in jobs.published_reports().items()]
    return render(request, "web/reports.html", {"reports": found})


@require_safe
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """A report's claims, checked against the records as they stand now."""
    file = _report_file(slug)
    checked = jobs.check_report(file)
    rows = [claim_row(number, row, checked.names) for number, row in enumerate(checked.claims, 1)]
    return render(
        request, "web/report.html", {"slug": slug, "title": _title(file), "report": checked, "rows": rows}
    )


@require_safe
def claim(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One claim: where it stands, what it means, the verdict, and where the figure comes from."""
    file = _report_file(slug)
    checked = jobs.check_report(file)
    if not 1 <= number <= len(checked.claims):
        raise Http404
    row = checked.claims[number - 1]
    start, end = row["start"], row["start"] + len(row["surface"])
    context: dict[str, Any] = {
        "slug": slug,
        "title": _title(file),
        "row": claim_row(number, row, checked.names),
        "before": checked.text[max(0, start - CONTEXT_CHARACTERS) : start],
        "after": checked.text[end : end + CONTEXT_CHARACTERS],
    }
    if row.get("indicator"):
        explained = jobs.explain_figure(
            row["indicator"], area=row["area"], period=row["figure_period"], as_of=checked.position
        )
        context |= {"explained": explained, "facts": _facts(explained)}
    return render(request, "web/claim.html", context)


@require_safe
def figure(request: HttpRequest, indicator: str) -> HttpResponse:
    """A figure explained: definition, numerator, denominator, records, SQL."""
    as_of = request.GET.get("as_of", "")
    if as_of and not as_of.isdigit():
        raise Http404
    try:
        explained = jobs.explain_figure(
            indicator,
            area=request.GET.get("area"),
            period=request.GET.get("period"),
            as_of=int(as_of) if as_of else None,
        )
    except UnknownName as error:
        raise Http404(str(error)) from error
    return render(request, "web/figure.html", {"explained": explained, "facts": _facts(explained)})


@require_safe
@login_required
def record(request: HttpRequest, record: str) -> HttpResponse:
    """A record, its entries, and the figures that it touches."""
    try:
        explained = jobs.explain_record(record)
    except UnknownName as error:
        raise Http404(str(error)) from error
    programme = explained["type"].partition(".")[0]
    if not policies.may_read(request.user, programme=programme, area=explained["area"]):
        raise PermissionDenied
    return render(request, "web/record.html", {"record": explained})


def _facts(explained: dict[str, Any]) -> list[dict[str, Any]]:
    words = [
        ("指标", "Indicator", f"{explained['name']} ({explained['indicator']})"),
        ("定义", "Definition", explained["definition"]),
        ("区域", "Area", explained["area_name"]),
        ("时期", "Period", explained["period"]),
        ("值", "Value", shown(explained["value"], explained["unit"]) or "无法判定"),
        ("分子", "Numerator", shown(explained["numerator"]) or "—"),
        ("分母", "Denominator", shown(explained["denominator"]) or "—"),
        ("记录数", "Records", explained["records"]),
        ("来源", "Origin", {"computed": "由记录计算", "reported": "上报合计"}[explained["origin"]]),
        ("截至位置", "As of position", explained["position"]),
        ("定义版本", "Definition's version", explained["definition_version"]),
    ]
    return [{"zh": zh, "en": en, "value": value} for zh, en, value in words]


def _report_file(slug: str) -> Path:
    published = jobs.published_reports()
    if slug not in published:
        raise Http404
    return published[slug]


def _title(file: Path) -> str:
    with file.open(encoding="utf-8") as lines:
        return next((line.strip() for line in lines if line.strip()), file.stem)
