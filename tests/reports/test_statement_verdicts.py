"""Statements held against records, both ways: what bears them out, and what breaks them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from tests.figures.engines import in_duckdb, reference
from tests.figures.figure_cases import full_rows

from taizhang.figures import AreaNode, Engine, Looking, Setting, compute
from taizhang.programmes import Definitions, load, logical_tables
from taizhang.reading import read
from taizhang.reports import CheckReport, check, statement_row

SPEC = YAML(typ="safe").load(Path(__file__).resolve().parents[1] / "spec" / "reports" / "statements.yaml")
AREAS = tuple(AreaNode(code, name, level, above) for code, level, above, name in SPEC["areas"])


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load({f"programmes/{name}.yaml": text for name, text in SPEC["programmes"].items()})


def told(case: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The rows of a case, as they are written."""
    changed = case.get("change", {})
    found = {}
    for name, rows in SPEC["rows"].items():
        left_out = case.get("without", {}).get(name, ())
        kept = [(n, row) for n, row in enumerate(rows, 1) if n not in left_out]
        found[name] = [row | changed.get(name, {}).get(n, {}) for n, row in kept]
    return found


def checked(case: dict[str, Any], definitions: Definitions, made: str) -> CheckReport:
    tables = [t for r in definitions.record_types if r.programme != "system" for t in logical_tables(r)]
    rows = full_rows(tuple(tables), told(case))
    engine: Engine = (reference if made == "reference" else in_duckdb)(tables, rows)
    setting = Setting(1000, "D", date(2023, 1, 8), AREAS)
    document = read(f"云汀县2022年政府工作报告\n\n{case['says']}。\n")
    return check(
        document,
        definitions,
        lambda request: compute(definitions, request, engine, setting),
        areas=AREAS,
        default_area="D",
        position=1000,
        looking=Looking(definitions, engine, setting),
    )


def cases() -> Iterator[Any]:
    for case in SPEC["cases"]:
        yield pytest.param(case, id=case["says"] + (f": {case['name']}" if "name" in case else ""))


@pytest.mark.parametrize("engine", ["reference", "duckdb"])
@pytest.mark.parametrize("case", list(cases()))
def test_spec(case: dict[str, Any], engine: str, definitions: Definitions) -> None:
    rows = [statement_row(row) for row in checked(case, definitions, engine).statements]
    assert rows, "the reader finds no statement"
    got = {(row["indicator"], row["verdict"]) for row in rows}
    assert got == {(case["indicator"], case["verdict"])}, [row["why"] for row in rows]
    if "area" in case:
        assert {row["area"] for row in rows} == {case["area"]}
    for row in rows:
        chinese, _, english = row["why"].partition(" / ")
        assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese)
        assert english
        if row["verdict"] == "confirmed" and row["records"]:
            assert row["sample"]
