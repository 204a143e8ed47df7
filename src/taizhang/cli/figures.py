"""`taizhang figures`: the indicators' values."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from taizhang import jobs
from taizhang.cli import console
from taizhang.cli.options import AsOfOption, FormatOption, HomeOption
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
    indicator: Annotated[
        list[str] | None, typer.Option(help="指标,可多次 / indicator, programme.indicator; repeatable")
    ] = None,
    area: Annotated[
        list[str] | None,
        typer.Option("--area", help="区域代码或名称,可多次;all 为全部 / code or name; all: every one"),
    ] = None,
    level: Annotated[
        str, typer.Option("--level", help="这一级的全部区域,如 town / every area of this level")
    ] = "",
    period: Annotated[
        list[str] | None,
        typer.Option(
            help="2022, 2022-H1, 2022-Q3, 2022-11, 2022-11-05, 2022-01..2022-12;可多次 / repeatable"
        ),
    ] = None,
    by: Annotated[str, typer.Option(help="按字段细分 / break down by a field")] = "",
    as_of: AsOfOption = None,
    tree: Annotated[str, typer.Option(help="then | now | 日期 / DATE")] = Tree.THEN.value,
    home: HomeOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """计算指标。/ Compute figures from the records."""
    start(home)
    with console.err().status("计算中 / computing"):
        rows = jobs.compute_figures(
            indicator or [],
            areas=area or [],
            level=level,
            periods=period or [],
            by=by,
            as_of=as_of,
            tree=tree,
        )
    columns = (*FIGURE_COLUMNS[:2], "by", *FIGURE_COLUMNS[2:]) if by else FIGURE_COLUMNS
    print_rows(rows, form, columns, kind="figures")


def add_to(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(figures)
