"""A plan as SQL, built as trees: what adds up in one statement, what does not in one of its own each."""

from __future__ import annotations

from sqlglot import exp

from taizhang.figures import grouped
from taizhang.figures.additive import Additive
from taizhang.figures.buckets import Buckets
from taizhang.figures.distinct import Distinct
from taizhang.figures.exact import divided, ratio
from taizhang.figures.layout import HEAD, Fold, Layout, Spot
from taizhang.figures.plan import Plan, aggregates
from taizhang.figures.rows import Basis, at, bucketed, current, named_columns, test
from taizhang.programmes import Measure

_FINE, _FEW = 40, 4
"""With more borders than the first, too few rows share their buckets by all dates to be added up together;
with no more slots than the second, a scan for each basis reads less than one for all."""

_FOLDS: dict[type[exp.Expr], Fold] = {exp.Sum: "sum", exp.Avg: "avg", exp.Min: "min", exp.Max: "max"}


def layout(plan: Plan) -> Layout:
    """The statements of a plan, and where each measure's components are in their rows."""
    return _Layer(plan).made()


def record_statement(plan: Plan, limit: int) -> exp.Query:
    """The records of the plan's first measure: `record` and, on every row, how many there are in all."""
    measure = plan.measures[0]
    basis, buckets = Basis.of(measure), Buckets.of(plan.slots, plan.measures)
    columns = ["record", measure.area, *basis.columns(plan), *named_columns(measure.where)]
    rows = exp.select("r.record").distinct().from_(current(plan, measure.area, [basis], columns))
    rows = rows.join("runs AS s", on=basis.inside("s", bucketed(buckets, plan, basis)))
    on = exp.and_("k.tree = s.tree AND k.up > 0", exp.column("leaf", "k").eq(at(measure.area)))
    rows = rows.join("asked AS k", on=on).where(test(measure))
    query = exp.select("q.record", "COUNT(*) OVER ()").from_(rows.subquery("q"))
    return query.order_by("q.record").limit(limit)


class _Layer:
    """Lays a plan's components out over statements."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.layout = Layout()
        self.blocks: list[Additive | exp.Query] = []
        self.shared: dict[tuple[str, Basis | None], int] = {}
        self.distinct: dict[Distinct, int] = {}
        buckets = Buckets.of(plan.slots, plan.measures)
        # One basis alone lets the scan leave out files; that pays where little is asked for.
        self.few = bool(plan.asked) and len(plan.slots) <= _FEW
        self.apart = self.few or len(buckets.borders) > _FINE

    def made(self) -> Layout:
        for measure in self.plan.measures:
            self.layout.records.append(self._records(measure))
            self.layout.values.append(self._values(measure))
        self.layout.statements = [b.statement() if isinstance(b, Additive) else b for b in self.blocks]
        return self.layout

    def _records(self, measure: Measure) -> list[Spot]:
        record = (exp.column("record"),)
        if not self.plan.single(measure) and not self.plan.segments:
            return [self._distinct(measure, record)]
        number, block = self._additive(measure)
        if self.plan.single(measure):
            return [block.count(number, measure)]
        # Nearly every record has one segment, without bounds, and counts once; the few others are looked at.
        counted = Distinct(self.plan, measure, record, None, bounded=True)
        return [block.count(number, measure, alone=True), block.bounded(number, counted)]

    def _values(self, measure: Measure) -> list[Spot]:
        if measure.covered:
            return [self._alone(grouped.covered(self.plan, measure))]
        if measure.each:
            return [self._alone(grouped.groups(self.plan, measure))]
        return [self._aggregate(measure, node) for node in aggregates(measure)]

    def _aggregate(self, measure: Measure, node: exp.Expr) -> Spot:
        inner, own = (node.this, node.expression.this) if isinstance(node, exp.Filter) else (node, None)
        distinct = isinstance(inner.this, exp.Distinct)
        if isinstance(inner, exp.Last):
            query, whole = grouped.latest(self.plan, measure, node)
            spot = self._alone(query, whole)
            if divided(inner.this):
                self.layout.folds[spot.statement] = "last"
            return spot
        fold = "distinct" if distinct else _FOLDS.get(type(inner))
        if fold is not None and any(map(divided, inner.this.expressions if distinct else [inner.this])):
            query, whole = grouped.quotients(self.plan, measure, node)
            spot = self._alone(query, 1 if distinct else whole)
            self.layout.folds[spot.statement] = fold
            return spot
        if distinct:
            return self._distinct(measure, tuple(ratio(v).over for v in inner.this.expressions), own)
        number, block = self._additive(measure)
        return block.aggregate(number, measure, node)

    def _additive(self, measure: Measure) -> tuple[int, Additive]:
        key = (measure.area, Basis.of(measure) if self.apart else None)
        if key not in self.shared:
            self.shared[key] = len(self.blocks)
            self.blocks.append(Additive(self.plan, measure.area, self.few))
        block = self.blocks[self.shared[key]]
        assert isinstance(block, Additive)
        return self.shared[key], block

    def _distinct(self, measure: Measure, values: tuple[exp.Expr, ...], own: exp.Expr | None = None) -> Spot:
        block = Distinct(self.plan, measure, values, own)
        same = next((number for other, number in self.distinct.items() if other.same(block)), None)
        if same is not None:
            return Spot(same, HEAD)
        spot = self._alone(block.statement())
        self.distinct[block] = spot.statement
        return spot

    def _alone(self, query: exp.Query, whole: int = 1) -> Spot:
        self.blocks.append(query)
        return Spot(len(self.blocks) - 1, HEAD, None, whole)
