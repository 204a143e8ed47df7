"""From a figure to its records, from a record to its entries, from an entry to its proof, and back.

A published figure is public with its definition, numerator and denominator. Everything else is for officers
who hold a role in that programme and area.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from taizhang import jobs
from taizhang.errors import UnknownName
from taizhang.ledger import policies, queries
from taizhang.web import answers
from taizhang.web.months import chart
from taizhang.web.words import shown

SIDES = {"numerator": ("分子", "Numerator"), "denominator": ("分母", "Denominator")}


def evidence(request: HttpRequest, indicator: str, area: str, period: str, as_of: int) -> dict[str, Any]:
    """What the part “where the figure comes from” shows. Raises Http404 for names that nobody declared."""
    try:
        explained = answers.explained(indicator, area, period, as_of)
        months = answers.months(explained["indicator"], explained["area"], int(period[:4]), as_of)
    except UnknownName as error:
        raise Http404(str(error)) from error
    programme = explained["indicator"].partition(".")[0]
    return {
        "explained": explained,
        "facts": _facts(explained),
        "peers": _peers(explained),
        "chart": chart(months, explained["unit"]),
        "year": period[:4],
        "may_read": policies.may_read(request.user, programme=programme, area=explained["area"]),
    }


@require_safe
@login_required
def figure(request: HttpRequest, indicator: str) -> HttpResponse:
    """A figure explained: definition, numerator, denominator, months, SQL."""
    asked = _asked(request, indicator)
    context = evidence(request, indicator, asked["area"], asked["period"], asked["as_of"])
    return render(request, "web/figure.html", context)


@require_safe
@login_required
def records(request: HttpRequest, indicator: str) -> HttpResponse:
    """The records behind a figure, page by page."""
    asked = _asked(request, indicator)
    side = request.GET.get("of", "numerator")
    page = request.GET.get("page", "1")
    if side not in SIDES or not page.isdecimal() or not 1 <= int(page) <= 1_000_000:
        raise Http404
    listed = jobs.list_records(
        indicator, area=asked["area"], period=asked["period"], as_of=asked["as_of"], side=side, page=int(page)
    )
    if listed.page > listed.pages:
        raise Http404
    others = [(key, *words) for key, words in SIDES.items() if key != side]
    context = asked | {"indicator": indicator, "list": listed, "side": SIDES[side], "other": others[0]}
    return render(request, "web/records.html", context)


@require_safe
@login_required
def record(request: HttpRequest, record: str) -> HttpResponse:
    """A record, its entries, and the figures that it touches."""
    try:
        explained = jobs.explain_record(record)
        described = jobs.describe_record(record, as_of=explained["position"])
    except UnknownName as error:
        raise Http404(str(error)) from error
    _check(request, explained["type"], explained["area"])
    context = {
        "record": explained,
        "described": described,
        "touched": _touched(explained["figures"]),
        "touched_all": len(explained["figures"]),
    }
    return render(request, "web/record.html", context)


@require_safe
@login_required
def entry(request: HttpRequest, entry: str) -> HttpResponse:
    """An entry as it stands in the ledger, with its digest and its proof."""
    try:
        explained = jobs.explain_entry(entry)
    except UnknownName as error:
        raise Http404(str(error)) from error
    _check(request, explained["type"], explained["area"])
    return render(request, "web/entry.html", {"entry": explained})


def _asked(request: HttpRequest, indicator: str) -> dict[str, Any]:
    """Area, period and position that a page was asked for, by somebody who may read there."""
    as_of = request.GET.get("as_of") or str(queries.position())
    if not as_of.isdecimal():
        raise Http404
    try:
        explained = answers.explained(
            indicator, request.GET.get("area"), request.GET.get("period"), int(as_of)
        )
    except UnknownName as error:
        raise Http404(str(error)) from error
    _check(request, explained["indicator"], explained["area"])
    keys = ("area", "period", "name", "area_name")
    return {key: explained[key] for key in keys} | {"as_of": int(as_of)}


def _touched(figures: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """The figures of years, one row an indicator and year, with the areas from the smallest up."""
    known = queries.system_records()
    names = {indicator.key: indicator.name.zh for indicator in known.definitions.indicators}
    rows: dict[tuple[str, str], list[dict[str, str]]] = {}
    for figure in figures:
        if len(figure["period"]) == 4:
            area = known.areas.get(figure["area"], {}).get("name", figure["area"])
            rows.setdefault((figure["indicator"], figure["period"]), []).append(
                {"code": figure["area"], "name": area}
            )
    return [
        {"indicator": key, "name": names[key], "period": period, "areas": areas}
        for (key, period), areas in sorted(rows.items())
    ]


def _check(request: HttpRequest, key: str, area: str) -> None:
    """Raises PermissionDenied for one who holds no role in the programme of `key` in the area."""
    if not policies.may_read(request.user, programme=key.partition(".")[0], area=area):
        raise PermissionDenied


def _peers(explained: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The peers and ourselves, the highest value first."""
    own = {"peer": explained["own_peer"], "value": explained["value"], "document": "由记录计算", "own": True}
    rows = [*explained["peers"], own] if explained["peers"] else []
    rows.sort(key=lambda row: row["value"], reverse=True)
    return [row | {"shown": shown(row["value"], explained["unit"])} for row in rows]


_ORIGINS = {"computed": "由记录计算", "reported": "上报合计", "partly": "部分为上报合计"}


def _facts(explained: Mapping[str, Any]) -> list[dict[str, Any]]:
    ratio = explained["denominator"] is not None
    words = [
        ("值", "Value", shown(explained["value"], explained["unit"]) or "无法判定"),
        *([("分子", "Numerator", shown(explained["numerator"]))] if ratio else []),
        *([("分母", "Denominator", shown(explained["denominator"]))] if ratio else []),
        *([("名次", "Rank", f"第 {explained['rank']}")] if explained["rank"] else []),
        ("区域", "Area", f"{explained['area_name']}({explained['area']})"),
        ("时期", "Period", explained["period"]),
        ("记录数", "Records", f"{explained['records']:,}"),
        ("来源", "Origin", _ORIGINS[explained["origin"]]),
        ("截至位置", "As of position", f"{explained['position']:,}"),
        ("定义版本", "Definition's version", explained["definition_version"]),
    ]
    return [{"zh": zh, "en": en, "value": value} for zh, en, value in words]
