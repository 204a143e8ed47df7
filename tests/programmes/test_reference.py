"""The committed reference pages are what the models say now."""

from __future__ import annotations

from pathlib import Path

from taizhang.programmes import reference
from taizhang.programmes.definition import FieldType, Mechanism


def test_the_committed_pages_are_current(repository: Path, tmp_path: Path) -> None:
    reference.write(tmp_path)
    for name in (reference.PAGE, reference.SCHEMA):
        committed = repository / "docs" / "reference" / name
        assert committed.read_text("utf-8") == (tmp_path / name).read_text("utf-8"), (
            f"run the script for {name}"
        )


def test_every_key_and_kind_is_told() -> None:
    page = reference.page()
    bare = [line for line in page.splitlines() if line.startswith("| `") and line.endswith("|  |")]
    assert not bare, f"without a description: {bare}"
    for kind in (*FieldType, *Mechanism):
        assert f"| `{kind.value}` |" in page
