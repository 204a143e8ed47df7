"""The command `taizhang`: its sub-commands, and the one place that turns errors into exit codes."""

from __future__ import annotations

import os
import sys

import typer
from rich.console import Console

from taizhang.cli import checking, demonstration, explaining, figures, ledger, persons, reading, serving
from taizhang.errors import TaizhangError

EXIT_DONE, EXIT_FOUND, EXIT_BAD_INPUT = 0, 1, 2

app = typer.Typer(
    name="taizhang",
    help="台账:一次记录,指标随时可算,报告逐句可查。/ The ledger behind the report.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for room in (demonstration, ledger, persons, figures, explaining, reading, checking, serving):
    room.add_to(app)


def main() -> None:
    """Run the command line. Exit codes: 0 done; 1 a contradiction or a breach; 2 bad input."""
    try:
        app()
    except TaizhangError as error:
        console = Console(stderr=True, highlight=False)
        for problem in error.problems[:50]:
            console.print(str(problem), style="red", markup=False, soft_wrap=True)
        if len(error.problems) > 50:
            console.print(f"……另有 {len(error.problems) - 50} 条 / and {len(error.problems) - 50} more")
        sys.exit(EXIT_BAD_INPUT)
    except BrokenPipeError:
        # The reader of our output has gone (`taizhang figures | head`): nothing more to say to anybody.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_DONE)
