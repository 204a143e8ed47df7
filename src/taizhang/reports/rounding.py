"""Does a value fit what is printed? All arithmetic is rational and exact."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from taizhang.reading import Claim

Bound = Literal["exact", "about", "above", "odd", "at_least", "below", "at_most", "range"]

ABOUT = Fraction(5, 100)
"""约 allows 5 % of what is printed, or half a step of its last digit where that is more: 约1.2万 is
a rounding already, 约30家 is not."""
FAR = Fraction(110, 100)
"""超过 is far above when the value passes what is printed by more than 10 %."""

NEARLY = ("将近", "接近", "近")


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed number: `low` and `high` as the wording means them (None: open), `step` of its last digit.

    `whole`: 0 and 100 % stand for none and all, and only exact equality fits them.
    """

    low: Fraction | None
    high: Fraction | None
    step: Fraction
    bound: Bound
    nearly: bool = False
    whole: bool = False

    @property
    def anchor(self) -> Fraction:
        """The number as printed: the end of the wording that is closed."""
        ends = (self.high, self.low) if self.bound in ("below", "at_most") else (self.low, self.high)
        closed = next((end for end in ends if end is not None), None)
        if closed is None:
            raise ValueError("a claim without low and high asserts nothing")
        return closed


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a value fits; `rule` in Chinese and English; findings: truncated, far-above."""

    fits: bool
    rule: tuple[str, str]
    findings: tuple[str, ...] = ()


def printed(claim: Claim, sign: int = 1, whole: bool = False) -> Printed:
    """What a claim prints, as fractions; `sign` -1 turns a fall into the magnitude that is printed."""
    ends = [None if end is None else sign * Fraction(end) for end in (claim.low, claim.high)]
    low, high = ends if sign > 0 else ends[::-1]
    bound: Bound = "about" if claim.bound == "exact" and claim.approx else claim.bound
    if bound == "exact" and low is not None and high is not None and low != high:
        bound = "range"
    nearly = any(word in claim.surface for word in NEARLY)
    return Printed(low, high, abs(Fraction(claim.step)), bound, nearly, whole)


def half_up(value: Fraction, step: Fraction) -> Fraction:
    """`value` rounded to a multiple of `step`, halves away from zero (GB/T 8170 leaves the choice; reports
    round so). A step of 0 asks for the value itself."""
    if step == 0:
        return value
    size = (abs(value) / step + Fraction(1, 2)) // 1 * step
    return size if value >= 0 else -size


def cut_off(value: Fraction, step: Fraction) -> Fraction:
    """`value` with everything below `step` dropped, towards zero."""
    if step == 0:
        return value
    size = abs(value) / step // 1 * step
    return size if value >= 0 else -size


def fit(value: Fraction, claim: Printed) -> Fit:
    """Compare a value, in the claim's unit, with what is printed, by the bound."""
    match claim.bound:
        case "exact":
            return _exact(value, claim)
        case "about":
            return _about(value, claim)
        case "odd":
            end = claim.anchor + claim.step
            span = f"[{number(claim.anchor)}, {number(end)})"
            return Fit(claim.anchor <= value < end, (f"“余、多”指 {span}", f"“odd” means {span}"))
        case "above":
            fits = value > claim.anchor
            far = fits and value > claim.anchor * FAR
            rule = (f"须大于 {number(claim.anchor)}", f"must be above {number(claim.anchor)}")
            return Fit(fits, rule, ("far-above",) if far else ())
        case "at_least":
            rule = (f"须不小于 {number(claim.anchor)}", f"must be at least {number(claim.anchor)}")
            return Fit(value >= claim.anchor, rule)
        case "below":
            rule = (f"须小于 {number(claim.anchor)}", f"must be below {number(claim.anchor)}")
            return Fit(value < claim.anchor, rule)
        case "at_most":
            rule = (f"须不大于 {number(claim.anchor)}", f"must be at most {number(claim.anchor)}")
            return Fit(value <= claim.anchor, rule)
        case "range":
            return _range(value, claim)


def _exact(value: Fraction, claim: Printed) -> Fit:
    wanted = claim.anchor
    if claim.whole:
        rule = (f"{number(wanted)} 须完全相等,不作舍入", f"{number(wanted)} must be met exactly")
        return Fit(value == wanted, rule)
    if value == wanted:
        return Fit(True, (f"恰为 {number(wanted)}", f"it is exactly {number(wanted)}"))
    near, cut = half_up(value, claim.step), cut_off(value, claim.step)
    if near == wanted:
        words = f"按 {number(claim.step)} 四舍五入得 {number(near)}"
        return Fit(True, (words, f"rounds to {number(near)} at {number(claim.step)}"))
    if cut == wanted:
        words = f"四舍五入应为 {number(near)},舍去尾数得 {number(cut)}"
        return Fit(True, (words, f"rounds to {number(near)}; cut off it is {number(cut)}"), ("truncated",))
    words = f"按 {number(claim.step)} 四舍五入得 {number(near)},不是 {number(wanted)}"
    return Fit(False, (words, f"rounds to {number(near)} at {number(claim.step)}, not {number(wanted)}"))


def _about(value: Fraction, claim: Printed) -> Fit:
    low, high = claim.low, claim.high
    if low is None or high is None or low == high:
        room = max(claim.step / 2, ABOUT * abs(claim.anchor))
        low, high = claim.anchor - room, claim.anchor + (0 if claim.nearly else room)
    word = ("近", "nearly") if claim.nearly else ("约", "about")
    span = f"[{number(low)}, {number(high)}]"
    return Fit(low <= value <= high, (f"“{word[0]}”容许 {span}", f"“{word[1]}” allows {span}"))


def _range(value: Fraction, claim: Printed) -> Fit:
    near = half_up(value, claim.step)
    fits = (claim.low is None or claim.low <= near) and (claim.high is None or near <= claim.high)
    ends = [("…" if end is None else number(end)) for end in (claim.low, claim.high)]
    words = f"四舍五入得 {number(near)},范围 {ends[0]} 至 {ends[1]}"
    return Fit(fits, (words, f"rounds to {number(near)}; the range is {ends[0]} to {ends[1]}"))


def number(value: Fraction | Decimal | int) -> str:
    """A number for people: exact where it ends within eight decimals, else eight of them and an ellipsis."""
    exact = Fraction(value)
    sign, size = ("-" if exact < 0 else ""), abs(exact)
    whole, rest = divmod(size.numerator * 10**8 // size.denominator, 10**8)
    decimals = f"{rest:08d}".rstrip("0")
    text = f"{whole}.{decimals}" if decimals else str(whole)
    complete = Fraction(whole * 10**8 + rest, 10**8) == size
    return f"{sign}{text}" + ("" if complete else "…")
