"""What a text is: its title, its date, which region and body it is of, and the year that it speaks of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from taizhang.reading.structure import Range

_HEAD_LINES = 14
_DATE = re.compile(
    r"(\d{4}|[〇零○一二三四五六七八九]{4})\s*年\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*月\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*日"
)
# What reports of governments and their departments are called.
_NAMED = re.compile(
    r"报告|公报|总结|要点|计划|决议|说明|纲要|规划|年报|概况|情况|通报|白皮书|发展统计|方案|意见|摘要"
)
_TITLE_END = re.compile(
    r"(?:报告|公报|总结|要点|计划|决议|说明|纲要|规划|年报|概况|情况|通报|白皮书|方案|意见|摘要)(?:[(（].{0,30}[)）])?\s*$"
)
_NUMBERED = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]")
_SURE_END = re.compile(r"(?:报告|公报|决议|说明|意见|方案|通报)(?:[(（].{0,30}[)）])?\s*$")
_NOT_TITLE = re.compile(r"[。！!？?；;]|^\s*(?:各位|同志们|——|—)|现在|我代表|[:：]\s*$")
_YEARS = r"(?:[12]\d{3}|[〇零○一二三四五六七八九]{4})年(?:度|上半年|下半年)?"
_BEFORE_REGION = re.compile(
    rf"^(?:[(（\[【][^)）\]】]*[)）\]】]|关于|{_YEARS}(?:\s*\d{{1,2}}月\s*\d{{1,2}}日)?在?|[\s\u3000\u200b—-]+)+"
)
# The kinds of areas, each unless the next letters make another word of it (市场, 县域, 区间, 城乡, 山区).
_KIND = (
    r"(?:特别行政区|自治[区州县旗]|地区(?!生产)|[新林矿]区|开发区|高新区|省(?![级长委内属直])|市(?![场民长委内级容直属]|政(?!府))"
    r"|县(?![级长委域城内直属])|(?<![山社校园景库灾牧辖农郊小片厂街])区(?![域划位间块委长级内属直])|旗(?![下帜舰长委])"
    r"|盟(?![友主约长委])|(?<![城乡])镇(?![长委域区村级])|(?<!城)乡(?![村镇长委土级里亲])|街道|(?<![乡农])村(?![民级委庄镇干]))"
)
# A region's name is a run of such names, the larger before the smaller.
_AREA = re.compile(
    rf"(?!全|各|本|我|该|旗县|市[县区]|县[市区]|区县|乡镇)(?:(?!(?:主|老|中心)?城区)[^\W\da-zA-Z的]{{1,12}}?{_KIND})+"
)
_STATE = re.compile(r"中华人民共和国|国务院|全国|国家|中央(?:和地方|本级)?|第[一二三四五六七八九十百]+届全国")
_BODY = re.compile(
    r"(?:人民政府|人民政府办公(?:室|厅)|统计局|财政局|财政厅|财政部|审计局|发展和改革(?:委员会|局)|发展改革(?:委|局)|国务院|(?:街道)?办事处|管理委员会|管委会|调查(?:总)?队"
    r"|[\u4e00-\u9fff]{2,14}?(?:委员会|管理局|监督局|局|厅|办公室|中心|法院|检察院|支队|大队))"
)
_SPEAKER = re.compile(
    r"(?:^|[\s\u3000—-])(?P<region>[\u4e00-\u9fff]{2,20}(?:省|市|县|区|旗|镇|乡))?(?:人民政府)?(?:代)?(?P<post>总理|省长|主席|市长|州长|盟长|县长|区长|旗长|镇长|乡长|主任)[\s\u3000]"
)
_REVIEW_YEAR = re.compile(
    r"([12]\d{3})年(?:的|度|国内|以来|我[国省市区县])*(?:政府)?(?:主要|经济社会发展|各项)?工作(?:的)?(?:主要)?(?:回顾|总结|完成情况|情况)"
)
_REVIEWED = re.compile(r"(?:首先报告|回顾|总结)[^。\n]{0,6}?([12]\d{3})年(?:的)?(?:政府)?工作")
_PLANNED = (
    r"([12]\d{3})年(?:的|度|国民|经济|和|社会|发展|政府|主要|重点|各项)*(?:工作)?(?:的)?"
    r"(?:总体(?:要求|部署|思路)|主要任务|目标任务|任务|安排|打算|计划草案|预算草案|计划|重点工作|建议)"
)
_PLAN_YEAR = re.compile(_PLANNED)
_PLAN_HEADING_YEAR = re.compile(
    rf"(?m)^[^\S\r\n]*(?:[(（]?[一二三四五六七八九十]{{1,3}}[、)）]|第[一二三四五六七八九十]部分)[^\r\n。]{{0,10}}?{_PLANNED}"
)
_EXECUTED = re.compile(r"([12]\d{3})年(?:度)?[^,，。]{0,30}?(?:执行情况|完成情况|决算|计划执行)")
_YEAR = re.compile(r"(?<!\d)([12]\s?\d\s?\d\s?\d|[一二][〇零○一二三四五六七八九]{3})\s*(?:年|到|至|——)")
_HEADED_YEAR = re.compile(
    r"(?m)^[^\S\r\n]*[(（]?[一二三四五六七八九十]{1,2}[、)）][^\r\n。]{0,6}?([12]\d{3}|[一二][〇零○一二三四五六七八九]{3})年"
)
_SELDOM = 5_000  # characters for each time that a report names the year it tells of, at the least
_NEXT_YEAR_SAID, _SO_FAR_SAID = 5, 2
_THIS_YEAR_SO_FAR = re.compile(
    r"今年(?:以来|[^，,。；;]{0,8}预计|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月?[至到—-](?:\d|[一二三四五六七八九十])|(?:头|前)[^，,。；;]{1,3}个月|上半年)"
)
_OF_ONE_YEAR = re.compile(r"公报|总结|年报|概况|统计|决算|情况")


def _head_lines(text: str, furniture: Sequence[Range], count: int = _HEAD_LINES) -> list[str]:
    """The first lines that are no furniture; few are looked at however long the text."""
    out = {start for start, _ in furniture[:200]}
    found: list[str] = []
    for line in re.finditer(r"[^\r\n]+", text[:20_000]):
        said = line.group().strip(" \t\u3000\u200b\u200d\ufeff")
        if said and line.start() not in out:
            found.append(said)
        if len(found) == count:
            break
    return found


def title_of(text: str, furniture: Sequence[Range], declared: str = "", *, trusted: bool = False) -> str:
    """The title: the first line of the head that names a kind of report, with the lines that it is broken
    over.

    What the document's container declares comes before, if it is `trusted` and names one (a page's head; a
    file's properties are mostly those of an older file), else after; last comes the first line, if it is
    short. "" where there is none.
    """
    if trusted and _TITLE_END.search(declared):
        return declared
    lines = _head_lines(text, furniture)
    for at, line in enumerate(lines):
        if len(line) > 80 or _NOT_TITLE.search(line):
            continue
        if _NAMED.search(line):
            return _whole(lines, at)
        after = lines[at + 1] if at + 1 < len(lines) else ""
        if after and len(line + after) <= 80 and _is_broken_title(line + after, after):
            return line + after
    if declared:
        return declared
    first = lines[0] if lines else ""
    return "" if len(first) > 60 or first.endswith("。") or _NUMBERED.match(first) else first


def _is_broken_title(both: str, second: str) -> bool:
    """Whether two lines are a title that neither is alone."""
    return not _NOT_TITLE.search(both) and not _NAMED.search(second) and _TITLE_END.search(both) is not None


def _whole(lines: Sequence[str], at: int) -> str:
    """A title's line, with the one before (关于…) or after that belongs to it."""
    title = lines[at]
    before = lines[at - 1] if at else ""
    if (
        before.startswith("关于")
        and len(before) <= 50
        and not _NOT_TITLE.search(before)
        and not _NAMED.search(before[-4:])
    ):
        title = before + title
    elif ((area := _AREA.match(before)) and area.end() == len(before)) or re.fullmatch(
        r"[\u4e00-\u9fff]{2,20}(?:人民政府|局|委员会|办公室)", before
    ):
        title = before + title if not title.startswith(before) else title
    elif re.fullmatch(r"[12]\d{3}年(?:度)?", before):
        title = before + title
    if title.startswith("关于") and not _SURE_END.search(title) and at + 1 < len(lines):
        after = lines[at + 1]
        if len(after) <= 40 and not _NOT_TITLE.search(after) and _TITLE_END.search(after):
            title += after
    return title


