"""`taizhang demo`: build the demonstration district, check its annual report, serve the result."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from taizhang import jobs
from taizhang.cli.claim_table import claim_table
from taizhang.cli.options import HomeOption
from taizhang.cli.progress import Stages
from taizhang.cli.serving import serve_until_stopped
from taizhang.server import start

INTERRUPTED = 130
STAGES = {
    "founding": "建库 founding",
    "posting": "入账 posting",
    "sealing": "封账 sealing",
    "lake": "列存 lake",
    "checking": "核对 checking",
}
Rows = Sequence[Mapping[str, Any]]


def demo(
    no_serve: Annotated[bool, typer.Option("--no-serve", help="只建不开网页 / build only")] = False,
    scale: Annotated[float, typer.Option(help="规模,1 为真实规模 / size, 1 is true size")] = 1.0,
    port: Annotated[int, typer.Option(min=1, max=65_535, help="端口 / port")] = 8000,
    home: HomeOption = None,
) -> None:
    """建演示区县,核对其年度报告,然后打开网页。/ Build the demonstration, check its report, then serve."""
    start(home)
    console = Console(highlight=False, emoji=False, width=None if Console().is_terminal else 120)
    console.print("[bold]台账演示 · Taizhang demonstration[/bold]")
    console.print("[yellow]全部记录均为合成,不是任何真实的人或事。/ Every record is synthetic.[/yellow]")
    _say_what_stands(console)
    try:
        with Stages(STAGES) as stages:
            built = jobs.build_demonstration(scale=scale, watch=stages.watch)
            with stages.watch("checking"):
                report, altered = jobs.check_report(built.report), jobs.check_report(built.altered)
    except KeyboardInterrupt:
        _say_stopped(console)
        raise typer.Exit(INTERRUPTED) from None
    console.print(
        f"截至位置 / as of position {built.position:,} · 检查点 / checkpoint {built.checkpoint.name}\n"
    )
    console.print(claim_table(report, "年度报告 / the annual report", console.width))
    _say_counts(console, report)
    _show_altered(console, report, altered)
    _say_what_next(console, built, home)
    if not no_serve:
        console.print()
        serve_until_stopped(console, "127.0.0.1", port)


def _say_what_stands(console: Console) -> None:
    stands = jobs.standing_demonstration()
    if stands is None:
        return
    if stands.done:
        console.print("已建成,直接核对。/ It is built already; checking it.")
    elif stands.position:
        at = f"{stands.position:,}"
        console.print(f"上次停在位置 {at},接着建。/ It was cut short at position {at}; going on from there.")


def _say_stopped(console: Console) -> None:
    stands = jobs.standing_demonstration()
    at = f"{stands.position:,}" if stands else "0"
    console.print(
        f"\n[yellow]已停。已入账的 {at} 条完好;再运行同一命令即从那里接着建。[/yellow]\n"
        f"Stopped. The {at} entries taken are whole; the same command goes on from there."
    )


def _say_counts(console: Console, report: jobs.CheckedReport) -> None:
    console.print("  ".join(f"{verdict} {count}" for verdict, count in report.counts.items()) + "\n")


def _show_altered(console: Console, report: jobs.CheckedReport, altered: jobs.CheckedReport) -> None:
    """Only what differs from the report itself, and what became of all the rest."""
    pairs = list(zip(report.claims, altered.claims, strict=True))
    changed = [after for before, after in pairs if before["surface"] != after["surface"]]
    same = [(before, after) for before, after in pairs if before["surface"] == after["surface"]]
    title = f"同一报告,改动了 {len(changed)} 个数 / the same report, {len(changed)} figures altered"
    console.print(claim_table(altered, title, console.width, changed))
    moved = sum(before["verdict"] != after["verdict"] for before, after in same)
    wrong = sum(row["verdict"] == "contradicted" for row in changed)
    rest = "结论不变 / as before" if not moved else f"有 {moved} 处结论改变 / {moved} verdicts changed"
    console.print(
        f"改动的 {len(changed)} 处:{wrong} 处不符;其余 {len(same)} 处:{rest}。\n"
        f"Contradicted: {wrong} of the {len(changed)} altered figures.\n"
    )


def _say_what_next(console: Console, built: jobs.Demonstration, home: Path | None) -> None:
    # The way back to this home from where the reader stands: nothing to add for the default one.
    where = "" if home is None and "TAIZHANG_HOME" not in os.environ else f" --home {escape(str(built.home))}"
    console.print("一个数字从哪里来 / where a figure comes from:")
    explain = f"taizhang explain city-cases.closing-rate --period 2022{where}"
    console.print(f"  [bold].venv/bin/{explain}[/bold]", soft_wrap=True)
    console.print("网页上看记录须登录,口令每次运行都换 / for officers; new every time:")
    console.print(
        f"  登录 / sign in: [bold]{built.officer}[/bold]  口令 / password: [bold]{built.password}[/bold]"
    )


def add_to(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(demo)
