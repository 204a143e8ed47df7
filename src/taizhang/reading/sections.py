"""Paragraphs → the tree of sections: 第一部分, 一、, (一), 1., (1), ①, and headings without a numeral.

Which kind of numeral stands above which is not fixed (reports with (一) above 一、 exist): a kind stands
above another when that one begins anew between its own numerals; only where the text does not show it, custom
decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cmp_to_key

from taizhang.reading.periods import years_of_heading
from taizhang.reading.structure import Range, Section
from taizhang.reading.vocabulary import ABROAD_HEADING, DO_HEADING, PLAN_HEADING, REVIEW_HEADING

_N = "[一二三四五六七八九十]{1,3}"
# In the order of custom, from the outermost in.
_NUMERAL = re.compile(
    rf"[\s\u3000]*(?:第(?P<part>{_N}|\d{{1,2}})(?:部分|[编篇])|第(?P<chapter>{_N}|\d{{1,2}})章|第(?P<under>{_N}|\d{{1,2}})节"
    rf"|(?P<plain>{_N})(?:[、．.]|[\s\u3000]*$)|[(（](?P<bracketed>{_N})[)）]|第(?P<ordinal>{_N})[、，,]"
    r"|(?P<arabic>\d{1,2})[.．、](?!\d)|[(（](?P<small>\d{1,2})[)）]|(?P<circled>[①-⑳]))[\s\u3000]*"
)
_KINDS = ("part", "chapter", "under", "plain", "bracketed", "ordinal", "arabic", "small", "circled")
_LISTING = frozenset({"arabic", "small", "circled"})  # they number headings, and sentences of a list
_END = re.compile(r"[。！？!?；;]")
_UNNAMED_END = re.compile(r"[。！？!?；;：:，,、—…]\s*$")
_NOT_FIGURES = re.compile(r"[（(]?\d{4}\s*[年\-—~至]*(?:度|\d{4}年)?|“[^”]{0,20}”|《[^》]{0,30}》")
_LONGEST, _LONGEST_UNNUMBERED, _LONGEST_RUN_IN, _LONGEST_LISTED = 60, 26, 30, 12
_AHEAD = re.compile(
    r"(?:\d{4}年|今年|明年|下一?年|今后|未来|下一?步|下一?阶段).{0,20}(?:安排|打算|目标|任务|建议|部署|计划|思路|展望|重点|意见|措施|草案)"
)
_CARRIED_OUT = re.compile("回顾|执行情况|完成情况|(?:期间|时期).*情况|基本总结")


@dataclass(frozen=True, slots=True)
class Heading:
    """A paragraph that begins a section. `end` is where its words end: the paragraph's end, or that of its
    first words where text follows on the same line; `alone`: it is a heading only, no sentence."""

    kind: str
    numeral: str
    title: str
    start: int
    words: int
    end: int
    alone: bool


def number_of(numeral: str) -> int:
    """The number that a heading's numeral says: 一, 十二, 3, ３, ④."""
    if numeral.isdecimal():
        return int(numeral)
    if "①" <= numeral <= "⑳":
        return ord(numeral) - 0x245F
    tens, ten, ones = numeral.partition("十")
    digit = "〇一二三四五六七八九".find
    return (digit(tens) if tens else 1) * 10 + (digit(ones) if ones else 0) if ten else digit(numeral[-1])


def past_list_numeral(text: str, start: int, end: int) -> int:
    """Where the words of a list's item begin, behind its numeral; `start` where it has none."""
    match = _NUMERAL.match(text, start, end)
    return match.end() if match is not None and match.lastgroup in _LISTING else start


def headings_of(text: str, paragraphs: Sequence[Range]) -> dict[int, Heading]:
    """The headings by the index of their paragraph."""
    found: dict[int, Heading] = {}
    prose_begun = False
    for index, (start, end) in enumerate(paragraphs):
        if end - start > 400 and not _NUMERAL.match(text, start, start + 12):
            prose_begun = True
            continue
        paragraph = text[start:end]
        if made := _numbered(paragraph, start) or (
            prose_begun and _unnumbered(text, paragraphs, index, paragraph)
        ):
            found[index] = made
        prose_begun = prose_begun or "。" in paragraph
    return found


def _numbered(paragraph: str, start: int) -> Heading | None:
    match = _NUMERAL.match(paragraph)
    if match is None or match.lastgroup is None:
        return None
    kind, numeral = match.lastgroup, match[match.lastgroup]
    rest = paragraph[match.end() :].rstrip()
    stop = _END.search(rest)
    title = rest[: stop.start()] if stop else rest
    whole = stop is None
    longest = _LONGEST if whole else _LONGEST_RUN_IN
    figures = re.search(r"\d|百分之", _NOT_FIGURES.sub("", title)) is not None
    if kind in _LISTING and (figures or not (whole or len(title) <= _LONGEST_LISTED < len(rest) - 1)):
        return None  # one of a list of sentences
    if len(title) > longest or (whole and _UNNAMED_END.search(title)):
        # A numbered paragraph opens a part of the text, but nothing of it is a heading.
        return (
            None
            if kind in _LISTING
            else Heading(kind, numeral, "", start, start + match.end(), start + match.end(), False)
        )
    alone = not figures and (whole or ("，" not in title and "," not in title))
    end = match.end() + len(title) if alone else match.end()
    return Heading(kind, numeral, title.strip(), start, start + match.end(), start + end, alone)


