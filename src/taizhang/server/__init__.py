"""Starting Django for a home, and serving the pages."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer, make_server

from taizhang.errors import HomeError, Problem

__all__ = ["known_failure", "serve", "start"]


class _Server(ThreadingMixIn, WSGIServer):
    """A thread a request, so that one slow answer does not hold up the others."""

    daemon_threads = True


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


def serve(address: str, port: int) -> None:
    """Serve the pages until interrupted. For one machine; a service puts a WSGI server in front."""
    from taizhang.server.wsgi import application

    with make_server(address, port, application, _Server) as server:
        server.serve_forever()
