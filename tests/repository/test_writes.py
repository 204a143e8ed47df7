"""Rows of the ledger are created, saved and deleted by its own actions and migrations, by nobody else."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from source_tree import PACKAGE, ROOT, tracked_files, tree

# Modules of the ledger that show and never write.
READING = {"queries", "policies", "models", "admin", "apps"}
ON_MANAGERS = {
    "create",
    "bulk_create",
    "get_or_create",
    "update_or_create",
    "bulk_update",
    "update",
    "delete",
}
ON_ROWS = {"save", "delete", "save_base"}
TABLE_WRITE = re.compile(
    r"\b(?:insert\s+into|update|delete\s+from|truncate(?:\s+table)?|replace\s+into)\s+\"?ledger_\w+",
    re.IGNORECASE,
)


def writes(module: ast.Module) -> list[str]:
    """Each writing call or statement with its line."""
    docstrings = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    knows_models = any(
        isinstance(node, ast.ImportFrom) and "ledger" in (node.module or "") for node in ast.walk(module)
    )
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr.removeprefix("a") if node.func.attr[:1] == "a" else node.func.attr
            if name in ON_MANAGERS and chain_holds(node.func.value, "objects"):
                found.append(f"{node.lineno}: objects….{node.func.attr}()")
            elif name in ON_ROWS and knows_models:
                found.append(f"{node.lineno}: .{node.func.attr}()")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            found += [f"{node.lineno}: {match.group()}" for match in TABLE_WRITE.finditer(node.value)]
    return found


def chain_holds(node: ast.expr, name: str) -> bool:
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            if node.attr == name:
                return True
            node = node.value
        else:
            node = node.func
    return False


def may_write(path: Path) -> bool:
    """The ledger's own modules, but for those that only show."""
    if not path.is_relative_to(PACKAGE / "ledger"):
        return False
    return path.relative_to(PACKAGE / "ledger").parts[0].removesuffix(".py") not in READING


def may_not_write() -> list[Path]:
    ours = (ROOT / "src", ROOT / "districts")
    python = [path for path in tracked_files() if path.suffix == ".py"]
    return [path for path in python if any(map(path.is_relative_to, ours)) and not may_write(path)]


@pytest.mark.parametrize("path", may_not_write(), ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_ledger_writes(path: Path) -> None:
    assert not writes(tree(path)), f"{path.relative_to(ROOT)} writes to the ledger"


@pytest.mark.parametrize(
    "source",
    [
        "Entry.objects.create(id=1)",
        "Entry.objects.filter(id=1).exclude(id=2).delete()",
        "await Entry.objects.acreate(id=1)",
        "from taizhang.ledger.models import Entry\nentry.save()",
        "cursor.execute('DELETE FROM ledger_entry')",
        "cursor.execute(f'update \"ledger_entry\" set a = {b}')",
    ],
)
def test_the_check_sees_a_write(source: str) -> None:
    assert writes(ast.parse(source))


def test_the_check_lets_reading_pass() -> None:
    source = "from taizhang.ledger import queries\nEntry.objects.filter(id=1).count()\nseen.update(a=1)\n"
    assert not writes(ast.parse(source))
