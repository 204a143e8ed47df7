"""Random programmes and entries through the real ledger and the real lake: every record and every figure at
every area, period and position equals what plain Python makes of the same story.

`STORIES=500 make test ARGS=tests/generative` tells more of them, each time others.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.generative.ledgers import OFFICER, Founded, copied
from tests.generative.naive_figures import (
    NaiveFigures,
    Tree,
    last_day,
    light,
    ranked,
    target,
    year_before,
)
from tests.generative.random_programmes import MECHANISMS
from tests.generative.random_stories import Story, story
from tests.generative.telling import STORIES, post, told

from taizhang.figures import AreaNode, DuckDBEngine, Figure, Request, Setting, Target, compute
from taizhang.values import parse_period

LONGEST = 70
PERIODS = ("2021", "2022", "2021-H2", "2022-H1", "2022-Q1", "2022-Q3", "2022-02", "2022-03", "2021-12")
DAYS = ("2022-03-01", "2022-05-04", "2021-12-31")


SEEDS, SIZES = st.integers(0, 2**32 - 1), st.integers(5, LONGEST)


@pytest.mark.timeout(max(300, STORIES * 10))
@told(18)
@given(seed=SEEDS, size=SIZES)
def test_on_sqlite(on_sqlite: Founded, folder: Path, seed: int, size: int) -> None:
    _holds(on_sqlite, folder, seed, size)


@pytest.mark.timeout(max(300, STORIES * 10))
@told(4)
@given(seed=SEEDS, size=SIZES)
def test_on_postgresql(on_postgresql: Founded, folder: Path, seed: int, size: int) -> None:
    _holds(on_postgresql, folder, seed, size)


def test_stories_tell_of_everything() -> None:
    """A kind of event that no story tells of would be proved by nobody."""
    seen: Counter[str] = Counter()
    for seed in range(40):
        told_of = story(seed, LONGEST, 1)
        seen += told_of.seen
        seen.update({f"refused: {why}": n for why, n in told_of.ledger.refusals.items()})
        for entry, document in zip(told_of.ledger.entries, told_of.ledger.documents, strict=True):
            kind = told_of.ledger.kinds[entry["type"]]
            seen["went back"] += "_segments" in document and not kind.varies
    events = [*MECHANISMS, "system.area", "system.closing", "system.target", "known open", "known step"]
    events += [f"step {act}" for act in ("moves", "extend", "suspend", "resume", "urge", "reopen", "patrol")]
    events += ["went back", *(f"refused: {why}" for why in ("ahead", "late", "below itself", "name"))]
    for kind in ("open", "step", "amend", "amend target", "void", "void target"):
        events += [f"taken {kind}", f"refused {kind}", f"taken {kind} late"]
    assert not [event for event in events if seen[event] < 2]


def _holds(founded: Founded, folder: Path, seed: int, size: int) -> None:
    from taizhang.lake import Lake
    from taizhang.ledger import queries

    tale = story(seed, size, founded.start)
    random = Random(seed)
    with copied(founded, folder) as home:
        lake = Lake.open(home)
        try:
            for batch in tale.batches:
                post(batch, random)
                if random.randrange(5) == 0:
                    lake.catch_up()
            assert queries.position() == tale.ledger.position
            _same_records(tale)
            assert queries.verify(deep=True).breaches == ()
            asked = _requests(tale, random)
            figures = _same_figures(tale, asked, lake)
            if random.randrange(3) == 0:
                lake.rebuild()
                assert _same_figures(tale, asked, lake) == figures
        finally:
            lake.close()


def _same_records(tale: Story) -> None:
    """The ledger's entries say what was sent, and every version is what plain Python makes of them."""
    from taizhang.ledger import models, queries

    persons: dict[str, int] = {}
    start = tale.ledger.start
    kept = models.Entry.objects.filter(position__gt=start).order_by("position")
    versions = list(queries.versions(start, queries.position(), 10_000))
    for at, (row, version) in enumerate(zip(kept, versions, strict=True)):
        entry, document = tale.ledger.entries[at], tale.ledger.documents[at]
        said = orjson.loads(bytes(row.canonical))
        assert (row.position, said["id"]) == (start + at + 1, entry["id"])
        assert _as_kept({"officer": OFFICER, **entry}, said, persons) == said
        document = _numbered(document, persons)
        if parts := document.get("_segments"):
            document["_segments"] = [_numbered(part, persons) for part in parts]
        assert version.document == document, f"position {row.position}"
    assert len(set(persons.values())) == len(persons)


def _numbered(document: dict[str, Any], persons: dict[str, int]) -> dict[str, Any]:
    return {k: persons[v] if k == "who" else v for k, v in document.items()}


