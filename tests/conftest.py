"""What every test may use: the repository's root and, where it is present, the shared folder."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from taizhang.errors import Problem

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real report; the test is skipped where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not beside this checkout")
    return folder


@pytest.fixture(scope="session", autouse=True)
def documented_codes(repository: Path) -> Iterator[None]:
    """Every problem that the product makes while it is tested has its code on the page of errors."""
    page = (repository / "docs" / "reference" / "errors.md").read_text("utf-8")
    documented = set(re.findall(r"^\| `([a-z0-9-]+)` \|", page, re.MULTILINE))
    product, absent, make = str(ROOT / "src"), set(), Problem.__init__

    def made(self: Problem, code: str, *given: object, **more: object) -> None:
        if code not in documented and sys._getframe(1).f_code.co_filename.startswith(product):
            absent.add(code)
        make(self, code, *given, **more)

    Problem.__init__ = made
    yield
    Problem.__init__ = make
    assert not absent, f"no row in docs/reference/errors.md, write_errors.py misses them: {sorted(absent)}"
