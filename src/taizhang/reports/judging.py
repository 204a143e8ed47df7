"""A claim against the figure it is bound to: the verdict, its findings, and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from taizhang.figures import Figure
from taizhang.reading import Claim
from taizhang.reports.rounding import Fit, Printed, fit, number, printed
from taizhang.reports.units import POINTS, is_ratio, scale
from taizhang.reports.words import clauses_with

Outcome = Literal["confirmed", "contradicted", "undecided", "no-indicator"]

FALLING = ("下降", "减少", "降低", "回落", "收窄", "压减", "缩减", "下滑", "减")
OTHER_BASES = re.compile(r"环比|年均|累计|[两二三四五六七八九十\d]年[来间]?(?!度)|以来|^[较比]")
SEVERAL_YEARS = re.compile(r"连续[两二三四五六七八九十\d]+(?:个?年|届|次)")
YEAR_BEFORE = ("上年", "去年", "同期")
RISING = ("上升", "增长", "增加", "提高", "提升", "扩大", "增")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of checking one claim.

    `compared` is the very number that was held against the claim: the level, the change, the rank or the
    multiple, in the claim's unit; None where nothing could be compared.
    """

    verdict: Outcome
    why: str
    findings: tuple[str, ...] = ()
    compared: Fraction | None = None


def undecided(chinese: str, english: str, compared: Fraction | None = None) -> Verdict:
    """What cannot be decided is never a pass: the verdict says why not."""
    return Verdict("undecided", f"{chinese} / {english}", (), compared)


def counted(verdicts: Iterable[str | None]) -> dict[str, int]:
    """How many there are of each verdict, the good ones first; those that occur only."""
    found = Counter(verdicts)
    return {outcome: found[outcome] for outcome in get_args(Outcome) if found[outcome]}


def judge(claim: Claim, figure: Figure, previous: Figure | None = None) -> Verdict:
    """Hold `figure` against `claim` by the rules of docs/explanation/checking.md.

    `previous` is the same indicator's figure a year before, for changes whose `figure` carries none.
    """
    if claim.low is None and claim.high is None:
        return undecided("原文没有可比的数", "the wording gives no number to compare with")
    if claim.modality != "achieved":
        words = {"planned": ("计划数", "a plan"), "expected": ("预计数", "a forecast")}[claim.modality]
        now = "" if figure.value is None else f",目前记录为 {number(figure.value)}{figure.unit}"
        return undecided(f"这是{words[0]},不是已发生的事实{now}", f"this is {words[1]}, not yet a fact")
    verdict = _by_kind(claim, figure, previous)
    if verdict.verdict == "confirmed" and SEVERAL_YEARS.search(_near(claim)):
        words = ("只核对了本期,“连续”几年尚未核对", "only this period was checked, not the years before")
        return undecided(f"{verdict.why.partition(' / ')[0]};{words[0]}", words[1], verdict.compared)
    return verdict


def _by_kind(claim: Claim, figure: Figure, previous: Figure | None) -> Verdict:
    match claim.kind:
        case "level":
            return _level(claim, figure)
        case "change":
            return _change(claim, figure, previous)
        case "rank":
            return _rank(claim, figure)
        case "multiple":
            return _multiple(claim, figure, previous)


def _near(claim: Claim) -> str:
    """The words around the claim: its clause, or what it prints."""
    return clauses_with(claim.sentence, claim.surface) or claim.surface


def _counts(figure: Figure, unit: str) -> str:
    """The figure's arithmetic in words: numerator over denominator, or the value."""
    value = "—" if figure.value is None else f"{number(figure.value)}{unit}"
    if figure.denominator is None or figure.numerator is None:
        return value
    return f"{number(figure.numerator)}/{number(figure.denominator)} = {value}"


def _said(ok: bool, subject: tuple[str, str], rule: tuple[str, str]) -> str:
    sign = ("相符", "it fits") if ok else ("不符", "it does not fit")
    return f"{subject[0]};{rule[0]},{sign[0]} / {subject[1]}; {rule[1]}: {sign[1]}"