def date_of(text: str, furniture: Sequence[Range]) -> date | None:
    """The first full date of the text's head (the report's own), None where there is none that exists."""
    head = "\n".join(_head_lines(text, furniture))[:500]
    for match in _DATE.finditer(head):
        try:
            return date(*(_number(part) for part in match.groups()))
        except ValueError:
            continue  # a date that does not exist is no date: the next may be
    return None


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    digits = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
    if "十" not in text:
        return int("".join(str(digits[char]) for char in text))
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        raise ValueError(text)
    return (digits[tens] if tens else 1) * 10 + (digits[ones] if ones else 0)


def _year(found: re.Match[str]) -> int:
    return _number("".join(found[1].split()))


def region_of(title: str, text: str = "", furniture: Sequence[Range] = ()) -> str:
    """The region that a title names, without a bracketed province before it; else the one that the head's
    lines name.

    全国 for reports of the state. "" where no line names one.
    """
    if found := _region_in(title):
        return found
    for line in _head_lines(text, furniture):
        if len(line) <= 60 and (found := _region_in(line)):
            return found
    return ""


def _region_in(line: str) -> str:
    bare = _BEFORE_REGION.sub("", line)
    if _STATE.match(bare):
        return "全国"
    area = _AREA.match(bare)
    return area.group() if area else ""


