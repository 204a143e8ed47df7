"""Starting Django for a home, and serving the pages."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

from taizhang.errors import HomeError, Problem

__all__ = ["known_failure", "serve", "start"]

THREADS = 8
"""Requests answered at the same time; DuckDB and SQLite leave the interpreter free while they work."""


def start(home: Path | None = None) -> None:
    """Set Django up for `home` (default: TAIZHANG_HOME). Raises HomeError where the home cannot be used."""
    if home is not None:
        os.environ["TAIZHANG_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taizhang.server.settings")
    import django

    django.setup()


def known_failure(error: Exception) -> HomeError | None:
    """What a failing database or disk means for the home; None for an error of another kind.

    For errors that nobody caught where they arose. `start` need not have been called.
    """
    if isinstance(error, OSError):
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        remedy = "腾出空间后再来一次 / free space and try again"
        return HomeError(Problem("disk-full", "磁盘已满 / the disk is full", remedy=remedy)) if full else None
    from django.apps import apps

    if not apps.ready:
        return None
    from taizhang.ledger.queries import home_error

    return home_error(error)


def serve(address: str, port: int, ready: Callable[[], None]) -> None:
    """Serve the pages until interrupted, in one process; `ready` is called when the port is ours.

    Raises HomeError where it cannot be had.
    """
    from waitress import create_server

    from taizhang.server.wsgi import application

    try:
        server = create_server(application, host=address, port=port, threads=THREADS, ident="taizhang")
    except OSError as error:
        raise HomeError(
            Problem(
                "port-taken",
                f"不能在 {address}:{port} 开网页 / cannot serve there: {error}",
                remedy="换一个端口 / choose another with --port",
            )
        ) from error
    ready()
    server.run()
