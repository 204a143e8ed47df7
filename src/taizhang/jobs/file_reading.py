"""Read report files, with no ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from taizhang import reading

What = Literal["claims", "statements", "findings", "text"]


def read_files(files: Iterable[Path], what: str = "claims") -> Iterator[dict[str, Any]]:
    """Rows of what the files assert, each with `file`; with `text`, one row a file with the extracted text.

    Raises DocumentError for a file that cannot be read as a document.
    """
    for file in files:
        document = reading.read(file)
        match what:
            case "text":
                yield {"file": str(file), "text": document.text}
            case "claims":
                for claim in document.claims:
                    yield {"file": str(file)} | reading.to_json(claim)
            case "statements":
                for statement in document.statements:
                    yield {"file": str(file)} | asdict(statement)
            case "findings":
                for finding in document.findings:
                    yield {"file": str(file)} | asdict(finding)
            case _:
                raise ValueError(what)
