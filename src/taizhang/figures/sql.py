"""A plan as one SQL statement, built as a tree: additive flows share one grouping, the rest stand alone.

Arithmetic inside rows and conditions is made exact first (see `exact`); the one gap: adding up a column
that is divided by another column is floating point.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import sqlglot
from sqlglot import exp
from sqlglot.expressions import Select

from taizhang.figures.exact import condition, ratio
from taizhang.figures.plan import Plan, aggregates
from taizhang.programmes import Measure
from taizhang.values import Grain

_SLOTS = (
    "SELECT UNNEST($slots) AS slot, UNNEST($tree_of) AS tree, "
    "UNNEST($starts) AS start, UNNEST($ends) AS finish"
)
_CLIMB = "SELECT " + ", ".join(
    f"UNNEST(FROM_JSON(${names}, '[\"{kind}\"]')) AS {name}"
    for names, name, kind in (
        ("trees", "tree", "BIGINT"),
        ("leaves", "leaf", "VARCHAR"),
        ("areas", "area", "VARCHAR"),
        ("levels", "level", "VARCHAR"),
    )
)
_ASKED = """SELECT * FROM climb
WHERE $wanted = '[]' OR area IN (SELECT UNNEST(FROM_JSON($wanted, '["VARCHAR"]')))"""
"""Long lists go in as JSON text: DuckDB's Python client is slow at lists of Python values."""


@dataclass(frozen=True, slots=True)
class Output:
    """Where a measure's components stand: in rows of `group`, `records`, then `columns` (an avg has two)."""

    measure: int
    group: int
    records: int
    columns: tuple[tuple[int, Literal["plain", "avg"], int], ...]


def statement(plan: Plan) -> tuple[exp.Query, list[Output]]:
    """The statement in DuckDB's dialect, and where each measure's components are in its rows."""
    groups: dict[tuple[Any, ...], list[int]] = {}
    for number, measure in enumerate(plan.measures):
        shared = _additive(plan, measure)
        groups.setdefault(("flow", measure.on, measure.area) if shared else ("own", number), []).append(
            number
        )
    parts: list[tuple[Select, list[exp.Expr]]] = []
    outputs: list[Output] = []
    ctes: list[tuple[str, Select]] = []
    for group, (key, numbers) in enumerate(groups.items()):
        columns: list[exp.Expr] = []
        for number in numbers:
            outputs.append(_lay_out(plan, number, group, columns))
        if key[0] == "flow":
            source, select = _flow(plan, plan.measures[numbers[0]], columns, f"flow_{group}")
            ctes.append((f"flow_{group}", source))
            columns = [_again(column, place) for place, column in enumerate(columns)]
        else:
            select = _own(plan, plan.measures[numbers[0]])
        parts.append((select, columns))
    width = max(len(columns) for _, columns in parts)
    selects = []
    for group, (select, columns) in enumerate(parts):
        padded = [*columns, *(exp.null() for _ in range(width - len(columns)))]
        head = [exp.Literal.number(group), exp.column("area", "k"), exp.column("slot", "s"), _by(plan, "r")]
        grouping = [exp.column("area", "k"), exp.column("slot", "s")] + ([_by(plan, "r")] if plan.by else [])
        named = [exp.alias_(c.copy(), f"c{i}") for i, c in enumerate([*head, *padded])]
        selects.append(select.select(*named).group_by(*(g.copy() for g in grouping)))
    union: exp.Query = selects[0]
    for select in selects[1:]:
        union = exp.union(union, select, distinct=False)
    union = _with_tables(union, plan)
    for name, source in ctes:
        union = union.with_(name, as_=source)
    return union, outputs


def record_statement(plan: Plan, limit: int) -> exp.Query:
    """The records of the plan's first measure: `record` and, on every row, how many there are in all."""
    source = _belonging(plan, plan.measures[0])
    distinct = source.select("r.record").distinct()
    query = exp.select("q.record", "COUNT(*) OVER ()").from_(distinct.subquery("q"))
    return _with_tables(query.order_by("q.record").limit(limit), plan)


