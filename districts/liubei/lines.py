"""The smaller lines of work, each a module of its own: what it needs of the office, and its records.

Such a module has `NAME` (its programme), `BODIES` (code → name), `ROLES` (officer, role, programme),
`TARGETS` (indicator, value), `EXPECTED` (indicator → value for the district in 2022) and `make(rng)`, which
gives its entries as they were recorded. Its randomness is its own, so that none disturbs another.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Protocol

from . import (
    awards,
    back_streets,
    education,
    hubs,
    illegal_construction,
    kindergartens,
    land,
    land_readiness,
    parking,
    school_works,
    schools,
    shantytowns,
    social_organisations,
    talent,
    tutoring,
    urban_villages,
)
from .writing import Item


class Line(Protocol):
    """What a module of a line of work has."""

    NAME: str
    BODIES: Mapping[str, str]
    ROLES: tuple[tuple[str, str, str], ...]
    TARGETS: tuple[tuple[str, str], ...]
    EXPECTED: Mapping[str, Fraction]

    def make(self, rng: random.Random) -> Iterator[Item]:
        """The entries of the line, each with the second at which it is recorded."""


LINES: tuple[Line, ...] = (
    awards,
    hubs,
    schools,
    school_works,
    kindergartens,
    education,
    tutoring,
    talent,
    land,
    urban_villages,
    land_readiness,
    shantytowns,
    back_streets,
    illegal_construction,
    parking,
    social_organisations,
)
