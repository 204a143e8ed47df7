"""Founding a district: tables, definitions, and the first officers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.management import call_command
from django.db import transaction

from taizhang.errors import HomeError, Problem
from taizhang.ledger import queries
from taizhang.ledger.appending import home_errors
from taizhang.ledger.district_file import PATH, SHANGHAI, DistrictRules, district_rules
from taizhang.ledger.models import Officer
from taizhang.ledger.officers import set_password
from taizhang.ledger.policies import ADMINISTRATOR, IMPORTER
from taizhang.ledger.posting import Posted, post
from taizhang.programmes import load

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def found(
    definition_files: Mapping[str, str],
    *,
    administrator: str,
    password: str,
    recorded: str | None = None,
    importer: str = "",
    first: Sequence[Mapping[str, Any]] = (),
    source: str = "",
) -> Posted:
    """Make the tables, put the files in force, appoint an administrator over everything.

    `definition_files` is path → text: `district.yaml`, `programmes/*.yaml`, `codes/*.yaml`. The appointments
    hold from the day `since` of the district's file. `importer` is one who may take records over from
    elsewhere, those of the system too. The `first` entries (areas, bodies), which come from `source`, are
    posted in the administrator's name in the same transaction. Again with the same files is harmless.
    Raises DefinitionError where a file is wrong, EntryError where one of the first entries is, HomeError
    where another district was founded here.
    """
    rules = district_rules(definition_files.get(PATH, ""))
    load({path: text for path, text in definition_files.items() if path != PATH})
    with home_errors():
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    when = f"{rules.since}T00:00:00"
    entries = list(_entries(definition_files, rules, administrator, importer, when))
    try:
        with home_errors(), transaction.atomic():
            before = queries.entry(entries[0]["id"])
            if queries.position() and before is None:
                found_here = "这里已建有区县 / another district was founded here"
                raise HomeError(Problem("home-taken", found_here, remedy="--home"))
            if before is not None:
                recorded = before.recorded
            now = recorded or datetime.now(SHANGHAI).isoformat(timespec="seconds")
            by = Officer(username=administrator)
            posted = post([entry | {"recorded": now} for entry in entries], by=by, founding=True)
            if first:
                post(first, by=by, source=source)
    except BaseException:
        queries.forget_system_records()
        raise
    set_password(administrator, password)
    return posted


def _entries(
    files: Mapping[str, str], rules: DistrictRules, administrator: str, importer: str, when: str
) -> Iterator[dict[str, Any]]:
    ordered = sorted(files, key=lambda path: (path != PATH, path))
    for path in ordered:
        kind = "district" if path == PATH else "codes" if path.startswith("codes/") else "programme"
        payload = {"path": path, "kind": kind, "text": files[path]}
        yield _opened("system.definition", payload, rules.root, administrator, when)
    held = [(administrator, ADMINISTRATOR)]
    if importer:
        held += [(importer, ADMINISTRATOR), (importer, IMPORTER)]
    for officer, role in held:
        payload = {"officer": officer, "role": role, "area": rules.root}
        yield _opened("system.appointment", payload, rules.root, administrator, when)


def _opened(kind: str, payload: dict[str, str], root: str, officer: str, when: str) -> dict[str, Any]:
    said = f"{kind}|{sorted(payload.items())}|{when}"
    number = int.from_bytes(hashlib.sha256(said.encode()).digest()[:16], "big") >> 3
    return {
        "id": "".join(_DIGITS[number >> 5 * n & 31] for n in range(25, -1, -1)),
        "kind": "open",
        "type": kind,
        "happened": when,
        "area": root,
        "body": ADMINISTRATOR,
        "officer": officer,
        "payload": payload,
    }
