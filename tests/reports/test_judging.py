"""Spec cases and properties of judging a claim by a figure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from made_by_hand import claim, figure
from ruamel.yaml import YAML

from taizhang.reports import judge

SPEC = Path(__file__).resolve().parents[1] / "spec" / "reports"


def cases(name: str) -> list[Any]:
    found = YAML(typ="safe").load(SPEC / name)
    return [pytest.param(case, id=case["name"]) for case in found]


@pytest.mark.parametrize("case", [*cases("levels.yaml"), *cases("changes.yaml")])
def test_spec(case: dict[str, Any]) -> None:
    said = claim(**case["claim"])
    verdict = judge(said, figure(case["figure"], said.unit))
    wanted = (case["verdict"], case.get("findings", []))
    assert (verdict.verdict, list(verdict.findings)) == wanted, verdict.why
    assert [words for words in case.get("why", []) if words not in verdict.why] == []
    assert [words for words in case.get("why_not", []) if words in verdict.why] == []
    chinese, _, english = verdict.why.partition(" / ")
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese)
    assert english


STEPS = st.sampled_from([Decimal(1).scaleb(power) for power in range(-3, 6)])
VALUES = st.fractions(min_value=0, max_value=10**7, max_denominator=9973)


def rendered(value: Fraction, step: Decimal) -> Decimal:
    """Half-up on the grid of `step`, found by trying both neighbours, not by the product's formula."""
    lower = int(value / Fraction(step))
    below, above = lower * Fraction(step), (lower + 1) * Fraction(step)
    return (lower if value - below < above - value else lower + 1) * step


@given(VALUES, STEPS)
def test_what_is_rendered_half_up_is_confirmed(value: Fraction, step: Decimal) -> None:
    shown = rendered(value, step)
    assume(shown != 0)  # 0 stands for none, and only none is none
    verdict = judge(claim(low=shown, high=shown, step=step), figure({"value": value}))
    assert (verdict.verdict, verdict.findings) == ("confirmed", ())


@given(VALUES, STEPS, st.fractions(min_value=0, max_value=5), st.booleans())
def test_what_lies_past_the_edge_is_contradicted(
    value: Fraction, step: Decimal, beyond: Fraction, upwards: bool
) -> None:
    shown = rendered(value, step)
    assume(shown != 0)
    width = Fraction(step)
    # Upwards cutting off still fits up to a whole step; downwards everything below the half does not.
    away = width * (1 + beyond) if upwards else -width * (Fraction(1, 2) + beyond)
    moved = Fraction(shown) + away
    assume(upwards or beyond > 0)
    assume(moved >= 0)
    assert judge(claim(low=shown, high=shown, step=step), figure({"value": moved})).verdict == "contradicted"


@given(VALUES, STEPS)
def test_between_half_and_whole_step_it_is_cut_off(value: Fraction, step: Decimal) -> None:
    below = int(value / Fraction(step)) * step
    assume(below != 0)
    verdict = judge(claim(low=below, high=below, step=step), figure({"value": value}))
    past_half = value - Fraction(below) >= Fraction(step) / 2
    assert verdict.verdict == "confirmed"
    assert verdict.findings == (("truncated",) if past_half else ())


BOUNDS = st.sampled_from(["exact", "about", "above", "odd", "at_least", "below", "at_most", "range"])
KINDS = st.sampled_from(["level", "change", "rank", "multiple"])
MODALITIES = st.sampled_from(["achieved", "expected", "planned"])
ENDS = st.one_of(st.none(), st.decimals(min_value=-1000, max_value=1000, places=2))


UNITS = st.sampled_from(["%", "家", "百分点", "位", "倍"])


@given(ENDS, ENDS, STEPS, BOUNDS, KINDS, UNITS, MODALITIES)
def test_nothing_is_confirmed_by_an_undecided_figure(
    low: Decimal | None, high: Decimal | None, step: Decimal, bound: str, kind: str, unit: str, modality: str
) -> None:
    empty = figure({"value": None, "unit": "%", "numerator": 0, "denominator": 0})
    ends = {"low": low, "high": high, "step": step, "bound": bound}
    said = claim(**ends, kind=kind, unit=unit, modality=modality, basis="yoy")
    assert judge(said, empty).verdict == "undecided"


@given(ENDS, ENDS, STEPS, BOUNDS, KINDS, UNITS, MODALITIES, VALUES)
def test_any_claim_gets_a_verdict_with_a_reason(
    low: Decimal | None,
    high: Decimal | None,
    step: Decimal,
    bound: str,
    kind: str,
    unit: str,
    modality: str,
    value: Fraction,
) -> None:
    known = {"value": value, "unit": "%", "difference": value - 50, "growth": value / 7, "rank": 2}
    ends = {"low": low, "high": high, "step": step, "bound": bound}
    verdict = judge(claim(**ends, kind=kind, unit=unit, modality=modality), figure(known))
    assert verdict.verdict in ("confirmed", "contradicted", "undecided")
    assert " / " in verdict.why
    assert verdict.verdict == "undecided" or (verdict.compared is not None and modality == "achieved")


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_all_means_all(denominator: int, missing: int) -> None:
    assume(missing <= denominator)
    numerator = denominator - missing
    value = Fraction(100 * numerator, denominator)
    rate = figure({"value": value, "unit": "%", "numerator": numerator, "denominator": denominator})
    verdict = judge(claim(low=100, high=100, unit="%"), rate)
    assert verdict.verdict == ("contradicted" if missing else "confirmed")


def test_the_year_before_may_be_handed_in() -> None:
    said = claim(kind="change", low=25, high=25, unit="%", basis="yoy")
    assert judge(said, figure("125")).verdict == "undecided"
    verdict = judge(said, figure("125"), previous=figure("100"))
    assert (verdict.verdict, verdict.compared) == ("confirmed", 25)


def test_why_shows_the_arithmetic() -> None:
    rate = figure({"value": "92.95", "unit": "%", "numerator": "1859", "denominator": "2000"})
    why = judge(claim(low="92.95", high="92.95", step="0.01", unit="%"), rate).why
    assert "1859/2000 = 92.95%" in why


def test_why_says_what_is_incomplete_or_taken_over() -> None:
    told = replace(figure({"value": "65", "reported": 3, "expected": 5}), origin="reported")
    why = judge(claim(low=65, high=65), told).why
    assert "应报 5 实报 3" in why and "转录" in why


def test_both_changes_of_a_rate_are_shown() -> None:
    rate = figure({"value": "52", "unit": "%", "difference": "2", "growth": "4"})
    why = judge(claim(kind="change", low=3, high=3, unit="%", basis="yoy"), rate).why
    assert "2 个百分点" in why and "4%" in why
