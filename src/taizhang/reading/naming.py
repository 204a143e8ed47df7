"""When a text is taken for a file's name."""

from __future__ import annotations

import re
from pathlib import Path

ENDINGS = (".txt", ".html", ".htm", ".shtml", ".xhtml", ".docx", ".pdf")
"""How the names of documents end."""
_NAME = re.compile(rf"[^\r\n。；！？]{{1,1000}}(?:{'|'.join(map(re.escape, ENDINGS))})", re.I)


def named(source: Path | str | bytes) -> Path | str | bytes:
    """The file that a line such as "report.docx" names, where there is one, else what was given."""
    if isinstance(source, str) and _NAME.fullmatch(source) and _is_there(Path(source)):
        return Path(source)
    return source


def _is_there(file: Path) -> bool:
    try:
        return file.is_file()
    except (OSError, ValueError):  # a name too long, or with a NUL, is nobody's
        return False
