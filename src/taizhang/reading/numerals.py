"""The lexer of numbers in a folded text: Arabic, Chinese, mixed; their values and last printed places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SMALL_UNITS = {"十": 10, "百": 100, "千": 1000}
LARGE_UNITS = {"万": 10_000, "亿": 100_000_000}

ARABIC = r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)|\d+)(?:\.\d+)?"
CHINESE = r"[〇零一二两三四五六七八九十百千万亿]+(?:点[〇零一二三四五六七八九]+)?"
NUMERAL = re.compile(
    rf"(?P<arabic>{ARABIC})\s?(?P<odd1>[余多](?=[十百千万亿]))?(?P<scale>[十百千]?[万亿]{{0,2}})(?P<odd2>[余多])?"
    rf"|(?P<chinese>{CHINESE})(?P<odd3>[余多])?(?P<scale3>(?<=[余多])[万亿]{{1,2}})?"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as printed: where, how much, its last place's value, and whether 余 or 多 follows."""

    start: int
    end: int
    value: Decimal
    step: Decimal
    odd: bool
    chinese: bool
    text: str


def chinese_value(text: str) -> Decimal | None:
    """The value of a Chinese numeral, None where the characters do not make one."""
    whole, _, fraction = text.partition("点")
    if not any(char in SMALL_UNITS or char in LARGE_UNITS for char in whole):
        if len(whole) > 1 or whole not in DIGITS:
            return None  # 二三 is "two or three", 一二三 a list, not a number
        total = DIGITS[whole]
    else:
        total = section = digit = 0
        for char in whole:
            if char in DIGITS:
                digit = DIGITS[char]
            elif char in SMALL_UNITS:
                section += (digit or 1) * SMALL_UNITS[char]
                digit = 0
            else:
                section += digit
                if char == "亿":
                    total = (total + (section or (0 if total else 1))) * LARGE_UNITS["亿"]
                else:
                    high, low = divmod(total, LARGE_UNITS["亿"])
                    total = high * LARGE_UNITS["亿"] + (low + (section or 1)) * LARGE_UNITS["万"]
                section = digit = 0
        total += section + digit
    tail = "".join(str(DIGITS[char]) for char in fraction)
    return Decimal(f"{total}.{tail}") if tail else Decimal(total)


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


def _arabic(match: re.Match[str]) -> Numeral:
    digits = match["arabic"].replace(",", "").replace("，", "")
    scale = _scale(match["scale"])
    odd = bool(match["odd1"] or match["odd2"])
    place = _last_place(digits, bool(match["odd1"]) or (odd and not match["scale"]))
    return Numeral(
        match.start(), match.end(), Decimal(digits) * scale, place * scale, odd, False, match.group()
    )


def _chinese(match: re.Match[str]) -> Numeral | None:
    text = match["chinese"]
    value = chinese_value(text)
    if value is None:
        return None
    scale = _scale(match["scale3"] or "")
    odd = bool(match["odd3"])
    last = text[-1]
    step = Decimal(1)
    if "点" in text:
        step = _last_place("." + text.partition("点")[2], False)
    elif last in LARGE_UNITS or (odd and last in SMALL_UNITS):
        step = Decimal(
            _scale(re.findall(r"[十百千]?[万亿]*$", text)[0] if last in LARGE_UNITS and odd else last)
        )
    return Numeral(match.start(), match.end(), value * scale, step * scale, odd, True, match.group())


def match_numeral(text: str, position: int) -> Numeral | None:
    """The numeral that begins at this position of a folded text, or None."""
    match = NUMERAL.match(text, position)
    if match is None:
        return None
    return _arabic(match) if match["arabic"] else _chinese(match)


def numerals(text: str) -> list[Numeral]:
    """Every numeral of a folded text, in order."""
    found = (_arabic(match) if match["arabic"] else _chinese(match) for match in NUMERAL.finditer(text))
    return [numeral for numeral in found if numeral]
