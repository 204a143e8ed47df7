"""`taizhang demo`: build the demonstration district, check its annual report, serve the result."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from taizhang import jobs
from taizhang.cli.checking import CLAIM_COLUMNS
from taizhang.cli.options import HomeOption
from taizhang.cli.progress import counting
from taizhang.cli.rows import Format, print_rows
from taizhang.server import serve, start


def demo(
    no_serve: Annotated[bool, typer.Option("--no-serve", help="只建不开网页 / build only")] = False,
    scale: Annotated[float, typer.Option(help="规模,1 为真实规模 / size, 1 is true size")] = 1.0,
    port: Annotated[int, typer.Option(help="端口 / port")] = 8000,
    home: HomeOption = None,
) -> None:
    """建演示区县,核对其年度报告,然后打开网页。/ Build the demonstration, check its report, then serve."""
    start(home)
    console = Console()
    console.print("演示数据全部为合成,不是任何真实的人或事。/ All demonstration records are synthetic.")
    with counting("建立台账 / building the ledger", jobs.demonstration_size(scale)) as progress:
        built = jobs.build_demonstration(scale=scale, progress=progress)
    for stage, seconds in built.stages.items():
        console.print(f"  {stage}: {seconds:.1f} s", highlight=False)
    console.print(f"位置 / position {built.position};检查点 / checkpoint {built.checkpoint}", highlight=False)
    _show(console, "年度报告 / the annual report", jobs.check_report(built.report))
    _show(
        console,
        "同一报告改动三个数 / the same report, three figures altered",
        jobs.check_report(built.altered),
    )
    console.print("\n一个数字从哪里来 / where a figure comes from:")
    console.print("  taizhang explain city-cases.closing-rate --period 2022", highlight=False)
    if built.officer:
        console.print(f"登录 / sign in: {built.officer}  口令 / password: {built.password}", highlight=False)
    if not no_serve:
        console.print(f"网页 / pages: http://127.0.0.1:{port}/  (Ctrl-C 停止 / stops)", highlight=False)
        serve("127.0.0.1", port)


def _show(console: Console, title: str, report: jobs.CheckedReport) -> None:
    print_rows(report.claims, Format.TABLE, CLAIM_COLUMNS, title=title, kind="checked-claims")
    console.print("  ".join(f"{verdict} {count}" for verdict, count in report.counts.items()))


def add_to(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(demo)