def _verdict(
    result: Fit, compared: Fraction, subject: tuple[str, str], findings: tuple[str, ...] = ()
) -> Verdict:
    outcome: Outcome = "confirmed" if result.fits else "contradicted"
    return Verdict(outcome, _said(result.fits, subject, result.rule), findings + result.findings, compared)


def _level(claim: Claim, figure: Figure) -> Verdict:
    if figure.value is None:
        if figure.denominator is not None and figure.denominator == 0:
            return undecided("分母为 0,比率无从算起", "the base is 0, so there is no rate")
        return undecided("记录中没有可算出此数的内容", "the records give no value")
    factor = scale(figure.unit, claim.unit)
    if factor is None:
        return undecided(
            f"单位不可比:记录为“{figure.unit}”,原文为“{claim.unit}”",
            f"units differ: {figure.unit} in the records, {claim.unit} in the text",
        )
    value = figure.value * factor
    what = printed(claim, whole=_none_or_all(claim))
    counted = _counts(figure, figure.unit)
    notes = _notes(figure)
    subject = (f"记录为 {counted}{notes[0]}", f"the records give {counted}{notes[1]}")
    upper, lower = figure.numerator, figure.denominator
    if what.whole and what.bound == "exact" and upper is not None and lower is not None:
        return _verdict(_all_or_none(upper, lower, what), value, subject)
    return _verdict(fit(value, what), value, subject)


def _none_or_all(claim: Claim) -> bool:
    """0, and 100 % of something, are compared as exact counts, never by rounding."""
    return claim.low is not None and (claim.low == 0 or (claim.low == 100 and claim.unit == "%"))


def _all_or_none(numerator: Fraction, denominator: Fraction, what: Printed) -> Fit:
    n, d = number(numerator), number(denominator)
    if what.anchor == 0:
        none = (f"0 须分子恰为 0,分子为 {n}", f"0 needs a numerator of exactly 0, it is {n}")
        return Fit(numerator == 0, none)
    rule = f"100% 须分子恰等于分母,分子 {n}、分母 {d}"
    return Fit(numerator == denominator, (rule, f"100 % needs numerator {n} to equal denominator {d}"))


def _notes(figure: Figure) -> tuple[str, str]:
    """What a reader should know of the figure besides its value."""
    chinese = english = ""
    if figure.origin == "reported":
        chinese, english = ",系转录的上报数", ", a reported total"
    elif figure.origin == "partly":
        chinese, english = ",部分依据转录的上报数", ", in part from reported totals"
    if figure.expected is not None and figure.reported is not None and figure.reported < figure.expected:
        chinese += f",应报 {figure.expected} 实报 {figure.reported}"
        english += f", {figure.reported} of {figure.expected} units reported"
    return chinese, english


def _direction(claim: Claim) -> int:
    """-1 where a fall is claimed: by the sign, else by the word printed beside the number."""
    ends = [end for end in (claim.low, claim.high) if end is not None]
    if any(end < 0 for end in ends):
        return -1
    return -1 if any(word in claim.surface for word in FALLING) else 1


def _changes(figure: Figure, previous: Figure | None) -> tuple[Fraction | None, Fraction | None]:
    """The change on the year as a difference and as growth in %, each None where undecided."""
    difference, growth = figure.yoy_difference, figure.yoy_growth
    if previous is not None and previous.value is not None and figure.value is not None:
        difference = figure.value - previous.value if difference is None else difference
        if growth is None and previous.value != 0:
            growth = 100 * (figure.value - previous.value) / previous.value
    return difference, growth


def _year_on_year(claim: Claim) -> bool:
    """A change is on the year where the text says so, or says nothing in a figure for a whole year."""
    other = OTHER_BASES.search(_near(claim)) or OTHER_BASES.search(claim.surface)
    return claim.basis == "yoy" or (claim.basis is None and len(claim.period) == 4 and not other)


