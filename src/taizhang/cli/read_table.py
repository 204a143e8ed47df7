"""What was read, for people: a table, the bare text, or claim by claim with the rules that made it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any

from rich.table import Table
from rich.text import Text

from taizhang import reading
from taizhang.cli import console
from taizhang.cli.rows import Format, print_rows

_CLAIM_COLUMNS = ("file", "surface", "low", "high", "unit", "kind", "bound", "subject", "section", "period")
_COLUMNS = {
    "claims": _CLAIM_COLUMNS,
    "statements": ("file", "kind", "surface", "start", "subject", "section", "period"),
    "findings": ("file", "finding", "surfaces", "arithmetic", "certainty"),
}


def print_table(rows: Iterable[Mapping[str, Any]], what: str) -> None:
    """Print the rows as a table; extracted text is printed as it is."""
    if what == "text":
        for row in rows:
            sys.stdout.write(row["text"])
    else:
        print_rows(rows, Format.TABLE, _COLUMNS[what], kind=what)


def print_explained(rows: Iterable[Mapping[str, Any]], what: str) -> None:
    """Print each claim with its sentence, and each of its parts with the rules that made it."""
    to = console.out()
    nothing = True
    for row in rows:
        nothing = False
        to.print(Text.assemble((row["surface"], "bold"), f"  {row['file']}:{row['start']}"))
        to.print(Text(row["sentence"], style="dim"), soft_wrap=True)
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
        for part in reading.explained(claim_of(row)):
            rules = Text("← " + ", ".join(part.rules) if part.rules else "", style="cyan")
            table.add_row(Text(part.name, style="dim"), Text(part.value), rules)
        to.print(table)
        to.print()
    if nothing:
        print_rows((), Format.TABLE, kind=what)


def claim_of(row: Mapping[str, Any]) -> reading.Claim:
    """The claim of a row."""
    return reading.Claim(**{name: row[name] for name in reading.Claim.__dataclass_fields__})
