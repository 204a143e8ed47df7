"""`taizhang figures`: figures computed from the records."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

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


def add_to(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(figures)
