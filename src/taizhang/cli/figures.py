"""`taizhang figures` and `taizhang explain`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.syntax import Syntax

from taizhang import jobs
from taizhang.cli.options import AreaOption, AsOfOption, FormatOption, HomeOption
from taizhang.cli.rows import Format, print_rows
from taizhang.server import start

FIGURE_COLUMNS = (
    "indicator",
    "area",
    "period",
    "value",
    "unit",
    "numerator",
    "denominator",
    "yoy_difference",
    "rank",
    "target",
    "light",
)


class Tree(StrEnum):
    """The two named tree modes; a date may stand in their place."""

    THEN = "then"
    NOW = "now"


def figures(
    indicator: Annotated[list[str] | None, typer.Option(help="指标 / indicator, programme.indicator")] = None,
    area: AreaOption = None,
    period: Annotated[
        list[str] | None, typer.Option(help="2022, 2022-H1, 2022-Q3, 2022-11, 2022-11-05")
    ] = None,
    by: Annotated[str, typer.Option(help="按字段细分 / break down by a field")] = "",
    as_of: AsOfOption = None,
    tree: Annotated[str, typer.Option(help="then | now | 日期 / DATE")] = Tree.THEN.value,
    home: HomeOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """计算指标。/ Compute figures from the records."""
    start(home)
    rows = jobs.compute_figures(
        indicator or [], area=area, periods=period or [], by=by, as_of=as_of, tree=tree
    )
    print_rows(rows, form, (*FIGURE_COLUMNS[:2], "by", *FIGURE_COLUMNS[2:]) if by else FIGURE_COLUMNS)


def explain(
    what: Annotated[
        str, typer.Argument(metavar="INDICATOR|RECORD", help="指标或记录 / an indicator or a record")
    ],
    area: AreaOption = None,
    period: Annotated[str | None, typer.Option(help="时期 / period")] = None,
    as_of: AsOfOption = None,
    home: HomeOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """说明一个指标从哪里来,或一条记录影响哪些指标。/ Where a figure comes from, or what a record touches."""
    start(home)
    if "." in what:
        explained = jobs.explain_figure(what, area=area, period=period, as_of=as_of)
    else:
        explained = jobs.explain_record(what, as_of=as_of, proof=True)
    if form is not Format.TABLE:
        print_rows([explained], form)
        return
    console = Console()
    for key, value in explained.items():
        if key == "sql":
            console.print(Syntax(str(value), "sql", word_wrap=True))
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            print_rows(value, Format.TABLE, title=key)
        else:
            console.print(f"[bold]{key}[/bold]  ", end="")
            console.print(str(value), markup=False)


def add_to(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(figures)
    app.command()(explain)
