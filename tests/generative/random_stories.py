"""Random stories: entries in random order, late, corrected, taken back, refused, over areas that change.

A story is told to a `NaiveLedger`, which says of each entry whether a ledger may take it; so the next
one is drawn knowing what stands. One seed gives one story, and a shorter one is its beginning.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from tests.generative.naive_ledger import ROOT, SYSTEM_KINDS, NaiveLedger
from tests.generative.naive_records import Document, Kind
from tests.generative.naive_time import NaiveCalendar
from tests.generative.random_programmes import CHOICES, WITHIN, Programme, programme

HOURS = (("09:00", "12:00"), ("14:00", "17:00"))
CALENDAR = {date(2022, 3, 5): True, date(2022, 3, 7): False, date(2021, 10, 9): False}
BODIES = ("office", "bureau")
AREAS = {"D": "", "T1": "D", "T2": "D", "V1": "T1", "V2": "T1", "V3": "T2"}
LEVELS = {"D": "district", "T": "town", "V": "village"}
PERSONS = ("11010519491231002X", "440524188001010014")
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def ulid(number: int) -> str:
    """The entry id with this number."""
    return "01" + "".join(DIGITS[number >> 5 * n & 31] for n in range(23, -1, -1))


def opened(number: int, of: str, /, **payload: Any) -> dict[str, Any]:
    """A record of the system that is opened."""
    said = {"id": ulid(number), "record": ulid(number), "kind": "open", "type": f"system.{of}"}
    more = {"happened": "2020-01-01T00:00:00+08:00", "area": ROOT, "body": "office", "reason": "设立"}
    return said | more | {"payload": payload}


def area_entries() -> list[dict[str, Any]]:
    """The areas that there are before a story begins."""
    return [
        opened(20 + n, "area", code=code, name=code, level=LEVELS[code[0]], **({"parent": up} if up else {}))
        for n, (code, up) in enumerate(AREAS.items())
    ]


@dataclass
class Sent:
    """An entry as it is sent, and what must become of it: taken, known or refused."""

    entry: dict[str, Any]
    fate: str


@dataclass
class Story:
    """Batches of entries, and the ledger in plain Python after all of them."""

    seed: int
    programme: Programme
    ledger: NaiveLedger
    batches: list[list[Sent]] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)


def story(seed: int, size: int, start: int) -> Story:
    """A story of `size` entries in a ledger that stood at position `start` before its areas were opened."""
    made = programme(Random(seed))
    kinds = {**SYSTEM_KINDS, **made.kinds}
    names = {"indicator": frozenset(f"p.{key}" for key in made.indicators), "programme": frozenset("p")}
    measures = [m for one in made.indicators.values() for m in (one.numerator, one.denominator) if m]
    ledger = NaiveLedger(kinds, NaiveCalendar(CALENDAR, HOURS), WITHIN, start, BODIES, names, measures)
    for entry in area_entries():
        assert ledger.take(entry)
    teller = _Teller(Random(seed + 1), Story(seed, made, ledger))
    files = {"path": "programmes/p.yaml", "kind": "programme", "text": made.text}
    teller.tell(opened(100, "definition", **files))
    for _ in range(size):
        teller.next()
    return teller.story


class _Teller:
    def __init__(self, random: Random, told: Story) -> None:
        self.random, self.story, self.ledger = random, told, told.ledger
        self.number = 100
        self.villages = 3
        self.fault = False

    def next(self) -> None:
        """Draw one more entry."""
        random = self.random
        acts = (
            (self.open, 34), (self.step, 34), (self.amend, 16), (self.void, 7), (self.change_areas, 6),
            (self.close_period, 3), (self.set_target, 1), (self.again, 3),
        )  # fmt: skip
        self.fault = random.randrange(14) == 0
        random.choices([act for act, _ in acts], [weight for _, weight in acts])[0]()

    def tell(self, entry: dict[str, Any], bad: bool = False, fate: str = "") -> None:
        """Send an entry; `bad` says that its form is wrong, so that no ledger may take it."""
        fate = fate or ("refused" if bad or not self.ledger.take(entry) else "taken")
        batches = self.story.batches
        if not batches or (len(batches[-1]) > 1 and self.random.randrange(6) == 0):
            batches.append([])
        batches[-1].append(Sent(_surface(self.random, entry), fate))
        late = " late" if fate == "taken" and self.ledger.entries[-1].get("late") else ""
        target = " target" if entry.get("target") else ""
        self.story.seen[f"{fate} {entry['kind']}{target}{late}"] += 1
        if fate == "taken" and entry["kind"] == "step":
            self.story.seen[
                f"step {self.ledger.kinds[entry['type']].rule(entry['step']).acts or 'moves'}"
            ] += 1
        if fate == "taken":
            self.story.seen[entry["type"] if "system." in entry["type"] else entry["type"][2:]] += 1

    def entry(self, kind: str, type_: str, happened: datetime, **more: Any) -> dict[str, Any]:
        self.number += 1
        said = {
            "id": ulid(self.number),
            "kind": kind,
            "type": type_,
            "happened": f"{happened.isoformat()}+08:00",
        }
        if kind == "open":
            named = self.random.randrange(4) == 0
            said["record"] = f"r{self.number}" if named else ulid(self.number)
        said |= {key: value for key, value in more.items() if value not in ("", None)}
        if self.random.randrange(10) == 0:
            after = timedelta(minutes=self.random.choice((0, -5, 90, 9000, -6)))
            said["recorded"] = f"{(happened + after).isoformat()}+08:00"
        needs = kind in ("amend", "void")
        if "reason" not in said and self.random.randrange(30 if needs else 2):
            said["reason"] = "核对有误"
        return said

    # -- entries of records

    def open(self) -> None:
        random = self.random
        kind = random.choice([k for k in self.ledger.kinds.values() if k.programme == "p"])
        payload = {f: self.value(kind, f) for f in kind.fields if f in kind.required or random.randrange(3)}
        payload = {key: value for key, value in payload.items() if value is not None}
        bad = any(name not in payload for name in kind.required)
        if "term_from" in payload:
            payload["term_to"] = str(
                date.fromisoformat(payload["term_from"]) + timedelta(random.randint(-2, 300))
            )
        if self.fault:
            bad = self.spoil(kind, payload) or bad
        area = "X9" if random.randrange(50) == 0 else self.area()
        body = "nobody" if random.randrange(50) == 0 else random.choice(BODIES)
        when = self.moment()
        self.tell(self.entry("open", kind.key, when, area=area, body=body, payload=payload), bad)

    def step(self) -> None:
        random = self.random
        if not (found := self.some_record(lambda kind: bool(kind.moves))):
            return
        kind, document = found
        fitting = [step for step, moves in kind.moves.items() if document["state"] in moves]
        step = random.choice(fitting if fitting and random.randrange(8) else list(kind.moves))
        rule, when = kind.rule(step), self.after(document)
        settable = [f for f in (*rule.fields, *rule.asks) if f in rule.asks or random.randrange(2)]
        payload = {f: self.value(kind, f, empty=f not in kind.required) for f in settable}
        if rule.acts == "patrol" and random.randrange(2):
            payload["on"] = str(when.date() - timedelta(random.randrange(12)))
        if rule.acts == "extend" and random.randrange(2):
            amount, rest = rule.by.split(" ", 1)
            payload["by"] = f"{random.randint(1, int(amount) + (random.randrange(5) == 0))} {rest}"
        bad = any(payload.get(f) is None for f in rule.asks)
        if self.fault:
            bad = self.spoil(kind, payload, of=(*rule.fields, *rule.asks)) or bad
        area = self.area() if random.randrange(3) == 0 else ""
        body = random.choice(BODIES) if random.randrange(4) == 0 else ""
        more = {"step": step, "record": document["record"], "area": area, "body": body, "payload": payload}
        said = self.entry("step", kind.key, when, **more)
        self.tell(said, bad or (rule.reason and "reason" not in said))

    def amend(self) -> None:
        random = self.random
        if not (found := self.some_record(lambda kind: True)):
            return
        kind, document = found
        entries = [e for e in self.ledger.entries if e["record"] == document["record"]]
        target = random.choice(entries) if random.randrange(2) else None
        if random.randrange(4) == 0:  # what was corrected is corrected again
            target = next((e for e in reversed(entries) if e["kind"] == "amend"), target)
        names = random.sample(list(kind.fields), random.randint(1, min(3, len(kind.fields))))
        if target and target.get("payload") and random.randrange(2):
            names = random.sample(list(target["payload"]), 1)
        payload = {}
        for name in names:
            if name in kind.fields:
                payload[name] = self.value(kind, name, empty=name not in kind.required)
            elif name == "on":
                payload[name] = str(
                    date.fromisoformat(target["happened"][:10]) - timedelta(random.randrange(12))
                )
        area = self.area() if random.randrange(5) == 0 or not payload else ""
        bad = self.fault and self.spoil(kind, payload)
        more = {"target": target["id"] if target else "", "record": document["record"], "area": area}
        said = self.entry("amend", kind.key, self.after(document), payload=payload, **more)
        self.tell(said, bad or "reason" not in said)

    def void(self) -> None:
        if not (found := self.some_record(lambda kind: True)):
            return
        kind, document = found
        entries = [e for e in self.ledger.entries if e["record"] == document["record"]]
        target = ""
        if len(entries) > 1 and self.random.randrange(4):
            target = self.random.choice(entries[self.random.randrange(6) > 0 :])["id"]
        more = {"target": target, "record": document["record"]}
        said = self.entry("void", kind.key, self.after(document), **more)
        self.tell(said, "reason" not in said)

    def again(self) -> None:
        """An entry that was sent already: with the same content, or with other content."""
        before = [s.entry for b in self.story.batches[:-1] for s in b if s.fate == "taken"]
        if before:
            entry = self.random.choice(before)
            if self.random.randrange(2):
                self.tell({**entry, "happened": "2022-02-02T02:02:02+08:00"}, fate="refused")
            else:
                self.story.batches.append([])
                self.tell(entry, fate="known")

    # -- entries of the system

    def change_areas(self) -> None:
        random = self.random
        areas = [d for d in self.ledger.standing("system.area") if d["code"] != ROOT]
        act = random.choice(("move", "move", "move", "strike_off", "open", "split", "amend", "void"))
        chosen = random.choice(areas) if areas else None
        when = datetime(random.choice((2021, 2022)), random.randint(1, 12), random.randint(1, 28), 8)
        if act in ("open", "split") or chosen is None:
            parent = chosen["parent"] if act == "split" and chosen and "parent" in chosen else self.area()
            if act == "split" and chosen:
                said = self.entry(
                    "step", "system.area", when, record=chosen["record"], step="strike_off", area=ROOT
                )
                self.tell(said)
            for _ in range(1 + (act == "split")):
                self.villages += 1
                code = f"V{self.villages}"
                payload = {"code": code, "name": code, "level": "village", "parent": parent}
                self.tell(self.entry("open", "system.area", when, area=ROOT, body="office", payload=payload))
            return
        more: dict[str, Any] = {"record": chosen["record"], "area": ROOT}
        parents = [code for code in (*AREAS, chosen.get("parent", ROOT)) if code != chosen["code"]]
        if act in ("move", "amend"):
            more["payload"] = {"parent": random.choice(parents)}
        kind = "step" if act in ("move", "strike_off") else act
        said = self.entry(kind, "system.area", when, step=act if kind == "step" else "", **more)
        self.tell(said, kind in ("amend", "void") and "reason" not in said)

    def close_period(self) -> None:
        random, when = self.random, datetime(2022, 12, 1)
        closed = [d for d in self.ledger.standing("system.closing") if d["state"] == "closed"]
        if closed and random.randrange(2):
            record = random.choice(closed)["record"]
            more = {"record": record, "step": "reopen", "reason": "补录", "area": ROOT}
            self.tell(self.entry("step", "system.closing", when, **more))
            return
        period = random.choice(("2021", "2022-Q1", "2022-03", "2022-H1", "2021-12", "2022-05-04"))
        payload = {"area": random.choice((ROOT, ROOT, self.area())), "period": period}
        payload |= {"programme": random.choice("pppq")} if random.randrange(2) else {}
        self.tell(self.entry("open", "system.closing", when, area=ROOT, body="office", payload=payload))

    def set_target(self) -> None:
        key = self.random.choice([*self.story.programme.indicators, "none"])
        payload = {"indicator": f"p.{key}", "area": self.area(), "period": "2022", "value": "2.5000"}
        when = datetime(2022, 1, 1)
        self.tell(self.entry("open", "system.target", when, area=ROOT, body="office", payload=payload))

    # -- what they say

    def some_record(self, fits: Any) -> tuple[Kind, Document] | None:
        """A record that an entry may speak of, now and then one that is void."""
        known = self.ledger.known_at(self.ledger.position).values()
        records = [(self.ledger.kinds[key], d) for key, _, d in known if key[:2] == "p."]
        records = [(k, d) for k, d in records if fits(k) and (not d["void"] or self.random.randrange(9) == 0)]
        return self.random.choice(records) if records else None

    def area(self) -> str:
        codes = [d["code"] for d in self.ledger.standing("system.area")]
        return self.random.choice(
            [code for code in codes if code != ROOT or self.random.randrange(2)] or [ROOT]
        )

    def moment(self) -> datetime:
        start = datetime(2021, 1, 1, self.random.randint(7, 18), self.random.choice((0, 30, 59)))
        return start + timedelta(days=self.random.randrange(725), seconds=self.random.randrange(60))

    def after(self, document: Document) -> datetime:
        """Mostly after the record's last entry, now and then at once, earlier, or before it opened."""
        random, last = self.random, datetime.fromisoformat(document["_last"])
        choice = random.randrange(20)
        if choice == 0:
            return self.moment()
        if choice < 4:
            first = datetime.fromisoformat(document["opened_at"])
            return first + timedelta(seconds=random.randint(0, max(1, int((last - first).total_seconds()))))
        if choice < 7:
            return last
        return last + random.choice(
            (timedelta(minutes=1), timedelta(hours=1), timedelta(days=1))
        ) * random.randint(1, 40)

    def value(self, kind: Kind, name: str, empty: bool = False) -> Any:
        """A normalised value of a field; None now and then where it may be empty."""
        random, of = self.random, kind.fields[name]
        if empty and random.randrange(7) == 0:
            return None
        match of:
            case "choice" | "code":
                return random.choice(CHOICES[name])
            case "number":
                return f"{random.randint(-5000, 5000) / 100:.2f}"
            case "whole":
                return random.choice((0, 1, 2, 3, -1, 1200))
            case "money":
                return f"{random.choice((0, 10, 250, 1999, 123456)) / 100:.2f}"
            case "date":
                return str(self.moment().date())
            case "time":
                return f"{self.moment().isoformat()}+08:00"
            case "yes_no":
                return bool(random.randrange(2))
            case "person":
                return random.choice(PERSONS)
            case "area":
                return self.area()
            case "body":
                return random.choice(BODIES)
            case "reference":
                known = self.ledger.known_at(self.ledger.position)
                fitting = [r for r, (key, _, _) in known.items() if key == kind.references[name]]
                return random.choice(fitting) if fitting else None
            case "point":
                return {"lon": 109.4, "lat": 24.3}
        return random.choice(("甲", "乙", "丙"))

    def spoil(self, kind: Kind, payload: dict[str, Any], of: tuple[str, ...] | None = None) -> bool:
        """Put something into the payload that no ledger may take; False where nothing could be put."""
        bad = {
            "choice": "z", "code": "99", "number": "-50.01", "whole": "1.5", "money": "-1",
            "date": "2022-02-30", "time": "2022-02-30T08:00:00", "yes_no": "maybe",
            "person": "110105194912310021", "point": {"lon": 999},
        }  # fmt: skip
        names = [n for n, type_ in kind.fields.items() if type_ in bad and (of is None or n in of)]
        name = self.random.choice([*names, "colour"])
        payload[name] = bad[kind.fields[name]] if name in kind.fields else "red"
        return True


def _surface(random: Random, entry: dict[str, Any]) -> dict[str, Any]:
    """The entry as a clerk may write it: thousands separators, full width, words for yes and no."""
    sent = {**entry, "payload": dict(entry.get("payload", {}))}
    if sent.get("record") == sent["id"]:
        del sent["record"]
    if random.randrange(2):
        sent["happened"] = sent["happened"][:19]
    for name, value in sent["payload"].items():
        if name == "who" and value in PERSONS:
            sent["payload"][name] = {"id_number": value, "name": "某人"}
        elif name in ("size", "pay", "score") and value is not None and random.randrange(2):
            text = str(value)
            whole, dot, part = text.partition(".")
            if whole.lstrip("-").isdigit():
                text = f"{int(whole):,}" + dot + part if int(whole) or whole == "0" else text
            sent["payload"][name] = text.translate({48 + n: 0xFF10 + n for n in range(10)})
        elif value is True and random.randrange(2):
            sent["payload"][name] = "是"
    return sent
