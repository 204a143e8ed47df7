"""What no case of tests/spec/figures covers: refusals, the sequence of figures, what the statements read."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date

import pytest
from tests.figures.engines import ENGINES, Filled, in_duckdb

from taizhang.errors import UnknownName
from taizhang.figures import AreaNode, Figures, Request, Setting, compute
from taizhang.programmes import LogicalTable, load, logical_tables
from taizhang.values import Grain, parse_period

PROGRAMME = """\
programme: p
name: 测试
lead: office
records:
  case:
    mechanism: case
    fields:
      kind: {type: choice, choices: {a: 甲, b: 乙}}
      secret: {type: choice, personal: true, choices: {a: 甲, b: 乙}}
      size: {type: whole}
      who: {type: person}
    steps:
      filed: {close: closed}
indicators:
  n: {name: 数, of: case, value: {value: count(*), on: filed_at}, unit: 件, rank: {}, better: higher}
  open: {name: 在办, of: case, value: {value: count(*), standing: {from: filed_at, to: closed_at}}, unit: 件}
  size: {name: 和, of: case, value: {value: sum(size), on: closed_at}, unit: 件}
  many:
    name: 人
    of: case
    value: {value: count(distinct who), standing: {from: filed_at}}
    persons: place
    unit: 人
"""
DEFINITIONS = load({"programmes/p.yaml": PROGRAMME})
TABLES = logical_tables(DEFINITIONS.record_type("p.case"))
AREAS = (
    AreaNode("D", "D", "district", ""),
    AreaNode("T1", "T1", "town", "D"),
    AreaNode("T2", "T2", "town", "D"),
)
SETTING = Setting(100, "D", date(2023, 6, 30), AREAS)
MONTHS = parse_period("2022").split(Grain.MONTH)
ALL = ("p.n", "p.open", "p.size", "p.many")


def filled(engine: Filled = in_duckdb, tables: Iterable[LogicalTable] = TABLES) -> object:
    """Three cases, one of a size that only a wide integer holds when it is added up."""
    base = dict.fromkeys(TABLES[0].columns) | {"void": False, "late": False}
    rows = [
        base
        | {"record": f"r{n}", "position": n, "area": area, "size": 2**62, "who": 1, "kind": "a"}
        | {"filed_at": date(2022, n, 5), "closed_at": date(2022, n + 1, 5)}
        for n, area in ((1, "T1"), (2, "T2"), (3, "T1"))
    ]
    return engine(tables, {"p.case": rows})


def asked(**changes: object) -> Figures:
    request = {"indicators": ALL, "periods": MONTHS, "areas": None} | changes
    return compute(DEFINITIONS, Request(**request), filled(), SETTING)  # type: ignore[arg-type]


@pytest.mark.parametrize("by", ["size", "secret", "nothing", "area"])
def test_only_choices_and_codes_break_down(by: str) -> None:
    with pytest.raises(UnknownName) as refused:
        asked(by=by)
    assert refused.value.problems[0].code == "unknown-field"
    assert refused.value.problems[0].expected == "kind"


def test_figures_are_a_sequence_that_can_be_read_again() -> None:
    figures = asked()
    read = list(figures)
    assert len(figures) == len(read) == len(ALL) * 12 * 3
    assert [figures[place] for place in range(len(figures))] == read
    assert figures[-1] == read[-1]
    assert figures[3:7] == read[3:7]
    with pytest.raises(IndexError):
        figures[len(figures)]
    order = [(f.indicator, f.period, f.area) for f in figures]
    assert order == list(itertools.product(ALL, MONTHS, ("D", "T1", "T2")))


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
def test_sums_wider_than_a_column_are_exact(engine: Filled) -> None:
    request = Request(("p.size",), (parse_period("2022"),), ("D",))
    figures = compute(DEFINITIONS, request, filled(engine), SETTING)  # type: ignore[arg-type]
    assert figures[0].value == 3 * 2**62


@pytest.mark.parametrize("areas", [("T1",), ("D",), ("T1", "D"), None])
@pytest.mark.parametrize("number", [1, 2, 12])
def test_how_much_is_asked_for_changes_no_figure(areas: tuple[str, ...] | None, number: int) -> None:
    every = {(f.indicator, f.period, f.area): f for f in asked()}
    for figure in asked(areas=areas, periods=MONTHS[:number]):
        whole = every[figure.indicator, figure.period, figure.area]
        assert figure == whole
    alone = [f for key in ALL for f in asked(indicators=(key,), areas=areas, periods=MONTHS[:number])]
    assert alone == list(asked(areas=areas, periods=MONTHS[:number]))


def test_days_of_a_year_agree_with_its_months() -> None:
    days = asked(periods=parse_period("2022").split(Grain.DAY), areas=("D", "T1"))
    months = asked(periods=MONTHS, areas=("D", "T1"))
    for key in ("p.n", "p.size"):
        for area in ("D", "T1"):
            by_day = [f for f in days if (f.indicator, f.area) == (key, area)]
            for month in (f for f in months if (f.indicator, f.area) == (key, area)):
                inside = [f.value for f in by_day if month.period.start <= f.period.start < month.period.end]
                assert sum(value for value in inside if value is not None) == month.value
