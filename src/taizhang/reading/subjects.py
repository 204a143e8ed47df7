"""What a figure is of: the words around it in its clause, and what clauses before carry over."""

from __future__ import annotations

import re
from dataclasses import dataclass

from taizhang.reading.context import ADVERBIAL, ATTRIBUTE, VERB_LED, VERBS, Context, topic_of
from taizhang.reading.phrases import core, linked, plain
from taizhang.reading.vocabulary import EXAMPLES

_BEFORE_NAMED = re.compile(r"^([\u4e00-\u9fff]{2})[^“]*、[^“]*(“[^”]*”)$")
_AFTER_LEAD = re.compile(r"^(?:是(?!否)|的|提供|开展|用于|左右|以上|以下|以内|多|余)+")
# Where the noun behind a figure ends: a bracket, or what is told of it (的输气管道全线贯通).
_CLOSED = re.compile(
    "[（(]|(?<=[\u4e00-\u9fff]{2})(?:应该|应当|必须|已经?(?!婚)|将(?!军)|都(?!市)|全线|是(?!否)|坚决|全部|正式|陆续|相继|顺利|绝大部分|能够|可以|没有"
    "|进展|不同程度|不包括|正在|开始|也(?!门)|均(?!衡)|还(?!田|林|款|湖|草))"
)
_DONE = re.compile("(?<=[\u4e00-\u9fff]{2})了(?=[\u4e00-\u9fff])(?!解)")
_AFTER_TAIL = re.compile(r"(?:(?:建设|工作)|(?<![集其])中(?=$)|[，,、和及与并]|以及)+$")
_ONLY_VERBS = re.compile(rf"^(?:{VERBS}|[、和并了])+$")
_GENERIC_OBJECT = re.compile(rf"^(?:{VERBS})(?:违法|违规)?(?:行为|案件|问题|事项)$")
_PROBLEM = re.compile(rf"^(?:[\u4e00-\u9fff]{{2}}化)?(?:{VERBS})*(.*?)(?:问题|难题|工作)?$")
_POINTS_BACK = re.compile(r"^(?:这个|这一|这些|该|此|上述|其(?![他它中余])|它们?|他们|这项|这部分)")
_SHARE_OF = re.compile(
    r"^(?:所?占(?![领用地])|相当于|等于|(?:超额)?完成(?:了)?(?:年度|全年|原定|年|国家|五年)?(?:计划|预算)|为(?:年初|调整|年度|全年)?(?:预算|计划|目标)|比重|比例"
    r")"
)
_TWO_PARTS = re.compile(rf"^(?:{VERBS})[^、]*、(?P<second>[^、]*)$")
_VERB_NOUN = re.compile(rf"(?:{VERBS})了?$")
_JOINT = re.compile(r"、|和|及|以及|与")
_COMMA = re.compile("、")
_AND = re.compile("和|及|以及|与")


def _clean_before(before: str, masked: str) -> str:
    if match := EXAMPLES.search(before):
        whole = before[: match.start()]
        listed = "、" in whole or "“" in whole or whole[-1:] in "省市县区州国"
        before, masked = ("", "") if listed else (whole, masked[: match.start()])
    elif "等各类" in before:
        at = before.rindex("等各类") + 3
        before, masked = before[at:], masked[at:]
    own = core(before, masked)
    if two := _TWO_PARTS.match(own):
        own = two["second"] if ATTRIBUTE.search(two["second"]) else own
    return _BEFORE_NAMED.sub(r"\1\2", own)


def _clean_after(after: str, masked: str) -> str:
    opened = _CLOSED.search(after)
    end = opened.start() if opened else len(after)
    bare = _DONE.sub("", plain(after[:end], masked[:end]))
    return _AFTER_TAIL.sub("", _AFTER_LEAD.sub("", bare))[:24]


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
    persons: bool = False  # whether the noun behind the figure, not a measure, says that it counts persons


