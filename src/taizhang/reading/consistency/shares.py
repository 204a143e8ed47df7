"""A percentage against the counts that it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.reading.claim import Certainty, TextFinding
from taizhang.reading.consistency.interval import ROUNDED, plain, printed, round_number, value_of
from taizhang.reading.consistency.neighbours import Neighbours

_OF_IT = re.compile(r"其中")
_SHARE = re.compile(
    r"[^。；;\n]{0,8}?[,，(（]?\s*占(?:总数|全部|总量|总额|总人数|总户数|其|全部总数)?的?(?:比重|比例)?(?:为|达到|达)?\s*"
)
_OF_NAMED = re.compile(
    r"[^。；;\n]{0,4}?[,，(（]\s*占(?P<base>[\u4e00-\u9fff]{3,16}?)(?:总数|总量|总额)?的?(?:比重|比例)?(?:为|达到|达)?\s*"
)
_DUE = re.compile(r"应|任务|计划|目标|下达|交办|受理|收到|立案|参加|参检|抽检|抽查|检测|申报|登记")
_DONE = re.compile(r"实际|实|已|完成|办结|合格|达标|通过|结案|成功|按时|按期")
_LINK = re.compile(r"(?:达到|达|已|为|是|共计|共有|共|计|有|完成|实现|\s)+$")
_URBAN = re.compile(r"城镇(?:常住)?人口(?:为|达到|达)?$")
_URBAN_RATE = re.compile(r"[,，](?:常住人口)?城镇化率(?:为|达到|达)?")
_NO_COUNT = frozenset(("%", "‰", "位", "倍", "个百分点"))
_RATE = re.compile(r"[^。；;\n]{0,4}?[,，]\s*[^。；;，,\n]{0,14}率(?:为|达到|达|是)?\s*")


def _rate_of_deed(closing: str, done: str) -> bool:
    """Whether a rate is named after what was done: 受检率 after 实检, but not 满意率 after 办结."""
    stem = closing.rpartition("率")[0][-2:]
    return bool(set(stem) & set(done))


def _checked(
    near: Neighbours, base: int, part: int, rate: int, certainty: Certainty, why: str
) -> Iterator[TextFinding]:
    claims = near.claims
    whole, some, said = printed(claims[base]), printed(claims[part]), printed(claims[rate])
    if whole is None or some is None or said is None:
        return
    share = some.percent_of(whole)
    if share is None or share.meets(said):
        return
    coarse = (round_number(claims[base]), round_number(claims[part]), round_number(claims[rate]))
    if coarse[0] and coarse[1] and coarse[2]:
        wide = coarse[1].percent_of(coarse[0])
        if wide is not None and wide.meets(coarse[2]):
            certainty, why = "possible", ROUNDED
    total, count, percent = (value_of(claims[each]) for each in (base, part, rate))
    if total is None or count is None or percent is None:
        return
    made = plain(100 * count / total, 2)
    arithmetic = (
        f"{plain(count)} ÷ {plain(total)} = {made}%,不是 {plain(percent)}%"
        f" / {plain(count)} of {plain(total)} is {made} %, not {plain(percent)} %"
    )
    yield near.finding("share-differs", [base, part, rate], arithmetic, certainty, why)


def _named_base(near: Neighbours, part: int, named: str) -> int | None:
    """The nearest earlier figure of this sentence whose own words end with the name that a share is of."""
    base = near.level_before(part)
    while base is not None and near.same_sentence(base, part):
        if _LINK.sub("", near.before(base)).endswith(named):
            return base
        base = near.level_before(base)
    return None


def _urban(near: Neighbours, part: int, closing: str) -> bool:
    """常住人口A,其中城镇人口B,城镇化率p%."""
    return bool(_URBAN_RATE.fullmatch(closing) and _URBAN.search(near.before(part)))


def _comparable(near: Neighbours, base: int, part: int) -> bool:
    one, two = near.claims[base], near.claims[part]
    return one.unit == two.unit and one.unit not in _NO_COUNT and one.kind == two.kind == "level"


def shares_against_counts(near: Neighbours) -> Iterator[TextFinding]:
    """A share or a rate that no rounding of its two counts can give."""
    claims = near.claims
    for rate in range(2, len(claims)):
        if claims[rate].unit != "%" or claims[rate].kind != "level":
            continue
        part = near.level_before(rate)
        base = None if part is None else near.level_before(part)
        if part is None or base is None or not near.same_sentence(part, rate):
            continue
        leading, closing = near.bridge(base, part), near.bridge(part, rate)
        if (of := _OF_NAMED.fullmatch(closing)) and (
            named := _named_base(near, part, of["base"])
        ) is not None:
            if _comparable(near, named, part):
                why = "占的就是前面所称的总数 / the share names the figure that it is of"
                yield from _checked(near, named, part, rate, "certain", why)
        elif not (_comparable(near, base, part) and near.same_sentence(base, part)):
            continue
        elif _OF_IT.search(leading) and (_SHARE.fullmatch(closing) or _urban(near, part, closing)):
            why = "占的是“其中”之前的总数 / the share is of the figure before 其中"
            yield from _checked(near, base, part, rate, "certain", why)
        elif not (_RATE.fullmatch(closing) and _rate_of_deed(closing, near.before(part))):
            continue
        elif _DUE.search(near.before(base)) and _DONE.search(near.before(part)):
            why = "比率是后数除以前数 / the rate is the second count over the first"
            yield from _checked(near, base, part, rate, "likely", why)
