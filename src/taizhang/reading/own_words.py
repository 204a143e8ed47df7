"""What the words of its own clause say a figure is of, and how far beyond the figure they reach."""

from __future__ import annotations

import re
from dataclasses import dataclass

from taizhang.reading.context import ATTRIBUTE, VERB_LED, VERBS
from taizhang.reading.header_words import clean_after
from taizhang.reading.phrases import core, linked, plain
from taizhang.reading.vocabulary import EXAMPLES

_BEFORE_NAMED = re.compile(r"^([\u4e00-\u9fff]{2})[^“]*、[^“]*(“[^”]*”)$")
_TWO_PARTS = re.compile(rf"^(?:{VERBS})[^、]*、(?P<second>[^、]*)$")
_VERB_NOUN = re.compile(rf"(?:{VERBS})了?$")
_NO_PART = re.compile(
    r"了$|(?:以上|左右)?的?(?:基础上|基数上|情况下|条件下)|(?:没有|未)?(?:不|没有)?(?:包括|计算)?在内"
    r"|不包括|还多|[并且而]|(?:的)?(?:新)?(?:大关|台阶)|(?:安排|的?目标|的?水平)(?:$|[，,。；;])"
)
_AGAINST = re.compile(r"(?:等于|相当于|是|为|达到)(?:\ue002|[^，,]{1,24}的?$)[^，,]*$")
_NEXT_VERB = re.compile(rf"(?:[、，,和并及]|以及)\s*(?:{VERBS})了?\s*$")
# 总投资为164亿元的救治体系, 长达4000公里的管道: the attribute first, its thing behind.
_SIZED = re.compile(
    rf"^(?:(?:{VERBS})了?)?(?P<size>总?投资|投资额|总额|面积|长|宽|高|全长|总长|产值|年产值|年产|价值"
    rf"|金额|人口|规模|总面积|建筑面积|装机容量|装机|库容|容量|年?产量|占地|占地面积|收入)$"
)
_LONG_SIZED = re.compile("(?P<size>年产|全长|长|总投资)$")
_SIZED_AS = {"长": "长度", "宽": "宽度", "高": "高度", "年产": "年产量", "全长": "长度", "总长": "长度"}
# 百分之六十的职工不同程度地增加了工资: whom a share is of, and what is told of them.
_SHARE_TOLD = re.compile(
    r"^(?:以上|左右|以下|多)?的(?P<whose>(?!增速|速度|增长|比[例率重]|[税利汇]率|目标|水平)[\u4e00-\u9fff]{1,8}?)(?:都|已经?|将|可以|能够?|不同程度地?|还"
    r"|基本上?|逐步)*"
    rf"(?:在[^，,]{{1,10}}[上中])?(?P<told>(?:没有|未|达到|实现|{VERBS}|存在|处于|亏损|从事|收入|参加|享受|得到|有|使用|进入|通|用上"
    rf"|掌握)[^，,。；;]{{1,24}})$"
)
_SERIAL = re.compile(
    rf"^(?:(?:中央|地方|国家|财政|政府)*(?:安排|拨出|拨付|投入|筹集|动用|设立)[^，,]{{0,12}}?(?:资金"
    rf"|贷款|经费|国债|投资|基金))(?=(?:用于|支持|{VERBS}))"
)
_SERIAL_ASKED = re.compile(r"^(?:国务院)?提请[^，,]{2,14}?(?=审议|批准|制定|修订)")
# 生产规模可以扩大到年产生铁250万吨
_MADE_YEARLY = re.compile(r"^[^，,]{2,24}?(?:扩大|提高|增加|达)到?(?=年产[\u4e00-\u9fff])")
_RECKONED_BY = re.compile(r"^(?:以(?=.*计)|(?=.*计算))(?P<what>[\u4e00-\u9fff]{2,6}?)(?:计算|计)$")
_STANDING = re.compile("(?<=[\u4e00-\u9fff]{2})(?:办起|建起|拥有|设有|建有|办|修起)了?$")
# 比预算数280亿元少8亿元: the figure compared with
_HELD_AGAINST = re.compile(r"(?:^|[，,、])(?:也|还|已|就|都)?比(?P<what>[^，,比]{2,40})$")
_ONLY_TIME = re.compile("[\ue000\ue002\\s]*(?:时期|期间|年)?的?$")
_MORE = re.compile("(?:还|又|也)?(?:[多少高低]|增[加长]|减少|下降|$)")
# 对756件行政法规进行全面清理
_TO = re.compile("(?:对(?!外|口)[^，,对]{0,30}|在)$")
_TREATED = re.compile(
    r"^(?:的)?(?P<what>[\u4e00-\u9fff]{1,12}?)(?:进行|实行|给予|予以|实施|开展)了?"
    r"(?P<how>[\u4e00-\u9fff]{2,14})$"
)
# 减少百分之二的占用量
_OF_CHANGE = re.compile(
    r"^的(?P<what>[\u4e00-\u9fff]{2,10}(?:量|额|率|面积|开支|支出|成本|费用|人员|投资|消耗))$"
)
_USED_FOR = re.compile(r"^(?:是|都|主要)*(?P<use>用于[^，,。；;]{2,20})$")
_WHO = re.compile(
    r"^(?:以上|左右|以下|多)?的?(?P<who>[\u4e00-\u9fff]{0,6}?(?:农民|居民|职工|学生|毕业生|人民|劳动力"
    r"|劳动者|党员|干部|妇女|儿童|老人|老年人|青年"
    r"|知识分子|工人|教师|官兵|社员|群众))(?![工的和、])"
)
_MOVING = re.compile("^.{0,20}?(?:把|使(?!用))(?![握关手])(?=[\u4e00-\u9fff“]{2})")
# 农村税费改革不仅取消了原先336亿元的农业税
_NOT_ONLY = re.compile(rf"^[^，,]{{2,14}}?(?:不仅|不但|不只)(?=(?:{VERBS}))")
_THING = re.compile("(?!以上|左右|以下)[\u4e00-\u9fff“”]{1,10}$")
_WIDENED = re.compile(
    "^(?P<what>[^，,]{2,20}?)的?(?:范围|面)?(?:扩大|推广|覆盖|普及|延伸)到?(?:全国|全省|全市)?$"
)
_HAILING = re.compile("^(?P<where>[\u4e00-\u9fff]{2,10}?)的(?P<who>[\u4e00-\u9fff、]{2,16})$")