_FUNDS = re.compile(
    r"^(?:中央|地方|各级|省级?|市级?|县级?|国家|本级)?(?:和地方|与地方)?(?:各级)?(?:财政|政府|预算内?)?(?:又|再|拟|将|为此|已|共|累计|新增|用于这些方面|这方面)*的?"
    r"(?:安排|投入|拨付|下达|筹集|支出|补助|拨款|拨出|增加|用于|预算|发放|落实|专项|建设|基本建设|投资|资金|经费|的|国债|总|各类|支持项目|支持|涉及|带动|开工|贷款|补助资金){1,6}$"
)
_PURPOSE = re.compile(
    r"^[，,](?:主要|专项|重点|专门|全部|集中|优先)?(?:用[^，,。]{0,8}?)?(?:用于|支持|用来|补助|扶持|解决)(?P<purpose>(?!这)(?:(?![\d一二三四五六七八九十百千万亿])[^，,。；;、]){3,16})(?=[，,。；;、])"
)
# 总投资为164亿元的救治体系, 长达4000公里的管道: the attribute first, its thing behind.
_SIZED = re.compile(
    rf"^(?:(?:{VERBS})了?)?(?P<size>总?投资|投资额|总额|面积|长|宽|高|全长|总长|产值|年产值|年产|价值|金额|人口|规模|总面积|建筑面积|装机容量|装机|库容|容量|年?产量|占地|占地面积|收入)$"
)
# 百分之六十的职工不同程度地增加了工资: whom a share is of, and what is told of them.
_SHARE_TOLD = re.compile(
    r"^(?:以上|左右|以下|多)?的(?P<whose>[\u4e00-\u9fff]{1,8}?)(?:都|已经?|将|可以|能够?|不同程度地?|还|基本上?|逐步)*"
    rf"(?P<told>(?:没有|未|达到|实现|{VERBS}|收入|参加|享受|得到|有|使用|进入|通|用上|掌握)[^，,。；;]{{1,18}})$"
)
_OF_THE = re.compile(
    r"(?<=[\u4e00-\u9fff])的(?=(?:总|平均|年|播种|单位)?(?:产值|产量|面积|投资|收入|支出|产量|数量|总数|人数|价格|成本|投资额|总额|余额|增加值|销售额|销售量|出口额|进口额|总产量|总产值|总收入|供应量)$)"
)
_EACH_KIND = re.compile("^(?:各种|各类|整个|全部)的?(?=[\u4e00-\u9fff]{2})")
_INCLUDING = re.compile("^[^，,]{0,30}在内的(?=[\u4e00-\u9fff]{2})")
_OPENED = re.compile("(?<=[\u4e00-\u9fff]{2})（[^）]*$")
_INSIDE = re.compile("^在(?P<what>[\u4e00-\u9fff、]{3,20})(?:中|里|内)$")
_SERIAL = re.compile(
    rf"^(?:(?:中央|地方|国家|财政|政府)*(?:安排|拨出|拨付|投入|筹集|动用|设立)[^，,]{{0,12}}?(?:资金|贷款|经费|国债|投资|基金))(?=(?:用于|支持|{VERBS}))"
)
_SERIAL_ASKED = re.compile(r"^提请[^，,]{2,14}?(?=审议|批准)")
# 生产规模可以扩大到年产生铁250万吨
_MADE_YEARLY = re.compile(r"^[^，,]{2,24}?(?:扩大|提高|增加|达)到?(?=年产[\u4e00-\u9fff])")
_RECKONED_BY = re.compile(r"^以?(?P<what>[\u4e00-\u9fff]{2,6})(?:计算|计)$")
_STANDING = re.compile("(?<=[\u4e00-\u9fff]{2})(?:办起|建起|拥有|设有|建有|办|修起)了?$")
_PRODUCED = re.compile(r"^(?P<year>年)?(?:生产|产)(?P<what>[\u4e00-\u9fff]{1,8})$")
_WEIGHTS = frozenset("吨 公斤 斤 担 件 辆 台 千瓦时 匹 米 箱 立方米".split())
# 比预算数280亿元少8亿元: the figure compared with
_HELD_AGAINST = re.compile(r"(?:^|[，,、])(?:也|还|已|就|都)?比(?P<what>[^，,比]{2,40})$")
_MORE = re.compile("(?:还|又|也)?(?:[多少高低]|增[加长]|减少|下降|$)")
# 对756件行政法规进行全面清理
_TO = re.compile("(?:对(?!外|口)[^，,对]{0,30}|在)$")
_TREATED = re.compile(
    r"^(?:的)?(?P<what>[\u4e00-\u9fff]{2,12}?)(?:进行|实行|给予|予以|作|实施)了?(?P<how>[\u4e00-\u9fff]{2,10})$"
)
# 减少百分之二的占用量
_OF_CHANGE = re.compile(r"^的(?P<what>[\u4e00-\u9fff]{2,10}(?:量|额|率|面积|开支|支出|成本|费用|人员|投资|消耗))$")
_USED_FOR = re.compile(r"^(?:是|都|主要)*(?P<use>用于[^，,。；;]{2,20})$")
_WHO = re.compile(
    r"^(?:以上|左右|以下|多)?的?(?P<who>[\u4e00-\u9fff]{0,6}?(?:农民|居民|职工|学生|毕业生|人民|劳动力|劳动者|党员|干部|妇女|儿童|老人|老年人|青年"
    r"|知识分子|工人|教师|官兵|社员|群众))(?![工的和、])"
)
_MOVING = re.compile("^.{0,20}?(?:把|使(?!用))(?![握关手])(?=[\u4e00-\u9fff“]{2})")
_AGAIN = re.compile("^(?:(?:又|再|先)?(?:净增|实增|追加|增拨|追减|加拨)了?|这[个些]?中?|可?以?按计划实现)$")
_MOVED_TO = re.compile("^(?:增加|提高|上升|下降|降低|减少|扩大|发展|增长|缩小)[到至为](?:预算|计划|现在|目前)?$")
_JOINED_BY = re.compile("^(?P<verb>参加|加入|参与|受益|入股)的(?P<who>[\u4e00-\u9fff]{2,6})$")
_DOING = re.compile(rf"(?:{VERBS}|达到|实现|超过|没有|未|通|是(?!否))[^，,。；;]{{1,20}}$")
_VERB_ALONE = re.compile(rf"^(?:先|再|又|新|已|共|计划|继续)*(?P<verb>(?!出口|进口|增加|减少|提高|降低)(?:{VERBS}))了?$")