def _as_kept(entry: dict[str, Any], said: dict[str, Any], persons: dict[str, int]) -> dict[str, Any]:
    """The story's entry as the ledger must keep it; when it was recorded, a person's number (the same for
    every entry that speaks of the person) and the cipher of a personal text are the ledger's to say."""
    payload, kept = dict(entry["payload"]), said.get("payload", {})
    if payload.get("who"):
        payload["who"] = {"number": persons.setdefault(payload["who"], kept["who"]["number"])}
    if payload.get("phone"):
        assert kept["phone"].keys() == {"cipher"}
        payload["phone"] = kept["phone"]
    whole = {"recorded": said["recorded"]} | entry | ({"payload": payload} if payload else {})
    return {key: value for key, value in whole.items() if value not in ("", {})}


# -- figures -------------------------------------------------------------------------------------------------


def _requests(tale: Story, random: Random) -> list[tuple[int, Request]]:
    """All indicators at all areas: as known now, and at two earlier positions, each through another tree."""
    defined = tale.ledger.start + 7  # the position at which the programme came into force
    last = tale.ledger.position
    trees: list[Any] = ["then", "now", last_day(random.choice(PERIODS))]
    random.shuffle(trees)
    found = []
    for tree, position in zip(trees, (last, *(random.randint(defined, last) for _ in range(2))), strict=True):
        periods = (*random.sample(PERIODS, 4), random.choice(DAYS))
        keys = tuple(f"p.{key}" for key in tale.programme.indicators)
        found.append((position, Request(keys, tuple(map(parse_period, periods)), None, "", tree)))
    broken = [(name, one.id) for one in tale.programme.indicators.values() for name in one.by]
    if broken:
        name = random.choice(broken)[0]
        keys = tuple(f"p.{key}" for by, key in broken if by == name)
        periods = tuple(map(parse_period, random.sample(PERIODS, 2)))
        found.append((last, Request(keys, periods, None, name, "then")))
    return found


def _same_figures(tale: Story, asked: list[tuple[int, Request]], lake: Any) -> list[list[Figure]]:
    from taizhang.ledger import queries

    answers = []
    for position, request in asked:
        known = queries.setting(position)
        areas = tuple(AreaNode(a.code, a.name, a.level, a.parent, a.start, a.end) for a in known.areas)
        targets = tuple(Target(t.indicator, t.area, t.period, t.value) for t in known.targets)
        setting = Setting(position, known.root, known.today, areas, targets)
        with lake.reading() as cursor:
            figures = list(compute(queries.definitions(position), request, DuckDBEngine(cursor), setting))
        answers.append(figures)
        _compare(
            figures, request, NaiveFigures(tale.ledger, tale.programme.indicators, position), known.today
        )
    return answers


def _compare(figures: list[Figure], request: Request, naive: NaiveFigures, today: Any) -> None:
    by = request.by
    found = {(f.indicator[2:], str(f.period), f.by.get(by, ""), f.area): f for f in figures}
    assert len(found) == len(figures)
    expected = 0
    for period in map(str, request.periods):
        day = {"then": last_day(period), "now": today}.get(str(request.tree), request.tree)
        tree = naive.tree(day)
        for key in (key[2:] for key in request.indicators):
            values = sorted(naive.bys(key, by, period, tree)) if by else [""]
            for value in values:
                expected += len(tree)
                cells = {area: found[key, period, value, area] for area in tree}
                _compare_cells(cells, key, period, (by, value) if by else None, naive, tree)
    assert len(figures) == expected or by


def _compare_cells(
    cells: dict[str, Figure], key: str, period: str, by: Any, naive: NaiveFigures, tree: Tree
) -> None:
    indicator = naive.indicators[key]
    now = {area: naive.value(key, area, period, tree, by) for area in tree}
    for area, figure in cells.items():
        where = f"{key} {area} {period} {by or ''} at {naive.position}: {indicator.text}"
        wanted = now[area]
        assert figure.value == wanted.value, where
        assert (figure.numerator, figure.denominator) == (wanted.numerator, wanted.denominator), where
        assert figure.records == wanted.records, where
        before = naive.value(key, area, year_before(period), tree, by).value
        both = wanted.value is not None and before is not None
        assert figure.yoy_difference == (wanted.value - before if both else None), where
        assert figure.yoy_growth == (100 * (wanted.value - before) / before if both and before else None), (
            where
        )
        aim = target(naive, indicator, area, period)
        assert (figure.target, figure.light) == (aim, light(wanted.value, aim, indicator)), where
        rank = None, None
        if indicator.rank and wanted.value is not None and not by:
            rank = ranked({a: v.value for a, v in now.items()}, area, tree, indicator.better)
        assert (figure.rank, figure.rank_of) == rank, where
        assert all(isinstance(v, Fraction | None) for v in (figure.value, figure.numerator)), where
