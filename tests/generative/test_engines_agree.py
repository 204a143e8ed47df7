"""Random measures over random version tables: the databases say exactly what plain Python says."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.figures.engines import in_duckdb, in_postgres, reference

from taizhang.figures import AreaNode, Request, Setting, compute
from taizhang.programmes import load, logical_tables
from taizhang.values import Grain, Period

RECORD = """\
  {id}:
    mechanism: register
    fields:
      kind: {{type: choice, choices: {{a: 甲, b: 乙}}}}
      size: {{type: number, decimals: 2}}
      score: {{type: whole}}
      day: {{type: date}}
      who: {{type: person}}
      other: {{type: area}}
    steps:
      filed: {{close: closed}}
    varies: [{varies}]
"""
PROGRAMME = (
    "programme: p\nname: 测试\nlead: office\nrecords:\n"
    + RECORD.format(id="plain", varies="")
    + RECORD.format(id="varied", varies="area, kind")
    + "indicators:\n"
)
PERSONS = ", persons: place"
SPLIT = date(2022, 3, 10)
AREAS = (
    AreaNode("D", "D", "district", ""),
    AreaNode("T1", "T1", "town", "D"),
    AreaNode("T2", "T2", "town", "D"),
    AreaNode("V1", "V1", "village", "T1", None, SPLIT),
    AreaNode("V1", "V1", "village", "T2", SPLIT, None),
    AreaNode("V2", "V2", "village", "T1"),
    AreaNode("V3", "V3", "village", "T2", SPLIT, None),
)
CODES = st.sampled_from(["D", "T1", "T2", "V1", "V2", "V3", "elsewhere", None])
START = datetime(2021, 11, 1)
MOMENTS = st.integers(0, 10_000).map(lambda i: START + timedelta(hours=i % 400 * 24, minutes=i // 400 * 60))
SIZES = st.integers(-300, 300).map(lambda i: Decimal(i) / 100)

CONDITIONS = st.sampled_from(
    [
        "kind = 'a'",
        "size > 0.5 or score is null",
        "not (kind = 'b' and score between 1 and 3)",
        "score / 3 >= size",
        "hours_between(filed_at, closed_at) <= 100.5",
        "days_between(filed_at, closed_at) > 2",
        "kind in ('a', 'b')",
        "size + score * 2 <> 1",
        "closed_at is null",
    ]
)
ARGUMENTS = st.sampled_from(
    [
        "size",
        "score",
        "size * score",
        "size + score / 4",
        "score * hours_between(filed_at, closed_at)",
        "size / score",
        "2 * score / size",
        "hours_between(filed_at, closed_at) / (score - 2)",
        "hours_between(filed_at, closed_at) / hours_between(closed_at, opened_at)",
    ]
)


@st.composite
def aggregates(draw: st.DrawFn) -> str:
    """One aggregate, maybe with a filter."""
    name = draw(st.sampled_from(["count(*)", "count", "distinct", "sum", "avg", "min", "max", "last"]))
    argument = draw(ARGUMENTS)
    if name == "distinct":
        made = f"count(distinct {draw(st.sampled_from(['who', 'kind', argument]))})"
    else:
        made = name if name == "count(*)" else f"{name}({argument})"
    return f"{made} filter (where {draw(CONDITIONS)})" if draw(st.booleans()) else made


@st.composite
def measures(draw: st.DrawFn) -> str:
    """One measure as it stands in a programme file."""
    flow = draw(st.booleans())
    dates = ["filed_at", "opened_at", "closed_at", "day"] if flow else []
    when = (
        f"on: {draw(st.sampled_from(dates))}"
        if flow
        else draw(
            st.sampled_from(["standing: {from: filed_at, to: closed_at}", "standing: {from: filed_at}"])
        )
    )
    parts = [when]
    if draw(st.booleans()):
        parts.append(f'where: "{draw(CONDITIONS)}"')
    if draw(st.booleans()):
        parts.append("area: other")
    shape = draw(st.sampled_from(["value", "value", "value", "each", "covered"]))
    if shape == "covered":
        parts.append("covered: town")
    elif shape == "each":
        having = draw(
            st.sampled_from(
                [
                    "avg(size) <= 0.5",
                    "count(score) >= 1",
                    "avg(score) = 2",
                    "sum(size) / count(*) > 0.1",
                    "count(score / size) < 2",
                    "last(score) filter (where kind = 'a') in (1, 2)",
                    "last(hours_between(filed_at, closed_at)) > avg(score)",
                    "sum(score) is null",
                ]
            )
        )
        parts += ["value: count(*)", f"each: {draw(st.sampled_from(['day', 'kind']))}", f'having: "{having}"']
    else:
        value = draw(aggregates())
        if draw(st.integers(0, 3)) == 0:
            value = f"{value} {draw(st.sampled_from(['+', '-', '*', '/']))} {draw(aggregates())}"
        parts.append(f'value: "{value}"')
    return "{" + ", ".join(parts) + "}"


@st.composite
def versions(draw: st.DrawFn, segments: bool) -> list[dict[str, Any]]:
    """The rows of a version table: records, some corrected, some voided, some in two segments."""
    rows: list[dict[str, Any]] = []
    position = 0
    for number in range(draw(st.integers(0, 12))):
        before: int | None = None
        for _ in range(draw(st.integers(1, 3))):
            position += 1
            filed = draw(MOMENTS)
            row: dict[str, Any] = {
                "record": f"r{number}", "position": position, "supersedes": before,
                "void": draw(st.integers(0, 7)) == 0, "area": draw(CODES), "other": draw(CODES),
                "opened_at": filed, "filed_at": draw(st.sampled_from([filed, None])),
                "closed_at": draw(st.none() | MOMENTS), "day": draw(st.none() | MOMENTS.map(datetime.date)),
                "kind": draw(st.sampled_from(["a", "b", None])), "size": draw(st.none() | SIZES),
                "score": draw(st.none() | st.integers(0, 4)), "who": draw(st.none() | st.integers(1, 4)),
            }  # fmt: skip
            if segments and draw(st.booleans()):
                turn = draw(MOMENTS)
                rows.append(row | {"valid_to": turn})
                row |= {"valid_from": turn, "area": draw(CODES), "kind": draw(st.sampled_from(["a", "b"]))}
            rows.append(row)
            before = position
    return rows


PERIODS = st.builds(
    lambda days, grain: Period.of(date(2021, 11, 1) + timedelta(days), grain),
    st.integers(0, 420),
    st.sampled_from(list(Grain)),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_databases_say_what_python_says(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["plain", "varied"]))
    written = data.draw(st.lists(measures(), min_size=1, max_size=3))
    lines = [
        f"  i{n}: {{name: 数{n}, of: {kind}, value: {m}, unit: 件{PERSONS if 'distinct who' in m else ''}}}"
        for n, m in enumerate(written)
    ]
    definitions = load({"programmes/p.yaml": PROGRAMME + "\n".join(lines) + "\n"})
    tables = logical_tables(definitions.record_type(f"p.{kind}"))
    columns = dict.fromkeys(tables[0].columns)
    rows = {f"p.{kind}": [columns | row for row in data.draw(versions(kind == "varied"))]}
    position = data.draw(st.integers(0, max((r["position"] for r in rows[f"p.{kind}"]), default=0) + 1))
    setting = Setting(position, "D", date(2022, 12, 1), AREAS)
    areas = data.draw(st.sampled_from([None, ("D",), ("T1", "V1")]))
    tree = data.draw(st.sampled_from(["then", "now", date(2022, 1, 1)]))
    periods = tuple(dict.fromkeys(data.draw(st.lists(PERIODS, min_size=1, max_size=3))))
    by = data.draw(st.sampled_from(["", "kind"]))
    request = Request(tuple(f"p.i{n}" for n in range(len(written))), periods, areas, by, tree)
    slow = list(compute(definitions, request, reference(tables, rows), setting))
    for engine in (in_duckdb, in_postgres):
        assert list(compute(definitions, request, engine(tables, rows), setting)) == slow, engine.__name__
