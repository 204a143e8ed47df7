"""Found a district: its definition files, areas and bodies, and an administrator."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
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
    if not directory.exists() or not any(directory.iterdir()):
        _write_first_files(directory)
    password = secrets.token_urlsafe(12)
    facts = found(directory, administrator=ADMINISTRATOR, password=password)
    district = _district(directory)
    actions.post(
        list(_areas_and_bodies(district)),
        by=actions.officer(ADMINISTRATOR),
        source=str(directory / "district.yaml"),
    )
    keep_district_facts(home, facts)
    return Founded(home, queries.position(), ADMINISTRATOR, password)


def found(folder: Path, *, administrator: str, password: str, importer: str = "") -> DistrictFacts:
    """Put the folder's definition files in force in an empty ledger; `importer` may take records over from
    elsewhere. Raises DefinitionError."""
    district = _district(folder)
    actions.found(definition_files(folder), administrator=administrator, password=password, importer=importer)
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


def _areas_and_bodies(district: Mapping[str, Any]) -> Any:
    day = f"{district.get('since', '2020-01-01')}T00:00:00"
    root = str(district["root"])
    for number, area in enumerate(district.get("areas", []), 1):
        payload = {"code": str(area["code"]), "name": area["name"], "level": area["level"]}
        payload |= {"parent": str(area["parent"])} if area.get("parent") else {}
        yield _sent(number, "system.area", day, root, payload)
    for number, body in enumerate(district.get("bodies", []), 5001):
        yield _sent(number, "system.body", day, root, {"code": body["code"], "name": body["name"]})


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
