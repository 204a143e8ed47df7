"""Statements, and where in their rows each component of each measure stands.

The first three columns of every statement are the area's number, the slot's, and the value of `by`. Areas are
numbered from 1; NOWHERE is 0, what is known but not asked for is negative.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sqlglot import exp

Fold = Literal["sum", "avg", "min", "max", "distinct", "last"]
"""How Python puts a cell's quotients together."""

HEAD = 3
"""How many columns stand before the components."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a component stands: statement and column; see `plan.Column` for the others."""

    statement: int
    place: int
    counted: int | None = None
    whole: int = 1


@dataclass(slots=True)
class Layout:
    """The statements of a plan; for each measure the spots of its records (they add up) and aggregates.

    `folds` says of a statement by its number that it gives quotients: any number of rows a cell, each with a
    numerator, a divisor and for how many rows it stands. Folded, they are one component.
    """

    statements: list[exp.Query] = field(default_factory=list)
    folds: dict[int, Fold] = field(default_factory=dict)
    records: list[list[Spot]] = field(default_factory=list)
    values: list[list[Spot]] = field(default_factory=list)
