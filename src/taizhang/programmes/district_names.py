"""The names in a programme file that only the district can know: levels of areas, and bodies."""

from __future__ import annotations

from collections.abc import Collection

from taizhang.programmes.file_shape import ProgrammeShape
from taizhang.programmes.reporting import Report
from taizhang.programmes.yaml_tree import Path


def check_district_names(
    shape: ProgrammeShape, levels: Collection[str] | None, bodies: Collection[str] | None, report: Report
) -> None:
    """Report levels and bodies that the district does not have; None where they are not known here."""
    if bodies is not None and shape.lead and shape.lead not in bodies:
        report.unknown(("lead",), ("机构", "body"), shape.lead, bodies)
    if levels is None:
        return
    for key, indicator in shape.indicators.items():
        for part in ("numerator", "denominator", "value"):
            measure = getattr(indicator, part)
            for setting in ("covered", "areas"):
                level = getattr(measure, setting) if measure else ""
                if level and level not in levels:
                    path: Path = ("indicators", key, part, setting)
                    report.unknown(path, ("区划级别", "level"), level, levels)
