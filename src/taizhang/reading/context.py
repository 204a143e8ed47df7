"""What a clause leaves to later ones: nouns without figures, topics, wholes, the subject before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from taizhang.reading.phrases import core
from taizhang.reading.vocabulary import EVALUATION

ATTRIBUTE = re.compile(
    r"(?:率|总值|量|面积|金额|额|投资|收入|成绩|排名|数|数量|比重|占比|总量|增速|产值|人数|均价|利润"
    r"|税收|产量|单产|亩产|规模|里程|价格|成本|支出|总额|余额|比例|份额|寿命|能力|投入|增加值|周转量"
    r"|吞吐量|供应|覆盖面)$"
)
# Official verbs of doing: a clause that begins with one has no subject of its own.
VERBS = (
    "新建|新增|改造|提升|建成|完成|推进|实施|开展|举办|开办|发放|投入|查处|交付|拆除|划定|设置|化解|排查"
    "|整治|追回|接待|落实|培育|孵化|引进|"
    "签约|建设|开工|竣工|发展|治理|解决|办理|处置|提供|打造|完善|优化|扩建|改建|修建|修复|种植|植树|造林"
    "|建立|组织|培训|帮助|帮扶|资助|补贴|争取|"
    "清理|清退|追缴|破获|抓获|受理|审结|挽回|新开工|启动|安置|救助|减免|兑现|出台|取消|下放|新设|招引"
    "|盘活|整改|检查|巡查|关停|淘汰|节约|增产|安排|"
    "发行|支持|惠及|覆盖|批准|颁布|制定|修订|提请|审议|吸收|使用|利用|筹集|筹资|减少|增加|缩减|压减|精简"
    "|废止|开垦|扩大|培养|建造|铺设|"
    "解放|动员|派出|创造|收购|拨出|拨付|增拨|出口|进口|发射|签订|缔结|参加|访问|出访|恢复|成立|开放|撤销"
    "|裁减|转移|改善|增强|提高|降低|选出|拥有|续建|投产"
)
VERB_LED = re.compile(rf"^(?:{VERBS})")
ADVERBIAL = re.compile(
    r"^(?:扣除|剔除|按|按照|比|较|(?:与|同|跟).*(?:相比|比较|一道|一起)$|经过|由于|因此|为了|通过|到"
    r"|截至|据|根据|在|从(?!事)|其中|如果|即使|虽然|尽管|只要|除|随着|自|当|"
    r"使|并且|而且|这|那|他们|我们|不仅|不但|例如|比如|同时|特别|尤其|一是|二是|三是|四是|五是|六是"
    r"|第|各级|必须|要|应)|(?:时|后|中|上|下|方面|期间|以来|情况下|基础上|相比|比较"
    r"|来说|来看|来讲|说来|看来|而言|因素|计算|起见|可知|可见)$|^(?:就|总之|显然|由此)"
)
_CONTRAST = re.compile("^(?:但是?|然而|不过|至于)")
# 农民从农业所得到的收入: what closes with a noun behind 的 names, whatever stands before.
_MODIFIED = re.compile(
    r"^(?!用于|由于|根据|按照?|随着|通过|为了?|除了?|经过|对于?|关于|以(?!工)|如果|只要|在|从(?!事)|使"
    r"|让|把|将|要|必须|这是"
    r"|我们(?!的)|当)[^，,是了]{2,30}的(?P<noun>[\u4e00-\u9fff、]{2,10})$"
)
_NO_NOUN = re.compile(
    r"(?:时候|水平|情况|条件|基础|前提|要求|任务|方针|政策|原则|问题|精神|同时|过程|结果|原因|作用|影响"
    r"|成绩|成就|胜利|局面"
    r"|发展|提高|增长|改善|加强|变化|道路|方向|目标|措施|办法|意见)$|[了着过]|提供|给予|发放|实行"
    r"|[上下中里内时后前]$"
)
# 达到纲要规定的，已经有504个县: what the figure counts follows it.
_HEADLESS = re.compile(r"^[^，,是]{3,24}(?<!目)的$")
# 逐年增加经常性投资，今年先增加50亿元
_MOVED = re.compile(
    r"(?:增加|提高|扩大|减少|降低|压缩|加大|压减|削减"
    r"|发行)(?!了)(?P<object>(?:(?![到至的])[\u4e00-\u9fff]){2,16})$"
)
_HAS_SO_MANY = re.compile("有[一两二三四五六七八九十\\d]")
# 以钢的产量来说，五年合计达到1630万吨
_SPEAKING_OF = re.compile("^单?(?:就|以|拿|从)(?P<noun>[^，,]{2,14}?)(?:来说|来看|而言|说来|来讲|说)$")
_BROAD = re.compile("范围|情况|方面|总体|全局|整体|意义|例子|角度|数量")
# 入社的农户，在农户总数中的比重，将达到三分之一
_SHARE_IN = re.compile("^在(?P<whole>[^，,]{2,20}?)中所?占?的?(?:比重|比例|份额)$")
_SUCH = re.compile(
    "、[^，,是的]*?等(?P<noun>(?:主要)?[\u4e00-\u9fff]{2,10}(?<!方面)(?<!问题)(?<!工作)(?<!措施))$"
)
_PAID = re.compile(rf"(?:{ATTRIBUTE.pattern})|(?:标准|工资|金|补助|补贴|费|待遇)$")
_LIKEWISE = re.compile("的?情况(?:也|同样|大致)?(?:是这样|如此)$")
_ADVERBS = re.compile("[还也又再都将要已可能就]+")
_NOT_ONLY = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:不仅|不但|不只)")
_CAUSED = re.compile("^使(?!用)")
# 向困难学生提供助学金，每人每年1500元
_GIVEN = re.compile(
    "(?:提供|发放|给予|实行|设立|颁发)了?(?P<noun>[\u4e00-\u9fff“”]{0,10}(?:金|费|补贴|补助|奖励|贷款|津贴))$"
)
# 原油产量继续增长，达到1.4亿吨
_GREW = re.compile(
    r"^(?P<noun>[\u4e00-\u9fff、“”]{2,20}?)(?:继续|持续|稳步|大幅度?|不断|有所|进一步|显著|明显|较快"
    r"|快速|平稳|逐年|逐步|将|迅速|都|又|也|有了?|有比较|有较|有很|较大|很大|[快大多]的?|地|的)+"
    r"(?:增长|增加|提高|上升|下降|减少|扩大|改善|回升|降低|提升|增多|发展)$"
)
# 乡镇企业保持旺盛发展势头，五年间产值增长2倍
_KEPT = re.compile(
    r"^(?P<noun>[\u4e00-\u9fff、“”]{2,14}?)(?:继续|仍然?|持续|总体)?(?:保持|呈现|出现)(?:了|出)?[^，,的]{0,8}的?"
    r"(?:势头|态势|增长|发展|局面|稳定|平稳|趋势)$"
)
_TOPIC_LEAD = re.compile(
    rf"^(?:进一步|基本|继续|大力|积极|全面|加快|加强|着力|切实|认真|深入|不断|逐步|更加|有效|我们|重点"
    rf"|努力|国家|{VERBS}|促进|推动|推行|健全"
    r"|鼓励|扶持|加大|做好|抓好|搞好|强化|巩固|深化|保障|确保|提供|用于|对于?|的|了|，|在|关于)+"
)
_INTENT = re.compile("强调|树立|坚持|贯彻|今后|必须|应当|需要")
_WHO = re.compile("^(?:各级政府|各地|我们|国家|中央|各部门)")
_AIDED = re.compile(
    "^(?:进一步|继续)?(?:加大|增加|加强|扩大)了?对(?P<topic>[^，,]{2,20}?)的?(?:支持|投入|扶持"
    "|补助)(?:力度)?$"
)
_TOPIC_TAIL = re.compile(
    rf"(?:{EVALUATION.pattern})|(?:建立|健全|完善|提高|改善|加强|增强|推进|启动|展开|得到|取得|覆盖|进行"
    rf"|扩大|方面"
    r"|的?(?:力度|工作|水平|步伐|投入|支持|政策))+(?:$|[了到])|覆盖到?|取得|得到|扩大到"
)
_SINCE = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:[从自由在]\ue002|近年来|总是|一直|曾经|(?<=[量额率值入数])(?:实现了?"
    r"|再?创|突破|超过|跃居|位居|保持)|首次|再次|出现|连续)"
)
_AND_SO = re.compile("^(?:例如|比如|其中|同时|另外|此外|第[一二三四五六七]是?|[一二三四五六七]是)")
_WITHIN = re.compile(r"^在(?P<whole>[^，,]{2,20}?)(?:中|里|内)$")
_WITHIN_LED = re.compile(
    r"^在(?P<whole>[^，,中]{2,20}?)中(?![央国小部等学心型东西华外])(?P<rest>[^，,]{4,})$"
)
_ON_GROUNDS = re.compile(r"^(?P<noun>[^，,在按]{2,16})在[^，,]*(?:基础上|情况下|条件下|同时)$")
_FIELD = re.compile(r"^在(?P<noun>[\u4e00-\u9fff]{2,10})方面$")
_PREDICATE = re.compile(
    "[了要将把被让着]|使(?!用)|继续|努力|超过|完成|取得|得到|实行|进行$|有(?:很大|较大|所|了)|不足$|涵盖|包括"
    "|等$|良好|较快|较大|较多|改善|提高$|加快|稳步|明显|显著"
)
_RELATIVE = re.compile(r"的[\u4e00-\u9fff、]{1,14}$")


@dataclass(slots=True)
class Context:
    """What earlier clauses leave for later ones; one for each paragraph."""

    heading: str = ""  # the topic of the last heading sentence
    clause: str = ""  # the clause before, where it carries no figure
    base: str = ""  # the subject that attributes of this sentence hang on
    last: str = ""  # the subject of the figure before
    said: str = ""  # the same, with the whole of which it is a share
    earlier: str = ""  # the sentence before
    noun: str = ""  # a clause without figure that only names (农民人均纯收入，1982年为…)
    year: int | None = None  # of which the paragraph speaks
    unit: str = ""  # of the figure before
    sofar: str = ""  # the sentence up to this clause
    topic: str = ""  # what the clauses before deal with (支持企业技术改造，安排资金…)
    whole: str = ""  # in what a share is taken (在工农业总产值中，…)
    of_share: bool = False  # whether the clause tells a share (占全国1786个县的28%)
    fresh: bool = False  # whether `noun` stands between the last figure and this

    def new_sentence(self) -> None:
        self.clause = self.base = self.noun = self.whole = self.topic = ""
        self.fresh = False

    def named(self, attribute: str) -> str:
        """What the sentence before calls by this attribute (这个比重: whose?)."""
        at = self.earlier.rfind(attribute) if len(attribute) >= 2 else -1
        if at < 0:
            return ""
        end = at + len(attribute)
        begin = max((self.earlier.rfind(mark, 0, at) for mark in "，,；;：:。是"), default=-1) + 1
        return self.earlier[begin:end].strip() if end - begin <= 36 else ""

    def pass_clause(self, text: str, masked: str) -> None:
        """A clause without a figure: it may name what later figures are of."""
        self.clause = text
        bare = _CONTRAST.sub("", _AND_SO.sub("", text.strip()))
        if core(text, masked) and (topic := _topic(bare)):
            self.topic = topic
        if within := _WITHIN.match(bare):
            self.whole = within["whole"]
            return
        if led := _WITHIN_LED.match(bare):
            self.whole = led["whole"]
            text, masked, bare = text[-len(led["rest"]) :], masked[-len(led["rest"]) :], led["rest"]
        if noun := self._noun(text, masked, bare):
            self.noun, self.fresh = noun, True

    def _noun(self, text: str, masked: str, bare: str) -> str:
        """What a clause without a figure names; "" where it tells something instead."""
        if self.noun and (share := _SHARE_IN.match(bare)):
            return f"{self.noun}占{share['whole']}比重"
        if like := _LIKEWISE.search(bare):
            return bare[: like.start()]
        spoken = _SPEAKING_OF.match(bare)
        if spoken and not _BROAD.search(spoken["noun"]):
            return spoken["noun"]
        for found in (_SUCH.search(bare), _ON_GROUNDS.match(bare), _FIELD.match(bare)):
            if found:
                return found["noun"]
        if not self.fresh and (moved := _MOVED.search(bare)) and _PAID.search(moved["object"]):
            return moved["object"]
        if given := _GIVEN.search(bare):
            return given["noun"]
        return _phrase(text, masked, _CAUSED.sub("", bare) if ATTRIBUTE.search(bare) else bare)


def _phrase(text: str, masked: str, bare: str) -> str:
    """The clause as a noun phrase, "" where it is none."""
    kept = _KEPT.match(bare)
    if kept and not _PREDICATE.search(kept["noun"]) and not VERB_LED.match(bare):
        return core(kept["noun"], kept["noun"]) or kept["noun"]
    if (grew := _GREW.match(bare)) and not _PREDICATE.search(grew["noun"]):
        return core(grew["noun"], grew["noun"]) or grew["noun"]
    modified = _MODIFIED.match(bare) if len(bare) <= 40 else None
    if modified and not _NO_NOUN.search(modified["noun"]):
        return core(text, masked)
    if ADVERBIAL.search(bare):
        return ""
    if _HEADLESS.match(bare):
        return bare
    since = _SINCE.search(masked) or _NOT_ONLY.search(masked)
    named = core(text[: since.start()], masked[: since.start()]) if since else core(text, masked)
    return named if len(named) <= 30 and not _ADVERBS.fullmatch(named) and _names(named) else ""


def _names(clause: str) -> bool:
    """Whether a clause without figure is a noun phrase, so that later figures can be of it."""
    if _PREDICATE.search(clause) or _HAS_SO_MANY.search(clause):
        return False
    return not VERB_LED.match(clause) or bool(ATTRIBUTE.search(clause) or _RELATIVE.search(clause))


def _topic(clause: str) -> str:
    """What a clause without figure deals with (实施更加积极的就业政策 → 就业政策), "" where unclear."""
    clause = _WHO.sub("", clause)
    if len(clause) > 40 or ADVERBIAL.search(clause):
        return ""
    if aided := _AIDED.match(clause):
        return aided["topic"]
    own = _TOPIC_LEAD.sub("", clause)
    if tail := _TOPIC_TAIL.search(own):
        own = own[: tail.start()]
    own = re.sub("^(?:积极|稳健|有效|适度)?的", "", own)
    return own if 2 <= len(own) <= 16 and own[0] not in "这此该其" else ""


def topic_of(clause: str) -> str:
    """What an evaluating clause evaluates (住房条件持续改善 → 住房条件); empty where it is none."""
    match = EVALUATION.search(clause)
    topic = clause[: match.start()] if match else ""
    return "" if _PREDICATE.search(topic) or ADVERBIAL.search(topic) or _INTENT.search(topic) else topic
