"""`taizhang serve`: the pages."""

from __future__ import annotations

from typing import Annotated

import typer

from taizhang.cli import console
from taizhang.cli.options import HomeOption
from taizhang.server import serve as serve_pages
from taizhang.server import start


def serve(
    port: Annotated[int, typer.Option(help="端口 / port")] = 8000,
    address: Annotated[str, typer.Option(help="地址 / address")] = "127.0.0.1",
    home: HomeOption = None,
) -> None:
    """打开网页。/ Serve the pages."""
    start(home)
    console.out().print(f"网页 / pages: http://{address}:{port}/  (Ctrl-C 停止 / stops)")
    serve_pages(address, port)


def add_to(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(serve)
