"""The rows that measures look at: which versions are current, and what a row's dates and conditions come to.

Conditions and arithmetic are made exact first (see `exact`); columns are bound to the row `r`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlglot import exp
from sqlglot.expressions import Select

from taizhang.figures.buckets import Buckets, day
from taizhang.figures.completeness import PERIOD_START
from taizhang.figures.exact import condition
from taizhang.figures.plan import Plan, Slot
from taizhang.programmes import Measure

POSITION = "position"
"""The parameter of a statement that says as of which position it is asked."""

ROWS = "rows"
"""In a statement about few rows, those rows."""

SEGMENTS = "segments"
"""In a statement, the segments with bounds."""


@dataclass(frozen=True, slots=True)
class Basis:
    """By which dates a measure counts a row: `on` for a flow, from `start` until `end` for a stock."""

    on: str = ""
    start: str = ""
    end: str = ""

    @staticmethod
    def of(measure: Measure) -> Basis:
        if measure.standing is None:
            return Basis(on=measure.on)
        return Basis(start=measure.standing.start, end=measure.standing.end)

    def dates(self, plan: Plan) -> list[exp.Expr]:
        """The date of a flow, or the one or two between which a row stands, bound to `r`."""
        if self.on:
            return [at(self.on)]
        if not plan.segments:
            return [at(self.start)] + ([at(self.end)] if self.end else [])
        # A segment stands from the later of the two beginnings until the earlier of the two ends.
        began = exp.Anonymous(this="GREATEST", expressions=[at(self.start), at("valid_from")])
        begins = exp.Case(ifs=[exp.If(this=is_not_null(at(self.start)), true=began)])
        ends = [at(self.end)] if self.end else []
        return [begins, exp.Anonymous(this="LEAST", expressions=[*ends, at("valid_to")])]

    def columns(self, plan: Plan) -> list[str]:
        """The columns that the dates are made of."""
        named = [name for name in (self.on, self.start, self.end) if name]
        return named + (["valid_from", "valid_to"] if plan.segments else [])

    def inside(self, run: str, dates: Sequence[exp.Expr]) -> exp.Expr:
        """Whether buckets `dates` lie in a run."""
        first, last = exp.column("first", run), exp.column("last", run)
        if self.on:
            return exp.Between(this=dates[0].copy(), low=first, high=last)
        begun = exp.LTE(this=dates[0].copy(), expression=last)
        ended = [exp.GT(this=date.copy(), expression=last.copy()) for date in dates[1:]]
        return exp.and_(begun, *ended)

    def reaches(self, plan: Plan) -> list[exp.Expr]:
        """What a version `v` must fulfil to count in any slot at all: one of these, of which no two hold."""
        spans = _spans(plan.slots)
        if self.on:
            on = at(self.on, "v")
            return [
                exp.and_(exp.GTE(this=on, expression=day(start)), exp.LT(this=on, expression=day(end)))
                for start, end in spans
            ]
        begun = exp.LT(this=at(self.start, "v"), expression=day(spans[-1][1]))
        if not self.end:
            return [begun]
        still = exp.or_(
            exp.Is(this=at(self.end, "v"), expression=exp.null()),
            exp.GTE(this=at(self.end, "v"), expression=day(min(slot.period.end for slot in plan.slots))),
        )
        return [exp.and_(begun, still)]


def _spans(slots: Iterable[Slot]) -> list[tuple[date, date]]:
    """The stretches of time that the slots make up, in order."""
    spans: list[tuple[date, date]] = []
    for start, end in sorted((slot.period.start, slot.period.end) for slot in slots):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def at(column: str, table: str = "r") -> exp.Expr:
    """A column of a table, by default of the row `r`."""
    return exp.column(column, table)


def table(name: str, alias: str) -> exp.Table:
    """A table of a statement under its alias; built, for a statement has many and parsing is slow."""
    named = exp.TableAlias(this=exp.to_identifier(alias))
    return exp.Table(this=exp.to_identifier(name), alias=named)


def places(number: int) -> list[exp.Expr]:
    """The first columns of a statement by their places, to group by."""
    return [exp.Literal.number(place) for place in range(1, number + 1)]


def is_not_null(node: exp.Expr) -> exp.Expr:
    return exp.not_(exp.Is(this=node, expression=exp.null()))


def bound(node: exp.Expr) -> exp.Expr:
    """The tree with its columns bound to the row `r`."""

    def change(part: exp.Expr) -> exp.Expr:
        if isinstance(part, exp.Column) and not part.table:
            return at(part.name)
        if isinstance(part, exp.Anonymous) and part.name == PERIOD_START:
            unit, moment = part.expressions
            start = exp.Anonymous(this="DATE_TRUNC", expressions=[unit.copy(), bound(moment)])
            return exp.cast(start, "DATE")
        return part

    return node.copy().transform(change)


def test(measure: Measure, *more: exp.Expr | None) -> exp.Expr | None:
    """The conditions of a measure on a row, with `more` of the language, bound to `r`; None for none."""
    parts = [bound(condition(part)) for part in (measure.where, *more) if part is not None]
    return exp.and_(*parts) if parts else None


def broken_down(plan: Plan) -> exp.Expr:
    """The value of `by` as text, "" for null or without one."""
    if not plan.by:
        return exp.Literal.string("")
    return exp.func("COALESCE", exp.cast(at(plan.by), "VARCHAR"), exp.Literal.string(""))


def named_columns(*trees: exp.Expr | None) -> list[str]:
    """The columns that trees speak of."""
    return [column.name for tree in trees if tree is not None for column in tree.find_all(exp.Column)]


def lone(table: str = "") -> exp.Expr:
    """That a segment has no bounds: it is the only one of its record, as nearly all are."""
    bounds = (exp.column(name, table or None) for name in ("valid_from", "valid_to"))
    return exp.and_(*(exp.Is(this=bound_, expression=exp.null()) for bound_ in bounds))


def _bounded(table: str) -> list[list[exp.Expr]]:
    """That a segment has bounds: one of these, of which no two hold.

    Each compares one column with a date, for by that a scan leaves out unread what has none; by `is not null`
    it does not.
    """
    start, end = exp.column("valid_from", table), exp.column("valid_to", table)
    never = exp.cast(exp.Literal.string("infinity"), "DATE")
    return [
        [exp.LT(this=start, expression=never)],
        [exp.Is(this=start.copy(), expression=exp.null()), exp.LT(this=end, expression=never.copy())],
    ]


def current(
    plan: Plan,
    area: str,
    bases: Iterable[Basis],
    columns: Iterable[str],
    *,
    bounded: bool = False,
    few: bool = False,
) -> exp.Subquery:
    """The rows of the current versions that can count by any of `bases`, as `r`, with `columns` and no other.

    Current is what no version up to the position supersedes. The versions are narrowed down first, and by one
    basis in a scan for each stretch of time, so that files that hold other dates are left out. With `bounded`
    only segments with bounds, which are few. With `few`, it is known that few versions are left.
    """
    owns = _bounded("v") if bounded else [[]]
    needed = list(dict.fromkeys([*columns, *([plan.by] if plan.by else [])]))
    reaches = [reach for basis in dict.fromkeys(bases) for reach in basis.reaches(plan)]
    if len(set(bases)) > 1:
        reaches = [exp.or_(*reaches)]
    versions = [_versions(plan, area, [*needed, "position"], reach, own) for own in owns for reach in reaches]
    source: exp.Query = versions[0]
    for select in versions[1:]:
        source = exp.union(source, select, distinct=False)
    gone = exp.Select(expressions=[at("supersedes", "g")]).from_(_table(plan, "g"), copy=False)
    rows = exp.Select(expressions=[at(name, "v") for name in needed])
    if few or bounded or _below(plan, area):
        # The few rows go first, so that only what can supersede one of them is looked at. The database takes
        # what is tested for a fifth, and makes its table of hashes of the smaller side: so all tests stand on
        # the few, and what may supersede is tested where it was met, not where it is read.
        mine = exp.EQ(this=at("position", "f"), expression=at("supersedes", "g"))
        nothing = exp.Mul(this=exp.Literal.number(0), expression=at("position", "f"))
        met = exp.Add(this=at("position", "g"), expression=nothing)
        gone.join(table("narrowed", "f"), on=mine, copy=False)
        gone.where(exp.LTE(this=met, expression=exp.Placeholder(this=POSITION)), copy=False)
        rows.with_("narrowed", as_=source, materialized=True, copy=False)
        rows.from_(table("narrowed", "v"), copy=False)
    else:
        gone.where(is_not_null(at("supersedes", "g")), _known("g"), copy=False)
        rows.from_(source.subquery("v", copy=False), copy=False)
    superseded = exp.EQ(this=at("supersedes", "w"), expression=at("position", "v"))
    rows.join(gone.subquery("w", copy=False), on=superseded, join_type="anti", copy=False)
    return rows.subquery("r", copy=False)


def _versions(
    plan: Plan, area: str, columns: Iterable[str], reach: exp.Expr, own: Iterable[exp.Expr]
) -> Select:
    select = exp.Select(expressions=[at(name, "v") for name in dict.fromkeys(columns)])
    select.from_(_table(plan, "v"), copy=False)
    tests = (
        _known("v"),
        exp.not_(at("void", "v")),
        reach.copy(),
        *(o.copy() for o in own),
        *_below(plan, area),
    )
    return select.where(*tests, copy=False)


def _known(table: str) -> exp.Expr:
    return exp.LTE(this=at("position", table), expression=exp.Placeholder(this=POSITION))


def _table(plan: Plan, alias: str = "") -> exp.Table:
    name = exp.to_identifier(plan.table, quoted=True)
    return exp.Table(this=name, alias=exp.TableAlias(this=exp.to_identifier(alias)) if alias else None)


def _below(plan: Plan, area: str) -> list[exp.Expr]:
    options = [exp.Literal.string(leaf) for leaf in plan.few_leaves]
    return [exp.In(this=at(area, "v"), expressions=options)] if options else []


def bucketed(buckets: Buckets, plan: Plan, basis: Basis) -> list[exp.Expr]:
    """The buckets of a basis' dates.

    A flow over segments takes the segment that holds its date; the others have no bucket.
    """
    numbers = [buckets.number(date) for date in basis.dates(plan)]
    if not (plan.segments and basis.on):
        return numbers
    held = []
    for name, kind in (("valid_from", exp.LTE), ("valid_to", exp.GT)):
        open_ = exp.Is(this=at(name), expression=exp.null())
        held.append(exp.or_(open_, kind(this=at(name), expression=at(basis.on))))
    return [exp.Case(ifs=[exp.If(this=exp.and_(*held, copy=True), true=number)]) for number in numbers]


def lone_bucketed(buckets: Buckets, plan: Plan, basis: Basis) -> list[exp.Expr]:
    """The buckets of a basis' dates for a row without bounds, as many as `bucketed` gives."""
    dates = [at(name) for name in (basis.on, basis.start, basis.end) if name]
    numbers = [buckets.number(date) for date in dates]
    if plan.segments and basis.start and not basis.end:
        numbers.append(exp.Literal.number(len(buckets.borders)))  # it never ends
    return numbers
