"""Imports follow docs/architecture-arrows.yaml, everywhere in a file, and go through front doors."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from source_tree import PACKAGE, ROOT, part_of, product_files, tree

ARROWS: dict[str, list[str]] = YAML(typ="safe").load(ROOT / "docs" / "architecture-arrows.yaml")
DJANGO_PARTS = {"ledger", "lake", "web", "server"}
# Modules that are front doors beside a part's `__init__`: values are open to all; what the ledger shows
# of itself can only be imported once Django is set up, so its `__init__` cannot carry it.
OPEN = {
    "values": None,
    "errors": None,
    "ledger": {"actions", "queries", "policies", "models"},
}


def imported(module: ast.Module, package: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """(line, name) of every import: in functions, under TYPE_CHECKING, relative, by `import_module`."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            source = ".".join(part for part in (base, node.module or "") if part)
            for alias in node.names:
                yield node.lineno, f"{source}.{alias.name}"
        elif (
            isinstance(node, ast.Call)
            and node.args
            and isinstance(node.args[0], ast.Constant | ast.JoinedStr)
        ):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0].values[0] if isinstance(node.args[0], ast.JoinedStr) else node.args[0]
            if called in ("import_module", "__import__") and isinstance(first, ast.Constant):
                yield node.lineno, str(first.value)


def broken_arrows(part: str, module: ast.Module, package: tuple[str, ...]) -> list[str]:
    """What this module imports that its part may not."""
    found = []
    for line, name in imported(module, package):
        pieces = [piece for piece in name.split(".") if piece]
        if pieces[0] == "django" and part not in DJANGO_PARTS:
            found.append(f"{line}: {name}: Django belongs to {sorted(DJANGO_PARTS)} only")
        if pieces[0] != "taizhang" or len(pieces) < 2 or pieces[1] == part:
            continue
        other = pieces[1]
        if part and other not in ARROWS.get(part, []):
            found.append(f"{line}: {name}: {part} may not import {other}")
        elif not through_front_door(other, pieces[2:]):
            found.append(f"{line}: {name}: only the front door of {other} is open")
    return found


def through_front_door(part: str, rest: list[str]) -> bool:
    """`taizhang.<part>.<rest>`: a name of the part's `__init__`, or a module that is open."""
    doors = OPEN.get(part, set())
    if doors is None or not rest or rest[0] in doors:
        return True
    inside = PACKAGE / part / rest[0]
    is_module = inside.is_dir() or inside.with_suffix(".py").exists()
    # A function may be called as its module is; importing the name from the part is right either way.
    return len(rest) == 1 and (not is_module or rest[0] in front_door(part))


def front_door(part: str) -> set[str]:
    init = PACKAGE / part / "__init__.py"
    for node in tree(init).body:
        if isinstance(node, ast.Assign) and any(
            getattr(target, "id", "") == "__all__" for target in node.targets
        ):
            return set(ast.literal_eval(node.value))
    return set()


@pytest.mark.parametrize("path", product_files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_follow_the_arrows(path: Path) -> None:
    part = part_of(path)
    if part == "__init__":
        assert not [name for _, name in imported(tree(path), ("taizhang",)) if name.startswith("taizhang.")]
        return
    package = ("taizhang", *path.relative_to(PACKAGE).parts[:-1])
    found = broken_arrows(part, tree(path), package)
    # The one value that errors need; every other arrow from values points away from it.
    if part == "errors":
        found = [line for line in found if "taizhang.values.place.Place" not in line]
    assert not found, "\n".join(f"{path.relative_to(ROOT)}:{line}" for line in found)


def test_every_part_has_its_arrows() -> None:
    parts = {part_of(path) for path in product_files()} - {"__init__"}
    assert parts <= set(ARROWS), f"not in docs/architecture-arrows.yaml: {sorted(parts - set(ARROWS))}"


def test_arrows_make_no_circle() -> None:
    def below(part: str, way: tuple[str, ...] = ()) -> None:
        assert part not in way, f"a circle: {' → '.join((*way, part))}"
        for other in ARROWS[part]:
            below(other, (*way, part))

    for part in ARROWS:
        below(part)


@pytest.mark.parametrize(
    ("part", "source"),
    [
        ("reading", "from taizhang.programmes import Entry"),
        ("figures", "def late():\n    from taizhang.ledger import actions"),
        ("reading", "if TYPE_CHECKING:\n    import taizhang.ledger.models"),
        ("figures", "from ..ledger import models"),
        ("reports", "from taizhang.figures.figure import Figure"),
        ("reading", "import django.db"),
        ("jobs", "from django.conf import settings"),
        ("reading", "import_module('taizhang.ledger')"),
        ("figures", "from taizhang import ledger"),
    ],
)
def test_the_check_sees_a_broken_arrow(part: str, source: str) -> None:
    assert broken_arrows(part, ast.parse(source), ("taizhang", part))


@pytest.mark.parametrize(
    ("part", "source"),
    [
        ("figures", "from taizhang.values.period import Period"),
        ("figures", "from taizhang.figures.figure import Figure"),
        ("lake", "from taizhang.ledger import queries"),
        ("ledger", "from django.db import models"),
    ],
)
def test_the_check_lets_a_right_one_pass(part: str, source: str) -> None:
    assert not broken_arrows(part, ast.parse(source), ("taizhang", part))
