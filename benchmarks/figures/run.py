"""How long figures take on a big version table, beside a plain scan of its columns.

    python benchmarks/figures/run.py [ROWS]

Makes ROWS dose rows (default 1 200 000) in a DuckDB in memory: a district of 150 villages, five years.
Prints the seconds of one scan, and of each kind of figure for the district and a year with its change, as a
multiple of the scan.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date

import duckdb

from taizhang.figures import AreaNode, DuckDBEngine, Request, Setting, compute
from taizhang.programmes import load, logical_tables
from taizhang.values import parse_period

PROGRAMME = """\
programme: p
name: 测速
lead: office
records:
  dose:
    mechanism: service
    fields:
      person: {type: person}
      residence: {type: area}
      size: {type: number, decimals: 1}
indicators:
  flow: {name: 期内剂次, of: dose, value: {value: count(*), on: opened_at}, unit: 剂}
  flow-persons: {name: 期内人数, of: dose, value: {value: count(distinct person), on: opened_at}, unit: 人}
  stock: {name: 累计剂次, of: dose, value: {value: count(*), standing: {from: opened_at}}, unit: 剂}
  stock-sum: {name: 累计量, of: dose, value: {value: sum(size), standing: {from: opened_at}}, unit: 毫升}
  stock-persons:
    name: 累计人数
    of: dose
    value: {value: count(distinct person), standing: {from: opened_at}, area: residence}
    unit: 人
"""
FILL = """INSERT INTO "p.dose" BY NAME SELECT 'r' || i AS record, i + 1 AS position, false AS void,
false AS late, 'recorded' AS state, 'V' || hash(i) % 150 AS area, 'V' || hash(i + 7) % 150 AS residence,
TIMESTAMP '2018-01-01' + to_hours((hash(i + 3) % 43800)::INT) AS opened_at, hash(i + 5) % 500000 AS person,
(hash(i) % 10) / 10 AS size FROM range({rows}) AS t(i)"""


def seconds(work: Callable[[], object]) -> float:
    """The best of three."""
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def main(rows: int) -> None:
    """Fill, measure, print."""
    definitions = load({"programmes/p.yaml": PROGRAMME})
    table = logical_tables(definitions.record_type("p.dose"))[0]
    connection = duckdb.connect()
    columns = ", ".join(f'"{name}" {kind}' for name, kind in table.columns.items())
    connection.execute(f'CREATE TABLE "p.dose" ({columns})')
    connection.execute(FILL.format(rows=rows))
    towns = [AreaNode(f"T{i}", f"T{i}", "town", "D") for i in range(10)]
    villages = [AreaNode(f"V{i}", f"V{i}", "village", f"T{i % 10}") for i in range(150)]
    areas = (AreaNode("D", "D", "district", ""), *towns, *villages)
    setting = Setting(rows, "D", date(2022, 12, 31), areas)
    engine = DuckDBEngine(connection)
    query = 'SELECT count(*), sum(size), min(opened_at), max(person) FROM "p.dose" WHERE NOT void'
    scan = seconds(lambda: connection.execute(query).fetchall())
    print(f"rows {rows}; one scan {scan:.4f} s")
    year = parse_period("2022")
    for places, name in ((("D",), "district"), (None, "all 161 areas")):
        for indicator in definitions.programmes["p"].indicators.values():
            request = Request((indicator.key,), (year,), places)
            taken = seconds(lambda asked=request: compute(definitions, asked, engine, setting))
            print(f"{indicator.id:14} {name:14} {taken:8.3f} s  {taken / scan:8.1f} x scan", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_200_000)
