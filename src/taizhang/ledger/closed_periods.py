"""Whether an entry changes a figure of a closed period.

What dates a record in figures are the columns that its type's measures name, before the entry and after it: a
flow's date, and the time through which a stock counts it. When the entry itself happened counts always.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from taizhang.ledger.policies import Policies
from taizhang.programmes import Definitions, Entry, EntryKind, Measure, varying_columns

Document = Mapping[str, Any]
_ROUNDS = ".rounds"
_EVER, _NEVER = "", "9999"
_Touched = set[tuple[Any, ...]]


class Closing(NamedTuple):
    """A closed period in an area: its first day and the first day after, as ISO 8601."""

    area: str
    start: str
    end: str


class Dated(NamedTuple):
    """How measures date and place the rows of a record type: columns, and pairs from … to."""

    flows: tuple[str, ...] = ()
    stocks: tuple[tuple[str, str], ...] = ()
    round_flows: tuple[str, ...] = ()
    round_stocks: tuple[tuple[str, str], ...] = ()
    places: tuple[str, ...] = ()
    varying: frozenset[str] = frozenset()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every dated column of the record itself."""
        names = [*self.flows, *(name for pair in self.stocks for name in pair if name)]
        return tuple(dict.fromkeys(names))


def dated_of(definitions: Definitions) -> dict[str, Dated]:
    """Record type key → how its rows are dated, from every indicator's measures."""
    measures: dict[str, list[Measure]] = {}
    for indicator in definitions.indicators:
        for measure in (indicator.numerator, indicator.denominator):
            if measure is not None and measure.of:
                measures.setdefault(measure.of, []).append(measure)
    found = {}
    for record_type in definitions.record_types:
        own = measures.get(record_type.key, [])
        rounds = measures.get(record_type.key + _ROUNDS, [])
        places = {m.area for m in (*own, *rounds)} - {"", "area"}
        found[record_type.key] = Dated(
            *_dates(own), *_dates(rounds), tuple(sorted(places)), varying_columns(record_type)
        )
    return found


def _dates(measures: Iterable[Measure]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    known = list(measures)
    flows = dict.fromkeys(m.on for m in known if m.on)
    stocks = dict.fromkeys((m.standing.start, m.standing.end) for m in known if m.standing)
    return tuple(flows), tuple(stocks)


def closing_that_is_changed(
    entry: Entry,
    dated: Dated,
    columns: Sequence[str],
    before: Document | None,
    after: Document,
    closings: Sequence[Closing],
    policies: Policies,
) -> Closing | None:
    """The first closed period of which the entry says something; None where it concerns no closed one.

    `closings` stand with the latest end first; `columns` are `dated.columns`, which the caller keeps.
    """
    day, end = entry.happened[:10], closings[0].end
    if day >= end and not _reaches(entry.kind, dated, columns, before, after, end):
        return None
    documents = [after] if before is None else [before, after]
    rows = [row for document in documents for row in _rows(document, dated)]  # also where it was before
    areas = {entry.area, *(row.get(name, "") for row in rows for name in ("area", *dated.places))}
    for closing in closings:
        if any(policies.lies_in(area, closing.area) for area in areas) and (
            closing.start <= day < closing.end or _changes(entry.kind, dated, before, after, closing)
        ):
            return closing
    return None


def _reaches(
    kind: EntryKind, dated: Dated, columns: Sequence[str], before: Document | None, after: Document, end: str
) -> bool:
    """Whether anything dated that the entry bears on may lie before `end`: most entries end here."""
    if before is None:
        return "_rounds" in after or any(after.get(name, _NEVER) < end for name in columns)
    if kind is not EntryKind.STEP:
        return True
    if before.get("_rounds") != after.get("_rounds") or before.get("_segments") != after.get("_segments"):
        return True
    for name in columns:
        was, now = before.get(name, _NEVER), after.get(name, _NEVER)
        if was != now and (was < end or now < end):
            return True
    return False


def _changes(
    kind: EntryKind, dated: Dated, before: Document | None, after: Document, closing: Closing
) -> bool:
    was = _touched(before, dated, closing) if before is not None else set()
    now = _touched(after, dated, closing)
    # A step leaves alone what it does not move; what an amendment corrects may bear on every figure.
    return was != now if kind is EntryKind.STEP else bool(was or now)


def _touched(document: Document, dated: Dated, closing: Closing) -> _Touched:
    """Where the record lies in the closed period: its flows' dates there, its stocks' times within it."""
    found: _Touched = set()
    if document.get("void"):
        return found
    for row in _rows(document, dated):
        since, until = row.get("valid_from") or _EVER, row.get("valid_to") or _NEVER
        _add(found, row, dated.flows, dated.stocks, (since, until), closing, ())
    for owed in document.get("_rounds", ()):
        row, mark = {**document, **owed}, tuple(owed.values())
        _add(found, row, dated.round_flows, dated.round_stocks, (_EVER, _NEVER), closing, mark)
    return found


def _rows(document: Document, dated: Dated) -> Iterator[Document]:
    segments = document.get("_segments")
    if not segments:
        yield document
        return
    steady = {name: value for name, value in document.items() if name not in dated.varying}
    for segment in segments:
        yield {**steady, **segment}


def _add(
    found: _Touched,
    row: Document,
    flows: Sequence[str],
    stocks: Sequence[tuple[str, str]],
    valid: tuple[str, str],
    closing: Closing,
    mark: tuple[Any, ...],
) -> None:
    since, until = valid
    for name in flows:
        at = row.get(name)
        if at is not None and closing.start <= at < closing.end and since <= at < until:
            found.add((name, at, *mark))
    for start, end in stocks:
        if (begins := row.get(start)) is not None:
            low = max(begins, since, closing.start)
            high = min((row.get(end) if end else None) or _NEVER, until, closing.end)
            if low < high:
                found.add((start, end, low, high, *mark))
