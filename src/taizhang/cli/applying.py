"""`taizhang apply`: put a district's changed files in force."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from taizhang import jobs
from taizhang.cli import console
from taizhang.cli.options import DryRunOption, FormatOption, HomeOption, OfficerOption
from taizhang.cli.rows import Format, print_rows
from taizhang.server import start


def apply(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="区县目录 / the district's folder")],
    officer: OfficerOption = "administrator",
    since: Annotated[
        datetime | None,
        typer.Option(
            "--since",
            formats=["%Y-%m-%d"],
            help="新区域、机构和划转自此日起 / areas, bodies, moves hold from",
        ),
    ] = None,
    dry_run: DryRunOption = False,
    home: HomeOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """启用改动过的区县目录。/ Put a district's changed files, areas and bodies in force."""
    start(home)
    applied = jobs.apply_district(
        directory, officer=officer, start=since.date() if since else None, dry_run=dry_run
    )
    print_rows(applied.rows, form, kind="changes")
    if form is Format.TABLE:
        if not applied.entries:
            said = "没有改动 / nothing has changed"
        elif applied.rehearsed:
            said = f"试行:将记入 {applied.entries} 条,未入账 / a trial: {applied.entries} entries, none taken"
        else:
            said = f"已启用,记入 {applied.entries} 条 / in force, {applied.entries} entries"
        console.out().print(f"{said};位置 / position {applied.position}")


def add_to(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(apply)