@dataclass(frozen=True, slots=True)
class Around:
    """The words around a figure in its clause, each as read and blanked; `closing`: no figure follows."""

    before: str
    before_masked: str
    after: str
    after_masked: str
    closing: bool
    ahead: str = ""  # what stands behind the clause
    unit: str = ""
    kind: str = "level"
    persons: bool = False  # whether the noun behind the figure, not a measure, says that it counts persons

    @property
    def level(self) -> bool:
        return self.kind == "level"


Found = tuple[str, int] | None


def _clean_before(before: str, masked: str) -> str:
    if match := EXAMPLES.search(before):
        whole = before[: match.start()]
        listed = "、" in whole or "“" in whole or whole[-1:] in "省市县区州国所厂院校司矿局港病岛"
        before, masked = ("", "") if listed else (whole, masked[: match.start()])
    elif "等各类" in before:
        at = before.rindex("等各类") + 3
        before, masked = before[at:], masked[at:]
    own = core(before, masked)
    if two := _TWO_PARTS.match(own):
        own = two["second"] if ATTRIBUTE.search(two["second"]) else own
    return _BEFORE_NAMED.sub(r"\1\2", own)


def _takes_after(around: Around, own: str) -> bool:
    """Whether what follows the figure belongs to its subject (建成6条小巷), not to another thought."""
    if not around.level or not around.after.strip() or _NO_PART.match(around.after):
        return False
    if around.before_masked.rstrip().endswith("的") and own:
        return not linked(around.after_masked)
    if linked(around.after_masked) or (own and not around.closing and not _VERB_NOUN.search(own)):
        return False
    return not (linked(around.before_masked) and len(own) > 1)


def _before(around: Around) -> str:
    before, masked = around.before, around.before_masked
    if around.kind == "multiple" and masked.rstrip().endswith("的"):
        against = _AGAINST.search(masked)
        if against:
            before, masked = before[: against.start()], masked[: against.start()]
    own = _SERIAL_ASKED.sub("", _MADE_YEARLY.sub("", _clean_before(before, masked)))
    own = _NOT_ONLY.sub("", _MOVING.sub("", own))
    reckoned = _RECKONED_BY.match(own)
    return reckoned["what"] if reckoned else own


