"""Units through measures: what cannot be is refused at its place, what can is read."""

from __future__ import annotations

from fractions import Fraction

import pytest

from taizhang.errors import DefinitionError
from taizhang.programmes import load
from taizhang.programmes.units import misfit, quantity

PROGRAMME = """\
programme: p
name: 测试
records:
  job:
    mechanism: project
    fields:
      cost: {{type: money}}
      funds: {{type: number, unit: 万元}}
      weight: {{type: number, unit: 公斤}}
      load: {{type: number, unit: 吨}}
      homes: {{type: whole, unit: 户}}
      people: {{type: whole, unit: 人}}
      share: {{type: number, unit: "%"}}
      dust: {{type: number, unit: 微克/立方米}}
      bare: {{type: number}}
    steps: {{planned: {{finish: finished, replan: planned}}}}
indicators:
  i: {{name: 数, of: job, {measure}, on: planned_at, unit: "{unit}"}}
"""
GOOD = [
    ("value: sum(cost)", "元"),
    ("value: sum(cost) / 10000", "万元"),
    ("value: sum(funds)", "万元"),
    ("value: sum(funds) * 10000", "元"),
    ("value: sum(cost) + sum(funds) * 10000", "元"),
    ("value: sum(cost) / 10000 + sum(funds)", "万元"),
    ("value: 2 * sum(cost)", "元"),
    ("value: sum(weight) / 1000 + sum(load)", "吨"),
    ("value: sum(cost) / sum(homes)", "元/户"),
    ("value: sum(cost) / sum(homes)", "元"),
    ("value: sum(cost) / count(*)", "元"),
    ("value: sum(cost * homes) / sum(homes)", "元"),
    ("value: 100 * (sum(cost) - sum(funds) * 10000) / sum(cost)", "分"),
    ("value: avg(dust)", "微克/立方米"),
    ("value: avg(share)", "%"),
    ("value: avg(bare)", "元"),
    ("value: sum(bare) + sum(cost)", "元"),
    ("value: count(*)", "件"),
    ("value: 'count(distinct finished_at)'", "天"),
    ("value: {value: count(*), each: finished_at, having: count(*) > 1}", "天"),
    ("value: 'avg(days_between(planned_at, finished_at))'", "天"),
    ("value: 'avg(hours_between(planned_at, finished_at)) / 24'", "天"),
    ("value: {value: count(*), where: cost > 1000 and weight < 5}", "件"),
    ("value: {value: count(*), where: 'days_between(planned_at, finished_at) <= 30'}", "件"),
    ("numerator: sum(cost), denominator: sum(cost)", "%"),
    ("numerator: count(*), denominator: sum(homes)", "%"),
    ("numerator: sum(people), denominator: sum(homes)", "人/户"),
    ("numerator: sum(cost), denominator: sum(people)", "元"),
    ("numerator: sum(replan_count), denominator: sum(finish_count)", "%"),
]
BAD = [
    ("value: sum(cost) + sum(weight)", "元", "units-differ", "sum(cost) +"),
    ("value: sum(homes) - sum(people)", "户", "units-differ", "sum(homes) -"),
    ("value: sum(cost) + sum(funds)", "元", "units-differ", "sum(cost) +"),
    ("value: sum(cost) + count(*)", "元", "units-differ", "sum(cost) +"),
    ("value: {value: count(*), where: cost > weight}", "件", "units-differ", "cost > weight"),
    ("value: {value: count(*), where: weight between 1 and cost}", "件", "units-differ", "weight between"),
    ("value: {value: count(*), where: weight in (load)}", "件", "units-differ", "weight in"),
    ("value: sum(cost) filter (where cost > weight)", "元", "units-differ", "cost > weight"),
    (
        "value: {value: count(*), each: state, having: sum(cost) > sum(weight)}",
        "个",
        "units-differ",
        "sum(cost) >",
    ),
    ("value: last(weight)", "元", "impossible-unit", '"元"'),
    ("value: sum(cost)", "万元", "impossible-unit", '"万元"'),
    ("value: sum(weight)", "吨", "impossible-unit", '"吨"'),
    ("value: sum(homes)", "人", "impossible-unit", '"人"'),
    ("value: count(*)", "元", "impossible-unit", '"元"'),
    ("value: sum(cost) * sum(cost)", "元", "impossible-unit", '"元"'),
    ("value: 'avg(hours_between(planned_at, finished_at))'", "天", "impossible-unit", '"天"'),
    ("numerator: sum(cost), denominator: sum(weight)", "%", "impossible-unit", '"%"'),
    ("numerator: sum(cost), denominator: sum(funds)", "%", "impossible-unit", '"%"'),
    ("numerator: sum(people), denominator: sum(homes)", "元", "impossible-unit", '"元"'),
]


def written(measure: str, unit: str) -> str:
    return PROGRAMME.format(measure=measure, unit=unit)


@pytest.mark.parametrize(("measure", "unit"), GOOD)
def test_what_can_be_is_read(measure: str, unit: str) -> None:
    assert load({"programmes/p.yaml": written(measure, unit)}).indicator("p.i").unit == unit


@pytest.mark.parametrize(("measure", "unit", "code", "at"), BAD)
def test_what_cannot_be_is_refused_at_its_place(measure: str, unit: str, code: str, at: str) -> None:
    text = written(measure, unit)
    with pytest.raises(DefinitionError) as caught:
        load({"programmes/p.yaml": text})
    [problem] = caught.value.problems
    start = text.rindex(at)
    place = (text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
    assert (problem.code, problem.place.line, problem.place.column) == (code, *place)


def test_the_remedy_is_a_number_to_write() -> None:
    assert "/ 10000" in str(misfit(quantity("元"), "万元"))
    assert "* 10000" in str(misfit(quantity("万元"), "元"))
    assert misfit(quantity("公顷"), "亩") is not None
    assert quantity("公顷").scale == 15 * quantity("亩").scale == Fraction(10_000)


def test_a_long_expression_is_walked_once() -> None:
    text = "+".join(["sum(cost)"] * 39)
    load({"programmes/p.yaml": written(f"value: {text}", "元")})
