"""The entries that `district.yaml` stands for: areas and bodies."""

from __future__ import annotations

from typing import Any

from taizhang.jobs.entry_ids import id_from
from taizhang.programmes import AreaShape, BodyShape

ADMINISTRATION = "administrator"
"""The body that the system's own entries are of."""


def area_entry(area: AreaShape, root: str, happened: str, officer: str) -> dict[str, Any]:
    """An area comes into being."""
    payload = {"code": area.code, "name": area.name, "level": area.level}
    payload |= {"parent": area.parent} if area.parent else {}
    return system_entry("area", area.code, root, happened, officer, payload)


def body_entry(body: BodyShape, root: str, happened: str, officer: str) -> dict[str, Any]:
    """A body comes into being."""
    return system_entry("body", body.code, root, happened, officer, {"code": body.code, "name": body.name})


def system_entry(
    kind: str, code: str, root: str, happened: str, officer: str, payload: dict[str, Any]
) -> dict[str, Any]:
    """An entry that opens a record of the system programme, `<kind>-<code>`; its id says what it says."""
    return {
        "id": id_from(f"system.{kind}|{sorted(payload.items())}|{happened}"),
        "kind": "open",
        "type": f"system.{kind}",
        "record": f"{kind}-{code}"[:64],
        "happened": happened,
        "area": root,
        "body": ADMINISTRATION,
        "officer": officer,
        "payload": payload,
    }
