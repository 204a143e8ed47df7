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
    culture,
    education,
    elder_care,
    employment,
    environment_enforcement,
    epidemic,
    ethnic_unity,
    food_drug,
    health_facilities,
    housing_subsidy,
    hubs,
    illegal_construction,
    inspectorate_items,
    kindergartens,
    land,
    land_readiness,
    livelihood_budget,
    medical_groups,
    parking,
    petitions,
    practical_projects,
    public_safety,
    school_works,
    schools,
    shantytowns,
    social_insurance,
    social_organisations,
    social_relief,
    talent,
    tutoring,
    urban_villages,
    wage_arrears,
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
    environment_enforcement,
    inspectorate_items,
    livelihood_budget,
    practical_projects,
    employment,
    social_insurance,
    social_relief,
    housing_subsidy,
    wage_arrears,
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
