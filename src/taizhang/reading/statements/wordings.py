"""What a wording is that makes a statement."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from taizhang.reading.claim import StatementKind

About = Literal["before", "object", "either"]  # where the words are that a statement is about


@dataclass(frozen=True, slots=True)
class Rule:
    """A wording and what it asserts.

    `asserts` is the code of what is asserted (docs/reference/claims.md lists them). No clause has the wording
    without one of the `signals`, `tail` characters or fewer before its end where that is given. The pattern's
    group `o` is the object. `needs` and `never` test the words that the statement is about, `spoiled` the
    whole clause. With
    `beside_figures` it holds in a clause with a claim too. Neighbours of one `family` make one statement.
    """

    name: str
    kind: StatementKind
    asserts: str
    signals: tuple[str, ...]
    pattern: re.Pattern[str]
    tail: int | None = None
    family: str = ""
    about: About = "before"
    needs: re.Pattern[str] | None = None
    never: re.Pattern[str] | None = None
    spoiled: re.Pattern[str] | None = None
    beside_figures: bool = False


def either(some: Iterable[str]) -> str:
    """A pattern of one of these words."""
    return "|".join(some)


def words(text: str) -> tuple[str, ...]:
    """The words of a text in which spaces divide them."""
    return tuple(text.split())