def issuer_of(title: str, region: str, text: str, furniture: Sequence[Range], declared: str = "") -> str:
    """Who gives the report: as the title says it, or a line of the head, the speaker's office, or the page's
    source.
    """
    bare = _BEFORE_REGION.sub("", title)
    if "国务院" in title:
        return "国务院"
    if (found := re.search(r"[\u4e00-\u9fff]{0,20}?人民代表大会(?:常务委员会)?", bare)) and "决议" in title:
        return found.group()
    if region and bare.startswith(region):
        if body := _BODY.match(bare, len(region)):
            return region + body.group()
        if bare[len(region) :].startswith("政府"):
            return region + ("人民政府" if not region.endswith(("街道", "管委会")) else "")
    for line in _head_lines(text, furniture):
        if len(line) <= 40 and not _NOT_TITLE.search(line) and line != title:
            if re.fullmatch(
                r"(?:[\u4e00-\u9fff]{2,24}(?:局|厅|部|委员会|委|政府|办公室|队|中心)[\s\u3000、]*){1,3}", line
            ):
                return re.sub(r"[\s\u3000]+", " ", line).strip()
            if region and _SPEAKER.search(line + " ") and "工作报告" in title:
                return "国务院" if "总理" in line else region + "人民政府"
    if "政府工作报告" in title and region and region != "全国":
        return region + "人民政府"
    return declared


def year_of(text: str, title: str, day: date | None, published: date | None = None) -> int | None:
    """The year spoken of.

    The one whose work is reviewed or whose plan was carried out; else the year before the one planned for;
    else the title's year, for bulletins and summaries; for reports on work given in the first half of a year,
    the year before.
    """
    if executed := _EXECUTED.search(title):
        return int(executed[1])
    if named := re.search(r"([12]\d{3})年(?:度)?.*(?:公报|总结|年报|决算)", title):
        return int(named[1])
    if review := _REVIEW_YEAR.search(text) or _REVIEWED.search(text[:5000]):
        return int(review[1])
    if day is not None:
        return day.year - 1 if day.month <= 6 else day.year
    titled = _YEAR.search(title)
    if titled is not None and "工作报告" in title and _at_years_end(text):
        return _year(titled)
    looks_back = titled is not None and "工作报告" in title and not _OF_ONE_YEAR.search(title)
    if titled is not None and looks_back and _looks_back(text, title, _year(titled), surely=True):
        return _year(titled) - 1
    if plan := _PLAN_HEADING_YEAR.search(text) or _PLAN_YEAR.search(text[:60_000]):
        planned = int(plan[1])
        if titled is None or _year(titled) in (planned, planned - 1):
            return planned - 1
    if titled is not None:
        year = _year(titled)
        return year - 1 if looks_back and _looks_back(text, title, year) else year
    if published is not None:
        return published.year - 1 if published.month <= 6 else published.year
    first = _YEAR.search(text)
    return _year(first) if first else None


def given_in(text: str, title: str, day: date | None) -> int | None:
    """The year in which a report is given, where its date or its words tell it; None: unknown."""
    if day is not None:
        return day.year
    titled = _YEAR.search(title) if "工作报告" in title and _at_years_end(text) else None
    return _year(titled) if titled else None


def _at_years_end(text: str) -> bool:
    """Whether a report is given near the end of the year it tells of: it speaks of this year twice as often
    as of the last, of what this year has brought so far, and of the next.
    """
    if (
        text.count("明年") < _NEXT_YEAR_SAID
        or sum(1 for _ in _THIS_YEAR_SO_FAR.finditer(text)) < _SO_FAR_SAID
    ):
        return False
    return text.count("今年") >= 2 * text.count("去年")


def _looks_back(text: str, title: str, year: int, *, surely: bool = False) -> bool:
    """Whether a report titled with a year rather tells of the year before: it names that one at least as
    often (`surely`: more often), or names it in a heading first, or hardly names its own.
    """
    named = Counter(_year(found) for found in _YEAR.finditer(text))
    if named[year - 1] >= named[year] + surely:
        return True
    first = _HEADED_YEAR.search(text)
    if surely or "政府工作报告" not in title:
        return False
    return named[year] * _SELDOM < len(text) or (first is not None and _year(first) == year - 1)
