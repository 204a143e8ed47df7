"""Check a district's definition files."""

from __future__ import annotations

from pathlib import Path

from taizhang import programmes


def validate_definitions(directory: Path) -> programmes.Definitions:
    """The definitions that the files of `directory` mean. Raises DefinitionError with every problem."""
    return programmes.load(directory)