def _with_tables(query: exp.Query, plan: Plan) -> exp.Query:
    query = query.with_("current_rows", as_=_current(plan), materialized=True)
    query = query.with_("slots", as_=sqlglot.parse_one(_SLOTS, read="duckdb"))
    query = query.with_("climb", as_=sqlglot.parse_one(_CLIMB, read="duckdb"))
    return query.with_("asked", as_=sqlglot.parse_one(_ASKED, read="duckdb"))


def _additive(plan: Plan, measure: Measure) -> bool:
    simple = measure.standing is None and not (measure.each or measure.covered)
    plain = not plan.segments and not plan.table.endswith(".rounds")
    return simple and plain and not any(node.find(exp.Distinct, exp.Last) for node in aggregates(measure))


def _by(plan: Plan, table: str) -> exp.Expr:
    if not plan.by:
        return exp.Literal.string("")
    return exp.func("COALESCE", exp.cast(exp.column(plan.by, table), "VARCHAR"), exp.Literal.string(""))


def _columns(plan: Plan) -> list[str]:
    """The columns that a plan needs, so that no other is read."""
    needed = {"record": None, "position": None, plan.by: None}
    if plan.segments:
        needed |= {"valid_from": None, "valid_to": None}
    for measure in plan.measures:
        needed |= {measure.area: None, measure.on: None, measure.each: None}
        if measure.standing is not None:
            needed |= {measure.standing.start: None, measure.standing.end: None}
        for tree in (measure.value, measure.where, measure.having):
            if tree is not None:
                needed |= {column.name: None for column in tree.find_all(exp.Column)}
    return [name for name in needed if name]


def _current(plan: Plan) -> Select:
    upto = exp.Literal.number(plan.position)
    table = exp.to_identifier(plan.table, quoted=True)
    later = exp.select("1").from_(
        exp.Table(this=table.copy(), alias=exp.TableAlias(this=exp.to_identifier("w")))
    )
    later = later.where(exp.column("supersedes", "w").eq(exp.column("position", "v")))
    later = later.where(exp.LTE(this=exp.column("position", "w"), expression=upto.copy()))
    rows = exp.select(*(exp.column(name, "v") for name in _columns(plan))).from_(
        exp.Table(this=table, alias=exp.TableAlias(this=exp.to_identifier("v")))
    )
    rows = rows.where(exp.LTE(this=exp.column("position", "v"), expression=upto))
    return rows.where(exp.not_(exp.column("void", "v"))).where(exp.not_(exp.Exists(this=later)))


def _lay_out(plan: Plan, number: int, group: int, columns: list[exp.Expr]) -> Output:
    measure = plan.measures[number]
    places: list[tuple[int, Literal["plain", "avg"], int]] = []
    records = len(columns)
    distinct = exp.Distinct(expressions=[exp.column("record", "r")])
    flow_count = exp.Count(this=exp.Star() if plan.single and not measure.covered else distinct)
    columns.append(
        exp.Sum(this=exp.column("n", "r")) if measure.each else _filtered(flow_count, measure.where)
    )
    if measure.covered:
        places.append((len(columns), "plain", 1))
        columns.append(exp.Count(this=exp.Distinct(expressions=[exp.column("leaf", "u")])))
    elif measure.each:
        places.append((len(columns), "plain", 1))
        passed = exp.condition("r.passes AND r.grouped IS NOT NULL")
        columns.append(exp.Filter(this=exp.Count(this=exp.Star()), expression=exp.Where(this=passed)))
    else:
        for node in aggregates(measure):
            inner, whole = _over(node.this if isinstance(node, exp.Filter) else node)
            own = node.expression.this if isinstance(node, exp.Filter) else None
            where = (
                exp.and_(measure.where, own, copy=True)
                if measure.where is not None and own
                else own or measure.where
            )
            places.append((len(columns), "avg" if isinstance(inner, exp.Avg) else "plain", whole))
            if isinstance(inner, exp.Avg):
                columns.append(_filtered(exp.Sum(this=inner.this.copy()), where))
                columns.append(_filtered(exp.Count(this=inner.this.copy()), where))
            elif isinstance(inner, exp.Last):
                columns.append(_last(measure, inner, where))
            else:
                columns.append(_filtered(inner.copy(), where))
    return Output(number, group, records, tuple(places))


