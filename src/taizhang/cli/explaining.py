"""`taizhang explain`: from a figure to its records, and from a record to its figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from taizhang import jobs
from taizhang.cli.options import AreaOption, AsOfOption, FormatOption, HomeOption
from taizhang.cli.rows import Format, print_rows, shown
from taizhang.server import start

SAMPLE = 5
"""Records that are named under a figure; `--format jsonl` names more."""


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
    console = Console(highlight=False)
    if "." in what:
        _show_figure(console, explained)
    else:
        _show_record(console, explained, jobs.describe_record(what, as_of=explained["position"]))


def _show_figure(console: Console, explained: Mapping[str, Any]) -> None:
    facts = _facts()
    facts.add_row("指标 indicator", f"{explained['name']} ({explained['indicator']})")
    facts.add_row("值 value", f"[bold]{shown(explained['value'])} {explained['unit']}[/bold]")
    if explained["denominator"] is not None:
        facts.add_row("分子/分母", f"{shown(explained['numerator'])} / {shown(explained['denominator'])}")
    facts.add_row("区域 area", f"{explained['area_name']} ({explained['area']})")
    facts.add_row("时期 period", explained["period"])
    facts.add_row("定义 definition", Text(f"{explained['definition']}\n{explained['definition_en']}"))
    facts.add_row("位置 position", f"{explained['position']:,}  定义版本 {explained['definition_version']}")
    console.print(facts)
    console.print(Syntax(str(explained["sql"]), "sql", word_wrap=True))
    named = explained["sample"][:SAMPLE]
    console.print(f"\n记录 records: {explained['records']:,}")
    for record in named:
        console.print(f"  taizhang explain {record}", markup=False)
    if explained["records"] > len(named):
        console.print("  … (--format jsonl)")


def _show_record(console: Console, explained: Mapping[str, Any], described: Mapping[str, Any]) -> None:
    name = described["type_name"]
    void = "  [bold red]已作废 void[/bold red]" if described["void"] else ""
    console.print(f"[bold]{name.zh} {name.en}[/bold]  {explained['record']}{void}")
    facts = _facts()
    for fact in described["facts"]:
        facts.add_row(f"{fact.zh} {fact.en}".strip(), Text(fact.value))
    console.print(facts)
    table = Table(title="条目 entries", title_justify="left")
    table.add_column("位置\nposition", justify="right")
    for column in ("办理\nwhat", "内容\nsays", "发生\nhappened", "经手\nofficer", "摘要\ndigest"):
        table.add_column(column, overflow="fold")
    for entry in described["entries"]:
        said = [entry["said"], f"理由:{entry['reason']}" if entry["reason"] else ""]
        late = f"\n补录 late: {entry['recorded']}" if entry["late"] else ""
        cells = [f"{entry['zh']}\n{entry['en']}", "\n".join(part for part in said if part)]
        cells += [entry["happened"] + late, entry["officer"], entry["digest"][:8]]
        table.add_row(f"{entry['position']:,}", *(Text(cell) for cell in cells))
    console.print(table)
    console.print("\n影响的指标 figures that it is part of, by year:")
    years: dict[str, list[str]] = {}
    for figure in explained["figures"]:
        if len(figure["period"]) == 4:
            years.setdefault(f"{figure['indicator']} {figure['period']}", []).append(figure["area"])
    for key, areas in years.items():
        console.print(f"  {key}: {', '.join(areas)}", markup=False)
    _show_proof(console, explained["proof"])


def _show_proof(console: Console, proof: Mapping[str, Any] | None) -> None:
    if proof is None:
        console.print("\n证明 proof: 还没有封账到这里 / not sealed yet (taizhang seal)")
        return
    outcome = "[green]成立 holds[/green]" if proof["holds"] else "[bold red]不成立 does not hold[/bold red]"
    console.print(f"\n证明 proof: {outcome},{len(proof['path'])} 层 steps,根 root {proof['root'][:16]}…")


def _facts() -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    return table


def add_to(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(explain)