def as_header(own: str, unit: str = "", kind: str = "level") -> str:
    """The words as a column's header has them: 水泥的产量 → 水泥产量, 生产氮肥 → 氮肥产量."""
    own = _INCLUDING.sub("", _EACH_KIND.sub("", _OPENED.sub("", own)))
    if inside := _INSIDE.match(own):
        own = inside["what"]
    if kind == "level" and unit in _WEIGHTS and (made := _PRODUCED.match(own)):
        return f"{made['what']}{made['year'] or ''}产量"
    return _OF_THE.sub("", own) if len(own) <= 14 and "所" not in own else own


def _takes_after(around: Around, kind: str, own: str) -> bool:
    """Whether what follows the figure belongs to its subject (建成6条小巷), not to another thought."""
    if kind in {"rank", "change", "multiple"} or not around.after.strip() or _NO_PART.match(around.after):
        return False
    if around.before_masked.rstrip().endswith("的") and own:
        return not linked(around.after_masked)
    if linked(around.after_masked) or (own and not around.closing and not _VERB_NOUN.search(own)):
        return False
    return not (linked(around.before_masked) and len(own) > 1)


def _own(around: Around, kind: str) -> tuple[str, int]:
    """The subject that the clause itself gives, and how far beyond the figure it reaches."""
    before, masked = around.before, around.before_masked
    if kind == "multiple" and masked.rstrip().endswith("的") and (against := _AGAINST.search(masked)):
        before, masked = before[: against.start()], masked[: against.start()]
    own = _SERIAL_ASKED.sub("", _MADE_YEARLY.sub("", _clean_before(before, masked)))
    own = _MOVING.sub("", own)
    if as_sown := _RECKONED_BY.match(own):
        own = as_sown["what"]
    if kind == "change" and len(own) <= 1 and (of := _OF_CHANGE.match(around.after)):
        return of["what"], 0
    if kind == "level" and len(own) <= 1 and (use := _USED_FOR.match(around.after)):
        return use["use"], len(around.after)
    if around.unit == "人" and around.persons and (who := _WHO.match(around.after)):
        lead = own if VERB_LED.match(own) or not own else own + "的" * masked.endswith("的")
        return (lead if len(lead) <= 12 else "") + who["who"], who.end()
    if kind == "level" and (set_against := _HELD_AGAINST.search(masked)) and _MORE.match(around.after):
        what = plain(before[set_against.start("what") :], masked[set_against.start("what") :])
        if len(what) >= 3:
            return what, -1
    if kind == "level" and around.closing and (treated := _TREATED.match(around.after)) and _TO.search(masked):
        return treated["how"] + treated["what"], len(around.after)
    if around.before_masked.rstrip().endswith("有") and around.closing and kind == "level" and len(own) > 1:
        thing = _clean_after(around.after, around.after_masked)
        if thing and thing not in own and not linked(around.after_masked) and len(own) <= 12 and _THING.match(thing):
            return own + thing, len(around.after)
    sized = _SIZED.match(own) if kind == "level" else None
    if sized is None and kind == "level" and (made := _LONG_SIZED.search(own)) and around.after.startswith("的"):
        sized = made
    if sized and around.after.startswith(("的", "以上的", "左右的")):
        if thing := _clean_after(around.after, around.after_masked):
            return thing + _SIZED_AS.get(sized["size"], sized["size"]), len(around.after)
    told = _SHARE_TOLD.match(around.after) if around.unit == "%" and kind == "level" and around.closing else None
    widened = _WIDENED.match(own) if around.unit == "%" and around.after.startswith(("的", "以上的")) else None
    if widened:
        return f"{widened['what']}的{_clean_after(around.after, around.after_masked)}", len(around.after)
    hailing = _HAILING.match(around.after) if kind == "level" and around.closing else None
    if hailing and masked.rstrip().endswith("来自"):
        return f"{hailing['who']}来自的{hailing['where']}", len(around.after)
    if told and not masked.rstrip().endswith(("占", "为", "到", "达", "是")):
        return f"{told['told'].replace('了', '')}的{told['whose']}", len(around.after)
    if around.unit == "%" and "占" in own[1:] and around.after.startswith("的"):
        return own, 0
    if not _takes_after(around, kind, own):
        return own, 0
    if own and not around.unit.endswith("元"):
        own = _STANDING.sub("", _SERIAL.sub("", own))
    if masked.endswith("的") and len(own) > 4:
        own += "的"
    used = len(around.after)
    if not around.closing and (next_verb := _NEXT_VERB.search(around.after)):
        used = next_verb.start()
    return own + _clean_after(around.after[:used], around.after_masked[:used]), used


