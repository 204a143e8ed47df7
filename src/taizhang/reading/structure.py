"""Text → title, date, sections, sentences; the page's furniture around them is recognised and left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from taizhang.reading.vocabulary import PLAN_HEADING, REVIEW_HEADING

Range = tuple[int, int]

# The words that web pages put around a text: rules of pages in general, no site's name.
_CHROME = re.compile(
    r"导航|菜单|登录|注册|验证码|留言|评论|转载|本站|版权所有|免责|上一篇|下一篇|上一页|下一页|返回顶部|返回首页|关闭窗口|打印本页"
    r"|扫一扫|分享到|浏览次数|点击数|阅读次数|字号|字体[：:]|ICP备|公网安备|网站地图|联系我们|网站首页|您(?:的|当前)位置|当前位置"
    r"|侵权|仅代表作者|发布(?:时间|日期)|信息来源|责任编辑|Copyright|https?://|www\.",
    re.I,
)
_ADDRESS = re.compile(r"^[^。]{0,12}[:：]\s*(?:https?://|/)[\w./?=&%-]+\s*$")
_HEADING = re.compile(
    r"^[\s\u3000]*(?:[(（](?P<inner>[一二三四五六七八九十]+)[)）]|(?P<outer>[一二三四五六七八九十]+)、)\s*(?P<title>[^。！？\n]*)"
)
_SENTENCE_END = re.compile(r"[。！？!?]+[”’」』]?")
_DATE = re.compile(
    r"(\d{4}|[〇零○一二三四五六七八九]{4})年\s*(\d{1,2}|[一二三四五六七八九十]{1,3})月\s*(\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
_TITLE = re.compile(r"报告|公报|总结|要点|计划")
_REVIEW_YEAR = re.compile(r"(\d{4})年(?:的)?(?:政府)?(?:主要)?工作(?:的)?(?:回顾|总结|完成情况)")
_YEAR = re.compile(r"(\d{4})年")
_REGION = re.compile(r"(?:人民政府|政府工作报告|国民经济|年|工作报告)")


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part: `numeral` as printed in Chinese, heading, range, and whether it speaks of plans."""

    numeral: str
    title: str
    start: int
    end: int
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its place; `paragraph` counts the lines of the text."""

    text: str
    start: int
    section: str
    planned: bool = False
    paragraph: int = 0

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def lines_of(text: str) -> list[Range]:
    """The ranges of the lines, without their ends."""
    return [(match.start(), match.end()) for match in re.finditer(r"[^\r\n]+", text)]


def _is_chrome(line: str) -> bool:
    words = {match.group().lower() for match in _CHROME.finditer(line)}
    if _ADDRESS.match(line.strip()):
        return True
    return len(words) >= 3 or (bool(words) and len(line.strip()) <= 40 and "。" not in line.strip()[:-1])


def furniture_of(text: str) -> tuple[Range, ...]:
    """The ranges of lines that belong to the page, not to the text."""
    return tuple((start, end) for start, end in lines_of(text) if _is_chrome(text[start:end]))


def sections_of(text: str, furniture: Sequence[Range]) -> tuple[Section, ...]:
    """The sections of the outermost kind of heading that the text has: 一、 before (一)."""
    out = set(furniture)
    heads = [
        (line[0], match)
        for line in lines_of(text)
        if line not in out and (match := _HEADING.match(text[line[0] : line[1]]))
    ]
    outer = [(start, match) for start, match in heads if match["outer"]]
    chosen = outer or heads
    ends = [start for start, _ in chosen[1:]] + [len(text)] if chosen else []
    return tuple(
        Section(
            match["outer"] or match["inner"],
            match["title"].strip(),
            start,
            end,
            bool(PLAN_HEADING.search(match["title"]) and not REVIEW_HEADING.search(match["title"]))
            and bool(outer),
        )
        for (start, match), end in zip(chosen, ends, strict=True)
    )


def sentences_of(text: str, sections: Sequence[Section], furniture: Sequence[Range]) -> tuple[Sentence, ...]:
    """Every sentence outside the furniture, with its section; a heading that stands alone is none."""
    out = set(furniture)
    found: list[Sentence] = []
    for number, (start, end) in enumerate(lines_of(text)):
        if (start, end) in out:
            continue
        line = text[start:end]
        section = next((part for part in sections if part.start <= start < part.end), None)
        heading = _HEADING.match(line)
        position = heading.end() if heading and heading.end() < 60 else 0
        while position < len(line):
            stop = _SENTENCE_END.search(line, position)
            finish = stop.end() if stop else len(line)
            piece = line[position:finish]
            lead = len(piece) - len(piece.lstrip())
            if piece.strip(" \u3000。"):
                found.append(
                    Sentence(
                        piece[lead:],
                        start + position + lead,
                        section.numeral if section else "",
                        section.planned if section else False,
                        number,
                    )
                )
            position = finish
    return tuple(found)


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    digits = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
    if "十" not in text:
        return int("".join(str(digits[char]) for char in text))
    tens, _, ones = text.partition("十")
    return (digits[tens] if tens else 1) * 10 + (digits[ones] if ones else 0)


def date_of(text: str, furniture: Sequence[Range]) -> date | None:
    """The first full date of the text's head (the report's own), None where there is none that exists."""
    out = set(furniture)
    head = "\n".join(text[start:end] for start, end in lines_of(text) if (start, end) not in out)[:400]
    for match in _DATE.finditer(head):
        try:
            return date(*(_number(part) for part in match.groups()))
        except (ValueError, KeyError):
            continue  # a date that does not exist is no date: the next may be
    return None


def title_of(text: str, furniture: Sequence[Range]) -> str:
    """The title line: the first short line that names a report, else the first line that is no furniture."""
    out = set(furniture)
    lines = [text[start:end].strip() for start, end in lines_of(text) if (start, end) not in out]
    lines = [line for line in lines if line]
    named = next(
        (line for line in lines[:12] if len(line) <= 60 and _TITLE.search(line) and "。" not in line), ""
    )
    return named or (lines[0] if lines and len(lines[0]) <= 60 else "")


def region_of(title: str) -> str:
    """The region that a title names, without a bracketed province before it."""
    bare = re.sub(r"^(?:[(（][^)）]*[)）]|\d{4}年(?:度)?)+", "", title)
    match = _REGION.search(bare)
    return bare[: match.start()].rstrip("的关于") if match and match.start() else ""


def year_of(text: str, title: str, day: date | None) -> int | None:
    """The year spoken of: the one that it says it reviews, else the year before a date in January to June."""
    if review := _REVIEW_YEAR.search(text):
        return int(review[1])
    if day is not None:
        return day.year - 1 if day.month <= 6 else day.year
    if named := _YEAR.search(title):
        return int(named[1])
    first = _YEAR.search(text)
    return int(first[1]) if first else None
