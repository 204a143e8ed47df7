"""Words as the header of a column has them, and the nouns that other words hang on."""

from __future__ import annotations

import re

from taizhang.reading.context import ATTRIBUTE, Context
from taizhang.reading.phrases import plain

_AFTER_LEAD = re.compile(r"^(?:是(?!否)|的|提供|开展|用于|左右|以上|以下|以内|多|余)+")
# Where the noun behind a figure ends: a bracket, or what is told of it (的输气管道全线贯通).
_CLOSED = re.compile(
    "[（(]|(?<=[\u4e00-\u9fff]{2})(?:应该|应当|必须|已经?(?!婚)|将(?!军)|都(?!市)|全线|受益|是(?!否)|坚决"
    "|全部|正式|陆续|相继|顺利|绝大部分|能够|可以|没有"
    "|在(?=[^，,在]{2,14}(?:基础|情况|条件|领导)[上下])|就(?![业学医地近诊餐读])|进展|不同程度|不包括|正在|开始|也(?!门)|均(?!衡)|还(?!田|林|款|湖|草))"
)
_DONE = re.compile("(?<=[\u4e00-\u9fff]{2})了(?=[\u4e00-\u9fff])(?!解)")
_AFTER_TAIL = re.compile(r"(?:(?:建设|工作)|(?<![集其])中(?=$)|[，,、和及与并]|以及)+$")
_OF_THE = re.compile(
    r"(?<=[\u4e00-\u9fff])的(?=(?:总|平均|年|播种|单位)?(?:产值|产量|面积|投资|收入|支出|产量|数量|总数"
    r"|人数|价格|成本|投资额|总额|余额|增加值|销售额|销售量|出口额|进口额|总产量|总产值|总收入|供应量)$)"
)
_EACH_KIND = re.compile("^(?:各种|各类|整个|全部)的?(?=[\u4e00-\u9fff]{2})")
_INCLUDING = re.compile("^[^，,]{0,30}在内的(?=[\u4e00-\u9fff]{2})")
_OPENED = re.compile("(?<=[\u4e00-\u9fff]{2})（[^）]*$")
_INSIDE = re.compile("^在(?P<what>[\u4e00-\u9fff、]{3,20})(?:中|里|内)$")
_PRODUCED = re.compile(r"^(?P<year>年)?(?:生产|产)(?P<what>[\u4e00-\u9fff]{1,8})$")
_WEIGHTS = frozenset(["吨", "公斤", "斤", "担", "件", "辆", "台", "千瓦时", "匹", "米", "箱", "立方米"])
BARE = re.compile(
    r"^(?:成绩|规模|收入|投资|总|年|实际|平均|人均|户均|亩均|出口|进口|营业|销售|净|合同|协议|投资|资金"
    r"|建筑|占地|服务|灌溉|播种|种植|全年|世界|年末|其中)*"
    r"(?:率|总值|量|面积|金额|额|投资|收入|成绩|排名|数|数量|比重|占比|总量|增速|产值|人数|均价|利润"
    r"|税收|产量|单产|亩产|规模|里程|价格|成本|支出|总额|余额|比例|份额)$"
)


def clean_after(after: str, masked: str) -> str:
    opened = _CLOSED.search(after)
    end = opened.start() if opened else len(after)
    bare = _DONE.sub("", plain(after[:end], masked[:end]))
    return _AFTER_TAIL.sub("", _AFTER_LEAD.sub("", bare))[:24]


def as_header(own: str, unit: str = "", kind: str = "level") -> str:
    """The words as a column's header has them: 水泥的产量 → 水泥产量, 生产氮肥 → 氮肥产量."""
    own = _INCLUDING.sub("", _EACH_KIND.sub("", _OPENED.sub("", own)))
    if inside := _INSIDE.match(own):
        own = inside["what"]
    if kind == "level" and unit in _WEIGHTS and (made := _PRODUCED.match(own)):
        return f"{made['what']}{made['year'] or ''}产量"
    return _OF_THE.sub("", own) if len(own) <= 14 and "所" not in own else own


def head_of(subject: str) -> str:
    """The noun that a subject ends with: 限额以下的建设单位 → 建设单位."""
    head = subject.rpartition("的")[2]
    return head if len(head) <= 6 else head[-2:]


def hung_on(noun: str) -> str:
    """粮食按人口平均占有量 → 粮食: what an attribute of its own hangs on."""
    bare = noun.partition("按")[0] or noun
    bare = bare if bare.endswith(("投资", "收入", "支出")) else ATTRIBUTE.sub("", bare)
    return bare if len(bare) >= 2 else noun


def with_base(own: str, context: Context) -> str:
    """总面积, 出口额: an attribute by itself hangs on what the sentence speaks of."""
    base = context.base
    attribute = ATTRIBUTE.search(base)
    if attribute and not (own.endswith("金额") and attribute.group() in {"投资", "收入", "支出"}):
        base = base[: attribute.start()]
    if not BARE.match(own) and (attribute or len(own) > 5):
        return own
    return own if not base or len(base) > 16 or own.startswith(base[:2]) else base + own