_THING = re.compile("(?!以上|左右|以下)[\u4e00-\u9fff“”]{2,10}$")
_LONG_SIZED = re.compile("(?P<size>年产|全长|长|总投资)$")
# 试点范围扩大到40%的县; 来自89个国家的元首
_WIDENED = re.compile("^(?P<what>[^，,]{2,20}?)的?(?:范围|面)?(?:扩大|推广|覆盖|普及|延伸)到?(?:全国|全省|全市)?$")
_HAILING = re.compile("^(?P<where>[\u4e00-\u9fff]{2,10}?)的(?P<who>[\u4e00-\u9fff、]{2,16})$")
_SIZED_AS = {"长": "长度", "宽": "宽度", "高": "高度", "年产": "年产量", "全长": "长度", "总长": "长度"}


def _earlier_object(own: str, context: Context) -> str:
    """继续发行国债，…今年先发行1万亿元: what the verb took before, in the same sentence."""
    found = _VERB_ALONE.match(own)
    at = context.sofar.rfind(found["verb"]) if found else -1
    if found is None or at < 0:
        return ""
    taken = re.match("[\u4e00-\u9fff“”]{2,20}", context.sofar[at + len(found["verb"]) :].lstrip("了"))
    return taken.group() if taken else ""


_COUNTED_AS = {"人": "人数", "名": "人数", "户": "户数"}
# 90%以上可以按计划实现: what is told of a share, not what it is of
_TELLS = re.compile("^(?:以上|左右|以下|多)?(?:可以?|能够?|已经?|都|在|将|按|由|是|集中|来自|用于|没有|得到)")
_PART_OF = re.compile("^(?:为|约为|等于|相当于|仅?为)[\u4e00-\u9fff]{2,14}$")
# 清理规章2300件，废止830件: another deed to the same things
_SAME_AGAIN = re.compile(
    "^(?:基本|全部|已)?(?:建成|开工|竣工|投产|完成|废止|修订|取消|下放|毕业|办结|审结|解决|修改|宣布失效|续建|新建|改造|交付|停止执行)了?$"
)
_FOR_EACH = re.compile("(?P<each>人均|户均|平均每[人户亩]|每[人户亩]平均|每[人户]每[年月])(?:达到?|为|[约是有]|只有)*\\s?$")
_EACH = re.compile("人均|户均|亩均|平均|每[人户亩]")
_HAVE = ("的有", "的是", "的为", "的共有", "的约有", "的达", "的已有", "的只有")
_MADE = re.compile(rf"^(?:全面|共|新)?(?:{VERBS})+")
_REACHED = re.compile("^(?:覆盖(?![面率])|惠及|涉及|遍及|受益)了?(?P<who>[\u4e00-\u9fff]{1,12})$")
_HEADED = frozenset("个 家 所 座 处 项 种 条 名 人 户".split())


