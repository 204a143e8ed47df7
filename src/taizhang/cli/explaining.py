"""`taizhang explain`: where a figure comes from, and what a record touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.padding import Padding
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from taizhang import jobs
from taizhang.cli import console
from taizhang.cli.options import AreaOption, AsOfOption, FormatOption, HomeOption
from taizhang.cli.rows import Format, cell, print_rows, shown
from taizhang.server import start

Told = Mapping[str, Any]
UNDECIDED = "无法判定 / undecided"
ORIGINS = {"computed": "由记录计算 / computed", "reported": "上报合计 / reported"}
STEPS = {"open": "立案 / open", "amend": "更正 / amend", "void": "作废 / void"}


def explain(
    what: Annotated[
        str,
        typer.Argument(metavar="INDICATOR|RECORD", help="指标或台账记录 / an indicator or a record"),
    ],
    area: AreaOption = None,
    period: Annotated[str | None, typer.Option(help="时期 / period")] = None,
    limit: Annotated[
        int, typer.Option(min=0, help="分子、分母各列出几条记录 / how many records of each side")
    ] = 20,
    as_of: AsOfOption = None,
    home: HomeOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """说明指标从哪里来,或记录影响哪些指标。/ Where a figure comes from, or what a record touches."""
    start(home)
    with console.err().status("查找中 / looking it up"):
        is_figure = jobs.explained_kind(what, as_of=as_of) == "figure"
        if is_figure:
            told = jobs.explain_figure(what, area=area, period=period, as_of=as_of, limit=limit, entries=True)
        else:
            told = jobs.explain_record(
                what, area=area, period=period, as_of=as_of, proof=True, sentences=True
            )
    if form is not Format.TABLE:
        print_rows([told], form, kind="explained-figure" if is_figure else "explained-record")
    elif is_figure:
        _show_figure(console.out(), told)
    else:
        _show_record(console.out(), told, jobs.describe_record(what, as_of=told["position"]))


def _show_figure(to: Console, told: Told) -> None:
    to.print(Text(f"{told['name']}  {told['indicator']}", style="bold"))
    to.print(f"{told['area_name']} {told['area']} · {told['period']} · 截至位置 / as of {told['position']:,}")
    value = f"{shown(told['value'])} {told['unit']}".strip() if told["value"] is not None else UNDECIDED
    if told["denominator"] is not None:
        value += f"  =  {shown(told['numerator'])} / {shown(told['denominator'])}"
    _facts(
        to,
        (
            ("值 / value", value),
            ("定义", told["definition"]),
            ("definition", told["definition_en"]),
            ("记录 / records", shown(told["records"])),
            ("来源 / origin", ORIGINS[told["origin"]]),
            ("定义版本 / version", told["definition_version"]),
        ),
    )
    if told["parts"]:
        _head(to, "由这些指标算出 / computed from")
        _table(to, told["parts"], ("indicator", "name", "value", "unit", "numerator", "denominator"))
    for side, title in (("numerator", "分子记录 / numerator"), ("denominator", "分母记录 / denominator")):
        records, total = told[f"{side}_records"], told[f"{side}_total"]
        if total:
            _head(to, f"{title}: 共 {total:,} 条,列出 {len(records)} 条 / {len(records)} of {total:,}")
            _entries(to, [{"record": r["record"], **entry} for r in records for entry in r["entries"]])
    if told["sql"]:
        _head(to, "算法 / SQL")
        to.print(Padding(Syntax(told["sql"], "sql", word_wrap=True, background_color="default"), (0, 2)))


def _show_record(to: Console, told: Told, described: Told) -> None:
    name = described["type_name"]
    void = "  已作废 / void" if described["void"] else ""
    to.print(Text(f"{name.zh} {name.en}  {told['record']}{void}", style="bold"))
    to.print(f"{told['type']} · 截至位置 / as of {told['position']:,}")
    _facts(to, ((f"{fact.zh} {fact.en}".strip(), fact.value) for fact in described["facts"]))
    _head(to, "条目 / entries")
    rows = []
    for entry, words in zip(told["entries"], described["entries"], strict=True):
        reason = f"理由:{words['reason']}" if words["reason"] else ""
        late = f"补录 late: {words['recorded']}" if words["late"] else ""
        rows.append(
            {
                "position": entry["position"],
                "what": f"{words['zh']} {words['en']}",
                "says": "\n".join(part for part in (words["said"], reason, late) if part),
                "happened": words["happened"],
                "officer": words["officer"],
                "digest": entry["digest"][:12] + "…",
                "proof": _proof(entry["proof"]),
            }
        )
    _table(to, rows, ("position", "what", "says", "happened", "officer", "digest", "proof"))
    _head(to, "涉及的指标 / figures that it touches")
    _table(to, _by_figure(told["figures"]), ("indicator", "name", "area", "periods"))
    _head(to, "报告中的句子 / sentences of the reports")
    _table(to, told["sentences"], ("report", "sentence", "surface", "indicator", "period", "verdict"))


def _by_figure(touched: Iterable[Told]) -> list[dict[str, Any]]:
    """A row an indicator and area, with all the periods."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for one in touched:
        key = one["indicator"], one["area"]
        row = rows.setdefault(key, {"name": one["name"], "indicator": key[0], "area": key[1], "periods": ""})
        row["periods"] += f"{', ' if row['periods'] else ''}{one['period']}"
    return list(rows.values())


def _entries(to: Console, entries: Iterable[Told]) -> None:
    rows = [
        {
            **entry,
            "what": entry["step"] or STEPS[entry["kind"]],
            "happened": entry["happened"][:19].replace("T", " "),
            "digest": entry["digest"][:12] + "…",
            "proof": _proof(entry["proof"]),
        }
        for entry in entries
    ]
    columns = ("record", "position", "what", "happened", "officer", "reason", "digest", "proof")
    used = [name for name in columns if any(row.get(name) for row in rows)]
    _table(to, rows, used)


def _proof(proof: Told | None) -> str:
    if proof is None:
        return "未封 / not sealed yet"
    holds = "成立 / holds" if proof["holds"] else "不成立 / BROKEN"
    return f"{holds}({proof['sealed']} 条之下,{len(proof['path'])} 步 / steps)"


def _head(to: Console, text: str) -> None:
    to.print()
    to.print(Text(text, style="bold"))


def _facts(to: Console, facts: Iterable[tuple[str, str]]) -> None:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in facts:
        grid.add_row(Text(name), Text(value))
    to.print(Padding(grid, (0, 2)))


def _table(to: Console, rows: Iterable[Told], columns: Iterable[str]) -> None:
    table = Table(box=None, padding=(0, 2, 0, 2), header_style="dim")
    names = list(columns)
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell(row.get(name))) for name in names))
    to.print(table if table.row_count else Text("  没有 / none"))


def add_to(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(explain)