def _filtered(node: exp.Expr, where: exp.Expr | None) -> exp.Expr:
    node = row_sql(node)
    return (
        node if where is None else exp.Filter(this=node, expression=exp.Where(this=row_sql(condition(where))))
    )


def _over(node: exp.Expr) -> tuple[exp.Expr, int]:
    """An aggregate with the divisor of its argument taken out; Python divides, exactly."""
    argument = node.this
    if not isinstance(argument, exp.Expr) or isinstance(argument, (exp.Star, exp.Distinct)):
        return node.copy(), 1
    inner = ratio(argument)
    if inner.under is not None:
        return node.copy(), 1
    divides = not isinstance(node, exp.Count)
    return type(node)(this=inner.over), inner.whole if divides else 1


def _last(measure: Measure, node: exp.Expr, where: exp.Expr | None) -> exp.Expr:
    on = measure.on or (measure.standing.start if measure.standing else "")
    template = sqlglot.parse_one("ARRAY_AGG(x ORDER BY y DESC, r.position DESC)", read="duckdb")
    names: dict[str, exp.Expr] = {"x": row_sql(node.this), "y": exp.column(on, "r")}
    array = template.transform(
        lambda n: names[n.name].copy() if isinstance(n, exp.Column) and n.name in names else n
    )
    present = exp.not_(exp.Is(this=node.this.copy(), expression=exp.null()))
    return exp.func(
        "LIST_EXTRACT", _filtered(array, exp.and_(present, where) if where is not None else present), "1"
    )


def row_sql(node: exp.Expr) -> exp.Expr:
    """The tree with columns bound to the row `r` and the language's own functions in DuckDB's words."""

    def change(part: exp.Expr) -> exp.Expr:
        if isinstance(part, exp.Column) and not part.table:
            return exp.column(part.name, "r")
        if isinstance(part, exp.Anonymous) and part.name.lower() in ("days_between", "hours_between"):
            days = part.name.lower() == "days_between"
            text = "DATE_DIFF('day', x, y)" if days else "(DATE_DIFF('microsecond', x, y) / 3600000000)"
            ends = {"x": part.expressions[0], "y": part.expressions[1]}
            return sqlglot.parse_one(text, read="duckdb").transform(
                lambda n: exp.cast(change(ends[n.name]), "TIMESTAMP") if isinstance(n, exp.Column) else n
            )
        return part

    return node.copy().transform(change)


def _flow(plan: Plan, measure: Measure, columns: list[exp.Expr], name: str) -> tuple[Select, Select]:
    grain = "DAY" if any(s.period.grain is Grain.DAY for s in plan.slots) else "MONTH"
    bucket = exp.cast(exp.func("DATE_TRUNC", exp.Literal.string(grain), exp.column(measure.on, "r")), "DATE")
    keys = [exp.alias_(exp.column(measure.area, "r"), "leaf"), exp.alias_(bucket, "bucket")]
    grouping: list[exp.Expr] = [exp.column(measure.area, "r"), bucket.copy()]
    if plan.by:
        keys.append(exp.alias_(exp.column(plan.by, "r"), plan.by))
        grouping.append(exp.column(plan.by, "r"))
    # One row is one record here, so rows may stand for distinct records, which add up.
    single = [_rows(column) for column in columns]
    named = [exp.alias_(column, f"a{i}") for i, column in enumerate(single)]
    source = exp.select(*keys, *named).from_("current_rows AS r").group_by(*grouping)
    select = exp.select().from_(f"{name} AS r")
    select = select.join("slots AS s", on="r.bucket >= s.start AND r.bucket < s.finish")
    return source, select.join("asked AS k", on="k.tree = s.tree AND k.leaf = r.leaf")