def _change(claim: Claim, figure: Figure, previous: Figure | None) -> Verdict:
    if not _year_on_year(claim):
        return undecided("所比的基期不是上年同期,无从核对", "the base is not the year before")
    difference, growth = _changes(figure, previous)
    sign = _direction(claim)
    signed = -1 if any(end is not None and end < 0 for end in (claim.low, claim.high)) else 1
    what = printed(claim, sign=signed)
    if is_ratio(figure.unit) and claim.unit == "%":
        return _rate_change(what, sign, difference, growth, scale(figure.unit, "%") or Fraction(1))
    if is_ratio(figure.unit) and claim.unit in POINTS:
        factor = (scale(figure.unit, "%") or Fraction(1)) * POINTS[claim.unit]
        return _one_change(what, sign, difference, factor, ("差", "difference"), claim.unit)
    if claim.unit == "倍":
        return _one_change(what, sign, growth, Fraction(1, 100), ("增幅", "growth"), "倍")
    if claim.unit == "%":
        return _one_change(what, sign, growth, Fraction(1), ("增幅", "growth"), "%")
    unit_factor = scale(figure.unit, claim.unit)
    if unit_factor is None:
        return undecided(f"单位不可比:“{figure.unit}”与“{claim.unit}”", "the units cannot be compared")
    return _one_change(what, sign, difference, unit_factor, ("增减", "change"), claim.unit)


def _one_change(
    what: Printed, sign: int, value: Fraction | None, factor: Fraction, name: tuple[str, str], unit: str
) -> Verdict:
    if value is None:
        return undecided("上年同期没有可比的数", "there is no value of the year before")
    exact = value * factor
    shown = f"{number(exact)}{unit}"
    subject = (f"与上年相比{name[0]}为 {shown}", f"the {name[1]} on the year is {shown}")
    return _verdict(fit(sign * exact, what), exact, subject)


def _rate_change(
    what: Printed, sign: int, difference: Fraction | None, growth: Fraction | None, factor: Fraction
) -> Verdict:
    """A change of a rate printed in %: both readings are computed and shown."""
    if difference is None:
        return undecided("上年同期没有可比的比率", "there is no rate of the year before")
    points = difference * factor
    by_difference = fit(sign * points, what)
    by_growth = fit(sign * growth, what) if growth is not None else None
    shown = "无(上年为 0)" if growth is None else f"{number(growth)}%"
    subject = (
        f"与上年相差 {number(points)} 个百分点,相对增减 {shown}",
        f"{number(points)} percentage points, relatively {'none' if growth is None else shown}",
    )
    if by_difference.fits:
        return _verdict(by_difference, points, subject, ("percentage-points",))
    if by_growth is not None and by_growth.fits and growth is not None:
        return _verdict(by_growth, growth, subject, ("relative-change-of-rate",))
    return _verdict(by_difference, points, subject)


def _rank(claim: Claim, figure: Figure) -> Verdict:
    if figure.rank is None:
        return undecided("缺少同组各方的数,名次排不出", "no values of the peers, so there is no rank")
    of = f"(共 {figure.rank_of})" if figure.rank_of else ""
    if figure.rank_of is not None and figure.rank_of < 2:
        return undecided("同组中只有自己的数,名次没有意义", "no peer has a value, so a rank means nothing")
    subject = (f"按记录名次为第 {figure.rank}{of}", f"by the records the rank is {figure.rank}")
    result = fit(Fraction(figure.rank), printed(claim))
    if not result.fits and claim.bound == "exact":
        result = Fit(False, (f"原文为第 {number(printed(claim).anchor)}", "the text claims another"))
    return _verdict(result, Fraction(figure.rank), subject)


def _multiple(claim: Claim, figure: Figure, previous: Figure | None) -> Verdict:
    added = any(word in claim.surface for word in RISING)
    on_the_year = claim.basis == "yoy" or any(word in _near(claim) for word in YEAR_BEFORE)
    on_the_year = on_the_year or (added and _year_on_year(claim))
    if not on_the_year:
        return undecided("没有说明是谁的几倍", "the text does not say of what it is a multiple")
    _, growth = _changes(figure, previous)
    if growth is None:
        return undecided("上年同期没有可比的数", "there is no value of the year before")
    value = growth / 100 if added else 1 + growth / 100
    words = ("比上年增长", "it grew by") if added else ("为上年的", "it is")
    subject = (f"{words[0]} {number(value)} 倍", f"{words[1]} {number(value)} times the year before")
    return _verdict(fit(value, printed(claim)), value, subject)