def _head(subject: str) -> str:
    """The noun that a subject ends with: 限额以下的建设单位 → 建设单位."""
    head = subject.rpartition("的")[2]
    return head if len(head) <= 6 else head[-2:]


def _hung_on(noun: str) -> str:
    """粮食按人口平均占有量 → 粮食: what an attribute of its own hangs on."""
    bare = ATTRIBUTE.sub("", noun.partition("按")[0] or noun)
    return bare if len(bare) >= 2 else noun


def _with_base(own: str, context: Context) -> str:
    """总面积, 出口额: an attribute by itself hangs on what the sentence speaks of."""
    base = context.base
    attribute = ATTRIBUTE.search(base)
    if attribute:
        base = base[: attribute.start()]
    if not _BARE.match(own) and (attribute or len(own) > 5):
        return own
    return own if not base or len(base) > 16 or own.startswith(base[:2]) else base + own


def subject_of(around: Around, kind: str, context: Context) -> tuple[str, int, str]:
    """The subject of a figure, how far beyond it its words reach, and the rule.

    The context gives what the clause leaves out, and keeps what later figures may need.
    """
    own, used = _own(around, kind)
    if used < 0:
        return as_header(own), 0, "compared"
    rule = "beyond" if used else "own"
    masked = around.before_masked.rstrip()
    if kind == "level" and _FUNDS.match(own) and not (_BARE.match(own) and (context.fresh or context.base)):
        purpose = _PURPOSE.match(around.ahead)
        topic = "" if purpose else context.topic
        if purpose or (topic and topic[-4:] not in own):
            own = f"{own}支持{purpose['purpose']}" if purpose else _PRONOUN.sub("", topic + own)
            context.base = context.base or own
            context.last, context.said, context.fresh = own, own, False
            return own, used, "purpose"
    if _MOVED_TO.match(own) or _AGAIN.match(own):
        own, used = "", 0
    elif own.startswith("用于") and around.unit == "%" and _carried(context):
        own = f"{own}的{_head(_carried(context))}"
    elif around.unit == "%" and kind == "level" and used and _TELLS.match(around.after) and _carried(context):
        before = core(around.before, around.before_masked)
        own, used = (own, used) if len(before) > 1 else ("", 0)
    if kind == "level" and around.unit == "%" and (part := _PART_OF.match(own)) and _carried(context):
        context.last, context.fresh = _carried(context), False
        context.said = f"{context.last}{part.group()}"
        return context.said, used, "share-of"
    if context.of_share and around.unit in _HEADED and around.before.lstrip().startswith("占"):
        thing = _clean_after(around.after.partition("的")[0], around.after_masked.partition("的")[0])
        return core(around.before.lstrip()[1:], masked.lstrip()[1:]) + thing, 0, "whole"
    if context.of_share and own and masked.endswith("的") and not masked.startswith("占"):
        context.said = f"{context.last}占{own}"
        return context.said, used, "share-of"
    if own and masked.endswith(_HAVE) and not used and around.unit in _COUNTED_AS and len(context.noun) > 10:
        own, rule = f"{own}的{_COUNTED_AS[around.unit]}", "head-carried"
    elif context.fresh and context.noun.endswith("的") and kind == "level":
        follows = _clean_after(around.after, around.after_masked) if around.closing else ""
        own, rule = (context.noun + follows if follows else context.noun), "noun-before"
    elif context.fresh and own and context.noun not in own and _HAVING.search(masked):
        own, rule = f"{own}的{_POINTS_BACK.sub('', context.noun)}", "noun-before"
    elif not own.startswith("用于") and not own[:-len(around.after) or None].strip() and masked.endswith("有") and context.last and _DOING.match(around.after):
        own, rule = f"{_clean_after(around.after, around.after_masked).replace('了', '')}的{context.whole or context.last}", "of-which"
    elif masked.endswith(_HAVE) and not used and around.unit in _HEADED and (context.noun or context.last):
        head = _COUNTED_AS.get(around.unit) or context.whole or _head(context.noun or context.last)
        own, rule = f"{own}的{head}", "head-carried"
    elif len(own) <= 1 and not (own and used) and own not in _THINGS:
        own = _carried(context) or (
            _clean_after(around.after, around.after_masked) if kind == "level" else ""
        )
        rule = "carried"
        if (each := _FOR_EACH.search(around.before)) and not _EACH.search(own):
            own = each["each"] + own if len(own) <= 5 else own + each["each"]
    elif context.unit == around.unit and not used and _SAME_AGAIN.match(own) and 4 <= len(context.last) <= 20:
        own, rule = own + _MADE.sub("", context.last), "object-before"
    elif taken := _earlier_object(own, context):
        own, rule = own + taken, "object-before"
    elif (led := _LED_TO.match(own)) and context.said:
        own, rule = context.named(led["what"]) or context.said, "pointed-back"
    elif (points := _POINTS_BACK.match(own)) and len(own) - points.end() > 10:
        own, rule = own[points.end() :], "own"
    elif points and len(rest := own[points.end() :].lstrip("的")) >= 4 and context.named(rest) == "" and "的" in rest:
        own, rule = rest, "own"
    elif points:
        own, rule = context.named(own[points.end() :]) or context.last or context.noun or own, "pointed-back"
    elif _SHARE_OF.match(own) and (context.last or context.noun):
        context.last = (context.fresh and context.noun) or context.last or context.noun
        context.fresh, context.said = False, context.last + own
        return context.said, used, "share-of"
    elif _ONLY_VERBS.match(own) and context.clause:
        found = _PROBLEM.match(context.clause)
        own += found[1] if found and len(found[1]) <= 16 and not ADVERBIAL.search(context.clause) else ""
        rule = "object-before"
    elif _GENERIC_OBJECT.match(own):
        own, rule = context.heading + own, "heading"
    elif (joined := _JOINED_BY.match(own)) and 2 <= len(context.last) <= 12:
        own, rule = f"{joined['verb']}{context.last}的{joined['who']}", "object-before"
    elif (reached := _REACHED.match(own)) and context.last and reached["who"] not in context.last:
        whose = ATTRIBUTE.sub("", context.last)
        own, rule = (whose if 2 <= len(whose) <= 12 else "") + own, "reached"
    elif own.endswith("方面") and around.unit in _HEADED and context.last and not used:
        own, rule = own[:-2].removesuffix("等") + _head(context.last), "head-carried"
    elif VERB_LED.match(own):
        own = topic_of(context.clause) + own
        context.base = re.sub(rf"^(?:{VERBS})", "", own) if "率" not in own else own
    elif len(own) <= 6 and ATTRIBUTE.search(own):
        fresh = context.fresh and _BARE.match(own)
        own, rule = (_hung_on(context.noun) + own if fresh else _with_base(own, context)), "attribute"
    if context.whole and context.whole not in own:
        if "占" in own[:-1] and "所占" not in own:
            pass  # it says itself of what
        elif "占" in own or "比重" in own:
            own = _OF_WHOLE.sub(f"占{context.whole}比重", own, count=1)
        elif around.unit == "%" and kind == "level" and masked.endswith(("占", "占到", "占了")):
            own = f"{own}占{context.whole}比重"
    if masked.startswith("其中") and around.unit in _HEADED and rule == "own" and not VERB_LED.match(own):
        if (made := _MADE.match(context.last)) and context.last[-2:] == own[-2:]:
            own = made.group() + own
    own = as_header(own, around.unit, kind)
    if not context.base:
        context.base = own
    context.last, context.said, context.fresh = own, own, False
    return own, used, rule


