"""The words of indicators and of texts: which are rare, and how much of one stands in another.

No dictionary of the district's nouns: its own names and aliases are the vocabulary, and how rare a pair of
characters is, is counted over the programmes and the sentences of the text at hand.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

GENERAL = frozenset(
    line
    for line in files(__package__).joinpath("general_words.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
)
"""Words that any line of work may print; alone they say nothing about which one is meant."""
GENERAL_WEIGHT = 0.2
_LONGEST = max(map(len, GENERAL))
_MARKS = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]+")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """`text` without marks, spaces and brackets: 河湖“清四乱” and 河湖清四乱 are the same words."""
    return _MARKS.sub("", text)


@lru_cache(maxsize=8192)
def pairs(text: str) -> frozenset[str]:
    """The neighbouring pairs of characters within each run between marks, and across them for quotes."""
    bare = plain(text)
    return frozenset(bare[i : i + 2] for i in range(len(bare) - 1))


@dataclass(frozen=True, slots=True)
class Token:
    """A general word, or one character of the rest of a phrase with the weight of its rarity."""

    text: str
    start: int
    weight: float
    rare: bool = True  # not a general word


class Vocabulary:
    """How rare each pair of characters is over `documents`: programmes and sentences, each counted once."""

    def __init__(self, documents: Iterable[str]) -> None:
        seen: Counter[str] = Counter()
        total = 0
        for document in documents:
            total += 1
            seen.update(pairs(document))
        self._seen, self._total = seen, max(total, 4)
        self._tokens: dict[str, tuple[Token, ...]] = {}

    def rarity(self, pair: str) -> float:
        """1 for what at most two documents have, falling towards 0.1 for what all have."""
        count = max(self._seen[pair], 2)
        return max(0.1, min(1.0, math.log(self._total / count) / math.log(self._total / 2)))

    def tokens(self, phrase: str) -> tuple[Token, ...]:
        """`phrase` cut into general words (longest first) and single weighted characters."""
        if phrase not in self._tokens:
            self._tokens[phrase] = tuple(self._cut(plain(phrase)))
        return self._tokens[phrase]

    def _cut(self, phrase: str) -> Iterable[Token]:
        start = 0
        for text, rare in split(phrase):
            weight = self._weight(phrase, start) if rare else GENERAL_WEIGHT * len(text)
            yield Token(text, start, weight, rare)
            start += len(text)

    def _weight(self, phrase: str, index: int) -> float:
        around = [phrase[i : i + 2] for i in (index - 1, index) if 0 <= i < len(phrase) - 1]
        return max((self.rarity(pair) for pair in around), default=0.5)

    @staticmethod
    def token_stands(token: Token, phrase: str, text: str) -> bool:
        """Whether a token of `phrase` stands in `text`, a single character with one of its neighbours."""
        return _stands(token, plain(phrase), text)

    def cover(self, phrase: str, text: str) -> Cover:
        """How much of `phrase` stands in `text`, in any order, by pieces of two characters and more."""
        return self.cover_by(phrase, ((text, 1.0),))

    def cover_by(self, phrase: str, zones: tuple[tuple[str, float], ...]) -> Cover:
        """The same over several texts, each with what a find in it is worth; the best counts."""
        tokens, bare = self.tokens(phrase), plain(phrase)
        total = found = rare = 0.0
        for token in tokens:
            worth = max((w for text, w in zones if _stands(token, bare, text)), default=0.0)
            total += token.weight
            found += worth * token.weight
            if token.rare:
                rare += worth * token.weight
        return Cover(found / total if total else 0.0, rare)


@dataclass(frozen=True, slots=True)
class Cover:
    """`share` of a phrase's weight that was found; `rare`: the weight found in words that are not general."""

    share: float
    rare: float


def split(phrase: str) -> Iterator[tuple[str, bool]]:
    """`phrase` without marks, cut into general words (longest first; False) and other characters (True)."""
    bare, index = plain(phrase), 0
    while index < len(bare):
        word = _general_at(bare, index)
        yield (word, False) if word else (bare[index], True)
        index += len(word) or 1


def _general_at(phrase: str, index: int) -> str:
    for length in range(min(_LONGEST, len(phrase) - index), 0, -1):
        word = phrase[index : index + length]
        if word in GENERAL:
            return word
    return ""


def _stands(token: Token, phrase: str, text: str) -> bool:
    if len(token.text) > 1:
        return token.text in plain(text)
    found = pairs(text)
    around = [phrase[i : i + 2] for i in (token.start - 1, token.start) if 0 <= i < len(phrase) - 1]
    return any(pair in found for pair in around) if around else token.text in plain(text)


_CLAUSE = re.compile(r"[,;!?\uff0c\uff1b\u3002\uff01\uff1f\n]")


def clauses_with(sentence: str, surface: str) -> str:
    """The clauses of a sentence in which the claim's words stand; "" when they stand in none."""
    return "\n".join(part for part in _CLAUSE.split(sentence) if surface and surface in part)


def clause_before(sentence: str, surface: str) -> str:
    """The nearest clause before the claim's that says more than general words, or ""."""
    clauses = _CLAUSE.split(sentence)
    place = next((i for i, clause in enumerate(clauses) if surface and surface in clause), 0)
    return next((c for c in reversed(clauses[:place]) if any(rare for _, rare in split(c))), "")
