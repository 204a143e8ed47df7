"""A ledger in plain Python: which entries it takes, and what every record was at every position.

Shares no code with `taizhang.ledger` or `taizhang.programmes`; the rules are those of docs/explanation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from tests.generative.naive_closings import speaks_of
from tests.generative.naive_records import Document, Kind, Refused, Said, play
from tests.generative.naive_time import NaiveCalendar
from tests.generative.random_measures import NaiveMeasure

ROOT = "D"

SYSTEM_KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            "system.area",
            "register",
            {"code": "text", "name": "text", "level": "text", "parent": "area"},
            ("standing", "struck_off"),
            {"strike_off": {"standing": "struck_off"}, "move": {"standing": None}},
            varies=("parent",),
            unique=("code",),
            required=("code", "name", "level"),
        ),
        Kind(
            "system.definition",
            "register",
            {"path": "text", "kind": "text", "text": "text"},
            ("in_force", "withdrawn"),
            {"withdraw": {"in_force": "withdrawn"}, "revise": {"in_force": None}},
            unique=("path",),
            required=("path", "kind", "text"),
        ),
        Kind(
            "system.closing",
            "register",
            {"programme": "text", "area": "area", "period": "text"},
            ("closed", "open"),
            {"reopen": {"closed": "open"}, "close": {"open": "closed"}},
            required=("area", "period"),
            stated_ends=(),
        ),
        Kind(
            "system.target",
            "register",
            {"indicator": "text", "area": "area", "period": "text", "value": "number"},
            unique=("indicator", "area", "period"),
            required=("indicator", "area", "period", "value"),
        ),
    )
}


def span(period: str) -> tuple[date, date]:
    """First day of a period, and first day after it."""
    year, rest = int(period[:4]), period[5:]
    if len(rest) == 5:
        day = date.fromisoformat(period)
        return day, day + timedelta(days=1)
    if rest[:1] in ("Q", "H"):
        length = 3 if rest[0] == "Q" else 6
        first = (int(rest[1]) - 1) * length + 1
    else:
        first, length = (int(rest), 1) if rest else (1, 12)
    after = first + length
    return date(year, first, 1), date(year + (after > 12), after - 12 * (after > 12), 1)


@dataclass
class NaiveLedger:
    """`start` is the position that the real ledger has before the story's first entry."""

    kinds: Mapping[str, Kind]
    calendar: NaiveCalendar
    within: Mapping[str, str]
    start: int
    bodies: tuple[str, ...]
    names: Mapping[str, frozenset[str]]  # indicator, programme → those that system entries may name
    measures: Sequence[NaiveMeasure]
    entries: list[dict[str, Any]] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    refusals: Counter[str] = field(default_factory=Counter)  # why, for reasons that are rare

    def take(self, sent: Said) -> bool:
        """Whether the ledger takes this checked entry (normalised, its problems of form apart)."""
        if any(entry["id"] == sent["id"] for entry in self.entries):
            return False
        entry = {**sent, "payload": dict(sent.get("payload", {}))}
        earlier = [e for e in self.entries if e["record"] == entry["record"]]
        kind = self.kinds[entry["type"]]
        for place in ("area", "body"):  # an amendment states them anew, a step where they vary
            stated = entry["kind"] == "amend" or (entry["kind"] == "step" and place in kind.varies)
            if stated and entry.get(place) and kind.programme != "system":
                entry["payload"].setdefault(place, entry[place])
        before = self.now(entry["record"])
        if (before is None) != (entry["kind"] == "open") or (before and earlier[0]["type"] != kind.key):
            return False
        if before is not None:
            if before["void"]:
                return False
            own = ROOT if kind.programme == "system" else before["area"]
            entry = {"area": own, "body": before["body"]} | {k: v for k, v in entry.items() if v != ""}
        if not self._known(entry, kind):
            return False
        if _ahead(entry):
            return self._refused("ahead")
        try:
            document = play(kind, [*earlier, entry], self.calendar, self.within)
        except Refused:
            return False
        if self._closed(entry, kind, before, document):
            if not entry.get("reason"):
                return self._refused("late")
            entry["late"] = document["late"] = True
        if kind.key == "system.area" and self._below_itself(document):
            return self._refused("below itself")
        if self._taken(kind, entry["record"], document):
            return False
        self.entries.append(entry)
        self.documents.append(document)
        return True

    def _refused(self, why: str) -> bool:
        self.refusals[why] += 1
        return False

    @property
    def position(self) -> int:
        return self.start + len(self.entries)

    def known_at(self, position: int) -> dict[str, tuple[str, int, Document]]:
        """Record → type, position and document, of all that is not superseded at `position`."""
        found = {}
        for at, (entry, document) in enumerate(zip(self.entries, self.documents, strict=True), 1):
            if self.start + at <= position:
                found[entry["record"]] = entry["type"], self.start + at, document
        return found

    def now(self, record: str) -> Document | None:
        """The record's latest document."""
        for entry, document in zip(reversed(self.entries), reversed(self.documents), strict=True):
            if entry["record"] == record:
                return document
        return None

    def standing(self, key: str, position: int | None = None) -> Iterator[Document]:
        """The documents of a type that are not void."""
        at = self.position if position is None else position
        return (d for kind, _, d in self.known_at(at).values() if kind == key and not d["void"])

    def _known(self, entry: Said, kind: Kind) -> bool:
        """Whether areas, bodies and references that the entry names are there."""
        areas = {d["code"]: d for d in self.standing("system.area")}

        def there(code: str) -> bool:
            found = areas.get(code)
            struck = found and found["state"] == "struck_off"
            return found is not None and not (struck and found["struck_off_at"] <= entry["happened"][:19])

        system = kind.programme == "system"
        if not system:
            parents = {code: d.get("parent", "") for code, d in areas.items()}
            before = self.now(entry["record"]) or entry
            places = (entry["area"], before["area"])  # roles are held at the root: it must lie above
            if not all(ROOT in _above(place, parents) for place in places):
                return False
            if not (there(entry["area"]) and entry["body"] in self.bodies):
                return False
        for name, value in entry["payload"].items():
            type_ = kind.fields.get(name)
            if value is None:
                continue
            if system and value not in self.names.get(name, (value,)):
                return self._refused("name")
            if type_ == "area" and not (system and value == ROOT) and not there(value):
                return False
            if type_ == "body" and value not in self.bodies:
                return False
            if type_ == "reference":
                target = self.now(value)
                of = next((e["type"] for e in self.entries if e["record"] == value), "")
                if target is None or target["void"] or of != kind.references[name]:
                    return False
        return True

    def _closed(self, entry: Said, kind: Kind, before: Document | None, after: Document) -> bool:
        """Whether the entry speaks of a closed period."""
        if kind.programme == "system":
            return False
        parents = {d["code"]: d.get("parent", "") for d in self.standing("system.area")}
        return any(
            closing["state"] == "closed"
            and closing.get("programme", kind.programme) in ("", kind.programme)
            and speaks_of(
                entry, kind, (before, after), self.measures,
                lambda place, area=closing["area"]: area in _above(place, parents), span(closing["period"]),
            )
            for closing in self.standing("system.closing")
        )  # fmt: skip

    def _below_itself(self, area: Document) -> bool:
        """Whether an area, as it would be, lies below itself at any time."""
        areas = {d["code"]: d for d in self.standing("system.area")} | {area["code"]: area}
        parts = {code: d.get("_segments", [d]) for code, d in areas.items()}
        for day in {part.get("valid_from", "") for some in parts.values() for part in some}:
            parents = {
                code: part.get("parent", "")
                for code, some in parts.items()
                for part in some
                if part.get("valid_from", "") <= day < part.get("valid_to", "9999")
            }
            if area["code"] in _above(parents[area["code"]], parents):
                return True
        return False

    def _taken(self, kind: Kind, record: str, document: Document) -> bool:
        """Whether another record has the same unique values."""
        values = [document.get(name) for name in kind.unique]
        if not values or None in values or document["void"]:
            return False
        return any(
            d["record"] != record and [d.get(name) for name in kind.unique] == values
            for d in self.standing(kind.key)
        )


def _above(code: str, parents: Mapping[str, str]) -> set[str]:
    seen: set[str] = set()
    while code and code not in seen:
        seen.add(code)
        code = parents.get(code, "")
    return seen


def _ahead(entry: Said) -> bool:
    """Whether it happened after it was recorded, by more than clocks differ."""
    if "recorded" not in entry:
        return False
    happened, recorded = (datetime.fromisoformat(entry[name][:19]) for name in ("happened", "recorded"))
    return happened > recorded + timedelta(minutes=5)
