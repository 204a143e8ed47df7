"""`taizhang validate`, `init`, `post`, `import`, `attach`, `seal`, `verify`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from taizhang import jobs
from taizhang.cli.options import FormatOption, HomeOption
from taizhang.cli.progress import counting
from taizhang.cli.rows import Format, print_rows
from taizhang.server import start

OfficerOption = Annotated[
    str,
    typer.Option(
        "--officer", envvar="TAIZHANG_OFFICER", help="以谁的名义 / in whose name (an officer's username)"
    ),
]
PartialOption = Annotated[
    bool,
    typer.Option("--partial", help="好的先入账,退回的写入文件 / take what is good, write the rest to a file"),
]


def validate(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="区县目录 / a district's folder")],
    form: FormatOption = Format.TABLE,
) -> None:
    """检查专项定义文件。/ Check programme files."""
    definitions = jobs.validate_definitions(directory)
    rows = [
        {
            "programme": programme.id,
            "name": programme.name.zh,
            "records": list(programme.records),
            "indicators": list(programme.indicators),
        }
        for programme in definitions.programmes.values()
    ]
    print_rows(rows, form)


def init(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="新区县目录 / the new district's folder")],
    home: HomeOption = None,
) -> None:
    """建一个新区县:区域、机构、第一个专项。/ A new district: areas, bodies, a first programme."""
    start(home)
    founded = jobs.found_district(directory)
    console = Console()
    console.print(f"已建 / founded: {founded.home}(位置 / position {founded.position})")
    console.print(
        f"管理员 / administrator: {founded.officer}  口令 / password: {founded.password}", highlight=False
    )


def post(
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="条目文件 / a file of entries")],
    officer: OfficerOption = "administrator",
    partial: PartialOption = False,
    home: HomeOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """把条目记入台账。/ Post entries."""
    start(home)
    with counting("入账 / posting") as progress:
        posted = jobs.post_file(file, officer=officer, partial=partial, progress=progress)
    _report(posted, form)


def import_(
    file: Annotated[Path, typer.Argument(help="表格文件 / a CSV file")],
    record: Annotated[str, typer.Option("--as", help="PROGRAMME.RECORD")],
    officer: OfficerOption = "administrator",
    area: Annotated[str, typer.Option("--area", help="各行未写区域时 / where a row names none")] = "",
    body: Annotated[str, typer.Option("--body", help="各行未写机构时 / where a row names none")] = "",
    partial: PartialOption = False,
    home: HomeOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """把表格的每一行记为一条新记录。/ Import a sheet: each row opens a record."""
    start(home)
    with counting("导入 / importing") as progress:
        posted = jobs.import_sheet(
            file, record, officer=officer, area=area, body=body, partial=partial, progress=progress
        )
    _report(posted, form)


def _report(posted: jobs.PostedFile, form: Format) -> None:
    row = {
        "file": str(posted.file),
        "taken": posted.taken,
        "known": posted.known,
        "refused": posted.refused,
        "position": posted.position,
        "refused_file": str(posted.refused_file or ""),
    }
    print_rows([row], form)
    if posted.refused:
        Console(stderr=True).print(
            f"退回 {posted.refused} 条,原因见 / refused, with reasons in: {posted.refused_file}",
            highlight=False,
        )
        raise typer.Exit(2)


def attach(
    file: Annotated[Path, typer.Argument(help="文件 / a document, photograph, map …")],
    home: HomeOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """收存文件,给出条目里要写的摘要。/ Store a file and give the digest by which entries name it."""
    start(home)
    stored = jobs.store_file(file)
    if form is Format.TABLE:
        typer.echo(stored["digest"])
    else:
        print_rows([stored], form)


def seal(home: HomeOption = None) -> None:
    """封账:签署至今全部条目的树根。/ Seal the ledger and give out a signed checkpoint."""
    start(home)
    sealed = jobs.seal_ledger()
    Console().print(f"已封至位置 {sealed.size} / sealed up to position {sealed.size}: {sealed.file}")


def verify(
    checkpoint: Annotated[
        Path | None, typer.Option("--checkpoint", help="另存的检查点 / a checkpoint kept elsewhere")
    ] = None,
    deep: Annotated[bool, typer.Option("--deep", help="并重放全部记录 / replay every record, too")] = False,
    home: HomeOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """查验台账的链与封存。/ Verify the ledger's chain and seals."""
    start(home)
    outcome = jobs.verify_ledger(checkpoint, deep=deep)
    print_rows(outcome.rows, form)
    if form is Format.TABLE:
        Console().print(
            f"条目 {outcome.entries},已封 {outcome.sealed},未封 {outcome.unsealed} / "
            f"entries {outcome.entries}, sealed {outcome.sealed}, unsealed tail {outcome.unsealed}"
        )
        Console().print(
            f"文件 {outcome.files},内容已删 {outcome.forgotten} / "
            f"files {outcome.files}, forgotten {outcome.forgotten}"
        )
    if outcome.rows:
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(validate)
    app.command()(init)
    app.command()(post)
    app.command(name="import")(import_)
    app.command()(attach)
    app.command()(seal)
    app.command()(verify)
