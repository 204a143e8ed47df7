"""Every public name of the core's front doors stands in the glossary with its Chinese term."""

from __future__ import annotations

import re

import pytest
from source_tree import PACKAGE, ROOT
from test_imports import front_door

CORE = ("values", "programmes", "figures", "reading", "reports", "ledger", "lake")
ROW = re.compile(r"\| *([^|]*[\u4e00-\u9fff][^|]*?) *\| *([^|]+?) *\| *([^|]+?) *\|")


def identifiers(glossary: str) -> set[str]:
    """What stands in code marks in the second column of rows whose first holds a Chinese term."""
    rows = (ROW.match(line) for line in glossary.splitlines())
    return {name for row in rows if row for name in re.findall(r"`([^`]+)`", row.group(2))}


@pytest.mark.parametrize("part", CORE)
def test_public_names_have_their_word(part: str) -> None:
    if not (PACKAGE / part / "__init__.py").exists():
        pytest.skip(f"taizhang.{part} is not there yet")
    missing = front_door(part) - identifiers((ROOT / "GLOSSARY.md").read_text("utf-8"))
    assert not missing, f"no row in GLOSSARY.md: {sorted(missing)}"


def test_the_check_sees_a_missing_term() -> None:
    assert identifiers("| 条目 | `Entry` | one statement |\n| Entry | `Other` | no term |\n") == {"Entry"}
