"""What a district's folder says beyond what is in force: files, areas, bodies, and the entries for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from taizhang import programmes
from taizhang.errors import DefinitionError, Problem
from taizhang.jobs.district_entries import ADMINISTRATION, area_entry, body_entry, system_entry
from taizhang.jobs.entry_ids import id_from
from taizhang.ledger import queries
from taizhang.values import Place

REASON = "按区县目录更新 / as the district's folder now says"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing of the folder against the ledger.

    `change` is new, changed, moved, same, or absent (in force, and not in the folder: it stays in force).
    `entry` makes the change; None where there is nothing to do.
    """

    kind: str  # file, area, body
    what: str  # path or code
    name: str
    change: str
    entry: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class When:
    """In whose name and from when changes hold (ISO 8601); `root` is the district's area."""

    officer: str
    happened: str
    moment: str
    root: str


def file_changes(texts: Mapping[str, str], when: When) -> Iterator[Change]:
    """Each definition file against the one in force. Raises DefinitionError for one that was withdrawn."""
    known = {document["path"]: (record, document) for record, document in _standing("definition")}
    for path, text in texts.items():
        if path not in known:
            kind = {"codes": "codes", "programmes": "programme"}.get(path.partition("/")[0], "district")
            payload = {"path": path, "kind": kind, "text": text}
            record = f"definition-{id_from(path)}"
            entry = system_entry("definition", "", when.root, when.moment, when.officer, payload)
            yield Change("file", path, "", "new", entry | {"record": record})
            continue
        record, document = known[path]
        if document["state"] != "in_force":
            found = "此文件已撤出,不能再启用 / the file was withdrawn and cannot come back"
            remedy = "换一个文件名 / give it another name"
            raise DefinitionError(Problem("definition-withdrawn", found, remedy=remedy, place=Place(path)))
        if document["text"] == text:
            yield Change("file", path, "", "same")
        else:
            entry = _later("definition", record, when.moment, when, {"text": text}, step="revise")
            yield Change("file", path, "", "changed", entry)
    for path in sorted(known.keys() - texts.keys()):
        if known[path][1]["state"] == "in_force":
            yield Change("file", path, "", "absent")


def area_changes(district: programmes.DistrictShape, when: When) -> Iterator[Change]:
    """Each area of `district.yaml` against the ledger's: new, renamed, or under another area."""
    known = {document["code"]: (record, document) for record, document in _standing("area")}
    for area in district.areas:
        if area.code not in known:
            entry = area_entry(area, when.root, when.happened, when.officer)
            yield Change("area", area.code, area.name, "new", entry)
            continue
        record, document = known[area.code]
        said = {"name": area.name, "level": area.level}
        amended = {key: value for key, value in said.items() if document.get(key) != value}
        moved = area.parent is not None and document.get("parent") != area.parent
        if amended:
            entry = _later("area", record, when.moment, when, amended)
            yield Change("area", area.code, area.name, "changed", entry)
        if moved:
            entry = _later("area", record, when.happened, when, {"parent": area.parent}, step="move")
            yield Change("area", area.code, area.name, "moved", entry)
        if not amended and not moved:
            yield Change("area", area.code, area.name, "same")


def body_changes(district: programmes.DistrictShape, when: When) -> Iterator[Change]:
    """Each body of `district.yaml` against the ledger's: new or renamed."""
    known = {document["code"]: (record, document) for record, document in _standing("body")}
    for body in district.bodies:
        if body.code not in known:
            yield Change(
                "body", body.code, body.name, "new", body_entry(body, when.root, when.happened, when.officer)
            )
        elif known[body.code][1]["name"] != body.name:
            entry = _later("body", known[body.code][0], when.moment, when, {"name": body.name})
            yield Change("body", body.code, body.name, "changed", entry)
        else:
            yield Change("body", body.code, body.name, "same")


def _standing(kind: str) -> list[tuple[str, Mapping[str, Any]]]:
    documents = queries.system_records().documents.get(f"system.{kind}", {})
    return [(record, document) for record, document in documents.items() if not document.get("void")]


def _later(
    kind: str, record: str, happened: str, when: When, payload: dict[str, Any], step: str = ""
) -> dict[str, Any]:
    """A step, or an amendment where no step is named."""
    entry = {
        "id": id_from(f"{kind}|{record}|{step}|{sorted(payload.items())}|{happened}|{queries.position()}"),
        "kind": "step" if step else "amend",
        "type": f"system.{kind}",
        "record": record,
        "happened": happened,
        "area": when.root,
        "body": ADMINISTRATION,
        "officer": when.officer,
        "reason": REASON,
        "payload": payload,
    }
    return entry | {"step": step} if step else entry
