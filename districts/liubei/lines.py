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
    culture,
    elder_care,
    epidemic,
    ethnic_unity,
    food_drug,
    health_facilities,
    medical_groups,
    petitions,
    public_safety,
    work_safety,
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
    elder_care,
    health_facilities,
    medical_groups,
    culture,
    public_safety,
    petitions,
    work_safety,
    food_drug,
    epidemic,
    ethnic_unity,
)
