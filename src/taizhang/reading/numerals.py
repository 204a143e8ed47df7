"""The lexer of numbers: Arabic, spaced, Chinese, mixed; each with its value and last printed place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"廿": "二十", "卅": "三十"}
SMALL_UNITS = {"十": 10, "百": 100, "千": 1000}
LARGE_UNITS = {"万": 10_000, "亿": 100_000_000}
FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
LONGEST = 24  # no figure has more characters: what is longer is an identifier

_DIGIT = "〇零一二两三四五六七八九"
# 千 before these is part of a measure (千瓦), 百 before 分之 and 分点 too.
_KILO = "瓦克卡伏赫"
_CHAR = rf"(?:[{_DIGIT}十万亿廿卅]|百(?!分[之点])|千(?![{_KILO}])(?!(?<=[万亿多余]千)米))"
_SCALE = rf"(?:[十百千][万亿]{{1,2}}|[万亿]{{1,2}}|(?:[十百]|千(?![{_KILO}米]))(?!分[之点]))"
NUMERAL = re.compile(
    rf"(?P<arabic>(?:\d{{1,3}}(?:[,，]\d{{3}}){{1,8}}(?!\d)|\d{{1,3}}(?: \d{{3}}){{1,8}}(?!\d)"
    rf"|\d(?: \d(?!\d)){{1,26}}|\d{{1,26}})(?:\.\d{{1,26}}| \. ?\d(?: \d(?!\d)){{0,9}})?)"
    rf"(?: ?(?P<odd1>[余多几](?=[十百千万亿]))?(?P<scale>{_SCALE}))?(?: ?(?P<odd2>[余多](?!元化|年|边"
    rf"|种形))(?P<scale2>[万亿])?)?"
    rf"|(?P<vague>[几数])?(?P<chinese>{_CHAR}{{1,26}}(?:点[{_DIGIT}]{{1,26}}(?:[十百千]?[万亿]+)?)?)"
    r"(?P<odd3>[余几]|多(?!元|样|边|年|党|民|渠|层|方|形)|多(?=元[，,。；;、])|来(?=[个人岁万亩家户]))?"
    r"(?P<scale3>(?<=[余多几])(?:[十百千]?[万亿]{1,2})|(?<=几)十)?"
    rf"|(?P<formal>[壹贰叁肆伍陆柒捌玖][拾佰仟万亿零壹贰叁肆伍陆柒捌玖]{{1,26}})"
)
_PAIR = re.compile(r"([一二两三四五六七八])、?([二两三四五六七八九])(?![〇零一二三四五六七八九])")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as printed: where, how much, its last place's value, and whether 余 or 多 follows.

    `low` and `high` differ where two neighbouring digits say "or" (七八百) and where 几 or 数 leads.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    step: Decimal
    odd: bool
    chinese: bool
    text: str

    @property
    def scaled(self) -> bool:
        """Whether it is printed with a magnitude (万, 亿)."""
        return self.text.rstrip("余多几来")[-1:] in "万亿"


def chinese_value(text: str) -> Decimal | None:
    """The value of a Chinese numeral, None where the characters do not make one."""
    if len(text) > LONGEST:
        return None
    for char, tens in TENS.items():
        text = text.replace(char, tens)
    whole, _, fraction = text.partition("点")
    scale = 1
    if fraction:
        printed = fraction.rstrip("十百千万亿")
        scale, fraction = _scale(fraction[len(printed) :]), printed
    if not any(char in SMALL_UNITS or char in LARGE_UNITS for char in whole):
        if len(whole) != 1 or whole not in DIGITS:
            return None  # 二三 is "two or three", 一二三 a list, not a number
        total = DIGITS[whole]
    else:
        total = _whole(whole)
    tail = "".join(str(DIGITS[char]) for char in fraction)
    return Decimal(f"{total}.{tail}") * scale if tail else Decimal(total * scale)


def _whole(text: str) -> int:
    total = section = digit = 0
    last = 1
    for char in text:
        if char in DIGITS:
            digit, last = DIGITS[char], last if DIGITS[char] else 1
        elif char in SMALL_UNITS:
            section += (digit or 1) * SMALL_UNITS[char]
            digit, last = 0, SMALL_UNITS[char]
        else:
            section += digit
            if char == "亿" and total >= LARGE_UNITS["亿"]:
                total += section * LARGE_UNITS["亿"]  # 七十一万亿四千三百亿
            elif char == "亿":
                total = (total + (section or (0 if total else 1))) * LARGE_UNITS["亿"]
            else:
                high, low = divmod(total, LARGE_UNITS["亿"])
                total = high * LARGE_UNITS["亿"] + (low + (section or 1)) * LARGE_UNITS["万"]
            section, digit, last = 0, 0, LARGE_UNITS[char]
    if digit and last >= 100 and len(text) > 1 and text[-2] not in "零〇":
        return total + section + digit * last // 10  # 两万三 is 23,000
    return total + section + digit


def _scale(text: str) -> int:
    product = 1
    for char in text:
        product *= SMALL_UNITS.get(char) or LARGE_UNITS[char]
    return product


def _last_place(digits: str, odd: bool) -> Decimal:
    """70余 leaves the tens open, 75 and 70 do not."""
    if "." in digits:
        return Decimal(1).scaleb(-len(digits.partition(".")[2]))
    zeros = len(digits) - len(digits.rstrip("0")) if odd else 0
    return Decimal(10**zeros)


def _arabic(match: re.Match[str]) -> Numeral | None:
    digits = match["arabic"].replace(",", "").replace("，", "").replace(" ", "")
    if len(digits) > LONGEST:
        return None
    scale = _scale((match["scale"] or "") + (match["scale2"] or ""))
    odd = bool(match["odd1"] or match["odd2"])
    place = _last_place(digits, bool(match["odd1"]) or (odd and not match["scale"]))
    value = Decimal(digits) * scale
    return Numeral(match.start(), match.end(), value, value, place * scale, odd, False, match.group())


def _chinese(match: re.Match[str]) -> Numeral | None:
    text = match["chinese"]
    more = match["scale3"] or ""
    scale = _scale(more)
    odd = bool(match["odd3"])
    last = text[-1]
    step = Decimal(1)
    if "点" in text:
        fraction = text.partition("点")[2]
        printed = fraction.rstrip("十百千万亿")
        step = _last_place("." + printed, False) * _scale(fraction[len(printed) :])
    elif last in LARGE_UNITS or (odd and last in SMALL_UNITS):
        size = text[len(text.rstrip("十百千万亿")) :] if last in LARGE_UNITS and odd else last
        step = Decimal(_scale(size))
    if more[:1] == "十" and last != "十":
        more = "一" + more  # 一百几十: more than 110
    low = high = chinese_value(text + more)  # 五亿七千多万 is 570,000,000 and more
    if match["vague"]:
        if text[0] not in "十百千万亿" or low is None:
            return None
        return Numeral(
            match.start(), match.end(), low * 2, low * 10, low, odd, True, match.group()
        )  # 几十, 数百
    pair = _PAIR.search(text.partition("点")[0]) if len(text) <= LONGEST else None
    if pair and _neighbours(*pair.groups()):
        low = chinese_value(text[: pair.start(2)].rstrip("、") + text[pair.end(2) :] + more)
        high = chinese_value(text[: pair.start(1)] + text[pair.start(2) :] + more)
    if low is None or high is None or low > high:
        return None
    return Numeral(match.start(), match.end(), low, high, step * scale, odd, True, match.group())


def _neighbours(first: str, second: str) -> bool:
    return DIGITS[second] - DIGITS[first] == 1


def _formal(match: re.Match[str]) -> Numeral | None:
    value = chinese_value(match["formal"].translate(FORMAL))
    if value is None:
        return None
    return Numeral(match.start(), match.end(), value, value, Decimal(1), False, False, match.group())


_APART = re.compile(r"(?P<first>[一二两三四五六七八])、(?=(?P<second>[二三四五六七八九]))")


def match_numeral(text: str, position: int) -> Numeral | None:
    """The numeral that begins at this position of a narrowed text, or None."""
    if (apart := _APART.match(text, position)) and _neighbours(apart["first"], apart["second"]):
        return _two_or_three(text, apart)
    match = NUMERAL.match(text, position)
    if match is None:
        return None
    if match["arabic"]:
        first = _arabic(match)
        return first and _chained(text, first)
    return _chinese(match) if match["chinese"] else _formal(match)


def _chained(text: str, first: Numeral) -> Numeral:
    """3亿2000万, 12万5千: smaller magnitudes that follow at once are of the same number."""
    whole = first
    while not whole.odd and whole.text[-1] in "万亿千":
        match = NUMERAL.match(text, whole.end)
        more = _arabic(match) if match and match["arabic"] else None
        if more is None or more.high >= LARGE_UNITS.get(whole.text[-1], 1000) or " " in more.text:
            break
        low = whole.low + more.low
        printed = text[first.start : more.end]
        whole = Numeral(first.start, more.end, low, low, more.step, more.odd, False, printed)
        if len(printed) > LONGEST:
            break
    return whole


def skip_numeral(text: str, position: int) -> int:
    """Where the run of numeral characters that begins here ends: what is no figure is not looked at again."""
    run = _RUN.match(text, position)
    return run.end() if run else position + 1


_RUN = re.compile(r"\d(?: ?\d)*|[〇零一二两三四五六七八九十百千万亿廿卅]+")


def _two_or_three(text: str, apart: re.Match[str]) -> Numeral | None:
    """二、三百: two neighbouring digits that share what follows."""
    second = match_numeral(text, apart.end())
    if second is None or not second.chinese or second.low != second.high:
        return None
    low = chinese_value(apart["first"] + second.text.rstrip("余多几来")[1:])
    if low is None or low > second.high:
        return None
    whole = text[apart.start() : second.end]
    return Numeral(apart.start(), second.end, low, second.high, second.step, second.odd, True, whole)
