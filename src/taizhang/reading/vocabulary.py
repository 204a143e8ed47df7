"""The closed word classes of official reports: measures, bounds, changes, moods. Nobody's names."""

from __future__ import annotations

import re

# Measure words of counts, lengths, areas, weights, energy, money, rates.
_WORDS = """
    家 户 个 项 件 条 座 所 处 套 栋 幢 间 名 人 人次 人份 剂次 剂 场 场次 次 期次
    台 台套 辆 艘 架 台次 辆次 部 亩 公顷 平方米 平方公里 立方米 公里 千米 米 吨
    公斤 千克 斤 吨标准煤 标准箱 千瓦 千瓦时 度电 元 美元 欧元 港元 元/平方米 元/人
    元/月 % 个百分点 个基点 ‰ 位 株 棵 头 只 羽 尾 盏 根 块 张 本 册 篇 份 例 起 宗
    笔 单 枚 对 支 床 张床位 床位 村 镇 班次 架次 班 课时 学时 天 微克/立方米
    毫克/立方米 个工作日 分 倍 岁 门 款 首 岗 口 盘 艘次 车次 标箱 担
"""
# Measure word → base unit; longest first where it is compiled.
MEASURES: dict[str, str] = {word: word for word in _WORDS.split()} | {
    "平米": "平方米",
    "㎡": "平方米",
    "m2": "平方米",
    "人口": "人",
    "块钱": "元",
    "km": "公里",
    "人民币元": "元",
    "元人民币": "元",
}
_UNIT = "|".join(re.escape(word) for word in sorted(MEASURES, key=len, reverse=True))
# What a measure word's character may not go on to: then it is the head of another word.
_NOT = (
    r"家(?=庭|园|长|乡|政)|人(?=民|大|才|均|工|类|力|员)|条(?=例|件|款|约)|处(?=理|置|级|长)"
    r"|个(?=月|年|小时|季度|五年|人)|元(?=化|结构|素|旦|宵|年)|次(?=会|全|代|党|方|序|于|要)"
    r"|分(?=之|钟|别|类|级|为|布|局|析|步|期|管|工|子|公司)"
    r"|天(?=然|空|气|下|使)|例(?=如|行)|位(?=一体|于|置|居)|名(?=牌|录|列|单|优|特)|部(?=门|委|分|队)|起(?=来|步|草|点)|对(?=外|口|于|接|照|标)"
    r"|本(?=级|地|市|区|县|科|年)|头(?=部)|口(?=岸|径)|单(?=位|一)|班(?=子)|间(?=接)|米(?=粮)|门(?=类|前)|支(?=持|部|撑)|块(?=状)"
    r"|村(?=庄|居|民)|镇(?=区|域)|台(?=账|湾)|根(?=本|据)|岁(?=以上|以下|及|的|至|-|老|儿)|石(?=油|化)|场(?=所|地|馆)|张(?=家)|户(?=籍|均)|份(?=额)"
    r"|斗(?=争)|首(?=批|次|个|届|位)|款(?=项)|担(?=当|保)|套(?=路)"
)
MEASURE = re.compile(rf"\s?(?!{_NOT})(?P<unit>{_UNIT})")

# A bare small Chinese numeral with one of these speaks of a name or "a few" (十条措施), not of a count.
LOOSE_MEASURES = frozenset("个项条件次位门对口首天起支本篇部班期场张根块斗石担只头村镇分度")

BEFORE_BOUNDS: dict[str, str] = {
    "超过": "above",
    "超": "above",
    "逾": "above",
    "突破": "above",
    "高于": "above",
    "大于": "above",
    "超出": "above",
    "不低于": "at_least",
    "不少于": "at_least",
    "至少": "at_least",
    "不小于": "at_least",
    "约": "about",
    "大约": "about",
    "约为": "about",
    "大概": "about",
    "近": "below",
    "将近": "below",
    "接近": "below",
    "不到": "below",
    "不足": "below",
    "低于": "below",
    "少于": "below",
    "小于": "below",
    "不超过": "at_most",
    "至多": "at_most",
    "不高于": "at_most",
    "不多于": "at_most",
}
AFTER_BOUNDS: dict[str, str] = {
    "及以上": "at_least",
    "以上": "at_least",
    "左右": "about",
    "上下": "about",
    "以内": "at_most",
    "以下": "below",
}
BEFORE_BOUND = re.compile(
    "(?<![附最邻靠])(?:" + "|".join(sorted(BEFORE_BOUNDS, key=len, reverse=True)) + r")\Z"
)
AFTER_BOUND = re.compile("|".join(AFTER_BOUNDS))
APPROXIMATE = frozenset({"约", "大约", "约为", "大概", "近", "将近", "接近", "左右", "上下"})

RISES = "增长|上升|提高|提升|增加|扩大|上涨|增|升|涨|多增|加快"
FALLS = "下降|减少|降低|回落|缩减|下滑|压减|压缩|缩短|收窄|减|降|跌|少"
YEAR_ON_YEAR = "同比|比上年同期|较上年同期|比上年|较上年|比去年同期|比去年|较去年|较前一年"
MASK = "\ue000"  # stands for what was blanked: years are, before figures are read
OTHER_BASIS = rf"环比|年均|月均|比上月|较上月|比上季度|较上季度|(?:比|较){MASK}+"
CHANGE = re.compile(
    rf"(?:(?P<yoy>{YEAR_ON_YEAR})|(?P<other>{OTHER_BASIS}))?(?:实际|名义|平均|累计|分别|均|总体|已)*"
    rf"(?:(?P<rise>{RISES})|(?P<fall>{FALLS}))了?\Z"
)
BASIS_ONLY = re.compile(rf"(?:(?P<yoy>{YEAR_ON_YEAR})|(?P<other>{OTHER_BASIS}))[^,，;；。]*\Z")
CUMULATIVE = re.compile("累计|历年来?共")

EXPECTED = re.compile("预计|有望|预期(?!目标|寿命)|估计")
PLANNED = re.compile(
    r"力争|争取(?!到)|确保|目标(?:是|为|:|：)|预期目标|拟(?=新|建|投|安排)"
    r"|计划(?=到|投资|新建|建设|实现|完成|实施|安排)|将(?=新|建|达|实现|完成|投|安排)"
)
PLAN_HEADING = re.compile("安排|打算|目标|任务|建议|部署|计划|思路|展望|明年|下一年")
REVIEW_HEADING = re.compile("回顾|完成情况|总结|执行情况|过去|成就")

RANK = re.compile(
    r"(?P<scope>(?:全|同类|各)(?:国|世界|球|省|区|市|县|州|盟|旗|镇|乡|自治区)(?:同类\w{1,4})?|全国同类\w{1,4}|城区|县区|世界|省内|市内|区内|"
    r"(?:东|中|西)部(?:地区)?|省会城市|地级市|县域)?(?P<verb>排名|位居|位列|居|列|名列|排)?"
    r"(?P<scope2>(?:全|同类|各)(?:国|世界|球|省|区|市|县|州|盟|旗|镇|乡)|城区|县区|世界)?"
    r"(?P<before>前)?第?(?P<number>\d+|[一二三四五六七八九十]+)(?P<place>位|名)?"
)

EVALUATION = re.compile(
    "(?:力度|水平|工作)?(?:持续|不断|进一步|更加|全面|顺利|有力|加快|稳步|显著|明显|大幅|逐步|日益|深入|扎实|有效|迈向|全部|实现)"
)
EXAMPLES = re.compile(r"等(?:各类|各级|一批|多个)?\Z")
