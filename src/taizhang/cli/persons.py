"""`taizhang forget`."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from taizhang import jobs
from taizhang.cli.ledger import OfficerOption
from taizhang.cli.options import HomeOption
from taizhang.server import start


def forget(
    number: Annotated[int, typer.Argument(help="人员编号 / a person's number", min=1)],
    reason: Annotated[str, typer.Option("--reason", help="理由,记入台账 / why; it goes into the ledger")],
    officer: OfficerOption = "administrator",
    home: HomeOption = None,
) -> None:
    """忘却一个人:身份与其记录的个人信息从此读不出,链不变。/ Forget a person; the chain stays whole."""
    start(home)
    position = jobs.forget_person(number, officer=officer, reason=reason)
    Console(highlight=False, emoji=False).print(f"已忘却 {number} / forgotten(位置 / position {position})")


def add_to(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(forget)
