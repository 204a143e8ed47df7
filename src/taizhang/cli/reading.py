"""`taizhang read`: what texts assert, as rows and as marked pages. No ledger needed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from taizhang import jobs
from taizhang.cli import console
from taizhang.cli.progress import counting
from taizhang.cli.read_output import OutputFile, PrintedOutput, ReadOutput, form_of
from taizhang.cli.read_pages import PagesOutput
from taizhang.cli.rows import Format
from taizhang.errors import DocumentError

INTERRUPTED = 130


class ReadWhat(StrEnum):
    """What of a text is printed."""

    CLAIMS = "claims"
    STATEMENTS = "statements"
    FINDINGS = "findings"
    TEXT = "text"


def read(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="报告文件或文件夹 / report files or folders")
    ],
    what: Annotated[ReadWhat, typer.Option(help="读什么 / what to print")] = ReadWhat.CLAIMS,
    form: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help="输出格式;默认依 --out 的后缀,否则 table / how rows are printed (default: by --out)",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help="写入文件;中断后同一命令接着读 / write to a file; stopped, the same command goes on"
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html", help="把原文标好写成网页:一份写成文件,多份写入文件夹 / write the texts marked, as pages"
        ),
    ] = None,
    processes: Annotated[
        int, typer.Option("--jobs", min=0, help="用几个进程;0 为自动 / processes; 0: as many as help")
    ] = 0,
    explain: Annotated[
        bool, typer.Option("--explain", help="说明每部分由哪条规则得出 / say which rule made each part")
    ] = False,
) -> None:
    """读报告,列出每个数字的含义。/ Read reports: every figure that they assert.

    读不出的文件不影响其余;最后逐一列出,以 2 退出。/ A file that cannot be read stops no other;
    each is named at the end, with exit code 2.
    """
    found = jobs.document_files(files, [path for path in (out, html) if path is not None])
    many = len(found.documents) > 1 or any(file.is_dir() for file in files)
    pages = PagesOutput(html, many) if html is not None else None
    quiet = pages is not None and form is None and out is None
    output: ReadOutput
    if out is not None:
        output = OutputFile(out, form_of(form, out), what.value, pages)
    else:
        output = PrintedOutput(form or Format.TABLE, what.value, pages, explain=explain, quiet=quiet)
    problems = list(found.problems)
    try:
        with output, _progress(len(found.documents)) as told:
            problems += output.write(found.documents, processes, told)
    except KeyboardInterrupt:
        console.notice(output.stopped())
        raise typer.Exit(INTERRUPTED) from None
    _say_done(output, found.others, len(problems))
    if problems:
        raise DocumentError(problems)


def _progress(documents: int) -> AbstractContextManager[Callable[[int], None]]:
    """A bar, where there is more than one document."""
    return counting("读 / reading", documents) if documents > 1 else nullcontext(lambda done: None)


def _say_done(output: ReadOutput, others: int, failed: int) -> None:
    if output.count + failed > 1 or (output.count and output.quiet) or others:
        console.notice(
            f"读了 {output.count:,} 份,{output.rows:,} 行 / {output.count:,} read, {output.rows:,} rows"
        )
    if output.known:
        console.notice(f"其中 {output.known:,} 份上次已读 / {output.known:,} of them were read before")
    if others:
        console.notice(
            f"另有 {others:,} 个文件不是文档,未读 / other files, which are no documents: {others:,}"
        )
    if output.unfit:
        console.notice(
            f"{output.unfit:,} 个数 Parquet 放不下,留空 / numbers too long for Parquet, left empty"
        )
    if failed and output.count + failed > 1:
        console.notice(f"{failed:,} 份读不出 / {failed:,} could not be read:", style="red")


def add_to(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(read)
