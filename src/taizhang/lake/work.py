"""What one catching up has to do, as data: the transferring process gets it as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """The versions past `after` up to `upto`, of the types named, or of all types when there are none."""

    after: int
    upto: int
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """Statements to run first, the spans of the ledger to convert, and the inserts of each type.

    `position` and `definitions` are what the lake is as of afterwards; everything is one transaction.
    """

    statements: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    inserts: dict[str, list[str]] = field(default_factory=dict)
    position: int = 0
    definitions: str = ""

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(text: str) -> Work:
        content = json.loads(text)
        spans = [Span(span["after"], span["upto"], tuple(span["types"])) for span in content.pop("spans")]
        return Work(spans=spans, **content)


@dataclass(frozen=True, slots=True)
class Caught:
    """What a catching up did: the position reached, the versions taken, the seconds, and how."""

    position: int
    versions: int = 0
    seconds: float = 0.0
    way: str = (
        "none"  # direct (through Django), scan (by DuckDB here) or transfer (by DuckDB in another process)
    )
