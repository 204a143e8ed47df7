"""Figures from a `NaiveLedger`, naively: each row looked at for each area, by the rules of the docs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from tests.generative.naive_ledger import ROOT, NaiveLedger, span
from tests.generative.naive_rows import round_rows, version_rows
from tests.generative.random_measures import NaiveMeasure, Row, moment
from tests.generative.random_programmes import NaiveIndicator

Tree = Mapping[str, tuple[str, str]]  # code → level, parent


@dataclass(frozen=True)
class Value:
    """What one indicator came to."""

    value: Fraction | None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    records: int = 0


class NaiveFigures:
    """The figures of a naive ledger as known at a position."""

    def __init__(self, ledger: NaiveLedger, indicators: Mapping[str, NaiveIndicator], position: int) -> None:
        self.ledger, self.indicators, self.position = ledger, indicators, position
        self.rows: dict[str, list[Row]] = {}
        for key, at, document in ledger.known_at(position).values():
            if not document["void"] and not key.startswith("system."):
                kind = ledger.kinds[key]
                self.rows.setdefault(kind.mechanism, []).extend(version_rows(kind, at, document))
                if kind.every:
                    self.rows.setdefault("duty.rounds", []).extend(round_rows(kind, at, document))
        self._found: dict[Any, list[Row]] = {}

    def tree(self, day: date) -> Tree:
        """The areas that are valid on a day."""
        found = {}
        for area in self.ledger.standing("system.area", self.position):
            ended = area["struck_off_at"][:10] if area["state"] == "struck_off" else "9999"
            if area["opened_at"][:10] <= str(day) < ended:
                for part in area.get("_segments", [area]):
                    until = part.get("valid_to", "9999")[:10]
                    if part.get("valid_from", "")[:10] <= str(day) < until:
                        found[area["code"]] = area["level"], part.get("parent", "")
        return found

    def bys(self, key: str, column: str, period: str, tree: Tree) -> set[str]:
        """The values of a column among the rows that an indicator counts."""
        measures = (self.indicators[key].numerator, self.indicators[key].denominator)
        rows = [
            r for m in measures if m and not m.areas for r in self.counted(m, period) if r[m.area] in tree
        ]
        return {row[column] or "" for row in rows}

    def value(self, key: str, area: str, period: str, tree: Tree, by: tuple[str, str] | None = None) -> Value:
        """An indicator in an area and a period; `by`: only the rows with that value."""
        indicator = self.indicators[key]
        if indicator.formula:
            left, sign, right = indicator.formula
            a, b = (self.value(part, area, period, tree, by) for part in (left, right))
            records = a.records if left == right else a.records + b.records
            if a.value is None or b.value is None or (sign == "/" and not b.value):
                return Value(None, records=records)
            a2 = 2 * a.value
            values = {"+": a2 + b.value, "-": a2 - b.value, "*": a2 * b.value}
            return Value(values[sign] if sign != "/" else a2 / b.value, records=records)
        assert indicator.numerator
        upper, records = self.measured(indicator.numerator, area, period, tree, by)
        if indicator.denominator is None:
            return Value(upper, upper, None, records)
        lower, _ = self.measured(indicator.denominator, area, period, tree, by)
        value = indicator.factor * upper / lower if upper is not None and lower else None
        return Value(value, upper, lower, records)

    def measured(
        self, measure: NaiveMeasure, area: str, period: str, tree: Tree, by: tuple[str, str] | None
    ) -> tuple[Fraction | None, int]:
        """A measure's value and the records that it counts."""
        below = [code for code in tree if area in _upwards(code, tree)]
        if measure.areas:
            return Fraction(sum(tree[code][0] == measure.areas for code in below)), 0
        rows = [row for row in self.counted(measure, period) if row[measure.area] in below]
        if by:
            rows = [row for row in rows if (row[by[0]] or "") == by[1]]
        records = len({row["record"] for row in rows})
        if measure.covered:
            above = {up for row in rows for up in _upwards(row[measure.area], tree)}
            return Fraction(sum(tree[c][0] == measure.covered for c in above.intersection(below))), records
        if measure.each:
            groups: dict[Any, list[Row]] = {}
            for row in rows:
                if row[measure.each] is not None:
                    groups.setdefault(row[measure.each], []).append(row)
            assert measure.having
            return Fraction(sum(measure.having(group) is True for group in groups.values())), records
        assert measure.value
        return measure.value.of(rows, measure.on or measure.standing[0]), records

    def counted(self, measure: NaiveMeasure, period: str) -> list[Row]:
        """The rows that a measure counts in a period, wherever they lie."""
        key = id(measure), period
        if key not in self._found:
            rows = self.rows.get(measure.of, [])
            self._found[key] = [row for row in rows if _counts(row, measure, *map(moment, span(period)))]
        return self._found[key]


def year_before(period: str) -> str:
    """The same period of the year before; 29 February maps to 28 February."""
    before = f"{int(period[:4]) - 1:04d}{period[4:]}"
    return before[:-2] + "28" if period[4:] == "-02-29" else before


def last_day(period: str) -> date:
    """The last day of a period."""
    return date.fromordinal(span(period)[1].toordinal() - 1)


def ranked(values: Mapping[str, Fraction | None], area: str, tree: Tree, better: str) -> tuple[int, int]:
    """The rank of an area's value among the areas of its level, and among how many."""
    own = values[area]
    assert own is not None
    level = [v for c, v in values.items() if v is not None and tree[c][0] == tree[area][0]]
    return 1 + sum(v < own if better == "lower" else v > own for v in level), len(level)


def light(value: Fraction | None, target: Fraction | None, indicator: NaiveIndicator) -> str | None:
    """Green, amber or red."""
    if value is None or target is None:
        return None
    share = indicator.amber or Fraction(1)
    if indicator.better == "lower":
        return "green" if value <= target else "amber" if value * share <= target else "red"
    return "green" if value >= target else "amber" if value >= target * share else "red"


def target(figures: NaiveFigures, indicator: NaiveIndicator, area: str, period: str) -> Fraction | None:
    """The target that was set by a record, else the one that the file gives for the whole district."""
    for said in figures.ledger.standing("system.target", figures.position):
        if (said["indicator"], said["area"], said["period"]) == (f"p.{indicator.id}", area, period):
            return Fraction(said["value"])
    return indicator.targets.get(period) if area == ROOT else None


def _upwards(code: str, tree: Tree) -> list[str]:
    found: list[str] = []
    while code in tree and code not in found:
        found.append(code)
        code = tree[code][1]
    return found


def _counts(row: Row, measure: NaiveMeasure, start: datetime, end: datetime) -> bool:
    if measure.where is not None and measure.where.of(row) is not True:
        return False
    since, until = row["valid_from"], row["valid_to"]
    if measure.on:
        if row[measure.on] is None:
            return False
        on = moment(row[measure.on])
        return start <= on < end and (since is None or since <= on) and (until is None or on < until)
    first, last = row[measure.standing[0]], row[measure.standing[1]] if measure.standing[1] else None
    if first is None or moment(first) >= end or (last is not None and moment(last) < end):
        return False
    return (since is None or since < end) and (until is None or until >= end)
