"""The command `taizhang`: its sub-commands, and the one place that turns errors into exit codes."""

from __future__ import annotations

import os
import sys
import traceback

import typer

from taizhang.cli import (
    applying,
    checking,
    console,
    demonstration,
    explaining,
    figures,
    ledger,
    persons,
    reading,
    serving,
)
from taizhang.errors import TaizhangError, arose_at
from taizhang.server import known_failure

EXIT_DONE, EXIT_FOUND, EXIT_BAD_INPUT = 0, 1, 2
EXIT_UNFORESEEN = 70
"""A fault of our own: neither done, nor found something, nor bad input (sysexits.h, EX_SOFTWARE)."""

MOST_SHOWN = 50

app = typer.Typer(
    name="taizhang",
    help="台账:一次记录,指标随时可算,报告逐句可查。/ The ledger behind the report.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for room in (demonstration, ledger, applying, persons, figures, explaining, reading, checking, serving):
    room.add_to(app)


def main() -> None:
    """Run the command line.

    Exit codes: 0 done; 1 a contradiction or a breach; 2 bad input; 70 a fault of the program's own.
    """
    try:
        try:
            app()
        finally:
            sys.stdout.flush()  # here, where it may still fail aloud
    except TaizhangError as error:
        _say(error)
        sys.exit(EXIT_BAD_INPUT)
    except BrokenPipeError:
        # The reader of our output has gone (`taizhang figures | head`): nothing more to say to anybody.
        _drop_output()
        sys.exit(EXIT_DONE)
    except Exception as error:  # noqa: BLE001 - the last door: what comes here is said plainly, never hidden
        known = known_failure(error)
        if known is not None:
            if isinstance(error, OSError):
                _drop_output()
            _say(known)
            sys.exit(EXIT_BAD_INPUT)
        _say_unforeseen(error)
        sys.exit(EXIT_UNFORESEEN)


def _drop_output() -> None:
    """What was not written by now never will be; else the interpreter would try again when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)


def _say(error: TaizhangError) -> None:
    for problem in error.problems[:MOST_SHOWN]:
        console.notice(str(problem), style="red")
    if len(error.problems) > MOST_SHOWN:
        more = len(error.problems) - MOST_SHOWN
        console.notice(f"……另有 {more} 条 / and {more} more")


def _say_unforeseen(error: Exception) -> None:
    """One line with the kind of error and where it arose; its words may hold somebody's data."""
    if os.environ.get("TAIZHANG_DEBUG") == "1":
        traceback.print_exception(error)
    console.notice(
        f"程序出错 / an unforeseen error: {type(error).__name__} ({arose_at(error)}) [unforeseen]\n"
        "  怎么办 / remedy: 设 TAIZHANG_DEBUG=1 再运行可见详情(可能含个人信息,转交前先看)/ "
        "run again with TAIZHANG_DEBUG=1 to see the details (look before you pass them on)",
        style="red",
    )
