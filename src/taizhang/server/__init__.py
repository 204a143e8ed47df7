"""Starting Django for a home, and serving the pages."""

from __future__ import annotations

import os
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer, make_server

__all__ = ["serve", "start"]


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


def serve(address: str, port: int) -> None:
    """Serve the pages until interrupted. For one machine; a service puts a WSGI server in front."""
    from taizhang.server.wsgi import application

    with make_server(address, port, application, _Server) as server:
        server.serve_forever()
