"""The synthetic district of the benchmark: its programme, its tree, and records made by SQL alone.

11 towns, 154 communities, 693 grids; cases and doses from 2021-11 to 2022-12. Nothing here is anybody's data.
"""

from __future__ import annotations

import duckdb

from taizhang.figures import AreaNode, Setting
from taizhang.programmes import Definitions, load, logical_tables
from taizhang.values import parse_period

TOWNS, COMMUNITIES, GRIDS = 11, 154, 693
CORRECTED, VOIDED = 25, 400
"""Every 25th record has a second version, every 400th is voided."""

PROGRAMME = """\
programme: p
name: 测速
lead: office
records:
  case:
    mechanism: case
    fields:
      kind: {type: choice, choices: {part: 部件, event: 事件}}
      channel: {type: choice, choices: {patrol: 巡查, hotline: 热线, media: 媒体, superior: 批转}}
      size: {type: number, decimals: 2}
      cost: {type: money}
    states: [reported, filed, dispatched, replied, verified, closed, rejected]
    ends: [closed, rejected]
    steps:
      reported: {accept: filed, reject: rejected}
      filed: {dispatch: dispatched}
      dispatched: {reply: replied}
      replied: {verify: verified, rework: dispatched}
      verified: {close: closed}
    step_rules:
      extend: {acts: extend, in: [dispatched], limit: handling, by: 5 working days}
    limits:
      handling: {from: dispatched, until: replied, within: 5 days}
      closing: {from: filed, until: closed, within: 10 working days}
  dose:
    mechanism: service
    fields:
      person: {type: person}
      residence: {type: area}
indicators:
  reported: {name: 上报数, of: case, value: {value: count(*), on: opened_at}, unit: 件}
  filed: {name: 立案数, of: case, value: {value: count(*), on: filed_at}, unit: 件}
  closed: {name: 结案数, of: case, value: {value: count(*), on: closed_at}, unit: 件}
  closing-rate:
    name: 结案率
    of: case
    numerator: {value: count(*), on: closing_due, where: state = 'closed'}
    denominator: {value: count(*), on: closing_due}
    unit: "%"
  on-time-rate:
    name: 按期处置率
    of: case
    numerator: {value: count(*), on: handling_due, where: replied_at <= handling_due}
    denominator: {value: count(*), on: handling_due}
    unit: "%"
  rework-rate:
    name: 返工率
    of: case
    numerator: {value: count(*), on: closing_due, where: rework_count > 0}
    denominator: {value: count(*), on: closing_due}
    unit: "%"
  rework-per-reply:
    name: 返工次数比
    of: case
    numerator: {value: sum(rework_count), on: closing_due}
    denominator: {value: sum(reply_count), on: closing_due}
    unit: "%"
  extension-rate:
    name: 延期率
    of: case
    numerator: {value: count(*), on: handling_due, where: extend_count > 0}
    denominator: {value: count(*), on: handling_due}
    unit: "%"
  size: {name: 面积, of: case, value: {value: sum(size), on: closed_at}, unit: 平方米}
  cost: {name: 费用, of: case, value: {value: sum(cost), on: closed_at}, unit: 元}
  part-rate:
    name: 部件占比
    of: case
    numerator: {value: count(*), on: filed_at, where: kind = 'part'}
    denominator: {value: count(*), on: filed_at}
    unit: "%"
  hours:
    name: 平均用时
    of: case
    value: {value: "avg(hours_between(filed_at, closed_at))", on: closed_at}
    unit: 小时
  open:
    name: 在办数
    of: case
    value: {value: count(*), standing: {from: filed_at, to: closed_at}}
    unit: 件
  persons:
    name: 期内人数
    of: dose
    value: {value: count(distinct person), on: opened_at}
    persons: place
    unit: 人
  ever:
    name: 累计人数
    of: dose
    value: {value: count(distinct person), standing: {from: opened_at}, area: residence}
    persons: residence
    unit: 人
  ever-placed:
    name: 累计人数按接种地
    of: dose
    value: {value: count(distinct person), standing: {from: opened_at}}
    persons: place
    unit: 人
"""
TWELVE = (
    "reported", "filed", "closed", "closing-rate", "on-time-rate", "rework-rate", "rework-per-reply",
    "extension-rate", "size", "cost", "part-rate", "hours",
)  # fmt: skip

_GRID = f"'G' || lpad((hash({{}}) % {GRIDS})::VARCHAR, 3, '0')"
_MINUTES = 426 * 1440  # 2021-11-01 to 2022-12-31

