"""Whether a measure can count one record more than once in a period."""

from __future__ import annotations

from sqlglot import exp

from taizhang.figures.plan import aggregates, record_type_of, varying
from taizhang.programmes import Definitions, Measure, recurring_columns


def comes_again(definitions: Definitions, measure: Measure) -> bool:
    """Whether one record may have several rows in a period, and the figure is another for it.

    So it is where the date that a flow goes by changes over time (docs: `taizhang.programmes.tables`), unless
    it lies in one segment only; distinct values, least and greatest are as they were.
    """
    if not measure.of or measure.on not in varying(definitions, measure.of) or measure.covered:
        return False
    if measure.on not in recurring_columns(record_type_of(definitions, measure.of)):
        return False
    if measure.each:
        return measure.having is not None and any(map(_adds_up, measure.having.find_all(exp.AggFunc)))
    return any(_adds_up(node.this if isinstance(node, exp.Filter) else node) for node in aggregates(measure))


def _adds_up(node: exp.Expr) -> bool:
    return isinstance(node, (exp.Sum, exp.Avg, exp.Count)) and not isinstance(node.this, exp.Distinct)
