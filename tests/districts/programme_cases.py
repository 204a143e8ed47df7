"""Reads the cases of tests/spec/programmes: entries in, states, refusals and figures out.

A file is named after its programme. `areas` are code, level, parent (and dates), the first one the district.
The code lists are the district's own. A case has

    name     what it shows
    entries  in the order in which they are recorded: `record`, then `open` (with `of`, the record type, and
             `area`), `step` (with `payload`), `amend` or `void`; `at`, when it happened, a day or a time;
             `reason`; `refused`: the code of the problem that it meets
    gives    record → keys of its document after all entries (null: absent)
    figures  indicator, period, area (without one: the district), and value, numerator, denominator, records …
    today    the day on which it is asked; without one, the middle of 2023

`wordings` are sentences in other words than the report's: `sentence`, and the `indicator` it must bind to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from tests.figures.figure_cases import answer
from tests.lake.python_rows import table_rows
from tests.programmes.record_cases import ulid

from taizhang.errors import EntryError, Problem
from taizhang.figures import AreaNode, DuckDBEngine, ReferenceEngine, Request, Setting, compute
from taizhang.programmes import (
    Calendar,
    Checker,
    Context,
    Definitions,
    Entry,
    RecordType,
    apply,
    load,
    logical_tables,
    replay,
)
from taizhang.values import parse_period

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "spec" / "programmes"
DISTRICT = ROOT / "districts" / "liubei"
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Case:
    """One case of a programme."""

    programme: str
    areas: list[list[Any]]
    data: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.programme}: {self.data['name']}"

    @property
    def district(self) -> str:
        return str(self.areas[0][0])


@cache
def definitions() -> Definitions:
    """What is in force in the demonstration district."""
    return load(DISTRICT)


@cache
def files() -> dict[str, dict[str, Any]]:
    """What each file says, by programme."""
    return {path.stem: YAML(typ="safe").load(path) for path in sorted(FOLDER.glob("*.yaml"))}


def cases() -> Iterator[Case]:
    """Every case of every file."""
    for programme, told in files().items():
        for data in told["cases"]:
            yield Case(programme, told.get("areas", [["D", "district", ""]]), data)


def wordings() -> Iterator[tuple[str, str | None]]:
    """Every sentence of every file, with the key of its indicator."""
    for programme, told in files().items():
        for said in told.get("wordings", ()):
            yield said["sentence"], said["indicator"] and f"{programme}.{said['indicator']}"


@dataclass
class Told:
    """What the entries of a case made."""

    types: dict[str, RecordType] = field(default_factory=dict)
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    versions: list[tuple[str, int, int | None, dict[str, Any]]] = field(default_factory=list)
    refusals: list[tuple[int, list[str]]] = field(default_factory=list)

    def rows(self) -> Rows:
        """The rows of all versions, by logical table."""
        found: Rows = {table.name: [] for r in definitions().record_types for table in logical_tables(r)}
        columns = {
            table.name: table.columns for r in definitions().record_types for table in logical_tables(r)
        }
        for record, position, supersedes, document in self.versions:
            for name, row in table_rows(self.types[record], position, supersedes, document):
                found[name].append(dict(zip(columns[name], row, strict=True)))
        return found


def tell(case: Case) -> Told:
    """Take a case's entries one by one, as the ledger does."""
    checker, context = Checker(definitions()), Context(definitions().codes, Calendar({}))
    told, taken, last = Told(), {}, {}
    for position, short in enumerate(case.data["entries"], 1):
        name = str(short["record"])
        if "open" in short:
            told.types[name] = definitions().programmes[case.programme].records[short["of"]]
        sent = _sent(short, position, case.district, told)
        entry = checker.check(sent, "case")
        if isinstance(entry, Entry) and (known := told.documents.get(name)):
            entry = entry._replace(area=entry.area or known["area"], body=entry.body or known["body"])
        result = _take(told.types[name], told.documents.get(name), taken.get(name, []), entry, context)
        if isinstance(result, list):
            told.refusals.append((position, sorted({problem.code for problem in result})))
            continue
        assert isinstance(entry, Entry)
        taken.setdefault(name, []).append(entry)
        told.documents[name] = result
        told.versions.append((name, position, last.get(name), result))
        last[name] = position
    return told


def _take(
    record_type: RecordType,
    document: dict[str, Any] | None,
    before: list[Entry],
    entry: Entry | list[Problem],
    context: Context,
) -> dict[str, Any] | list[Problem]:
    if isinstance(entry, list):
        return entry
    result = apply(record_type, document, entry, context)
    if result.replay_needed:
        try:
            return replay(record_type, [*before, entry], context)
        except EntryError as error:
            return list(error.problems)
    return list(result.problems) if result.document is None else result.document


def _sent(short: Mapping[str, Any], position: int, district: str, told: Told) -> dict[str, Any]:
    """The entry in full that stands short in the case."""
    kind = next(k for k in ("open", "step", "amend", "void") if k in short)
    at = str(short["at"])
    sent: dict[str, Any] = {
        "id": ulid(position),
        "kind": kind,
        "type": told.types[str(short["record"])].key,
        "record": str(short["record"]),
        "happened": at if "T" in at else f"{at}T10:00:00",
        "reason": short.get("reason", ""),
        "payload": _as_json(short.get("payload", {}) if kind == "step" else short[kind] or {}),
    }
    if kind == "open":
        sent |= {"area": district, "body": "office"}
    if kind == "step":
        sent["step"] = short["step"]
    return sent | {key: short[key] for key in ("area", "body") if key in short}


def _as_json(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Days as JSON would bring them."""
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in payload.items()}


def figures(case: Case, told: Told, engine: str) -> list[dict[str, Any]]:
    """What comes out for the figures that the case asks for, written as they are there."""
    asked = [
        {**f, "indicator": f"{case.programme}.{f['indicator']}", "area": f.get("area", case.district)}
        for f in case.data.get("figures", ())
    ]
    request = Request(
        tuple(dict.fromkeys(f["indicator"] for f in asked)),
        tuple(dict.fromkeys(parse_period(str(f["period"])) for f in asked)),
        tuple(dict.fromkeys(f["area"] for f in asked)),
        "",
        "then",
    )
    nodes = tuple(
        AreaNode(code, code, level, parent or "", *dates) for code, level, parent, *dates in case.areas
    )
    today = case.data.get("today", date(2023, 6, 30))
    setting = Setting(len(case.data["entries"]), case.district, today, nodes, (), (), "")
    found = compute(definitions(), request, _engine(engine, told.rows()), setting)
    return [answer(found, f, "") for f in asked]


def _engine(name: str, rows: Rows) -> ReferenceEngine | DuckDBEngine:
    if name == "reference":
        return ReferenceEngine(rows)
    from tests.figures.engines import in_duckdb

    tables = [table for r in definitions().record_types for table in logical_tables(r) if rows[table.name]]
    return in_duckdb(tables, rows)
