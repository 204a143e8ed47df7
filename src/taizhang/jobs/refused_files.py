"""Where what was refused is written, for somebody to mend and send again."""

from __future__ import annotations

import re
from pathlib import Path

from taizhang.errors import HomeError, Problem
from taizhang.ledger import queries

_REFUSED = re.compile(r"\.refused(-\d+)?$")


def write_refused(file: Path, ending: str, content: bytes) -> Path:
    """Write `content` beside `file` under a name that is not taken, or in the home where that cannot be.

    Raises HomeError where neither can be written; what was good has been taken then.
    """
    stem = _REFUSED.sub("", file.stem)
    failure = ""
    for folder in (file.parent, queries.home() / "refused"):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return _written(folder, stem, ending, content)
        except OSError as error:
            failure = f"{folder}: {error.strerror}"
    found = f"好的已入账,退回的写不出 / what was good was taken; the rest cannot be written: {failure}"
    remedy = "修好后重交原文件,已入账的无害 / send the same file again: what is known is harmless"
    raise HomeError(Problem("refused-unwritten", found, remedy=remedy))


def _written(folder: Path, stem: str, ending: str, content: bytes) -> Path:
    number = 1
    while True:
        name = f"{stem}.refused{f'-{number}' if number > 1 else ''}{ending}"
        try:
            with (folder / name).open("xb") as out:
                out.write(content)
            return folder / name
        except FileExistsError:
            number += 1
