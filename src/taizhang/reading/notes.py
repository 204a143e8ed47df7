"""Numbered notes tied to their marks: (3), [注1], ① … in the text, and the notes at its end.

A mark stands right behind a word or a quotation: an enumeration stands behind a stop. A note stands on a line
of its own that begins with its mark: behind a heading such as 名词解释, or where it says what it explains,
the word that bears the mark, or a term with a colon.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from taizhang.reading.structure import Note, NoteMark, Range

_MARK = re.compile(
    r"(?<=[\u3400-\u9fff”》」』）)%％])(?:[(（](?P<round>\d{1,2}|\d{3}(?![)）]\d))[)）]"
    r"|[\[［【〔](?:注\s*)?(?P<square>\d{1,3})[\]］】〕]"
    r"|[(（\[［【〔]注\s*(?P<note>\d{1,3})[)）\]］】〕]"
    r"|(?P<circled>[①-⑳㉑-㉟])|(?P<raised>[¹²³⁰⁴-⁹]{1,3}))(?![年月日号条款项])"
)
# Behind these a number in brackets counts, dates or refers: no mark.
_REFERS = re.compile(
    r"(?:[附见如上下][表图件]|公式|第[一二三四五六七八九十百\d]{1,4}[条款项页号]|如下|以下|包括|即|[^但凡就]是|电话|\d[年月日])$"
)
_LINE = re.compile(
    r"(?m)^[^\S\r\n]*(?:注(?:释|解)?[^\S\r\n]{0,3}[:：][^\S\r\n]{0,3})?(?:[(（\[［【〔][^\S\r\n]{0,3}(?:注[^\S\r\n]{0,3})?(?P<bracketed>\d{1,3})[^\S\r\n]{0,3}[)）\]］】〕]"
    r"|注[^\S\r\n]{0,3}(?P<note>\d{1,3})[^\S\r\n]{0,3}[:：.．、]?|(?P<plain>\d{1,3})[^\S\r\n]{0,3}[.．、:：](?!\d)|(?P<circled>[①-⑳㉑-㉟])"
    r"|(?P<raised>[¹²³⁰⁴-⁹]{1,3}))[^\S\r\n]*(?=\S)(?P<text>[^\r\n]*)"
)
_NEXT = re.compile(r"[。\n]|[、，；,;:：][^\S\r\n]{0,3}[(（]?(?P<number>[①-⑳]|\d{1,2})(?:[)）]|(?<=[①-⑳]))")
_HEADING = re.compile(
    r"(?m)^[^\S\r\n]*(?:附件?[^\S\r\n]{0,3}\d*[^\S\r\n]{0,3}[:：]?[^\S\r\n]{0,3})?(?:[一二三四五六七八九十]+、)?[\[【(（]?(?:《?政府工作报告》?(?:有关|相关|部分|中)?)?(?:有关|相关|部分)?"
    r"(?:名词(?:术语)?(?:解释|说明|注释)|注释|注解|附注|尾注|用语说明|名词(?:与|和)缩略语)[^\r\n]{0,12}$"
)
_TERM = re.compile(r"[“《]?[^。；;\n]{1,40}?(?:[:：]|是指|指的?是?|,指|，指|——|”)")
_MOST_WORDS = 50  # that bear marks of one number: more tell no better what their note is
_RAISED = {char: str(value) for value, char in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}


@dataclass(frozen=True, slots=True)
class Notes:
    """The marks and the notes of a text, each in order, tied to each other."""

    marks: tuple[NoteMark, ...] = ()
    notes: tuple[Note, ...] = ()

    def without_note(self) -> tuple[NoteMark, ...]:
        """The marks for which the text gives no note."""
        return tuple(mark for mark in self.marks if mark.note is None)

    def without_mark(self) -> tuple[Note, ...]:
        """The notes to which no mark leads."""
        return tuple(note for note in self.notes if not note.marked)


def _value(match: re.Match[str]) -> int:
    said = match[match.lastgroup or 0] if match.lastgroup != "text" else ""
    if not said:
        said = next(value for key, value in match.groupdict().items() if value and key != "text")
    return _number(said)


def _number(said: str) -> int:
    if "①" <= said <= "⑳":
        return ord(said) - 0x245F
    if "㉑" <= said <= "㉟":
        return ord(said) - 0x3250 + 20
    return int("".join(_RAISED.get(char, char) for char in said))


def marks_of(text: str, furniture: Sequence[Range] = ()) -> tuple[NoteMark, ...]:
    """What looks like the mark of a note, untied."""
    found = []
    in_furniture = _within(furniture)
    for match in _MARK.finditer(text):
        if match.start() and _REFERS.search(text, max(0, match.start() - 6), match.start()):
            continue
        number = _value(match)
        if number and not in_furniture(match.start()) and not _enumerates(text, match):
            found.append(NoteMark(number, match.group(), match.start(), match.end()))
    return tuple(found)


def _enumerates(text: str, match: re.Match[str]) -> bool:
    """Whether the next number stands behind a stop of the same sentence: then both count the parts of a
    list.
    """
    follower = _NEXT.search(text, match.end(), match.end() + 200)
    while follower is not None and follower["number"] is not None:
        if _number(follower["number"]) == _value(match) + 1:
            return True
        follower = _NEXT.search(text, follower.end(), match.end() + 200)
    return False


def notes_of(text: str, furniture: Sequence[Range] = ()) -> Notes:
    """The marks and notes of a text. Linear in its length; raises nothing."""
    marks = marks_of(text, furniture)
    headings = [heading.end() for heading in _HEADING.finditer(text)]
    lines = list(_LINE.finditer(text)) if marks or headings else []
    numbers = {mark.number for mark in marks}
    last = max((mark.end for mark in marks), default=0)
    words: dict[int, set[str]] = defaultdict(set)
    for mark in marks:
        if len(words[mark.number]) < _MOST_WORDS:
            words[mark.number].add(_word_before(text, mark.start))
    block = headings[-1] if headings else len(text) + 1
    notes = []
    for line in lines:
        number, start = _value(line), line.start() + len(line.group()) - len(line.group().lstrip())
        if start > block:
            is_note = True
        else:
            is_note = number in numbers and _explains(line, words[number], start > last)
        if is_note:
            notes.append(Note(number, line["text"].strip(), start, line.end(), False))
    in_note = _within([(note.start, note.end) for note in notes])
    return tie([mark for mark in marks if not in_note(mark.start)], notes)


def _within(ranges: Sequence[Range]) -> Callable[[int], bool]:
    """Whether a place lies in one of these ranges, which are in order."""
    starts = [start for start, _ in ranges]

    def within(place: int) -> bool:
        at = bisect_right(starts, place) - 1
        return at >= 0 and place < ranges[at][1]

    return within


def _word_before(text: str, at: int) -> str:
    """The last letters before a mark, without quotation marks and brackets."""
    return re.sub(r"[^\u3400-\u9fffA-Za-z0-9+]", "", text[max(0, at - 24) : at])[-3:]


def _explains(line: re.Match[str], words: set[str], behind: bool) -> bool:
    """Whether a numbered line says what the marked word is: it begins with it, or with a term and a colon."""
    said = line["text"][:60]
    bare = re.sub(r"[^\u3400-\u9fffA-Za-z0-9+]", "", said)
    if any(word and (word in bare or (len(word) > 1 and word[-2:] in bare[:24])) for word in words):
        return True
    own_mark = line["plain"] is None
    return behind and (own_mark or _TERM.match(said) is not None)


def tie(marks: Iterable[NoteMark], notes: Iterable[Note]) -> Notes:
    """Marks and notes of one number tied in order: as many as there are of both; what is left over of the
    marks repeats the last note of its number. For a text read in pieces, give the marks and notes of all
    pieces."""
    listed = sorted(notes, key=lambda note: note.start)
    by_number: dict[int, list[int]] = defaultdict(list)
    for index, note in enumerate(listed):
        by_number[note.number].append(index)
    used: dict[int, int] = defaultdict(int)
    tied = []
    for mark in sorted(marks, key=lambda one: one.start):
        candidates = by_number.get(mark.number)
        if not candidates:
            tied.append(replace(mark, note=None))
            continue
        place = min(used[mark.number], len(candidates) - 1)
        used[mark.number] += 1
        tied.append(replace(mark, note=candidates[place]))
    marked = {mark.note for mark in tied}
    return Notes(
        tuple(tied), tuple(replace(note, marked=index in marked) for index, note in enumerate(listed))
    )