_CASES = f"""
WITH raw AS (
    SELECT i, hash(i) AS h, hash(i + 77777777) AS g,
        TIMESTAMP '2021-11-01' + to_minutes((i * {_MINUTES} // {{records}})::BIGINT) AS opened_at
    FROM range({{low}}, {{high}}) AS t(i)
), timed AS (
    SELECT *, opened_at + to_minutes((h % 600)::BIGINT) AS filed_at,
        opened_at + to_minutes((600 + h % 4000)::BIGINT) AS dispatched_at,
        opened_at + to_minutes((5000 + (h // 4096) % 12000)::BIGINT) AS replied_at,
        opened_at + to_minutes((18000 + (h // 65536) % 9000)::BIGINT) AS closed_at
    FROM raw
)
SELECT 'r' || lpad(i::VARCHAR, 9, '0') AS record, {{position}} AS position, {{supersedes}} AS supersedes,
    {{void}} AS void, false AS late, CASE WHEN g % 20 = 0 THEN 'verified' ELSE 'closed' END AS state,
    {_GRID.format("i + 5")} AS area, 'bureau' || (h % 30) AS body, opened_at,
    opened_at AS reported_at, filed_at, dispatched_at, replied_at,
    CASE WHEN g % 20 = 0 THEN NULL ELSE closed_at END AS closed_at,
    filed_at AS first_filed_at, dispatched_at AS first_dispatched_at, replied_at AS first_replied_at,
    1 AS accept_count, 0 AS reject_count, 1 AS dispatch_count, 1 + (g // 32) % 8 // 7 AS reply_count,
    (g // 32) % 8 // 7 AS rework_count, (g // 1024) % 10 // 9 AS extend_count, 1 AS verify_count,
    1 AS close_count, dispatched_at + INTERVAL 5 DAY AS handling_due,
    filed_at + INTERVAL 14 DAY AS closing_due,
    CASE WHEN (g // 64) % 3 = 0 THEN 'part' ELSE 'event' END AS kind,
    ['patrol', 'hotline', 'media', 'superior'][1 + ((g // 128) % 4)::INT] AS channel,
    ((g % 100000) / 100)::DECIMAL(18, 2) AS size, ((h % 1000000) / 100)::DECIMAL(18, 2) AS cost
FROM timed {{where}}
"""
# One in twenty was given while the person lived elsewhere.
_HOME = "hash(i + 3) % ({records} * 2 // 5) + CASE WHEN hash(i) % 20 = 0 THEN 1 ELSE 0 END"
_DOSES = f"""
SELECT 'd' || lpad(i::VARCHAR, 9, '0') AS record, {{position}} AS position, {{supersedes}} AS supersedes,
    {{void}} AS void, false AS late, 'recorded' AS state, {_GRID.format("i + 9")} AS area, 'clinic' AS body,
    TIMESTAMP '2021-11-01' + to_minutes((i * {_MINUTES} // {{records}})::BIGINT) AS opened_at,
    hash(i + 3) % ({{records}} * 2 // 5) AS person,
    {_GRID.format(_HOME)} AS residence
FROM range({{low}}, {{high}}) AS t(i) {{where}}
"""
_SOURCES = {"p.case": _CASES, "p.dose": _DOSES}


def definitions() -> Definitions:
    """The programme, loaded and checked as any other."""
    return load({"programmes/p.yaml": PROGRAMME})


def areas() -> tuple[AreaNode, ...]:
    """District D, its towns T, communities C and grids G; they never change."""
    nodes = [AreaNode("D", "D", "district", "")]
    nodes += [AreaNode(f"T{i:02}", f"T{i:02}", "town", "D") for i in range(TOWNS)]
    nodes += [AreaNode(f"C{i:03}", f"C{i:03}", "community", f"T{i % TOWNS:02}") for i in range(COMMUNITIES)]
    nodes += [AreaNode(f"G{i:03}", f"G{i:03}", "grid", f"C{i % COMMUNITIES:03}") for i in range(GRIDS)]
    return tuple(nodes)


def setting(position: int) -> Setting:
    """As of a position, at the end of 2022."""
    return Setting(position, "D", parse_period("2022").last_day, areas())


def fill(connection: duckdb.DuckDBPyConnection, table: str, records: int, batch: int = 100_000) -> int:
    """Make `lake.main.<table>` and fill it as a ledger would in time; returns the last position.

    Each batch of records is followed by the corrections and voids of some of the batch before; rows are
    written in order of `opened_at`, as the lake does.
    """
    columns = next(
        t.columns for kind in definitions().record_types for t in logical_tables(kind) if t.name == table
    )
    written = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    connection.execute(f'CREATE TABLE lake.main."{table}" ({written})')
    connection.execute(f'CREATE OR REPLACE VIEW "{table}" AS SELECT * FROM lake.main."{table}"')
    source = _SOURCES[table]
    for low in range(0, records, batch):
        high = min(low + batch, records)
        first = {"position": "i * 2", "supersedes": "NULL", "void": "false", "where": ""}
        parts = [source.format(records=records, low=low, high=high, **first)]
        if low:
            second = {
                # An odd position past the whole batch, so that it is later than what it supersedes.
                "position": f"i * 2 + {2 * batch + 1}",
                "supersedes": "i * 2",
                "void": f"i % {VOIDED} = 0",
                "where": f"WHERE i % {CORRECTED} = 0",
            }
            parts.append(source.format(records=records, low=low - batch, high=low, **second))
        union = " UNION ALL BY NAME ".join(f"({part})" for part in parts)
        connection.execute(
            f'INSERT INTO lake.main."{table}" BY NAME SELECT * FROM ({union}) ORDER BY opened_at'
        )
    found = connection.execute(f'SELECT max(position), count(*) FROM "{table}"').fetchone()
    assert found
    return int(found[0])
