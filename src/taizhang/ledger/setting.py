"""What figures depend on besides records: areas with their validity, targets, peers' values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from taizhang.ledger.system_records import SystemRecords
from taizhang.programmes import Calendar
from taizhang.values import Period, parse_period


@dataclass(frozen=True, slots=True)
class AreaSpan:
    """An area under one parent, for as long as that held: [start, end), None is open."""

    code: str
    name: str
    level: str
    parent: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class TargetValue:
    """A target set for an indicator in an area and a period."""

    indicator: str
    area: str
    period: Period
    value: Decimal


@dataclass(frozen=True, slots=True)
class KnownPeerValue:
    """The value that a named peer reached, with the document it comes from."""

    indicator: str
    peers: str
    peer: str
    period: Period
    value: Decimal
    document: str


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything of the system's records that figures depend on, as known at one position."""

    root: str
    today: date
    areas: tuple[AreaSpan, ...]
    targets: tuple[TargetValue, ...]
    peer_values: tuple[KnownPeerValue, ...]
    own_peer: str
    calendar: Calendar


def setting_of(known: SystemRecords, today: date) -> Setting:
    """The setting that these system records make."""
    targets = tuple(
        TargetValue(d["indicator"], d["area"], parse_period(d["period"]), Decimal(d["value"]))
        for d in known.standing("target")
    )
    values = tuple(
        KnownPeerValue(
            d["indicator"],
            d["peers"],
            d["peer"],
            parse_period(d["period"]),
            Decimal(d["value"]),
            d["document"],
        )
        for d in known.standing("peer-value")
    )
    rules = known.rules
    return Setting(rules.root, today, _areas(known), targets, values, rules.own_peer, known.context.calendar)


def _areas(known: SystemRecords) -> tuple[AreaSpan, ...]:
    spans = []
    for d in known.standing("area"):
        opened, ended = _day(d["opened_at"]), _day(d.get("struck_off_at"))
        if d["state"] != "struck_off":
            ended = None
        for segment in d.get("_segments", [{"parent": d.get("parent", "")}]):
            start = _day(segment.get("valid_from")) or opened
            end = _day(segment.get("valid_to")) or ended
            spans.append(AreaSpan(d["code"], d["name"], d["level"], segment.get("parent", ""), start, end))
    return tuple(spans)


def _day(moment: str | None) -> date | None:
    return date.fromisoformat(moment[:10]) if moment else None
