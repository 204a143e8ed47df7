"""What a district's own file says that entries and figures depend on: root area, working hours, own name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from taizhang.errors import DefinitionError, Problem
from taizhang.programmes import Calendar
from taizhang.values import Place

PATH = "district.yaml"
"""Under which path the file stands among the `system.definition` records."""

TIMEZONE = "Asia/Shanghai"
"""The only zone that entries are read in: all of the country keeps it."""

SHANGHAI = ZoneInfo(TIMEZONE)
_OFFICE_HOURS = Calendar().hours


@dataclass(frozen=True, slots=True)
class DistrictRules:
    """The district's root area, the name it bears among its peers, and the hours of a worked day."""

    root: str = ""
    own_peer: str = ""
    hours: tuple[tuple[time, time], ...] = _OFFICE_HOURS
    since: str = "2020-01-01"


def district_rules(text: str) -> DistrictRules:
    """Read the file's text; "" gives the defaults. Raises DefinitionError with everything that is wrong."""
    if not text:
        return DistrictRules()
    try:
        told = YAML(typ="safe", pure=True).load(text)
    except YAMLError as error:
        raise DefinitionError(_problem(f"读不出 / cannot be read: {error}")) from error
    if not isinstance(told, dict):
        raise DefinitionError(_problem("应为键与值 / keys and values are expected"))
    problems = []
    root = told.get("root")
    if not isinstance(root, str | int) or not str(root):
        problems.append(_problem("缺少 root(全区的区域代码)/ `root` is missing"))
    if told.get("timezone", TIMEZONE) != TIMEZONE:
        problems.append(_problem(f"时区只能是 {TIMEZONE} / the only zone: {told['timezone']!r}"))
    try:
        hours = _hours(told.get("office_hours"))
    except (ValueError, TypeError) as error:
        problems.append(_problem(f"office_hours 写法不对 / wrong: {error}", '[["08:30", "12:00"], …]'))
    if problems:
        raise DefinitionError(problems)
    since = str(told.get("since", DistrictRules().since))
    return DistrictRules(str(root), str(told.get("own_peer", "")), hours, since)


def _hours(told: Any) -> tuple[tuple[time, time], ...]:
    if told is None:
        return _OFFICE_HOURS
    spans = tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in told)
    edges = [edge for span in spans for edge in span]
    if not spans or edges != sorted(set(edges)):
        raise ValueError("spans must be in order and not touch")
    return spans


def _problem(found: str, expected: str = "") -> Problem:
    return Problem("district-file", f"区县说明 / the district's file: {found}", expected, place=Place(PATH))
