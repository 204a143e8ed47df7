"""Numbers as reports write them: Chinese, mixed, full-width, with separators, in both scripts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

DIGITS = "零一二三四五六七八九"
WIDE = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")
TRADITIONAL = str.maketrans("万亿两", "萬億兩")
SCALES = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))


def chinese(number: int) -> str:
    """A number under 10^16 in Chinese numerals: 120300 is 十二万零三百."""
    for scale, name in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")):
        if number >= scale:
            head, rest = divmod(number, scale)
            if not rest:
                return chinese(head) + name
            return chinese(head) + name + ("零" if rest < scale // 10 else "") + chinese(rest)
    out, zero = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            out += ("零" if zero and out else "") + DIGITS[digit] + name
            zero = False
        else:
            zero = True
    return out.removeprefix("一") if out.startswith("一十") else out


def spoken(number: Decimal) -> str:
    """A decimal in Chinese numerals: 11.8 is 十一点八."""
    whole, _, after = format(number, "f").partition(".")
    return (chinese(int(whole)) or "零") + (
        "点" + "".join(DIGITS[int(one)] for one in after) if after else ""
    )


def scaled(number: int) -> Iterator[str]:
    """Mixed writing with at most four decimals: 62000 is 6.2万."""
    for scale, name in SCALES:
        value = Decimal(number) / scale
        if value >= Decimal("0.1") and -value.normalize().as_tuple().exponent <= 4:
            yield f"{value.normalize():f}{name}"


def ways(number: int) -> Iterator[str]:
    """Every way in which a report may write a whole number of at least 11."""
    plain = str(number)
    yield plain
    yield plain.translate(WIDE)
    yield f"{number:,}"
    yield f"{number:,}".replace(",", "，")
    yield f"{number:,}".translate(WIDE)
    yield chinese(number)
    yield chinese(number).translate(TRADITIONAL)
    if chinese(number).startswith("二千"):
        yield "两" + chinese(number)[1:]
    for mixed in scaled(number):
        yield mixed
        yield mixed.translate(WIDE)
        yield mixed.translate(TRADITIONAL)
