"""Whether a measure can count one record more than once in a period."""

from __future__ import annotations

from sqlglot import exp

from taizhang.figures.plan import aggregates, record_type_of, varying
from taizhang.programmes import Definitions, Measure, RecordType


def comes_again(definitions: Definitions, measure: Measure) -> bool:
    """Whether one record may have several rows in a period, and the figure is another for it.

    So it is where the date that a flow goes by changes over time (docs: `taizhang.programmes.tables`), unless
    it is the time of a state that a record enters once; distinct values, least and greatest are as they were.
    """
    if not measure.of or measure.on not in varying(definitions, measure.of) or measure.covered:
        return False
    kind = record_type_of(definitions, measure.of)
    once = {f"{state}_at" for state in kind.states if not _entered_again(kind, state)}
    if measure.on in once and measure.on not in kind.varies:
        return False
    if measure.each:
        return measure.having is not None and any(map(_adds_up, measure.having.find_all(exp.AggFunc)))
    return any(_adds_up(node.this if isinstance(node, exp.Filter) else node) for node in aggregates(measure))


def _entered_again(kind: RecordType, state: str) -> bool:
    """Whether steps lead from a state back to it."""
    seen: set[str] = set()
    pending = [state]
    while pending:
        source = pending.pop()
        for step in kind.steps.values():
            target = step.moves.get(source)
            if target is not None and target not in seen:
                if target == state:
                    return True
                seen.add(target)
                pending.append(target)
    return False


def _adds_up(node: exp.Expr) -> bool:
    return isinstance(node, (exp.Sum, exp.Avg, exp.Count)) and not isinstance(node.this, exp.Distinct)
