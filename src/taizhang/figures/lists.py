"""The small tables that go into a statement: the runs of the slots and the tree, as lists of equal length.

Areas are numbered here; a number is 0 for nowhere and negative for what is known but not asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property

from sqlglot import exp
from sqlglot.expressions import Select

from taizhang.figures.buckets import Buckets
from taizhang.figures.plan import NOWHERE, Plan

COLUMNS: dict[str, dict[str, str]] = {
    "runs": {"slot": "INTEGER", "tree": "INTEGER", "first": "INTEGER", "last": "INTEGER"},
    "within": {"bucket": "INTEGER", "slot": "INTEGER", "tree": "INTEGER"},
    "asked": {"tree": "INTEGER", "leaf": "VARCHAR", "number": "INTEGER", "up": "INTEGER"},
    "climb": {"tree": "INTEGER", "number": "INTEGER", "up": "INTEGER", "level": "VARCHAR"},
}
"""The tables and their columns. `within` lists the buckets of each slot, `asked` each leaf with the areas
asked for at or above it, `climb` each node with every area at or above it."""

Rows = list[tuple[int | str, ...]]


@dataclass(frozen=True)
class Lists:
    """The small tables of a plan."""

    plan: Plan

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Every code that the trees know, numbered from 1."""
        codes = dict.fromkeys(climb.leaf for climb in self.plan.closure)
        return {code: number for number, code in enumerate(codes, 1)}

    @cached_property
    def codes(self) -> list[str]:
        """The code of each number; NOWHERE of 0."""
        return [NOWHERE, *self.numbers]

    def of(self, named: Collection[str]) -> dict[str, Rows]:
        """The tables of these names, each with its rows."""
        made = {"runs": self._runs, "within": self._within, "asked": self._asked, "climb": self._climb}
        return {name: make() for name, make in made.items() if name in named}

    @cached_property
    def _trees(self) -> list[int]:
        """The number of each slot's tree."""
        dates = {tree: n for n, tree in enumerate(dict.fromkeys(s.tree for s in self.plan.slots))}
        return [dates[slot.tree] for slot in self.plan.slots]

    def _tree_numbers(self) -> dict[object, int]:
        return {slot.tree: self._trees[n] for n, slot in enumerate(self.plan.slots)}

    def _runs(self) -> Rows:
        runs = Buckets.of(self.plan.slots, self.plan.measures).runs
        return [(run.slot, self._trees[run.slot], run.first, run.last) for run in runs]

    def _within(self) -> Rows:
        return [
            (bucket, slot, tree)
            for slot, tree, first, last in self._runs()
            for bucket in range(int(first), int(last) + 1)
        ]

    def _asked(self) -> Rows:
        numbers, trees, wanted = self.numbers, self._tree_numbers(), set(self.plan.asked)
        rows: Rows = []
        reached: set[tuple[object, str]] = set()
        for climb in self.plan.closure:
            if climb.tree in trees and (not wanted or climb.area in wanted):
                rows.append((trees[climb.tree], climb.leaf, numbers[climb.leaf], numbers[climb.area]))
                reached.add((climb.tree, climb.leaf))
        if wanted and self.plan.nowhere:
            others = {(c.tree, c.leaf) for c in self.plan.closure if c.tree in trees} - reached
            rows += [(trees[tree], leaf, numbers[leaf], -1) for tree, leaf in sorted(others, key=str)]
        return rows

    def _climb(self) -> Rows:
        numbers, trees = self.numbers, self._tree_numbers()
        return [
            (trees[c.tree], numbers[c.leaf], numbers[c.area], c.level)
            for c in self.plan.closure
            if c.tree in trees
        ]


def names_in(query: exp.Query) -> frozenset[str]:
    """The tables that a statement names; `leaves` is made of `asked`."""
    named = frozenset(table.name for table in query.find_all(exp.Table))
    return named | {"asked"} if "leaves" in named else named


def with_lists(query: exp.Query, source: Callable[[str], Select]) -> exp.Query:
    """The statement itself, given its small tables, each from its source, before everything else."""
    named = names_in(query)
    made = {name: source(name) for name in COLUMNS if name in named}
    if "leaves" in named:
        made["leaves"] = exp.select("leaf", "number").distinct().from_("asked")
    before = [
        exp.CTE(this=select.copy(), alias=exp.TableAlias(this=exp.to_identifier(name)))
        for name, select in made.items()
    ]
    found = query.args.get("with_")
    query.set("with_", exp.With(expressions=[*before, *(found.expressions if found else [])]))
    return query
