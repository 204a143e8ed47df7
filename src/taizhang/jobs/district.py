"""What a district says of itself, kept in the home when it is founded."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from taizhang.ledger import queries

FILE = "district.json"
REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class DistrictFacts:
    """Name, root area, own name among peers; a notice that pages show (synthetic records say so)."""

    name: str
    root: str
    own_peer: str = ""
    notice: dict[str, str] = field(default_factory=dict)


def district_facts(home: Path | None = None) -> DistrictFacts:
    """The facts of the district in `home` (the running one where None); bare ones before it is founded."""
    file = (home or queries.home()) / FILE
    if not file.exists():
        return DistrictFacts("未建区县", "")
    return DistrictFacts(**json.loads(file.read_text(encoding="utf-8")))


def keep_district_facts(home: Path, facts: DistrictFacts) -> None:
    """Write the facts into `home`."""
    (home / FILE).write_text(json.dumps(asdict(facts), ensure_ascii=False, indent=1), encoding="utf-8")


def published_reports() -> dict[str, Path]:
    """Reports that the public pages show: name → file, from the home's `reports` folder."""
    folder = queries.home() / REPORTS
    return {file.stem: file for file in sorted(folder.glob("*.txt"))} if folder.is_dir() else {}
