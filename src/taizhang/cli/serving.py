"""`taizhang serve`: the pages."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from taizhang.cli.options import HomeOption
from taizhang.server import serve as serve_pages
from taizhang.server import start


def serve(
    port: Annotated[int, typer.Option(min=1, max=65_535, help="端口 / port")] = 8000,
    address: Annotated[str, typer.Option(help="地址 / address")] = "127.0.0.1",
    home: HomeOption = None,
) -> None:
    """打开网页。/ Serve the pages."""
    start(home)
    serve_until_stopped(Console(highlight=False, emoji=False), address, port)


def serve_until_stopped(console: Console, address: str, port: int) -> None:
    """Say where the pages are once they are there, serve them, and say that it has ended."""
    serve_pages(
        address,
        port,
        lambda: console.print(f"网页 / pages: [bold]http://{address}:{port}/[/bold]  (Ctrl-C 停止 / stops)"),
    )
    console.print("已停 / stopped")


def add_to(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(serve)
