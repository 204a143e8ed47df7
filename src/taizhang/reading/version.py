"""Which reader this is: results of one can stand beside each other, those of two cannot."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path


@cache
def reader_version() -> str:
    """A digest of the reader's own code and data."""
    folder = Path(__file__).parent
    digest = sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix != ".pyc":
            content = file.read_bytes()
            digest.update(f"{file.relative_to(folder).as_posix()} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()[:16]
