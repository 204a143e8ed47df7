"""One form for each character: what is read is simplified and of half width, however it was printed.

A code point becomes one code point, so a place in the folded text is the same place in the printed one.
Folded are: forms that exist only for their width or for older fonts (Unicode's compatibility mappings:
１ ％ （ ﹐ ⼈), corner quotation marks, traditional characters and old printed forms (traditional.txt, which
says where they come from), ○ in a Chinese numeral (一九八○), and a raised dot between digits (4·3％).
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

_PAIRS = Path(__file__).with_name("traditional.txt")
# Radicals in place of characters, compatibility ideographs, vertical, small and full-width forms.
_COMPATIBLE = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0xFE10, 0xFE6F), (0xFF01, 0xFF64), (0xFFE0, 0xFFE6))
_QUOTES = dict(zip("「」『』", "“”‘’", strict=True))
_ROUND_ZEROS = re.compile(r"(?<=[〇零一二三四五六七八九])[○◯]+")  # elsewhere ○ is a bullet
_RAISED_DOT = re.compile(r"(?<=\d)[·‧・](?=\d)")


def pairs() -> dict[str, str]:
    """Each traditional or old character with the simplified one that it stands for."""
    lines = _PAIRS.read_text("utf-8").splitlines()
    groups = (group for line in lines if not line.startswith("#") for group in line.split())
    return {group[0]: group[1] for group in groups}


def _table() -> dict[int, str]:
    known = pairs() | _QUOTES
    table = {ord(printed): simple for printed, simple in known.items()}
    for first, last in _COMPATIBLE:
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                table[code] = known.get(plain, plain)
    return table


_TABLE = _table()


def fold(text: str) -> str:
    """The text in simplified characters of half width, each at its place. Folding twice changes nothing."""
    folded = text.translate(_TABLE)
    if "○" in folded or "◯" in folded:
        folded = _ROUND_ZEROS.sub(lambda run: "〇" * len(run[0]), folded)
    return _RAISED_DOT.sub(".", folded)
