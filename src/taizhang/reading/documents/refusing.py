"""How a document is refused: one error, with code, what was found, place and remedy."""

from __future__ import annotations

from taizhang.errors import DocumentError, Problem
from taizhang.values import Place


def refuse(
    code: str, found: str, remedy: str, source: str, *, expected: str = "", line: int = 0
) -> DocumentError:
    """The error to raise for a source that cannot be read; `line` counts from 1, 0: the file as a whole."""
    return DocumentError(Problem(code, found, expected, remedy, Place(source, line)))
