"""Which amounts assert something: counts and sizes do; 一个, 两国, 五项原则, 三年, classes of size do not."""

from __future__ import annotations

import re

from taizhang.reading.amounts import Amount
from taizhang.reading.measures import SIZES, TIMES

_MAGNITUDES = frozenset("十百千万亿")
# Sizes that, with a small Chinese numeral, are more often something else (一度, 两里).
_RARE = frozenset({"度", "里", "升", "尺", "寸", "丈", "瓦", "两", "方", "担", "顷", "T", "P", "克", "分"})
# What is not a thing that somebody counts, but an item of a speech (三个方面, 五项原则).
_ITEMS = re.compile(
    r"(?:主要|重要|重大|基本|根本|突出|不同|新的?|大的?|具体|关键|紧密)?(?:的)?(?:方面|原则|问题|步骤"
    r"|阶段|环节|要求|层次|特点|关系|转变|意识|自信|代表|确保|统筹"
    r"|现代化|基本点|重点|要点|关键|任务|建议|意见|措施|举措|规定|制度|体系|战略|行动|机制|渠道|市场"
    r"|资源|世界|时期|部分|领域|类型|方针|政策"
    r"|条件|因素|目标|标准|观点|口号|文明|大局|结合|估计|主意|好处|思想|道路|敌人|司令部|运动|方向|凡是"
    r"|积极性|前提|必须|不变|坚持|台阶|百年"
    r"|超级大国|中心|矛盾|规律|论断|攻坚|历史|事情|事$|大事|实事|工作|任务|内容|维护|确立|全面|务必"
    r"|协议书|月|半年|世纪|年头|层面|界限|侧面|指标|梯队)"
    r"(?=[^\u4e00-\u9fff]|[的和与及是以等都在上中下为而得一要取相之同所内应进开并也已]|$)"
)
_COUNTED_BY = re.compile(
    r"(?:新建|建成|开工|竣工|投产|新增|增设|增加|建立|成立|兴建|续建|扩建|改建|建设|设立|开放|恢复|发射"
    r"|签订|签署|破获|查处|达到|达|增至|减至|增为|减为|减少|减为"
    r"|精简|精简为|超过|共有|已有|现有|拥有|共计|设置|召开|举办|颁布|修订|增加到|减少到|增长到|扩大到"
    r"|发展到|撤销|取消|合并|组建|建造|研制|试制|新设|引进|接待|出访|访问|覆盖|培育|认定)了?\Z"
)
_CLOSES = re.compile(r"(?:[，,。；;、！!？?）)（(\n]|$|和(?!平|谐)|以及|及)")
_NO_THING_BEFORE = re.compile(
    r"(?:[这那哪每各前后另某上下头做抓办搞好分的种第之其要到为是出列]|^|[，,。；;、：:\s])\Z"
)
_POSTPOSED = frozenset("个座所家处台艘架辆套项条件部门支株头匹只名户人张枚幢栋间口眼对列种次")
_PLACES = frozenset("国省市县区乡村镇州旗校厂")  # 两国, 三省: which, not how many
_SPAN_WORDS = re.compile(
    "时间|寿命|周期|工期|缩[至到为]|播种期|期限|天数|年限|年龄|假期|产假|陪产|时限|时长|工时|时速|龄"
    "|好天气|平均受教育|预期|缩短|压缩|延长|压减|推迟|结余|可用|免签|工作日"
)
_SPAN_REACHED = re.compile(
    r"(?:缩短|压缩|压减|延长|推迟|减少|增加|提高|下降|降低|上升)了?\Z|(?:[到至为达在]|平均|不超过|不少于"
    r"|由|从|仅|只需|共)\Z|[\u4e00-\u9fff]\Z"
)
_CLASSED = re.compile(r"(?:及|和|或)?以[上下]的?(?P<noun>[\u4e00-\u9fff“][^，,。；;、]{0,12})")
_CLASS_NOUN = re.compile(
    "企业|单位|国家|大?队|城市|[县市村镇乡矿厂]|商户|项目|工程|电站|机组|港口|船位|水库|灌区|老人|老年"
    "|人员|人群|者"
    "|儿童|学校|医院|家庭|用户|船|车|土地"
    "|耕地|建筑|住房|公司|产品|设备|大户|地区|社区|案件|码头|锅炉|河流|机器|拖拉机|水利|灌溉|降水|飞机"
    "|地震|机构|园区|集团|骨干|规模|工业|旅客机|商店|社员|合作社|单项|事故|火车|桥"
)
# 三十万千瓦的核电站一个: the size of the thing that is counted next
_SIZED = re.compile(
    r"(?<![%‰])的(?!水平|总|规模|速度|比重|基础|指标|标准)(?:(?!超过|达到|增加|提高"
    r"|减少)[\u4e00-\u9fff]){1,10}?(?:\d|[一二两三四五六七八九十百千]+[个座台套条艘架所家])"
)
_GOVERNED = re.compile(
    r"(?:达到?|有|为|超过|增加|减少|新增|完成|实现|生产|投资|安排|节约|筹集|发放|增产|建成|解决|约|近|共"
    r"|到|至|占|即|下放|减贫|安置|培训|转移|使|动员|组织|超|年增|减|降|增)了?\Z"
)
_HALF_BY = re.compile(
    r"(?:占|约|近|有|达到?|超过|的|到|至|了|减少|减|压缩|压减|缩减|缩短|缩小|下降|降低|增加|精简|再"
    r"|不到)\Z"
)