def _rows(column: exp.Expr) -> exp.Expr:
    return column.transform(
        lambda n: (
            exp.Count(this=exp.Star()) if isinstance(n, exp.Count) and isinstance(n.this, exp.Distinct) else n
        )
    )


def _again(column: exp.Expr, place: int) -> exp.Expr:
    inner = column.this if isinstance(column, exp.Filter) else column
    kind = type(inner) if isinstance(inner, (exp.Min, exp.Max)) else exp.Sum
    return kind(this=exp.column(f"a{place}", "r"))


def _belonging(plan: Plan, measure: Measure) -> Select:
    """The rows that a measure counts, by slot and area."""
    rows = exp.select().from_("current_rows AS r").join("slots AS s", on=_belongs(plan, measure))
    if measure.where is not None:
        rows = rows.where(row_sql(condition(measure.where)))
    leaf = exp.column(measure.area, "r")
    return rows.join("asked AS k", on=exp.and_("k.tree = s.tree", exp.column("leaf", "k").eq(leaf)))


def _own(plan: Plan, measure: Measure) -> Select:
    rows = _belonging(plan, measure)
    leaf = exp.column(measure.area, "r")
    if measure.covered:
        at = exp.and_("m.tree = s.tree", exp.column("leaf", "m").eq(leaf))
        at = exp.and_(at, exp.column("level", "m").eq(exp.Literal.string(measure.covered)))
        rows = rows.join("climb AS m", on=at, join_type="left")
        # An area of the level counts where it lies below; a record counts everywhere above it.
        inside = exp.condition("u.tree = s.tree AND u.leaf = m.area AND u.area = k.area")
        return rows.join("climb AS u", on=inside, join_type="left")
    return _grouped(plan, measure, rows) if measure.each else rows


def _grouped(plan: Plan, measure: Measure, rows: Select) -> Select:
    """The rows' groups by `each` within area and slot: whether a group passes, and its records."""
    keys: list[exp.Expr] = [
        exp.column("area", "k"),
        exp.column("slot", "s"),
        exp.column(measure.each, "r"),
    ]
    names = ["area", "slot", "grouped"]
    if plan.by:
        keys.append(exp.column(plan.by, "r"))
        names.append(plan.by)
    passes = row_sql(condition(measure.having)) if measure.having is not None else exp.true()
    named = [exp.alias_(key.copy(), name) for key, name in zip(keys, names, strict=True)]
    named += [exp.alias_(passes, "passes"), exp.alias_(exp.condition("COUNT(DISTINCT r.record)"), "n")]
    outer = exp.select().from_(rows.select(*named).group_by(*keys).subquery("r"))
    outer = outer.join("slots AS s", on="s.slot = r.slot")
    return outer.join(
        "(SELECT DISTINCT tree, area FROM asked) AS k", on="k.tree = s.tree AND k.area = r.area"
    )


def _belongs(plan: Plan, measure: Measure) -> exp.Expr:
    def test(text: str, **names: str) -> exp.Expr:
        tree = sqlglot.parse_one(text, read="duckdb")
        return tree.transform(
            lambda n: exp.column(names[n.name], "r") if isinstance(n, exp.Column) and n.name in names else n
        )

    if measure.standing is None:
        tests = [test("y >= s.start AND y < s.finish", y=measure.on)]
        if plan.segments:
            tests.append(
                test(
                    "(r.valid_from IS NULL OR r.valid_from <= y) AND (r.valid_to IS NULL OR y < r.valid_to)",
                    y=measure.on,
                )
            )
        return exp.and_(*tests)
    tests = [test("y < s.finish", y=measure.standing.start)]
    if measure.standing.end:
        tests.append(test("(y IS NULL OR y >= s.finish)", y=measure.standing.end))
    if plan.segments:
        tests.append(
            test(
                "(r.valid_from IS NULL OR r.valid_from < s.finish) "
                "AND (r.valid_to IS NULL OR r.valid_to >= s.finish)"
            )
        )
    return exp.and_(*tests)
