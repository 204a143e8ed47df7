"""Reading a personal text again, for who may. What is read here goes into no log, cache or export."""

from __future__ import annotations

from typing import Any

import orjson

from taizhang.errors import NotAllowed, Problem, UnknownName
from taizhang.ledger import keys, models, policies
from taizhang.values import Place


def personal_text(entry: str, field: str, *, by: Any) -> str:
    """The personal text that the entry said in `field`, for a signed-in officer `by`.

    Raises UnknownName where there is no such entry or text, or its key was thrown away; NotAllowed where
    `policies.may_read_personal` says no. What is no text (a point) comes as JSON.
    """
    row = models.Entry.objects.filter(id=entry).first()
    version = models.Version.objects.filter(record=row.record).order_by("-position").first() if row else None
    said = orjson.loads(bytes(row.canonical)).get("payload", {}).get(field) if row else None
    if row is None or version is None or not (isinstance(said, dict) and "cipher" in said):
        raise UnknownName(
            _problem("no-personal-text", "没有这项个人信息 / no such personal text", entry, field)
        )
    area = orjson.loads(bytes(version.document))["area"]
    if not policies.may_read_personal(by, record_type=row.type, area=area):
        raise NotAllowed(_problem("not-allowed", "无权查看个人信息 / may not read it", entry, field))
    owner = f"record:{row.record}"
    key = models.Key.objects.filter(owner=owner).first()
    if key is None:
        raise UnknownName(_problem("forgotten", "已忘却,不可再读 / forgotten for good", entry, field))
    return keys.open_text(keys.unwrap(bytes(key.wrapped), owner), entry, field, said["cipher"])


def _problem(code: str, found: str, entry: str, field: str) -> Problem:
    return Problem(code, found, place=Place("", entry=entry, field=field))
