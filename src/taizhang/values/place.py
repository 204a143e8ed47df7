"""Where in a source something stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: `line` and `column` count from 1, 0 means that only the file is known.

    `entry` is the id of an entry and `field` one of its fields, where the source is a batch of entries.
    """

    source: str
    line: int = 0
    column: int = 0
    entry: str = ""
    field: str = ""

    def __str__(self) -> str:
        text = self.source
        if self.line:
            text += f":{self.line}"
            if self.column:
                text += f":{self.column}"
        if self.entry:
            text += f" {self.entry}"
        if self.field:
            text += f".{self.field}"
        return text
