"""How many of what, at a size, and the figures that must come out of the records."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .lines import LINES

POPULATION = 482_137
FULL_SIZE_CASES = 69_000  # reported in 2021 and 2022, a few per cent rejected or void
PILOT_SHARE = 13  # one in so many was reported in 2021, in the subdistrict where the platform was tried


@dataclass(frozen=True, slots=True)
class Courses:
    """How many persons stand where in their course of vaccination."""

    one_dose: int  # one-dose vaccine: complete
    two_dose: int  # two-dose vaccine: complete
    three_dose: int  # three-dose vaccine: complete
    begun_two: int  # one of two doses
    begun_three: int  # two of three doses
    boosted_one: int  # of one_dose
    boosted_two: int  # of two_dose

    @property
    def complete(self) -> int:
        return self.one_dose + self.two_dose + self.three_dose

    @property
    def persons(self) -> int:
        return self.complete + self.begun_two + self.begun_three

    @property
    def doses(self) -> int:
        base = self.one_dose + 2 * self.two_dose + 3 * self.three_dose + self.begun_two + 2 * self.begun_three
        return base + self.boosted_one + self.boosted_two


FULL_SIZE = Courses(13_116, 381_000, 40_000, 12_000, 2_030, 8_236, 272_000)


def courses(size: float) -> Courses:
    """The courses at `size`, each count rounded."""
    return Courses(*(round(getattr(FULL_SIZE, name) * size) for name in Courses.__slots__))


def population(size: float) -> int:
    """The residents at `size`."""
    return round(POPULATION * size)


def case_count(size: float) -> int:
    """The case records at `size`."""
    return round(FULL_SIZE_CASES * size)


def expected(size: float = 1.0) -> dict[str, Fraction]:
    """Value of each indicator for the district in 2022 (ranks: `.rank`, the change: `.yoy_difference`).

    Doses follow `size`; the rates of vaccination are those of the report only near full size.
    """
    plan = courses(size)
    residents = population(size)
    good_now, good_before = Fraction(33600, 365), Fraction(33100, 361)
    return {
        "enterprise-ladder.tech-smes": Fraction(65),
        "enterprise-ladder.high-tech": Fraction(20),
        "enterprise-ladder.emerging-industry": Fraction(8),
        "enterprise-ladder.recognitions": Fraction(95),
        "old-communities.projects": Fraction(60),
        "old-communities.grades": Fraction(3),
        "city-cases.closing-rate": Fraction(100),
        "city-cases.total-score.rank": Fraction(1),
        "golden-kettle.total-score.rank": Fraction(1),
        "vaccination.doses": Fraction(plan.doses),
        "vaccination.coverage": Fraction(100 * plan.persons, residents),
        "vaccination.full-course": Fraction(100 * plan.complete, residents),
        "vaccination.sites": Fraction(3),
        "air-quality.good-days": good_now,
        "air-quality.good-days.yoy_difference": good_now - good_before,
        "chiefs.duties": Fraction(48),
        "chiefs.campaigns": Fraction(72),
    } | {indicator: value for line in LINES for indicator, value in line.EXPECTED.items()}