# One character that names a thing by itself, not a particle.
_THINGS = frozenset("钢煤铁糖纸布盐油棉粮猪羊牛鱼茶烟电表纱丝锡铜铝铅锌酒碱麻药水")
_NO_PART = re.compile(r"了$|(?:以上|左右)?的?(?:基础上|基数上|情况下|条件下)|(?:没有|未)?(?:不|没有)?(?:包括|计算)?在内|不包括|还多|[并且而]|(?:的)?(?:新)?(?:大关|台阶)|(?:安排|的?目标|的?水平)(?:$|[，,。；;])")
_HAVING = re.compile(r"的(?:[共约]?有|达到?|[将已]有)$")  # 建设单位，能够完成的有
_BARE = re.compile(
    r"^(?:成绩|规模|收入|投资|总|年|实际|平均|人均|户均|亩均|出口|进口|营业|销售|净|合同|协议|投资|资金"
    r"|建筑|占地|服务|灌溉|全年|世界|年末|其中)*"
    r"(?:率|总值|量|面积|金额|额|投资|收入|成绩|排名|数|数量|比重|占比|总量|增速|产值|人数|均价|利润"
    r"|税收|产量|单产|亩产|规模|里程|价格|成本|支出|总额|余额|比例|份额)$"
)
_LED_TO = re.compile(r"^[^，,]{0,8}(?:把|将|使)(?:这个|这一|该|此)(?P<what>比例|比重|份额|数字|指标)$")
_PRONOUN = re.compile("用于?这些方面的|这方面的?|为此|^再|^又|拟|将")
_OF_WHOLE = re.compile(r"所?占(?:的?比重)?$|(?<!占)的?比重$")
_AGAINST = re.compile(r"(?:等于|相当于|是|为|达到)(?:\ue002|[^，,]{1,24}的?$)[^，,]*$")
_NEXT_VERB = re.compile(rf"(?:[、，,和并及]|以及)\s*(?:{VERBS})了?\s*$")


