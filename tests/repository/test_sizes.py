"""No file over 500 lines, no function over 60, but for those listed with a reason; the list only shrinks."""

from __future__ import annotations

import ast
from pathlib import Path

from source_tree import ROOT, tracked_files

FILE_LINES, FUNCTION_LINES = 500, 60
# path or path::function → why it may be longer. Add none: make the file smaller.
EXCEPTIONS: dict[str, str] = {}
MOST_EXCEPTIONS = 0


def too_long(name: str, source: str) -> list[str]:
    """Keys, as in EXCEPTIONS, of what is too long in this file."""
    found = [name] if len(source.splitlines()) > FILE_LINES else []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if (node.end_lineno or node.lineno) - node.lineno + 1 > FUNCTION_LINES:
            found.append(f"{name}::{node.name}")
    return found


def python_files() -> list[Path]:
    return [path for path in tracked_files() if path.suffix == ".py" and "migrations" not in path.parts]


def test_nothing_is_too_long() -> None:
    found = [
        key
        for path in python_files()
        for key in too_long(str(path.relative_to(ROOT)), path.read_text("utf-8"))
    ]
    assert not set(found) - set(EXCEPTIONS), f"too long: {sorted(set(found) - set(EXCEPTIONS))}"
    assert not set(EXCEPTIONS) - set(found), "no longer too long: take it off the list"


def test_the_list_only_shrinks() -> None:
    assert len(EXCEPTIONS) == MOST_EXCEPTIONS, (
        "lower MOST_EXCEPTIONS when the list shrinks; it is never raised"
    )
    assert all(EXCEPTIONS.values()), "each exception says why"


def test_the_check_sees_what_is_too_long() -> None:
    body = "".join("    pass\n" for _ in range(FUNCTION_LINES))
    assert too_long("a.py", f"def long():\n{body}") == ["a.py::long"]
    assert too_long("a.py", "class A:\n    async def long(self):\n" + body.replace("    ", "        ")) == [
        "a.py::long"
    ]
    assert too_long("a.py", "\n" * (FILE_LINES + 1)) == ["a.py"]
    assert too_long("a.py", "\n" * FILE_LINES) == []
