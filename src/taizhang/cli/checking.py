"""`taizhang check`: a published text against the ledger's records."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from taizhang import jobs
from taizhang.cli import console
from taizhang.cli.options import AreaOption, AsOfOption, FormatOption, HomeOption
from taizhang.cli.rows import Format, print_rows
from taizhang.server import start


class CheckWhat(StrEnum):
    """What of the check is printed."""

    CLAIMS = "claims"
    STATEMENTS = "statements"
    FINDINGS = "findings"


STATEMENT_COLUMNS = ("surface", "indicator", "figure", "records", "verdict", "why")
CLAIM_COLUMNS = (
    "surface",
    "subject",
    "indicator",
    "figure",
    "numerator",
    "denominator",
    "verdict",
    "findings",
)


def check(
    file: Annotated[Path, typer.Argument(help="报告文件 / the report")],
    what: Annotated[CheckWhat, typer.Option(help="查什么 / what to print")] = CheckWhat.CLAIMS,
    area: AreaOption = None,
    as_of: AsOfOption = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="有不符即以 1 退出 / exit 1 on a contradiction")
    ] = False,
    home: HomeOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """逐句核对报告。/ Check a report against the records, line by line."""
    start(home)
    report = jobs.check_report(file, area=area, as_of=as_of)
    rows = {"claims": report.claims, "statements": report.statements, "findings": report.findings}[what.value]
    columns = {CheckWhat.CLAIMS: CLAIM_COLUMNS, CheckWhat.STATEMENTS: STATEMENT_COLUMNS}.get(what, ())
    print_rows(rows, form, columns, kind=f"checked-{what.value}")
    if form is Format.TABLE:
        counts = report.statement_counts if what is CheckWhat.STATEMENTS else report.counts
        summary = ",".join(f"{verdict} {count}" for verdict, count in counts.items())
        console.out().print(f"{summary};截至位置 / as of position {report.position}")
    if strict and "contradicted" in {**report.counts, **report.statement_counts}:
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(check)
