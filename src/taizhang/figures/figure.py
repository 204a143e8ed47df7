"""What a figure is, what is asked for, and the setting in which it is computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from taizhang.values import Period


@dataclass(frozen=True, slots=True)
class AreaNode:
    """An area under one parent, for as long as that held: [start, end), None is open."""

    code: str
    name: str
    level: str
    parent: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class PeerValue:
    """The value that a named peer reached, with the document it comes from."""

    indicator: str
    peers: str
    peer: str
    period: Period
    value: Decimal
    document: str


@dataclass(frozen=True, slots=True)
class Target:
    """A target set for an indicator in an area and a period."""

    indicator: str
    area: str
    period: Period
    value: Decimal


@dataclass(frozen=True, slots=True)
class Setting:
    """What figures depend on besides records, as known at `position`.

    `areas` holds every node with its validity, so that one code may stand several times; `root` is the
    district. `today` is the date that the tree mode `now` means.
    """

    position: int
    root: str
    today: date
    areas: tuple[AreaNode, ...]
    targets: tuple[Target, ...] = ()
    peer_values: tuple[PeerValue, ...] = ()
    own_peer: str = ""  # the district's own name among its peers


@dataclass(frozen=True, slots=True)
class Request:
    """Which figures. `areas` None: every area of the tree. `by`: a choice or code field, or ""."""

    indicators: tuple[str, ...]
    periods: tuple[Period, ...]
    areas: tuple[str, ...] | None = None
    by: str = ""
    tree: Literal["then", "now"] | date = "then"
    changes: bool = True  # with the change on the year, rank, target and light


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator's value for an area and a period as of a position; exact, None where undecided.

    `reported` of `expected` units are in, where the record type says who owes how often. `unplaced` records,
    told with the district's figure only, lie in an area that the tree does not know: they count nowhere.
    `origin` is "reported" where the value is a total taken over from elsewhere, "partly" where its base or a
    part is.
    """

    indicator: str
    area: str
    period: Period
    value: Fraction | None
    unit: str
    numerator: Fraction | None
    denominator: Fraction | None
    records: int
    position: int
    definition: str  # the indicator's version
    reported: int | None = None
    expected: int | None = None
    yoy_difference: Fraction | None = None
    yoy_growth: Fraction | None = None
    rank: int | None = None
    rank_of: int | None = None
    target: Fraction | None = None
    light: Literal["green", "amber", "red"] | None = None
    origin: Literal["computed", "reported", "partly"] = "computed"
    by: Mapping[str, str] = field(default_factory=dict)
    unplaced: int | None = None
