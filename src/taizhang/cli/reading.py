"""`taizhang read`: a text's claims, statements, findings or extracted text. No ledger needed."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from taizhang import jobs
from taizhang.cli.options import FormatOption
from taizhang.cli.rows import Format, print_rows


class ReadWhat(StrEnum):
    """What of a text is printed."""

    CLAIMS = "claims"
    STATEMENTS = "statements"
    FINDINGS = "findings"
    TEXT = "text"


def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="报告文件 / report files")],
    what: Annotated[ReadWhat, typer.Option(help="读什么 / what to print")] = ReadWhat.CLAIMS,
    form: FormatOption = Format.TABLE,
) -> None:
    """读报告,列出每个数字的含义。/ Read reports: every figure that they assert."""
    if what is ReadWhat.TEXT and form is Format.TABLE:
        for row in jobs.read_files(files, what.value):
            sys.stdout.write(row["text"])
        return
    columns = ("file", "surface", "low", "high", "unit", "kind", "bound", "subject", "section", "period")
    rows = jobs.read_files(files, what.value)
    print_rows(rows, form, columns if what is ReadWhat.CLAIMS else (), kind=what.value)


def add_to(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(read)
