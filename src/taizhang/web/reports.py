"""Published reports, and each claim with the figure that it rests on. What is published is public."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from taizhang import jobs
from taizhang.web import answers
from taizhang.web.evidence import evidence
from taizhang.web.words import VERDICTS, claim_row, statement_row

CONTEXT_CHARACTERS = 60


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The published reports."""
    found = [{"slug": slug, "title": _title(file)} for slug, file in jobs.published_reports().items()]
    return render(request, "web/reports.html", {"reports": found})


@require_safe
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """A report's text and claims, checked against the records as they stand now."""
    file = _report_file(slug)
    checked = answers.checked(file)
    rows = [claim_row(number, row, checked.names) for number, row in enumerate(checked.claims, 1)]
    counts = [(verdict, VERDICTS[verdict], count) for verdict, count in checked.counts.items()]
    context = {"slug": slug, "title": _title(file), "report": checked, "rows": rows, "counts": counts}
    judged = [row for row in checked.statements if row["verdict"] is not None]
    context |= {"statements": [statement_row(row, checked.names) for row in judged]}
    return render(request, "web/report.html", context | {"pieces": list(_pieces(checked.text, rows))})


@require_safe
def claim(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One claim: where it stands, what it means, the verdict, and where the figure comes from."""
    file = _report_file(slug)
    checked = answers.checked(file)
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
        "earlier": number - 1,
        "later": number + 1 if number < len(checked.claims) else 0,
    }
    if row.get("indicator"):
        context |= evidence(request, row["indicator"], row["area"], row["figure_period"], checked.position)
    return render(request, "web/claim.html", context)


def _pieces(text: str, rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The text cut at its claims: `text`, and `row` where a piece is a claim."""
    at = 0
    for row in sorted(rows, key=lambda row: row["start"]):
        if row["start"] < at:
            continue
        yield {"text": text[at : row["start"]], "row": None}
        at = row["start"] + len(row["surface"])
        yield {"text": text[row["start"] : at], "row": row}
    yield {"text": text[at:], "row": None}


def _report_file(slug: str) -> Path:
    published = jobs.published_reports()
    if slug not in published:
        raise Http404
    return published[slug]


def _title(file: Path) -> str:
    with file.open(encoding="utf-8") as lines:
        return next((line.strip() for line in lines if line.strip()), file.stem)
