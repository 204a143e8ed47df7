"""Single figures that cannot be: people in mu, rates over a hundred, falls of more than everything."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.reading.claim import TextFinding
from taizhang.reading.consistency.interval import AREA, LENGTH, MONEY, WEIGHT, plain, printed
from taizhang.reading.consistency.neighbours import Neighbours

_PEOPLE = frozenset(("人", "人次", "名"))
# The last word of what is measured → units that it never has.
_NEVER = (
    (
        re.compile(
            r"(?:人数|人口|职工|劳动力|毕业生|党员|在校生|学生|教师|游客|居民|农民工|老人|儿童|参保人)$"
        ),
        AREA | LENGTH | WEIGHT | MONEY,
    ),
    (re.compile(r"面积$"), LENGTH - {"里"} | WEIGHT | MONEY | _PEOPLE),
    (re.compile(r"(?:里程|全长|总长度|长度)$"), AREA | WEIGHT | MONEY | _PEOPLE),
    (
        re.compile(r"(?:投资额|金额|投资总额|进出口总额|[贷存]款余额|税收收入|总产值|生产总值)$"),
        AREA | LENGTH | WEIGHT | _PEOPLE,
    ),
    (re.compile(r"(?:粮食产量|煤产量|钢产量|油产量|水产品产量|肉产量)$"), AREA | LENGTH | MONEY | _PEOPLE),
)
_LINK = re.compile(r"(?:达到|达|已|为|是|共计|共有|共|计|有|约|近|超过|超|突破|逾|\s)+$")
_BOUNDED = re.compile(
    r"(?:覆盖率|合格率|达标率|优良率|比率|结案率|办结率|绿化率|绿地率|就业率|失业率|参保率|识字率|文盲率|巩固率|"
    r"死亡率|成活率|发生率|满意率|满意度|入住率|出勤率|处理率|处置率|城镇化率|城市化率|开工率|竣工率|占比|比重|及格率|"
    r"优秀率|接种率|受理率|答复率|回收率|治愈率|检出率|签约率|见面率|安装率|公开率|破案率)$"
)
_MAY_EXCEED = re.compile(
    r"(?:入学率|完成率|执行率|增长率|增速|自给率|负债率|杠杆率|产销率|偿债率|保障率|周转率|回报率|利润率|收益率|生产率|"
    r"达产率|利用率|使用率|赤字率|债务率|费率|税率|利率|通胀率|贡献率|普及率|存贷率|生育率|拨备覆盖率|充足率|偿付率|"
    r"准备金率|流动率|依存率|汇率)$"
)
_NOT_OF_A_WHOLE = re.compile(r"相当|预算|计划|定额|目标|任务|上年|去年|同期|指标|年初|原|前")
_SHARE = re.compile(r"占[^,，。；;\n]{0,16}?(?:的)?(?:比重|比例|份额)?(?:为|达到|达)?\s*$")


def impossible_units(near: Neighbours) -> Iterator[TextFinding]:
    """A figure whose unit its own noun never has."""
    for number, claim in enumerate(near.claims):
        if claim.kind != "level":
            continue
        noun = _LINK.sub("", near.before(number))
        for head, units in _NEVER:
            if (
                claim.unit in units
                and (match := head.search(noun))
                and "每" not in noun
                and "人均" not in noun
            ):
                arithmetic = f"“{match.group()}”不以“{claim.unit}”计 / not measured in {claim.unit}"
                why = "名词与单位不相容 / the noun and the unit exclude each other"
                place = (claim.start - len(near.before(number)), claim.start)
                finding = near.finding("unit-impossible", [number], arithmetic, "certain", why)
                yield TextFinding(
                    finding.finding,
                    (place, *finding.places),
                    finding.arithmetic,
                    finding.certainty,
                    finding.why,
                )


def rates_over_hundred(near: Neighbours) -> Iterator[TextFinding]:
    """A share or rate of more than everything, and a fall by more than everything."""
    for number, claim in enumerate(near.claims):
        said = printed(claim)
        if claim.unit != "%" or said is None:
            continue
        if claim.kind == "change" and said.high < -100:
            arithmetic = f"下降 {plain(-said.high)}% 以上,超过全部 / a fall of more than 100 %"
            why = "除非由正变负(如扭盈为亏) / unless the value turned negative"
            yield near.finding("rate-over-100", [number], arithmetic, "likely", why)
        if claim.kind != "level" or said.low <= 100:
            continue
        noun = _LINK.sub("", near.before(number)) or claim.subject
        bounded = bool(_BOUNDED.search(noun)) and not _MAY_EXCEED.search(noun)
        if bounded or (
            _SHARE.search(near.before(number)) and not _NOT_OF_A_WHOLE.search(near.before(number))
        ):
            arithmetic = f"{plain(said.low)}% > 100% / more than all"
            why = "占比和这类比率不会超过一百 / such a share or rate cannot exceed a hundred"
            yield near.finding("rate-over-100", [number], arithmetic, "certain", why)
        elif noun.endswith("率") and not _MAY_EXCEED.search(noun):
            arithmetic = f"{plain(said.low)}% > 100%"
            why = "多数比率不会超过一百 / most rates cannot exceed a hundred"
            yield near.finding("rate-over-100", [number], arithmetic, "possible", why)
