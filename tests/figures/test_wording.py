"""Definitions in words: the cases of tests/spec/wording, and every indicator that is shipped."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from taizhang.figures.wording import definition_words
from taizhang.programmes import Definitions, load

ROOT = Path(__file__).parents[2]
TOLD: dict[str, Any] = YAML(typ="safe").load(ROOT / "tests" / "spec" / "wording" / "definitions.yaml")
SHIPPED = load(ROOT / "districts" / "liubei")
FIRST = load(ROOT / "src" / "taizhang" / "jobs" / "first_district")
SQL = re.compile(
    r"_|「|COUNT\(|SUM\(|\b(IN|IS|AND|NOT|OR|NULL|BETWEEN|FILTER|WHERE|DISTINCT|CAST)\b|<=|>=|<>|[=<>] ?'"
)


def _with(indicator: dict[str, Any]) -> Definitions:
    programme = TOLD["programme"]
    indicators = {**programme["indicators"], "x": {"name": {"zh": "数", "en": "Figure"}, **indicator}}
    files = {"programmes/p.yaml": {**programme, "indicators": indicators}, "codes/kinds.yaml": TOLD["codes"]}
    return load({path: json.dumps(file, ensure_ascii=False) for path, file in files.items()})


@pytest.mark.parametrize("case", TOLD["cases"], ids=lambda case: case["name"])
def test_a_definition_in_words(case: dict[str, Any]) -> None:
    definitions = _with(case["indicator"])
    words = definition_words(definitions, definitions.indicator("p.x"))
    assert words.zh == "数。" + case["zh"]
    assert words.en == "Figure. " + case["en"]


@pytest.mark.parametrize(
    ("definitions", "key"),
    [(d, i.key) for d in (SHIPPED, FIRST) for i in d.indicators],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_shipped_has_words_and_no_sql(definitions: Definitions, key: str) -> None:
    indicator = definitions.indicator(key)
    words = definition_words(definitions, indicator)
    for said, name in ((words.zh, indicator.name.zh), (words.en, indicator.name.en)):
        assert said.startswith(name)
        assert not SQL.search(said), said
    assert re.search("取值:|分子:|公式:", words.zh)
    assert re.search("Value:|Numerator:|Formula:", words.en)
