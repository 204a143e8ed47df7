"""Who may do what where: one rule, asked by the ledger's actions and by the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

ADMINISTRATOR = "administrator"
"""The role that may do in the system programme what any role may."""

IMPORTER = "importer"
"""The role that may hand in `recorded` and entries in other officers' names."""

PRIVACY_OFFICER = "privacy-officer"
"""The role that may have a person forgotten, and read personal texts of every programme it is given for."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """An officer's role in an area's subtree and a programme ("" : every programme), in [start, end)."""

    officer: str
    role: str
    area: str
    programme: str = ""
    start: date | None = None
    end: date | None = None


class Policies:
    """The appointments and the area tree as known at one position."""

    def __init__(self, appointments: Iterable[Appointment], parents: Mapping[str, str]) -> None:
        self._parents = parents
        self._held: dict[str, list[Appointment]] = {}
        for appointment in appointments:
            self._held.setdefault(appointment.officer, []).append(appointment)
        self._spans: dict[tuple[str, str, str, str], tuple[tuple[str, str], ...]] = {}

    def may(self, officer: str, role: str, area: str, programme: str, on: date | str) -> bool:
        """Whether `officer` holds `role` on day `on` for `area` or an area above it, in `programme`.

        `administrator` may do in the system programme what any role may; "" asks for any role at all.
        """
        day = on if isinstance(on, str) else on.isoformat()
        asked = (officer, role, area, programme)
        spans = self._spans.get(asked)
        if spans is None:
            spans = self._spans[asked] = tuple(self._find(*asked))
        for start, end in spans:  # noqa: SIM110 - asked for every entry: a generator would double its cost
            if start <= day < end:
                return True
        return False

    def _find(self, officer: str, role: str, area: str, programme: str) -> Iterable[tuple[str, str]]:
        above = self._above(area)
        for held in self._held.get(officer, ()):
            fits = not role or held.role == role or (programme == "system" and held.role == ADMINISTRATOR)
            if fits and held.programme in ("", programme) and held.area in above:
                yield (
                    held.start.isoformat() if held.start else "",
                    held.end.isoformat() if held.end else "9999-99-99",
                )

    def roles(self, officer: str) -> frozenset[str]:
        """Every role that the officer was ever given."""
        return frozenset(held.role for held in self._held.get(officer, ()))

    def lies_in(self, area: str, outer: str) -> bool:
        """Whether `area` is `outer` or lies in it."""
        return outer in self._above(area)

    def _above(self, area: str) -> set[str]:
        seen: set[str] = set()
        while area and area not in seen:
            seen.add(area)
            area = self._parents.get(area, "")
        return seen


def may_read(user: Any, *, programme: str, area: str) -> bool:
    """Whether a signed-in officer may read records of `programme` in `area`: holds any role there today."""
    from taizhang.ledger import queries

    if not user.is_authenticated or not user.is_active:
        return False
    known = queries.system_records()
    return known.policies.may(user.username, "", area, programme, queries.today())


def may_read_personal(user: Any, *, record_type: str, area: str) -> bool:
    """Whether a signed-in officer may read personal texts of records of this type in `area`.

    Who works such records may: the roles that its own rules name, held there today; so may privacy officers.
    """
    from taizhang.ledger import queries

    if not user.is_authenticated or not user.is_active:
        return False
    known, day = queries.system_records(), queries.today()
    kind = known.definitions.record_type(record_type)
    roles = {kind.opens, kind.amends, kind.voids, *(step.role for step in kind.steps.values())} - {""}
    return any(
        known.policies.may(user.username, role, area, kind.programme, day)
        for role in sorted(roles | {PRIVACY_OFFICER})
    )


def may_administer(user: Any) -> bool:
    """Whether a signed-in officer is an administrator of the whole district today."""
    from taizhang.ledger import queries

    if not user.is_authenticated or not user.is_active:
        return False
    known = queries.system_records()
    return known.policies.may(user.username, ADMINISTRATOR, known.rules.root, "system", queries.today())
