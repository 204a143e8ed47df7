"""Which entries are late: the rules of docs/explanation/ledger.md, “Closed periods”, by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from tests.generative.naive_records import Document, Kind, Said
from tests.generative.naive_rows import round_rows, version_rows
from tests.generative.random_measures import NaiveMeasure, Row, moment

Period = tuple[date, date]  # first day, and first day after


def speaks_of(
    entry: Said,
    kind: Kind,
    versions: tuple[Document | None, Document],
    measures: Sequence[NaiveMeasure],
    lies_in: Callable[[str], bool],
    period: Period,
) -> bool:
    """Whether the entry says something of a closed period, where `lies_in` tells the closed areas.

    `versions`: the record before it and after it. `measures`: all of the programme's.
    """
    known = [version for version in versions if version]
    own = [m for m in measures if m.of in (kind.mechanism, f"{kind.mechanism}.rounds")]
    columns = {"area", *(m.area for m in own)}
    rows = [row for version in known for row in version_rows(kind, 0, version)]
    places = {entry["area"], *(row[name] for row in rows for name in columns)}
    if not any(place and lies_in(place) for place in places):
        return False
    start, end = map(moment, period)
    if start <= datetime.fromisoformat(entry["happened"][:19]) < end:
        return True
    before, after = (set(_dated(kind, v, own, start, end)) if v else set() for v in versions)
    return before != after if entry["kind"] == "step" else bool(before | after)


def _dated(
    kind: Kind, version: Document, measures: Sequence[NaiveMeasure], start: datetime, end: datetime
) -> Iterator[tuple[Any, ...]]:
    """What dates the record within a period: the dates of flows, and the times through which it stands."""
    if version["void"]:
        return
    for measure in measures:
        rounds = measure.of.endswith(".rounds")
        for row in (round_rows if rounds else version_rows)(kind, 0, version):
            mark = (row["round"], row["due_from"], row["due_on"], row["done_on"]) if rounds else ()
            low, high = _bounds(row, start, end)
            if measure.on:
                if row[measure.on] is not None and low <= (on := moment(row[measure.on])) < high:
                    yield measure.on, on, mark
                continue
            first, last = (row[name] if name else None for name in measure.standing)
            if first is not None:
                since, until = max(low, moment(first)), min(high, moment(last) if last else high)
                if since < until:
                    yield measure.standing, since, until, mark


def _bounds(row: Row, start: datetime, end: datetime) -> tuple[datetime, datetime]:
    return max(start, row["valid_from"] or start), min(end, row["valid_to"] or end)
