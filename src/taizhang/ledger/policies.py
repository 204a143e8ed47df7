"""Who may do what where: one rule, asked by the ledger's actions and by the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


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

    def may(self, officer: str, role: str, area: str, programme: str, on: date) -> bool:
        """Whether `officer` holds `role` on day `on` for `area` or an area above it, in `programme`.

        `administrator` may do in the system programme what any role may; "" asks for any role at all.
        """
        above = self._above(area)
        return any(
            (not role or held.role == role or (programme == "system" and held.role == "administrator"))
            and held.programme in ("", programme)
            and held.area in above
            and (held.start is None or held.start <= on)
            and (held.end is None or on < held.end)
            for held in self._held.get(officer, ())
        )

    def roles(self, officer: str) -> frozenset[str]:
        """Every role that the officer was ever given."""
        return frozenset(held.role for held in self._held.get(officer, ()))

    def _above(self, area: str) -> set[str]:
        seen: set[str] = set()
        while area and area not in seen:
            seen.add(area)
            area = self._parents.get(area, "")
        return seen