def _structure(text: str, end: int) -> bool:
    return bool(_ITEMS.match(text, end)) or (text[end - 1] == "条" and bool(_ARTICLES.match(text, end)))


def _small_chinese(text: str, amount: Amount, start: int) -> bool:
    """Up to ten in Chinese: counts where a verb of making governs it, or where it closes its clause."""
    closes = _CLOSES.match(text, amount.end)
    if amount.high == 1 and amount.unit not in {"个", "座", "所", "家", "台", "艘"}:
        return False
    if (
        closes
        and amount.unit[-1] in _POSTPOSED
        and not _NO_THING_BEFORE.search(text, max(0, start - 1), start)
    ):
        return True
    if amount.high < 2 or amount.unit in _PLACES or _structure(text, amount.end):
        return False
    return bool(_COUNTED_BY.search(text, max(0, start - 6), start))


def _span(text: str, amount: Amount, start: int, clause: int) -> bool:
    """A span of time asserts where something is said to take, last or reach it."""
    if text.startswith(
        ("来", "内", "间", "前", "后", "中", "里", "期", "计划", "规划", "的时间", "多来", "以来", "之"),
        amount.end,
    ):
        return amount.unit not in {"年", "个月", "个世纪", "世纪", "月", "周"} and bool(
            re.search(r"(?:缩短|压缩|压减|控制|降|减)[到至为在]?\Z", text[max(0, start - 5) : start])
        )
    if amount.unit in {"月", "周"}:
        return False
    if text.startswith(("延长", "缩短", "压缩", "压减", "提高到", "增加到", "减少到", "降"), amount.end):
        return True
    if amount.unit in {"岁", "周岁"}:
        return bool(
            re.search(r"(?:到|至|为|达|提高|增加|延长|了|约|[由从])\Z", text[max(0, start - 3) : start])
        ) or ("寿命" in text[max(clause, start - 30) : start])
    return bool(
        _SPAN_WORDS.search(text, max(clause, start - 24), start)
        and _SPAN_REACHED.search(text, max(clause, start - 6), start)
    )


# 一百斤以上的有45个县，六十斤以下的，以四十斤为界
_OF_SIZE = re.compile(r"(?:及|和|或)?以[上下]的(?=[共约已还]?[有占达]|[，,；;]|只)|为(?:界|限|起点|分界)")

# 年所得100万元至300万元部分减半征税
_PART_OF_SIZE = re.compile(
    r"(?:[-—–~～至到](?:[\d.]{1,9}|[一二三四五六七八九十百千]{1,6})[万亿]?元)?(?:及?以[上下内])?的?部分(?!地|[是由用])"
)
# 十七条协议: how many articles a treaty has
_ARTICLES = re.compile(r"(?:协议|协定|条约|公约|纲领|草案)")


def _of_class(amount: Amount) -> bool:
    """Whether its unit tells a size by which things are classed."""
    return amount.unit in SIZES and amount.unit not in {"%", "‰", "倍", "个百分点"}


def names_a_class(text: str, amount: Amount, start: int) -> bool:
    """500万元以上项目: what is of a size, not how much there is."""
    if amount.unit in SIZES and _SIZED.match(text, amount.end):
        return not _GOVERNED.search(text, max(0, start - 4), start)
    if amount.unit in SIZES and _PART_OF_SIZE.match(text, amount.end):
        return True
    if _of_class(amount) and _OF_SIZE.match(text, amount.end):
        return True
    classed = _CLASSED.match(text, amount.end)
    if classed is None or not _CLASS_NOUN.search(classed["noun"]):
        return False
    if not _of_class(amount) and amount.unit not in {"人", "户", "头", "岁", "个", "名"}:
        return False
    return not _GOVERNED.search(text, max(0, start - 4), start)


def is_bare(amount: Amount) -> bool:
    """Whether the number is a magnitude alone (万, 百亿), which says a figure only beside a bound."""
    if amount.numeral is None or amount.rule == "range" or amount.numeral.odd:
        return False
    digits = amount.numeral.text.rstrip("余多来")
    return not (set(digits) - _MAGNITUDES) and not (digits[0] == "十" and len(digits) > 1)


def counts(text: str, amount: Amount, start: int, clause: int, bounded: bool) -> bool:
    """Whether this amount of a masked text asserts a figure; `start` is where its bound words begin."""
    numeral, unit = amount.numeral, amount.unit
    if not unit:
        return False
    if numeral is None:
        return amount.rule != "half" or bounded or bool(_HALF_BY.search(text, max(0, start - 3), start))
    if names_a_class(text, amount, start) or (numeral.high == 1 and text[start - 1 : start] == "每"):
        return False
    if unit in TIMES:
        return _span(text, amount, start, clause)
    if numeral.text[:1] == "几" or (numeral.text[:1] == "数" and unit == "倍"):
        return False  # 几十亿元: vague
    if amount.rule in {"share", "fraction"}:
        return not text.startswith(("世纪", "年", "小时", "天"), amount.end)
    if not numeral.chinese:
        return numeral.high > 10 or unit in SIZES or not _structure(text, amount.end)
    if is_bare(amount):
        return (bounded or text[start - 1 : start] == "过") and start > 0 and numeral.text != "十"
    if unit in SIZES or amount.rule == "tenths":
        if text[start - 1 : start] in "统单同唯" and start > 0:
            return False
        return not (unit in _RARE and numeral.high <= 10)
    if numeral.high <= 10:
        return _small_chinese(text, amount, start)
    return not _structure(text, amount.end)
