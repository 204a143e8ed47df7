"""Found a district: its definition files, areas and bodies, and an administrator."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from taizhang import programmes
from taizhang.errors import DefinitionError, HomeError, Problem
from taizhang.jobs.district import DistrictFacts, keep_district_facts
from taizhang.jobs.district_entries import area_entry, body_entry
from taizhang.jobs.validation import read_definition, validate_definitions
from taizhang.ledger import actions, queries
from taizhang.values import Place

ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Founded:
    """A new district, with the password that its administrator signs in with (shown once)."""

    home: Path
    position: int
    officer: str
    password: str


def found_district(directory: Path) -> Founded:
    """Found the district of `directory` in the home, all of it or nothing; an empty or absent folder gets
    first files.

    Raises HomeError where the home holds a ledger already, DefinitionError where a file is wrong.
    """
    home = queries.home()
    if queries.founded() and queries.position():
        found = f"数据目录里已有台账 / the home holds a ledger already: {home}"
        remedy = "换一个 --home;改动定义用 taizhang apply / another --home; to change files: taizhang apply"
        raise HomeError(Problem("home-taken", found, remedy=remedy))
    try:
        if not directory.exists() or not any(directory.iterdir()):
            _write_first_files(directory)
    except OSError as error:
        found = f"目录不能用 / unusable folder: {error.strerror}"
        raise DefinitionError(Problem("no-such-folder", found, place=Place(str(directory)))) from error
    district = district_of(directory)
    validate_definitions(directory)
    password = secrets.token_urlsafe(12)
    # Before the ledger: what is written here says nothing until there is one.
    keep_district_facts(home, facts_of(district))
    since = f"{district.since}T00:00:00"
    actions.found(
        definition_files(directory),
        administrator=ADMINISTRATOR,
        password=password,
        first=[
            *(area_entry(area, district.root, since, ADMINISTRATOR) for area in district.areas),
            *(body_entry(body, district.root, since, ADMINISTRATOR) for body in district.bodies),
        ],
        source=str(directory / programmes.DISTRICT_FILE),
    )
    return Founded(home, queries.position(), ADMINISTRATOR, password)


def found(folder: Path, *, administrator: str, password: str, importer: str = "") -> DistrictFacts:
    """Put the folder's definition files in force in an empty ledger; `importer` may take records over from
    elsewhere. Raises DefinitionError."""
    district = district_of(folder)
    actions.found(definition_files(folder), administrator=administrator, password=password, importer=importer)
    return facts_of(district)


def district_of(folder: Path) -> programmes.DistrictShape:
    """What the folder's `district.yaml` says. Raises DefinitionError with every problem."""
    file = folder / programmes.DISTRICT_FILE
    if not file.is_file():
        found = f"没有区县说明文件 / there is no {programmes.DISTRICT_FILE}"
        remedy = "`taizhang init` 一个空目录可得样例 / init an empty folder to get one"
        raise DefinitionError(Problem("district-file", found, remedy=remedy, place=Place(str(file))))
    return programmes.read_district(read_definition(file), file.name)


def facts_of(district: programmes.DistrictShape) -> DistrictFacts:
    """What pages say of the district."""
    notice = district.notice.model_dump() if district.notice else {}
    return DistrictFacts(district.name.zh, district.root, district.own_peer, notice)


def definition_files(folder: Path) -> dict[str, str]:
    """Path within the folder → text, of every file that definitions are made of."""
    files = [
        folder / programmes.DISTRICT_FILE,
        *sorted(folder.glob("programmes/*.y*ml")),
        *sorted(folder.glob("codes/*.y*ml")),
    ]
    return {file.relative_to(folder).as_posix(): read_definition(file) for file in files}


def _write_first_files(directory: Path) -> None:
    first = Path(__file__).parent / "first_district"
    for file in sorted(first.rglob("*.yaml")):
        target = directory / file.relative_to(first)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
