"""Check a district's definition files."""

from __future__ import annotations

from pathlib import Path

from taizhang import programmes
from taizhang.errors import DefinitionError, Problem
from taizhang.values import Place


def validate_definitions(directory: Path) -> programmes.Definitions:
    """The definitions that the files of `directory` mean.

    Raises DefinitionError with every problem, those of `district.yaml` too where it stands there.
    """
    problems: list[Problem] = []
    file = directory / programmes.DISTRICT_FILE
    if file.exists():
        try:
            problems += programmes.district_problems(read_definition(file), file.name)
        except DefinitionError as error:
            problems += error.problems
    try:
        definitions = programmes.load(directory)
    except DefinitionError as error:
        raise DefinitionError([*problems, *error.problems]) from error
    if problems:
        raise DefinitionError(problems)
    return definitions


def read_definition(file: Path) -> str:
    """The text of a definition file. Raises DefinitionError with its place where it cannot be read."""
    try:
        content = file.read_bytes()
    except OSError as error:
        found = f"定义文件读不出 / cannot read the file: {error.strerror}"
        raise DefinitionError(Problem("file-unreadable", found, place=Place(str(file)))) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found, remedy = "文件不是 UTF-8 / the file is not UTF-8", "另存为 UTF-8 / save the file as UTF-8"
        place = Place(str(file), line, 1)
        raise DefinitionError(Problem("not-utf-8", found, remedy=remedy, place=place)) from error
