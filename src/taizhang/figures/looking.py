"""Looking records up by what they are called: which names there are, and which records have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from taizhang.errors import Problem, UnknownName
from taizhang.figures.figure import Setting
from taizhang.figures.plan import Engine, Plan, Slot, measure_plan
from taizhang.programmes import Definitions, Measure
from taizhang.values import Period


@dataclass(frozen=True, slots=True)
class Looking:
    """Looks into the records that a measure counts, as known at the setting's position."""

    definitions: Definitions
    engine: Engine
    setting: Setting

    def values(self, measure: Measure, area: str, period: Period, column: str) -> Mapping[str, int]:
        """Each value of `column` as text, with how many records have it; null is "".

        Raises UnknownName for an area that nobody has declared.
        """
        plan = replace(self._plan(measure, area, period), by=column)
        counted = self.engine.components(plan)[0]
        found = {cell[2]: counted.counted(cell) for cell in counted.cells() if cell[0] == area}
        return {value: found[value] for value in sorted(found) if found[value]}

    def records(self, measure: Measure, area: str, period: Period, limit: int) -> tuple[tuple[str, ...], int]:
        """The first `limit` records, by id, and how many there are. Raises UnknownName as `values` does."""
        return self.engine.records(self._plan(measure, area, period), limit)

    def _plan(self, measure: Measure, area: str, period: Period) -> Plan:
        if area not in {node.code for node in self.setting.areas}:
            raise UnknownName(Problem("unknown-area", f"没有区域 {area} / no area {area}"))
        slot = Slot(period, period.last_day)
        return measure_plan(self.definitions, measure, slot, area, self.setting)