def _carried(context: Context) -> str:
    if context.fresh and context.noun:
        return context.noun
    return context.last or context.noun or topic_of(context.clause) or context.heading


def _tail_of(first: str, last: str) -> str:
    """What the last member of a list says of all: 高技术制造业、装备制造业增加值 → 增加值."""
    first = first.rpartition("的")[2] or first
    for length in range(min(4, len(first)), 0, -1):
        at = last.rfind(first[-length:])
        if at > 0 and len(last) > at + length:
            return last[at + length :]
    shared = last[len(first) :]
    return shared if len(first) <= 4 and _SHARED_HEAD.match(shared) else ""


_SHARED_HEAD = re.compile(
    "人均|户均|居民|平均|每[人户]|固定|社会|销售|出口|进口|生产|投资|工业|产业|行业|企业|用地|土地|耕地|种植|播种|货物|旅客|运输|职工"
)


def _parts(text: str, count: int) -> list[str]:
    """The members of a list of so many; 、 divides before 和 where both stand in it."""
    for joint in (_JOINT, _COMMA, _AND):
        parts = [part for part in joint.split(text) if part]
        if len(parts) == count > 1:
            return parts
    return []


def shared_out(subject: str, count: int) -> list[str]:
    """The subjects of `count` parallel figures (粮食、棉花产量分别…): as many parts, or all the whole."""
    heads, _, predicate = subject.removesuffix("净").partition("分别")
    parts = _parts(heads, count)
    if not parts:
        return [subject] * count
    if predicate:
        return [part + predicate for part in parts]
    attribute = ATTRIBUTE.search(parts[-1])
    if not attribute or len(parts[-1]) - len(attribute.group()) < 1:
        return parts
    shared = next((tail for part in reversed(parts[:-1]) if (tail := _tail_of(part, parts[-1]))), "")
    whole = shared if shared.endswith(attribute.group()) else attribute.group()
    return [
        part if ATTRIBUTE.search(part) else part + (whole if _tail_of(part, parts[-1]) else attribute.group())
        for part in parts
    ]
