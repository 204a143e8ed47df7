"""Stocks and flows of records that go back and forth, at every month's end: as their entries tell them."""

from __future__ import annotations

import random
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures.engines import in_duckdb, reference
from tests.lake.python_rows import table_rows

from taizhang.figures import AreaNode, Request, Setting, compute
from taizhang.programmes import Checker, Context, Entry, apply, load, logical_tables, replay
from taizhang.values import parse_period

PROGRAMME = """
programme: p
name: 测试
records:
  case:
    mechanism: case
    fields: {kind: {type: choice, choices: {a: 甲, b: 乙}}}
    ends: [closed, evaluated]
    steps:
      reported: {accept: filed}
      filed: {dispatch: dispatched}
      dispatched: {reply: replied, return: filed}
      replied: {close: closed, rework: dispatched}
      closed: {evaluate: evaluated, reopen: dispatched, appeal: appealed}
      evaluated: {reopen: dispatched}
      appealed: {close: closed}
    step_rules:
      urge: {acts: urge}
indicators:
  open: {name: 在办, of: case, value: {value: count(*), standing: {from: filed_at, to: closed_at}}, unit: 件}
  closings: {name: 结案次数, of: case, value: {value: count(*), on: closed_at}, unit: 次}
  firsts: {name: 首次结案, of: case, value: {value: count(*), on: first_closed_at}, unit: 件}
"""
DEFINITIONS = load({"programmes/p.yaml": PROGRAMME})
CASE = DEFINITIONS.record_type("p.case")
CHECKER, CONTEXT = Checker(DEFINITIONS), Context()
MONTHS = [parse_period(f"2022-{month:02d}") for month in range(1, 13)]


def history(rng: random.Random, record: str) -> list[Entry]:
    """The entries of one record through a year, no two of one second."""
    seconds = sorted(rng.sample(range(360 * 86_400), rng.randint(1, 14)))
    entries: list[Entry] = []
    document: dict[str, Any] | None = None
    for number, second in enumerate(seconds):
        at = datetime.fromtimestamp(datetime(2022, 1, 1).timestamp() + second).isoformat()
        sent: dict[str, Any] = {"type": "p.case", "record": record, "happened": at, "reason": "依规"}
        sent |= {"id": f"{number:026d}", "kind": "open", "area": "D", "body": "office"}
        if document is not None:
            steps = [step.id for step in CASE.steps.values() if document["state"] in step.moves]
            sent |= {"kind": "step", "step": rng.choice(steps)}
        entry = CHECKER.check(sent)
        assert isinstance(entry, Entry)
        outcome = apply(CASE, document, entry, CONTEXT)
        assert outcome.document is not None
        document = outcome.document
        entries.append(entry)
    return entries


def told(histories: list[list[Entry]], indicator: str, end: str, start: str) -> int:
    """The figure in plain words: what stands once all before `end` has happened; what happened since."""
    if indicator == "p.open":
        known = [[e for e in entries if e.happened < end] for entries in histories]
        documents = [replay(CASE, entries, CONTEXT) for entries in known if entries]
        return sum("filed_at" in d and "closed_at" not in d for d in documents)
    closings = [[e.happened for e in entries if e.step == "close"] for entries in histories]
    if indicator == "p.firsts":
        closings = [times[:1] for times in closings]
    return sum(start <= at < end for times in closings for at in times)


@pytest.mark.parametrize("engine", [reference, in_duckdb], ids=["reference", "duckdb"])
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_every_month_is_as_the_entries_tell_it(engine: Any, seed: int) -> None:
    rng = random.Random(seed)
    histories = [history(rng, f"r{number}") for number in range(8)]
    tables = logical_tables(CASE)
    rows: dict[str, list[dict[str, Any]]] = {table.name: [] for table in tables}
    for position, entries in enumerate(histories, 1):
        document = replay(CASE, entries, CONTEXT)
        for name, row in table_rows(CASE, position, None, document):
            rows[name].append(dict(zip(tables[0].columns, row, strict=True)))
    setting = Setting(
        len(histories), "D", date(2023, 6, 30), (AreaNode("D", "D", "district", "", None, None),)
    )
    indicators = ("p.open", "p.closings", "p.firsts")
    request = Request(indicators, (*MONTHS, parse_period("2022")), ("D",))
    figures = compute(DEFINITIONS, request, engine(tables, rows), setting)
    assert len(figures) == 3 * 13
    for figure in figures:
        start, end = figure.period.start.isoformat(), figure.period.end.isoformat()
        assert figure.value == told(histories, figure.indicator, end, start), (figure.indicator, start)