def _unnumbered(text: str, paragraphs: Sequence[Range], index: int, paragraph: str) -> Heading | None:
    """A short line without stops between paragraphs that have them."""
    title = paragraph.strip()
    if not 2 <= len(title) <= _LONGEST_UNNUMBERED or _END.search(title) or _UNNAMED_END.search(title):
        return None
    if (
        "\t" in title
        or "\n" in title
        or re.search(r"\d", _NOT_FIGURES.sub("", title))
        or not re.match(r"[\u3400-\u9fff“《]", title)
    ):
        return None
    if index + 1 >= len(paragraphs):
        return None
    before, after = (text[slice(*paragraphs[at])].rstrip() for at in (index - 1, index + 1))
    follows = "。" in after or _NUMERAL.match(after)
    if not follows or not (
        _END.search(before[-2:]) or len(before) <= _LONGEST_UNNUMBERED or _NUMERAL.match(before)
    ):
        return None
    start, end = paragraphs[index]
    return Heading("", "", title, start, start, end, True)


def _above(headings: Sequence[Heading]) -> list[str]:
    """The kinds of numerals of a text, from the outermost in."""
    between: dict[tuple[str, str], int] = defaultdict(int)
    begun: dict[str, tuple[int, set[str]]] = {}
    for heading in headings:
        if not heading.kind:
            continue
        number = number_of(heading.numeral)
        last = begun.get(heading.kind)
        if last is not None and number == last[0] + 1:
            for kind in last[1]:
                between[heading.kind, kind] += 1
        begun[heading.kind] = number, set()
        if number == 1:
            for kind, (_, seen) in begun.items():
                if kind != heading.kind:
                    seen.add(heading.kind)

    def compare(one: str, other: str) -> int:
        shown = between[other, one] - between[one, other]
        return shown or _KINDS.index(one) - _KINDS.index(other)

    return sorted(begun, key=cmp_to_key(compare))


def sections_of(headings: Sequence[Heading], end: int, year: int | None = None) -> tuple[Section, ...]:
    """The tree of sections, each after the one above it. `end` is the text's; `year` the one it speaks of.

    Where a heading does not say whether its part is of plans, the part above it decides; of the outermost,
    one that calls to do something is of plans once such a part, or the review with no more plans announced
    behind it, has gone before.
    """
    rank = {kind: place for place, kind in enumerate(_above(headings))}
    made: list[Section] = []
    open_: list[tuple[float, int]] = []  # rank and index of the sections that are open
    decided: list[bool] = []
    moods = [_mood(heading, year) for heading in headings]
    last_plan = max((place for place, mood in enumerate(moods) if mood), default=-1)
    turned = False  # whether an outermost part has said which it is
    for place, heading in enumerate(headings):
        own = rank[heading.kind] if heading.kind else _rank_unnumbered(headings, place, rank, open_)
        while open_ and open_[-1][0] >= own:
            _, last = open_.pop()
            made[last] = replace(made[last], end=heading.start)
        parent = open_[-1][1] if open_ else -1
        mood = moods[place]
        if parent >= 0 and decided[parent] and not (mood is False and _CARRIED_OUT.search(heading.title)):
            mood = None
        elif parent < 0:
            after = made[-1].planned if made else False
            calls = (after or place > last_plan) and DO_HEADING.match(heading.title) is not None
            if mood is None and turned and (calls or (after and not heading.title)):
                mood = True
            turned = turned or mood is not None
        planned = mood if mood is not None else parent >= 0 and made[parent].planned
        decided.append(mood is not None or (parent >= 0 and decided[parent]))
        years = years_of_heading(heading.title) or (made[parent].years if parent >= 0 else None)
        section = Section(
            heading.numeral,
            heading.title,
            heading.start,
            end,
            planned,
            len(open_),
            parent,
            heading.end,
            years,
        )
        open_.append((own, len(made)))
        made.append(section)
    return tuple(made)


def still_open(sections: Sequence[Section]) -> list[int]:
    """The indexes of the sections that are open at the end, from the outermost in."""
    found: list[int] = []
    at = len(sections) - 1
    while at >= 0:
        found.insert(0, at)
        at = sections[at].parent
    return found


def _rank_unnumbered(
    headings: Sequence[Heading], place: int, rank: dict[str, int], open_: Sequence[tuple[float, int]]
) -> float:
    """A heading without numeral stands above the numerals that begin anew after it, else below all that are
    open.
    """
    after = headings[place + 1] if place + 1 < len(headings) else None
    if after is not None and after.kind and number_of(after.numeral) == 1:
        return rank[after.kind] - 0.5
    numbered = [own for own, _ in open_ if own == int(own)]
    return numbered[-1] + 0.5 if numbered else -0.5


def _mood(heading: Heading, year: int | None) -> bool | None:
    """Whether a heading says that its part is of plans (True) or of what was done (False); None: it does not
    say.
    """
    title = heading.title
    named = years_of_heading(title)
    if "形势" in title and not _AHEAD.search(title):
        return False  # how things stand, before the tasks that follow from it
    if named and year is not None and named[1] <= year and "情况" in title:
        return False
    if REVIEW_HEADING.search(title) or ABROAD_HEADING.search(title):
        return False
    if _AHEAD.search(title) or (year is not None and named and named[0] == year + 1):
        return True
    if heading.kind in ("part", "chapter", "plain", "") and PLAN_HEADING.search(title):
        return True
    return None
