"""Reads tests/spec/figures: a programme file, areas, rows, requests, and the figures that must come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from taizhang.figures import AreaNode, Figure, PeerValue, Request, Setting, Target
from taizhang.programmes import Definitions, LogicalTable, load, logical_tables
from taizhang.values import parse_period

FOLDER = Path(__file__).parents[1] / "spec" / "figures"
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Case:
    """One case: what is known, what is asked, what must be answered."""

    name: str
    definitions: Definitions
    tables: tuple[LogicalTable, ...]
    rows: Rows
    setting: Setting
    request: Request
    figures: list[dict[str, Any]]


def cases() -> Iterator[Case]:
    """Every case of every file, in order."""
    for path in sorted(FOLDER.glob("*.yaml")):
        told = YAML(typ="safe").load(path)
        codes = {f"codes/{name}.yaml": text for name, text in told.get("codes", {}).items()}
        definitions = load({"programmes/p.yaml": told["programme"], **codes})
        tables = tuple(t for r in definitions.programmes["p"].records.values() for t in logical_tables(r))
        for case in told["cases"]:
            rows = full_rows(tables, {**told.get("rows", {}), **case.get("rows", {})})
            setting = _setting(case.get("areas", told.get("areas", [])), case, rows)
            request = _request(case)
            name = f"{path.stem}: {case['name']}"
            yield Case(name, definitions, tables, rows, setting, request, case["figures"])


def full_rows(tables: tuple[LogicalTable, ...], told: Mapping[str, list[dict[str, Any]]]) -> Rows:
    """Rows with every column: positions count on, records are named after them, the rest is null."""
    made: Rows = {}
    for table in tables:
        made[table.name] = []
        for place, row in enumerate(told.get(table.name, ()), 1):
            given = {name: typed(value, table.columns[name]) for name, value in row.items()}
            base = dict.fromkeys(table.columns) | {"position": place, "record": f"r{place}"}
            base |= {"void": False, "late": False}
            made[table.name].append(base | given)
    return made


def typed(value: Any, kind: str) -> Any:
    """A YAML value as the column's type."""
    if value is None:
        return None
    if kind == "TIMESTAMP":
        return datetime.fromisoformat(str(value))
    if kind == "DATE":
        return date.fromisoformat(str(value))
    return Decimal(str(value)) if kind.startswith("DECIMAL") else value


def _setting(areas: list[list[Any]], case: Mapping[str, Any], rows: Rows) -> Setting:
    nodes = tuple(AreaNode(code, code, level, parent or "", *dates) for code, level, parent, *dates in areas)
    latest = max((row["position"] for table in rows.values() for row in table), default=1)
    targets = tuple(
        Target(t["indicator"], t["area"], parse_period(str(t["period"])), Decimal(str(t["value"])))
        for t in case.get("targets", ())
    )
    peers = tuple(
        PeerValue(
            p["indicator"],
            p["peers"],
            p["peer"],
            parse_period(str(p["period"])),
            Decimal(str(p["value"])),
            "",
        )
        for p in case.get("peer_values", ())
    )
    today = case.get("today", date(2023, 6, 30))
    return Setting(case.get("as_of", latest), "D", today, nodes, targets, peers, case.get("own_peer", ""))


def _request(case: Mapping[str, Any]) -> Request:
    asked = case["figures"]
    indicators = tuple(dict.fromkeys(figure["indicator"] for figure in asked))
    periods = tuple(dict.fromkeys(parse_period(str(figure["period"])) for figure in asked))
    areas = tuple(dict.fromkeys(figure["area"] for figure in asked))
    if case.get("all_areas"):
        return Request(indicators, periods, None, case.get("by", ""), case.get("tree", "then"))
    return Request(indicators, periods, areas, case.get("by", ""), case.get("tree", "then"))


def answer(figures: Sequence[Figure], wanted: Mapping[str, Any], by: str) -> dict[str, Any]:
    """What came out in the place of a wanted figure, as it is written in the case."""
    found = [
        f
        for f in figures
        if (f.indicator, f.area, str(f.period))
        == (wanted["indicator"], wanted["area"], str(wanted["period"]))
        and (not by or f.by[by] == wanted["by"])
    ]
    assert len(found) == 1, f"{len(found)} figures for {wanted}"
    told: dict[str, Any] = {}
    for key, value in wanted.items():
        if key not in ("indicator", "area", "period", "by"):
            given = getattr(found[0], key)
            told[key] = str(given) if isinstance(given, Fraction) and not isinstance(value, int) else given
    return told
