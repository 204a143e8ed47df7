"""Parts against their total: 其中 lists, sums after 共, the structure of a whole in percent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from taizhang.reading.claim import Certainty, TextFinding
from taizhang.reading.consistency.interval import ROUNDED, Interval, plain, printed, round_number, value_of
from taizhang.reading.consistency.neighbours import Neighbours

_OPENS = re.compile(r"[^。；;\n]{0,16}[,，。；;(（]?\s*其中[,，:：]?[^。；;\n,，]{0,16}")
_SPLITS = re.compile(r"[^。；;\n]{0,8}[,，:：]\s*(?:分别(?:是|为)|分为|即)[^。；;\n]{0,16}")
_LONGEST_LIST = 40
_BETWEEN = 2  # so many figures in other units may tell of one of a list
_JOINS = re.compile(r"(?:[、，,和及]|以及|，另有)(?!其中)[^、，,。；;\n年比占达]{1,15}")
_JOINS_ASIDE = re.compile(r"[、，,;；](?!其中)[^、，,。；;\n年比占达]{1,15}")  # 出口31亿元,增长5%;进口14亿元
_SUMS = re.compile(r"[^。；;\n、，,]{0,4}[,，、]?\s*(?:合计|共计|总计|一共|共)[^。；;\n、，,]{0,8}")
_NOT_PARTS = re.compile(
    r"新增|增加(?!值)|减少|增长|下降|累计|同比|年均|去年|上年|人均|每|由|从|原有|预算|计划"
)
_NOT_WHOLE = re.compile(r"比|较|增加(?!值)|减少|增长|下降|[多少][支收用征]|超[支收]|节约|节省|相当于|每|人均")
# Halves that leave nothing out.
_HALVES = tuple(
    (re.compile(one), re.compile(two))
    for one, two in (
        ("男", "女"),
        ("城镇|城市", "农村|乡村"),
        ("出口", "进口"),
        ("中央", "地方"),
        ("公立|公办", "民办|私立"),
        ("新建", "改扩建|改建|扩建"),
        ("国有", "非国有|民营"),
        ("本级", "下级|乡镇"),
        ("境内", "境外"),
        ("国内", "国外|入境"),
    )
)
_THIRDS = re.compile(
    r"三次产业|(?:第一|一产|一)[^。；;\n]{0,30}(?:第?二)[^。；;\n]{0,30}(?:第?三)[^。；;\n]{0,8}产"
)
_SECTORS = (re.compile(r"第?一产"), re.compile(r"第?二产"), re.compile(r"第?三产"))
_SHARE = re.compile(r"占|比重|结构|构成")
_NEXT_SHARE = re.compile(r"[、，,和及与][^。；;\n、，,]{0,16}")
_RATIO = re.compile(
    r"(?<![\d.:：∶])\d{1,2}(?:\.\d+)?(?:\s?[:：∶]\s?\d{1,2}(?:\.\d+)?){1,4}(?![\d.]|[:：∶]\d)"
)
_OF_RATIO = re.compile(r"(?:结构|构成|比重|占比)[^。；;\n]{0,40}\Z")


def _added(parts: list[Interval]) -> Interval:
    total = Interval(Decimal(0), Decimal(0))
    for part in parts:
        total += part
    return total


def _next_of(near: Neighbours, last: int, unit: str) -> tuple[int, int] | None:
    """The next level in this unit, and the figure right before it that is no aside; those in other units that
    stand between in the same sentence (学校12所,学生3000人) tell of the one before them."""
    edge = last
    for _ in range(1 + _BETWEEN):
        number = near.level_after(edge)
        if number is None or near.claims[number].unit == unit:
            return None if number is None else (number, edge)
        if not near.same_sentence(last, number):
            return None
        edge = number
    return None


def _list_after(near: Neighbours, whole: int, opens: re.Pattern[str]) -> list[int]:
    """The figures of one list that these words begin after a figure, in its unit; asides are passed over."""
    unit, parts, last = near.claims[whole].unit, list[int](), whole
    while len(parts) < _LONGEST_LIST and (found := _next_of(near, last, unit)) is not None:
        number, edge = found
        claim, words = near.claims[number], near.bridge(edge, number)
        if edge > last and (not parts) and "其中" not in words:
            break
        joins = _JOINS_ASIDE if number > last + 1 else _JOINS
        if not (joins if parts else opens).fullmatch(words) or _NOT_PARTS.search(words):
            break
        if claim.unit != unit or value_of(claim) is None:
            break
        parts.append(number)
        last = number
    return parts


def _compared(
    near: Neighbours, whole: int, parts: list[int], *, all_: bool, why: str
) -> Iterator[TextFinding]:
    """The finding that a sum calls for, none where rounding explains it. `all_`: nothing is left out."""
    total, claims = printed(near.claims[whole]), near.claims
    each = [printed(claims[part]) for part in parts]
    if total is None or any(part is None for part in each):
        return
    added = _added([part for part in each if part is not None])
    values = [value_of(claims[part]) or Decimal(0) for part in parts]
    whole_value = value_of(claims[whole]) or Decimal(0)
    one_alone = [part for part, known in zip(parts, each, strict=True) if known and known.low > total.high]
    exceeds, differs = added.low > total.high, not added.meets(total)
    if not (exceeds or (all_ and differs)):
        return
    rounded = _added([known for part in parts if (known := round_number(claims[part])) is not None])
    coarse = round_number(claims[whole])
    explained = coarse is not None and rounded.meets(coarse)
    sum_ = " + ".join(plain(value) for value in values)
    sign = ">" if sum(values) > whole_value else "<"
    unit = claims[whole].unit
    made, printed_total = plain(sum(values, Decimal(0))), plain(whole_value)
    more = "多于" if sign == ">" else "少于"
    sum_ = f"{sum_} = {made}" if len(parts) > 1 else made
    arithmetic = (
        f"{sum_},{more}总数 {printed_total}({unit}) / the parts add up to {made} {sign} {printed_total}"
    )
    code = "parts-exceed-total" if exceeds else "parts-differ-from-total"
    certainty: Certainty = "possible" if explained else "certain" if one_alone else "likely"
    if explained:
        why = ROUNDED
    elif one_alone:
        why = "一部分就多于总数 / one part alone is more than the whole"
    yield near.finding(code, [whole, *parts], arithmetic, certainty, why)


def _one_of_list(near: Neighbours, whole: int) -> bool:
    """Whether another figure in its unit stands right before it in a list: 其中 may speak of both."""
    before = near.level_before(whole)
    if before is None or near.claims[before].unit != near.claims[whole].unit:
        return False
    return near.same_sentence(before, whole) and _JOINS.fullmatch(near.bridge(before, whole)) is not None


def _of_several(finding: TextFinding) -> TextFinding:
    why = "“其中”也可能兼指前面几项 / 其中 may speak of those before it too"
    return replace(finding, certainty="possible", why=why)


def _whole(near: Neighbours, parts: list[int]) -> bool:
    """Whether parts, by their names, leave nothing out: two halves, or the three sectors."""
    names = [near.before(part) for part in parts]
    if len(parts) == 3:
        return all(sector.search(name) for sector, name in zip(_SECTORS, names, strict=True))
    return _halves(near, parts)


def _halves(near: Neighbours, parts: list[int]) -> bool:
    if len(parts) != 2:
        return False
    one, two = (near.before(part) + near.after(part, 4) for part in parts)
    return any((a.search(one) and b.search(two)) or (b.search(one) and a.search(two)) for a, b in _HALVES)


def parts_against_total(near: Neighbours) -> Iterator[TextFinding]:
    """Lists whose parts cannot make their total, however the figures were rounded."""
    taken = 0
    for whole, claim in enumerate(near.claims):
        if claim.kind != "level" or value_of(claim) is None or claim.unit in {"%", "‰"}:
            continue
        if _NOT_WHOLE.search(near.before(whole)):
            continue
        if parts := _list_after(near, whole, _OPENS):
            if "其中" in near.before(whole):
                parts = parts[:1]  # what follows may go on with the outer list
            exhaustive = _whole(near, parts)
            why = "各部分合起来就是总数 / the parts leave nothing out" if exhaustive else (
                "除非各部分互相重叠 / unless the parts overlap"
            )  # fmt: skip
            found = _compared(near, whole, parts, all_=exhaustive, why=why)
            yield from map(_of_several, found) if _one_of_list(near, whole) else found
        elif len(parts := _list_after(near, whole, _SPLITS)) >= 2:
            why = "“分别为”列出全部 / the list names all parts"
            yield from _compared(near, whole, parts, all_=True, why=why)
        elif whole >= max(2, taken) and _SUMS.fullmatch(near.between(whole - 1, whole)):
            first = whole - 1
            while first > taken and _JOINS.fullmatch(near.between(first - 1, first)):
                first -= 1
            parts = list(range(first, whole))
            same = all(
                (near.claims[part].unit, near.claims[part].kind) == (claim.unit, "level")
                and not _NOT_PARTS.search(near.before(part))
                for part in parts
            )
            if len(parts) >= 2 and same:
                why = "“共”是前列各项之和 / the sum of what is listed before"
                yield from _compared(near, whole, parts, all_=True, why=why)
            taken = whole + 1


def _no_hundred(near: Neighbours, parts: list[int], why: str) -> Iterator[TextFinding]:
    known = [printed(near.claims[part]) for part in parts]
    if any(each is None for each in known):
        return
    added = _added([each for each in known if each is not None])
    if added.low <= 100 <= added.high:
        return
    values = [value_of(near.claims[part]) or Decimal(0) for part in parts]
    total = plain(sum(values, Decimal(0)))
    sum_ = " + ".join(plain(value) for value in values)
    arithmetic = f"{sum_} = {total}%,应为 100% / the shares make {total} %, not 100 %"
    yield near.finding("parts-differ-from-total", parts, arithmetic, "likely", why)


def _share_follows(near: Neighbours, number: int) -> bool:
    """Whether the next figure is a share of the same list."""
    pair = near.claims[number : number + 2]
    if len(pair) < 2 or any((each.unit, each.kind) != ("%", "level") for each in pair):
        return False
    return bool(_NEXT_SHARE.fullmatch(near.between(number, number + 1)))


def shares_of_a_whole(near: Neighbours) -> Iterator[TextFinding]:
    """The shares of three sectors, or of two halves, that do not make a hundred."""
    number = 0
    while number < len(near.claims):
        run = [number]
        while len(run) < 4 and _share_follows(near, run[-1]):
            run.append(run[-1] + 1)
        words = near.text[max(0, near.claims[number].start - 40) : near.claims[run[-1]].start]
        words = re.split(r"[。；;\n]", words)[-1] if len(run) > 1 else ""
        if len(run) == 3 and _THIRDS.search(words) and _SHARE.search(words):
            yield from _no_hundred(near, run, "三次产业合起来是全部 / the three sectors are the whole")
        elif len(run) == 2 and _halves(near, run) and all(_SHARE.search(near.before(each)) for each in run):
            yield from _no_hundred(near, run, "两部分合起来是全部 / the two halves are the whole")
        number = run[-1] + 1


def structure_in_percent(text: str) -> Iterator[TextFinding]:
    """A structure printed as a ratio (10.2:41.3:48.5) that does not make a hundred."""
    for match in _RATIO.finditer(text):
        if not _OF_RATIO.search(text, max(0, match.start() - 60), match.start()):
            continue
        numbers = list(re.finditer(r"\d+(?:\.\d+)?", match.group()))
        values = [Decimal(number.group()) for number in numbers]
        places = [-int(value.as_tuple().exponent) for value in values]
        added = sum(values, Decimal(0))
        slack = sum((Decimal(1).scaleb(-place) / 2 for place in places), Decimal(0))
        if not 80 <= added <= 120 or abs(added - 100) <= slack:
            continue
        at = tuple((match.start() + each.start(), match.start() + each.end()) for each in numbers)
        words = " + ".join(each.group() for each in numbers)
        arithmetic = f"{words} = {plain(added)},应为 100 / makes {plain(added)}, not 100"
        why = "结构之比各项之和应为一百 / the shares of a whole make a hundred"
        yield TextFinding("parts-differ-from-total", at, arithmetic, "likely", why)
