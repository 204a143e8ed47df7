"""Entries → the record, played naively: the rules of docs/explanation/records.md, all entries each time.

Shares no code with `taizhang.programmes`. An entry is the mapping that the ledger keeps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import Any

from tests.generative.naive_time import NaiveCalendar

Said = Mapping[str, Any]
Document = dict[str, Any]


class Refused(Exception):
    """The entries do not make a record."""


@dataclass(frozen=True)
class Rule:
    """More about a step."""

    acts: str = ""
    limit: str = ""
    by: str = ""
    times: int = 0
    reason: bool = False
    fields: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """A record type, as plain data. `moves`: step → {state: state it leads to, None to keep it}."""

    key: str
    mechanism: str
    fields: Mapping[str, str]  # id → type
    states: tuple[str, ...] = ("recorded",)
    moves: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    limits: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)  # id → from, until, within
    varies: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    every: int = 0
    references: Mapping[str, str] = field(default_factory=dict)
    stated_ends: tuple[str, ...] | None = None  # None: the file names none

    @property
    def leads(self) -> set[tuple[str, str]]:
        """From which state a step leads to which other one."""
        return {(a, b) for moves in self.moves.values() for a, b in moves.items() if b not in (None, a)}

    @property
    def ends(self) -> set[str]:
        """The end states: as named, else those that are left by being reopened at most."""
        if self.stated_ends is not None:
            return set(self.stated_ends)
        going = [moves for step, moves in self.moves.items() if self.rule(step).acts != "reopen"]
        return {s for s in self.states if not any(moves.get(s) not in (None, s) for moves in going)}

    @property
    def varying(self) -> set[str]:
        """What each segment has for itself."""
        ways = set(self.leads)
        for _ in self.states:
            ways |= {(a, d) for a, b in ways for c, d in ways if b == c}
        ring = any(a == b for a, b in ways)
        if not ring and not any(a in self.ends and b not in self.ends for a, b in self.leads):
            return set(self.varies)
        return {*self.varies, *(f"{s}_at" for s in self.states), *(f"{limit}_due" for limit in self.limits)}

    @property
    def programme(self) -> str:
        return self.key.partition(".")[0]

    def rule(self, step: str) -> Rule:
        return self.rules.get(step, Rule())


NO_COLUMN = ("point", "shape", "files", "personal")


def play(kind: Kind, entries: Sequence[Said], calendar: NaiveCalendar, within: Mapping[str, str]) -> Document:
    """The version document after `entries` (in the ledger's order). `within`: code → its time limit.

    Raises Refused.
    """
    ordered = sorted(entries, key=lambda entry: entry["happened"][:19])  # stable: the ledger's order on ties
    statements = _statements(ordered)
    game = _Game(kind, calendar, within)
    for said in statements:
        game.open(said, entries[0]["record"]) if said["kind"] == "open" else game.step(said)
    game.document["_last"] = ordered[-1]["happened"][:19]
    game.document["late"] = entries[-1].get("late", False)
    game.document["void"] = any(e["kind"] == "void" and not e.get("target") for e in entries)
    return game.finished()


def _statements(ordered: Sequence[Said]) -> list[dict[str, Any]]:
    """What the opening entry and the steps say, after everything that corrects them."""
    by_id = {entry["id"]: entry for entry in ordered}
    gone = set()
    for entry in ordered:
        if target := entry.get("target"):
            known = by_id.get(target)
            takes = ("step", "amend") if entry["kind"] == "void" else ("open", "step", "amend")
            if known is None or known is entry or known["kind"] not in takes:
                raise Refused("target")
            if entry["kind"] == "void":
                gone.add(target)
    stands = [entry for entry in ordered if entry["id"] not in gone]
    if next(e for e in stands if e["kind"] != "void")["kind"] != "open":
        raise Refused("before the record opened")
    corrections: dict[str, list[Said]] = {}
    for entry in stands:
        if entry["kind"] == "amend" and entry.get("target"):
            corrections.setdefault(entry["target"], []).append(entry)

    def meant(entry: Said) -> dict[str, Any]:
        """The payload that an amendment should have had."""
        payload = dict(entry.get("payload", {}))
        for correction in corrections.get(entry["id"], ()):
            payload |= meant(correction)
        return payload

    said: list[dict[str, Any]] = []
    later = []
    for entry in stands:
        if entry["kind"] in ("open", "step"):
            said.append({**entry, "payload": dict(entry.get("payload", {}))})
            before = len(said)
        elif entry["kind"] == "amend":
            later.append((entry, before))
    own = {entry["id"]: entry for entry in said}
    for entry, before in later:
        if entry.get("target") in own:
            own[entry["target"]]["payload"] |= meant(entry)
        elif not entry.get("target"):
            for key, value in meant(entry).items():
                spoke = [one for one in said[:before] if key in one["payload"]]
                (spoke[-1] if spoke else said[0])["payload"][key] = value
    return said


class _Game:
    """One record, moved on by statements."""

    def __init__(self, kind: Kind, calendar: NaiveCalendar, within: Mapping[str, str]) -> None:
        self.kind, self.calendar, self.codes = kind, calendar, within
        self.document: Document = {}
        self.segments: list[tuple[str, dict[str, Any]]] = []
        self.columns, self.ends = kind.varying, kind.ends
        self.held: dict[str, dict[str, str]] = {}
        self.rounds: list[dict[str, Any]] = []

    def open(self, said: Said, record: str) -> None:
        at, first = said["happened"][:19], self.kind.states[0]
        self.document |= {"record": record, "state": first, "area": said["area"], "body": said["body"]}
        self.document |= {"opened_at": at, f"{first}_at": at, f"first_{first}_at": at}
        self.put(said["payload"])
        self.start_limits(first, at)
        self.segments = [("", self.varying())]
        if self.kind.every:
            start, end = (date.fromisoformat(self.document[name]) for name in ("term_from", "term_to"))
            if end < start:
                raise Refused("term reversed")
            while start <= end:
                last = min(start + timedelta(days=self.kind.every - 1), end)
                number = len(self.rounds) + 1
                self.rounds.append({"round": number, "due_from": str(start), "due_on": str(last)})
                start += timedelta(days=self.kind.every)

    def put(self, payload: Said) -> None:
        for key, value in payload.items():
            kind = "place" if key in ("area", "body") else self.kind.fields.get(key, "point")
            if kind in NO_COLUMN or (kind == "place" and value is None):
                continue
            if value is None:
                self.document.pop(key, None)
            else:
                self.document[key] = value[:19] if kind == "time" else value

    def varying(self) -> dict[str, Any]:
        return {key: self.document[key] for key in self.columns if key in self.document}

    def step(self, said: Said) -> None:
        at, step = said["happened"][:19], said["step"]
        rule, moves = self.kind.rule(step), self.kind.moves[step]
        if self.document["state"] not in moves:
            raise Refused("wrong state")
        count = self.document.get(f"{step}_count", 0) + 1
        if rule.times and count > rule.times:
            raise Refused("too often")
        self.document[f"{step}_count"] = count
        state = self.document["state"]
        target = moves[state]
        before = [self.document.get(key) for key in self.kind.varies]
        self.put(said["payload"])
        anew = before != [self.document.get(key) for key in self.kind.varies]
        if target is not None:
            if target != state:
                anew |= self.go_back(state, target)
                self.document |= {"state": target, f"{target}_at": at}
                self.document.setdefault(f"first_{target}_at", at)
            for limit, (_, until, _) in self.kind.limits.items():
                if until == target and limit in self.held:
                    self.go_on(limit, at)
            self.start_limits(target, at)
        if rule.acts == "patrol":
            self.patrol(said["payload"].get("on") or at[:10], at)
        elif rule.acts in ("extend", "suspend", "resume"):
            self.act(rule, said, at)
        since = self.segments[-1][0]
        if not anew or since == at:  # what is of the very same second never shows
            self.segments.pop()
        self.segments.append((at if anew else since, self.varying()))

    def go_back(self, state: str, target: str) -> bool:
        """Drop when the states were entered that a move takes back; whether it takes any back."""
        entered = {s: (self.document[f"{s}_at"], n) for n, s in enumerate(self.kind.states)
                   if f"{s}_at" in self.document}  # fmt: skip
        leaves_end = state in self.ends and target not in self.ends
        if target not in entered and not leaves_end:
            return False
        gone = {state} | {s for s in entered if target in entered and entered[s] > entered[target]}
        for one in gone | (self.ends if leaves_end else set()):
            self.document.pop(f"{one}_at", None)
        return True

    # -- limits

    def length(self, limit: str) -> str:
        within = self.kind.limits[limit][2]
        return self.codes.get(self.document.get(within[3:], ""), "") if within[:3] == "by " else within

    def start_limits(self, state: str, at: str) -> None:
        for limit, (start, _, _) in self.kind.limits.items():
            if start == state:
                self.held.pop(limit, None)
                self.document.pop(f"{limit}_due", None)
                if length := self.length(limit):
                    due = self.calendar.add(datetime.fromisoformat(at), length)
                    self.document[f"{limit}_due"] = due.isoformat()

    def go_on(self, limit: str, at: str) -> None:
        held = self.held.pop(limit)
        since, until, due = (datetime.fromisoformat(t) for t in (held["since"], at, held["due"]))
        moved = self.calendar.moved(due, since, until, self.length(limit))
        self.document[f"{limit}_due"] = moved.isoformat()

    def act(self, rule: Rule, said: Said, at: str) -> None:
        limit, column = rule.limit, f"{rule.limit}_due"
        if rule.acts == "resume":
            if limit not in self.held:
                raise Refused("not held")
            self.go_on(limit, at)
            return
        if limit not in self.held and column not in self.document:
            raise Refused("not running")
        if rule.acts == "suspend":
            if limit in self.held:
                raise Refused("held already")
            self.held[limit] = {"since": at, "due": self.document.pop(column)}
            return
        by = said["payload"].get("by") or rule.by
        if by.split()[1:] != rule.by.split()[1:] or int(by.split()[0]) > int(rule.by.split()[0]):
            raise Refused("extension")
        where, key = (self.held[limit], "due") if limit in self.held else (self.document, column)
        where[key] = self.calendar.add(datetime.fromisoformat(where[key]), by).isoformat()

    def patrol(self, on: str, at: str) -> None:
        if on > at[:10]:
            raise Refused("in the future")
        for owed in self.rounds:
            if owed["due_from"] <= on <= owed["due_on"]:
                owed["done_on"] = min(on, owed.get("done_on", on))
                return
        raise Refused("outside the term")

    def finished(self) -> Document:
        """The document as records.md describes it."""
        if len(self.segments) > 1:
            made = []
            nexts = [since for since, _ in self.segments[1:]]
            for (since, values), until in zip_longest(self.segments, nexts):
                starts = {"valid_from": since} if since else {}
                made.append(starts | ({"valid_to": until} if until else {}) | values)
            self.document["_segments"] = made
        if self.held:
            self.document["_held"] = self.held
        if self.rounds:
            self.document["_rounds"] = self.rounds
        return self.document
