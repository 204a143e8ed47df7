"""Put a district's changed folder in force: programme files, code lists, areas and bodies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from taizhang import programmes
from taizhang.errors import DefinitionError, HomeError, Problem
from taizhang.jobs.definition_fit import misfits
from taizhang.jobs.district import keep_district_facts
from taizhang.jobs.district_changes import Change, When, area_changes, body_changes, file_changes
from taizhang.jobs.founding import definition_files, district_of, facts_of
from taizhang.jobs.validation import validate_definitions
from taizhang.ledger import actions, queries
from taizhang.programmes import SHANGHAI
from taizhang.values import Place


@dataclass(frozen=True, slots=True)
class AppliedDistrict:
    """What was (or, on trial, would be) changed: a row a file, and a row for each other change.

    `entries` counts those taken; `position` is the ledger's last one.
    """

    rows: list[dict[str, Any]]
    entries: int
    position: int
    rehearsed: bool


def apply_district(
    directory: Path, *, officer: str, start: date | None = None, dry_run: bool = False
) -> AppliedDistrict:
    """Post what the folder says beyond what is in force, in `officer`'s name, all of it or nothing.

    Areas and bodies that are new, and moves of areas, hold from the day `start` (today where None); files
    from now on. What is in force and not in the folder stays. With `dry_run` everything is checked and
    nothing is taken.

    Raises HomeError where no district was founded; DefinitionError with every problem where the files are
    wrong, do not fit those that stay in force, or take away what records rest on; EntryError where the
    officer may not do it.
    """
    if not (queries.founded() and queries.position()):
        found = "这里还没有台账 / there is no ledger here yet"
        raise HomeError(Problem("home-empty", found, remedy="先 taizhang init / found it first"))
    by = actions.officer(officer)
    validate_definitions(directory)
    district, texts = district_of(directory), definition_files(directory)
    _check_root(district)
    now = datetime.now(SHANGHAI).isoformat(timespec="seconds")
    when = When(by.username, f"{start or queries.today()}T00:00:00", now, queries.setting().root)
    changes = [
        *file_changes(texts, when),
        *area_changes(district, when),
        *body_changes(district, when),
    ]
    _check_fit(changes, texts)
    sent = [change.entry for change in changes if change.entry is not None]
    if sent:
        post = actions.rehearse if dry_run else actions.post
        positions: Mapping[str, int] = post(sent, by=by, source=str(directory)).positions
    else:
        positions = {}
    if not dry_run:
        keep_district_facts(queries.home(), facts_of(district))
    rows = [_row(change, positions) for change in changes if change.kind == "file" or change.entry]
    return AppliedDistrict(rows, len(sent), queries.position(), dry_run)


def _row(change: Change, positions: Mapping[str, int]) -> dict[str, Any]:
    position = positions.get(change.entry["id"]) if change.entry else None
    return {
        "kind": change.kind,
        "what": change.what,
        "name": change.name,
        "change": change.change,
        "position": position,
    }


def _check_root(district: programmes.DistrictShape) -> None:
    root = queries.setting().root
    if district.root != root:
        found = f"全区的代码不能改 / the district's root cannot change: {district.root}"
        place = Place(programmes.DISTRICT_FILE)
        raise DefinitionError(Problem("root-changed", found, root, "改回原值 / put it back", place))


def _check_fit(changes: list[Change], texts: Mapping[str, str]) -> None:
    """The files that will be in force together, and what records rest on."""
    if all(change.entry is None for change in changes if change.kind == "file"):
        return
    documents = queries.system_records().standing("definition")
    in_force = {d["path"]: d["text"] for d in documents if d["state"] == "in_force"}
    together = in_force | dict(texts)
    together.pop(programmes.DISTRICT_FILE, None)
    after = programmes.load(together)
    if problems := misfits(queries.definitions(), after, together, queries.has_records):
        raise DefinitionError(problems)
