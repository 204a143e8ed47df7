"""A checked report as a table for people: what is claimed, what the records give, the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from taizhang import jobs
from taizhang.cli.rows import VERDICT_STYLES, shown

WIDE = 96
"""From so many columns on, numerator and denominator have a column of their own."""
MARKS = {
    "confirmed": "✓ 相符",
    "contradicted": "✗ 不符",
    "undecided": "? 无法判定",
    "no-indicator": "– 无对应指标",
}


def claim_table(
    report: jobs.CheckedReport, title: str, width: int, claims: Sequence[Mapping[str, Any]] | None = None
) -> Table:
    """The report's claims (or those given) as a table of at most `width` columns."""
    table = Table(title=title, title_justify="left", width=min(width, 130), show_lines=False)
    table.add_column("原文\nclaim", overflow="fold", ratio=5)
    table.add_column("指标\nindicator", overflow="fold", ratio=9)
    table.add_column("由记录算得\nfigure", justify="right", overflow="fold", ratio=5)
    wide = width >= WIDE
    if wide:
        table.add_column("分子/分母\nfraction", justify="right", overflow="fold", ratio=5)
    table.add_column("结论\nverdict", no_wrap=True, min_width=12)
    for row in report.claims if claims is None else claims:
        indicator = row.get("indicator") or ""
        name = Text(report.names.get(indicator, "—"))
        name.append(f"\n{indicator}", style="dim")
        verdict = Text(MARKS[row["verdict"]], style=VERDICT_STYLES[row["verdict"]])
        verdict.append(f"\n{row['verdict']}", style="dim")
        cells = [Text(row["surface"]), name, Text(_figure(row))]
        if wide:
            cells.append(Text(_fraction(row)))
        table.add_row(*cells, verdict)
    return table


def _figure(row: Mapping[str, Any]) -> str:
    if row.get("figure") is None:
        return "—"
    if row["kind"] == "rank":
        return f"第{shown(row['figure'])}"
    return f"{shown(row['figure'])}{row.get('unit') or ''}"


def _fraction(row: Mapping[str, Any]) -> str:
    if row.get("denominator") is None:
        return ""
    return f"{shown(row['numerator'])}\n/ {shown(row['denominator'])}"
