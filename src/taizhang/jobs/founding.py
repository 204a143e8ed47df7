"""Found a district: its definition files, areas and bodies, and an administrator."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from taizhang.errors import DefinitionError, HomeError, Problem
from taizhang.jobs.district import DistrictFacts, keep_district_facts
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
    """Found the district of `directory` in the home; an empty or absent folder gets first files.

    Raises HomeError where the home holds a ledger already, DefinitionError where a file is wrong.
    """
    home = queries.home()
    if queries.founded() and queries.position():
        raise HomeError(
            Problem(
                "home-taken", f"数据目录里已有台账 / the home holds a ledger already: {home}", remedy="--home"
            )
        )
    try:
        if not directory.exists() or not any(directory.iterdir()):
            _write_first_files(directory)
    except OSError as error:
        problem = Problem(
            "no-such-folder",
            f"目录不能用 / unusable folder: {error.strerror}",
            place=Place(str(directory)),
        )
        raise DefinitionError(problem) from error
    password = secrets.token_urlsafe(12)
    first = list(_areas_and_bodies(_district(directory), directory / "district.yaml"))
    facts = found(directory, administrator=ADMINISTRATOR, password=password, first=first)
    keep_district_facts(home, facts)
    return Founded(home, queries.position(), ADMINISTRATOR, password)


def found(
    folder: Path,
    *,
    administrator: str,
    password: str,
    importer: str = "",
    first: Sequence[Mapping[str, Any]] = (),
) -> DistrictFacts:
    """Put the folder's definition files in force in an empty ledger and post the `first` entries, or neither.

    `importer` may take records over from elsewhere. Raises DefinitionError, EntryError.
    """
    district = _district(folder)
    actions.found(
        definition_files(folder),
        administrator=administrator,
        password=password,
        importer=importer,
        first=first,
        source=str(folder / "district.yaml"),
    )
    return DistrictFacts(
        district["name"]["zh"],
        str(district["root"]),
        str(district.get("own_peer", "")),
        dict(district.get("notice", {})),
    )


def definition_files(folder: Path) -> dict[str, str]:
    """Path within the folder → text, of every file that definitions are made of."""
    files = [
        folder / "district.yaml",
        *sorted(folder.glob("programmes/*.yaml")),
        *sorted(folder.glob("codes/*.yaml")),
    ]
    texts: dict[str, str] = {}
    for file in files:
        try:
            texts[file.relative_to(folder).as_posix()] = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            problem = Problem("file-unreadable", f"定义文件读不出 / {error}", place=Place(str(file)))
            raise DefinitionError(problem) from error
    return texts


def _district(folder: Path) -> dict[str, Any]:
    file = folder / "district.yaml"
    try:
        told = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise DefinitionError(
            Problem(
                "district-file",
                f"读不出区县说明 / cannot read the district's file: {error}",
                remedy="`taizhang init` 一个空目录可得样例 / init an empty folder to get one",
                place=Place(str(file)),
            )
        ) from error
    missing = [key for key in ("name", "code", "root") if not isinstance(told, Mapping) or key not in told]
    if missing:
        raise DefinitionError(
            Problem("district-file", f"缺少 {', '.join(missing)} / missing keys", place=Place(str(file), 1))
        )
    return dict(told)


def _areas_and_bodies(district: Mapping[str, Any], file: Path) -> Iterator[dict[str, Any]]:
    """The entries that open the file's areas and bodies. Raises DefinitionError where one lacks something."""
    for key, needs in (("areas", ("code", "name", "level")), ("bodies", ("code", "name"))):
        listed = district.get(key, [])
        for number, one in enumerate(listed if isinstance(listed, list) else [None], 1):
            missing = [need for need in needs if not isinstance(one, Mapping) or not one.get(need)]
            if missing:
                found = f"{key} 第 {number} 项缺 {', '.join(missing)} / item {number} lacks them"
                raise DefinitionError(Problem("district-file", found, place=Place(str(file))))
    day = f"{district.get('since', '2020-01-01')}T00:00:00"
    root = str(district["root"])
    for number, area in enumerate(district.get("areas", []), 1):
        payload = {"code": str(area["code"]), "name": str(area["name"]), "level": str(area["level"])}
        payload |= {"parent": str(area["parent"])} if area.get("parent") else {}
        yield _sent(number, "system.area", day, root, payload)
    for number, body in enumerate(district.get("bodies", []), 5001):
        yield _sent(number, "system.body", day, root, {"code": str(body["code"]), "name": str(body["name"])})


def _sent(number: int, kind: str, day: str, root: str, payload: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": f"01DX{'0' * 10}{number:012d}",
        "kind": "open",
        "type": kind,
        "record": f"{kind.partition('.')[2]}-{payload['code']}",
        "happened": day,
        "area": root,
        "body": ADMINISTRATOR,
        "officer": ADMINISTRATOR,
        "payload": payload,
    }


def _write_first_files(directory: Path) -> None:
    first = Path(__file__).parent / "first_district"
    for file in sorted(first.rglob("*.yaml")):
        target = directory / file.relative_to(first)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
