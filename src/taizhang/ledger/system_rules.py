"""What entries of the system programme may say: names that exist, and trees without a ring."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from taizhang.ledger.identities import is_person
from taizhang.ledger.saying import Saying
from taizhang.ledger.system_records import Document, SystemRecords
from taizhang.programmes import Entry, EntryKind, unknown
from taizhang.values import Place

_Known = Callable[[SystemRecords], Iterable[str]]
_What = tuple[str, str]

_INDICATOR: tuple[_What, _Known] = (
    ("指标", "indicator"),
    lambda known: (indicator.key for indicator in known.definitions.indicators),
)
_PROGRAMME: tuple[_What, _Known] = (("专项", "programme"), lambda known: known.definitions.programmes)
_ROLE: tuple[_What, _Known] = (("角色", "role"), lambda known: sorted(known.definitions.roles))
_PEERS: tuple[_What, _Known] = (
    ("同类地区组", "group of peers"),
    lambda known: (group["code"] for group in known.standing("peers")),
)
_NAMES: Mapping[str, Mapping[str, tuple[_What, _Known]]] = {
    "system.target": {"indicator": _INDICATOR},
    "system.peer-value": {"indicator": _INDICATOR, "peers": _PEERS},
    "system.appointment": {"role": _ROLE, "programme": _PROGRAMME},
    "system.closing": {"programme": _PROGRAMME},
}
"""System type → field → what it names, and the names there are."""

FORGETTING = "system.forgetting"
_EVER, _NEVER = "", "9999"


def check_names(entry: Entry, known: SystemRecords, say: Saying) -> None:
    """The indicators, programmes, roles and groups that the payload names; with a suggestion for a slip."""
    payload = entry.payload
    for field, (what, names) in _NAMES.get(entry.type, {}).items():
        name = payload.get(field)
        if name:
            there = list(names(known))
            if name not in there:
                say.problems.append(
                    unknown(what, name, there, Place(say.source, entry=entry.id, field=field))
                )
    if entry.type == "system.peer-value" and payload.get("peer"):
        _check_member(entry, known, say)
    if entry.type == FORGETTING and entry.kind is EntryKind.OPEN:
        _check_forgetting(entry, say)


def _check_member(entry: Entry, known: SystemRecords, say: Saying) -> None:
    peer = entry.payload["peer"]
    for group in known.standing("peers"):
        if group["code"] == entry.payload.get("peers"):
            members = re.split(r"[、,,\s]+", group["members"].strip())
            if peer not in members:
                place = Place(say.source, entry=entry.id, field="peer")
                say.problems.append(unknown(("同类地区", "peer"), peer, members, place))


def _check_forgetting(entry: Entry, say: Saying) -> None:
    if not entry.reason.strip():
        say("no-reason", "忘却须写明理由 / forgetting needs a reason", "reason")
    number = entry.payload.get("person")
    if isinstance(number, int) and is_person(number):
        found = "此人尚未忘却,忘却由命令办理 / the person is still known; the command forgets"
        say("person-still-known", found, "person", remedy="taizhang forget NUMBER --reason …")


def check_tree(document: Document, known: SystemRecords, say: Saying) -> None:
    """Refuse an area that would lie below itself at any time. Looks at the areas above it only."""
    code = document["code"]
    waiting = [(parent, since, until) for parent, since, until in _parents(document)]
    seen: set[tuple[str, str, str]] = set()
    while waiting:
        span = waiting.pop()
        area, since, until = span
        if area == code:
            when = since or document["opened_at"]
            found = f"区域 {code} 自 {when} 起会归在自己之下 / the area would lie below itself"
            say("area-below-itself", found, "parent", remedy="选别的上级 / choose another parent")
            return
        above = known.areas.get(area)
        if above is None or span in seen:
            continue
        seen.add(span)
        for parent, start, end in _parents(above):
            if (low := max(start, since)) < (high := min(end, until)):
                waiting.append((parent, low, high))


def _parents(document: Document) -> Iterable[tuple[str, str, str]]:
    """(parent, from, until) through time; the root has none."""
    for segment in document.get("_segments") or [document]:
        if parent := segment.get("parent"):
            yield parent, segment.get("valid_from") or _EVER, segment.get("valid_to") or _NEVER
