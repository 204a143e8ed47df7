"""The cases of tests/spec/figures, on every engine."""

from __future__ import annotations

import pytest
from tests.figures.engines import ENGINES, Filled
from tests.figures.figure_cases import Case, answer, cases

from taizhang.figures import compute

CASES = list(cases())


def test_there_are_cases() -> None:
    assert len(CASES) >= 30


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_figures(case: Case, engine: Filled) -> None:
    figures = compute(case.definitions, case.request, engine(case.tables, case.rows), case.setting)
    wanted = [
        {k: v for k, v in f.items() if k not in ("indicator", "area", "period", "by")} for f in case.figures
    ]
    assert [answer(figures, f, case.request.by) for f in case.figures] == wanted
