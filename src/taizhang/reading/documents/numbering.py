"""The numerals that Word puts before paragraphs itself, and that stand nowhere in their text.

A paragraph names a list and a level, itself or through its style; the list's definition says how each level
counts (ISO/IEC 29500-1, 17.9). Reports are full of headings such as 一、 and (一) made this way.
"""

from __future__ import annotations

import re
from collections import defaultdict

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = "〇一二三四五六七八九"
_CHINESE_FORMATS = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "ideographDigital",
        "taiwaneseCounting",
        "japaneseCounting",
        "taiwaneseCountingThousand",
        "japaneseDigitalTen2",
        "chineseLegalSimplified",
        "ideographLegalTraditional",
    }
)


def chinese_numeral(number: int) -> str:
    """1 → 一, 12 → 十二, 21 → 二十一; from 100 on digit by digit."""
    if number >= 100:
        return "".join(_CHINESE[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else _CHINESE[tens] + "十"
    return lead + (_CHINESE[ones] if ones else "")


def _value(parent: etree._Element | None, *way: str) -> str | None:
    node = parent
    for name in way:
        node = node.find(W + name) if node is not None else None
    return node.get(f"{W}val") if node is not None else None


def _written(number: int, form: str) -> str | None:
    """A number in one of Word's forms; None for a form that is no numeral (a bullet)."""
    if form in _CHINESE_FORMATS:
        return chinese_numeral(number)
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (number - 1) % 26)
        return letter if form == "upperLetter" else letter.lower()
    return None if form in ("bullet", "none") else str(number)


class Numbering:
    """Counts the lists of one document as its paragraphs pass by."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        abstract: dict[str, etree._Element] = {}
        self.lists: dict[str, tuple[str, dict[int, etree._Element]]] = {}
        if numbering is not None:
            for one in numbering.iter(f"{W}abstractNum"):
                abstract[one.get(f"{W}abstractNumId", "")] = one
            for one in numbering.iter(f"{W}num"):
                key = _value(one, "abstractNumId") or ""
                levels = abstract[key].iter(f"{W}lvl") if key in abstract else ()
                numbered = ((level.get(f"{W}ilvl", "0"), level) for level in levels)
                by_level = {int(number): level for number, level in numbered if number.isdecimal()}
                self.lists[one.get(f"{W}numId", "")] = (key, by_level)
        found = styles.iter(f"{W}style") if styles is not None else ()
        self.styles = {style.get(f"{W}styleId", ""): style for style in found}
        self.counted: dict[str, dict[int, int]] = defaultdict(dict)

    def _place(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """The list and level of a paragraph, its own or its style's."""
        node: etree._Element | None = paragraph
        style = _value(paragraph, "pPr", "pStyle")
        for _ in range(12):  # styles may stand on styles; a circle ends here
            key = _value(node, "pPr", "numPr", "numId")
            if key is not None:
                level = _value(node, "pPr", "numPr", "ilvl") or "0"
                return (key, int(level)) if key != "0" and level.isdecimal() else None
            node = self.styles.get(style or "")
            if node is None:
                return None
            style = _value(node, "basedOn")
        return None

    def numeral_of(self, paragraph: etree._Element) -> str:
        """What Word prints before the paragraph, "" for nothing or a bullet. Call it once, in order, for
        each.
        """
        place = self._place(paragraph)
        if place is None or place[0] not in self.lists:
            return ""
        (key, levels), level = self.lists[place[0]], place[1]
        counted = self.counted[key]
        first = _value(levels.get(level), "start") or "1"
        counted[level] = counted[level] + 1 if level in counted else int(first) if first.isdecimal() else 1
        for deeper in [one for one in counted if one > level]:
            del counted[deeper]
        written = _value(levels.get(level), "lvlText") or ""
        form = _value(levels.get(level), "numFmt") or "decimal"
        if form in ("bullet", "none"):
            return ""

        def numeral(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            own = _value(levels.get(at), "numFmt") or "decimal"
            return (
                _written(counted.get(at, 1), own if at == level or form in _CHINESE_FORMATS else form) or ""
            )

        return re.sub(r"%([1-9])", numeral, written)