def _behind(around: Around, own: str) -> Found:
    """Where the clause says nothing before the figure: 减少百分之二的占用量, 有35亿元用于住宅."""
    if len(own) > 1:
        return None
    if around.kind == "change" and (of := _OF_CHANGE.match(around.after)):
        return of["what"], 0
    if around.level and (use := _USED_FOR.match(around.after)):
        return use["use"], len(around.after)
    return None


def _persons(around: Around, own: str) -> Found:
    """动员三亿多农民: the noun that says whom the number counts."""
    who = _WHO.match(around.after) if around.unit == "人" and around.persons else None
    if who is None:
        return None
    lead = own if VERB_LED.match(own) or not own else own + "的" * around.before_masked.endswith("的")
    return (lead if len(lead) <= 12 else "") + who["who"], who.end()


def _compared(around: Around, _own: str) -> Found:
    """比预算数280亿元少8亿元: the figure that another is held against; it leaves nothing to later ones."""
    against = _HELD_AGAINST.search(around.before_masked) if around.level and around.unit != "%" else None
    if against is None or not _MORE.match(around.after) or _ONLY_TIME.match(against["what"]):
        return None
    at = against.start("what")
    what = plain(around.before[at:], around.before_masked[at:])
    return (what, -1) if len(what) >= 3 else None


def _treated(around: Around, _own: str) -> Found:
    """对756件行政法规进行全面清理: what is done to so many things."""
    treated = _TREATED.match(around.after) if around.level and around.closing else None
    if treated and _TO.search(around.before_masked):
        return treated["how"] + treated["what"], len(around.after)
    return None


def _having(around: Around, own: str) -> Found:
    """地方有14个建设项目."""
    masked = around.before_masked.rstrip()
    counted = around.level and around.unit != "%"
    if not (counted and around.closing and masked.endswith("有") and 1 < len(own) <= 12):
        return None
    thing = clean_after(around.after, around.after_masked)
    if not _THING.match(thing) or thing in own or linked(around.after_masked):
        return None
    joint = "的" if masked.endswith("的有") else ""
    return own + joint + thing, len(around.after)


def _sized(around: Around, own: str) -> Found:
    """总投资为164亿元的救治体系, 长达4000公里的管道: the attribute first, its thing behind."""
    if not around.level or not around.after.startswith(("的", "以上的", "左右的")):
        return None
    sized = _SIZED.match(own) or _LONG_SIZED.search(own)
    thing = clean_after(around.after, around.after_masked) if sized else ""
    if sized is None or not thing:
        return None
    return thing + _SIZED_AS.get(sized["size"], sized["size"]), len(around.after)


def _shared(around: Around, own: str) -> Found:
    """Shares of what follows: 试点扩大到40%的县, 60%的职工增加了工资, 人口占世界五分之一的国家."""
    if around.unit != "%":
        return None
    if around.after.startswith(("的", "以上的")) and (widened := _WIDENED.match(own)):
        return f"{widened['what']}的{clean_after(around.after, around.after_masked)}", len(around.after)
    told = _SHARE_TOLD.match(around.after) if around.level and around.closing else None
    if told and not around.before_masked.rstrip().endswith(("占", "为", "到", "达", "是")):
        return f"{told['told'].replace('了', '').replace('存在着', '存在')}的{told['whose']}", len(
            around.after
        )
    return (own, 0) if "占" in own[1:] and around.after.startswith("的") else None


def _from_where(around: Around, _own: str) -> Found:
    """来自89个国家的元首."""
    hailing = _HAILING.match(around.after) if around.level and around.closing else None
    if hailing and around.before_masked.rstrip().endswith("来自"):
        return f"{hailing['who']}来自的{hailing['where']}", len(around.after)
    return None


_RULES = (_behind, _persons, _compared, _treated, _having, _sized, _from_where, _shared)


def own_subject(around: Around) -> tuple[str, int]:
    """The subject that the clause itself gives, and how far beyond the figure it reaches.

    -1 stands for a figure that others are only held against.
    """
    own = _before(around)
    for rule in _RULES:
        if found := rule(around, own):
            return found
    if not _takes_after(around, own):
        return own, 0
    if own and not around.unit.endswith("元"):
        own = _STANDING.sub("", _SERIAL.sub("", own))
    if around.before_masked.endswith("的") and len(own) > 4:
        own += "的"
    used = len(around.after)
    if not around.closing and (next_verb := _NEXT_VERB.search(around.after)):
        used = next_verb.start()
    return own + clean_after(around.after[:used], around.after_masked[:used]), used
