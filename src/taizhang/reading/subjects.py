"""What a figure is of: the words around it in its clause, and what clauses before carry over."""

from __future__ import annotations

import re
from dataclasses import dataclass

from taizhang.reading.context import ADVERBIAL, ATTRIBUTE, VERB_LED, VERBS, Context, topic_of
from taizhang.reading.header_words import BARE, as_header, clean_after, head_of, hung_on, with_base
from taizhang.reading.own_words import Around, own_subject
from taizhang.reading.phrases import core
from taizhang.reading.wholes import share_in

_ONLY_VERBS = re.compile(rf"^(?!完成.)(?:{VERBS}|[、和并了])+$")
_GENERIC_OBJECT = re.compile(rf"^(?:{VERBS})(?:违法|违规)?(?:行为|案件|问题|事项)$")
_PROBLEM = re.compile(rf"^(?:[\u4e00-\u9fff]{{2}}化)?(?:{VERBS})*(.*?)(?:问题|难题|工作)?$")
_POINTS_BACK = re.compile(r"^(?:这个|这一|这些|该|此|上述|其(?![他它中余])|它们?|他们|这项|这部分)")
_SHARE_OF = re.compile(
    r"^(?:所?占(?![领用地])|相当于|等于|(?:超额)?完成(?:了)?(?:年度|全年|原定|年|国家|五年)?(?:计划"
    r"|预算)|为(?:年初|调整|年度|全年)?(?:预算|计划|目标)|比重|比例"
    r")"
)
_FUNDS = re.compile(
    r"^(?:中央|地方|各级|省级?|市级?|县级?|国家|本级)?(?:和地方|与地方)?(?:各级)?(?:财政|政府"
    r"|预算内?)?(?:又|再|还|此项|拟|将|为此|已|共|累计|新增|用于这些方面|这方面)*的?"
    r"(?:安排|投入|拨付|下达|筹集|支出|补助|拨款|拨出|增加|用于|预算|发放|落实|专项|建设|基本建设|投资"
    r"|资金|经费|的|国债|总|各类|支持项目|支持|涉及|带动|开工|贷款|补助资金){1,6}$"
)
_PURPOSE = re.compile(
    r"^[，,](?:主要|专项|重点|专门|全部|集中|优先)?(?:用[^，,。]{0,8}?)?(?:用于|支持|用来|补助|扶持"
    r"|解决|(?:增加|加大|加强)对)(?P<purpose>(?!这)(?:(?![\d一二三四五六七八九十百千万亿])[^，,。；;、]){3,16})(?=[，,。；;、])"
)
_AGAIN = re.compile("^(?:(?:又|再|先)?(?:净增|实增|追加|增拨|追减|加拨)了?|这[个些]?中?|可?以?按计划实现)$")
_MOVED_TO = re.compile(
    "^(?:增加|提高|上升|下降|降低|减少|扩大|发展|增长|缩小)[到至为](?:预算|计划|现在|目前)?$"
)
_JOINED_BY = re.compile("^(?P<verb>参加|加入|参与|受益|入股)的(?P<who>[\u4e00-\u9fff]{2,6})$")
_DOING = re.compile(
    rf"(?:{VERBS}|达到|实现|超过|没有|未|通|是(?!否)|[\u4e00-\u9fff]{{1,4}}了)[^，,。；;]{{1,20}}$"
)
_VERB_ALONE = re.compile(
    rf"^(?:先|再|又|新|已|共|计划|继续)*(?P<verb>(?!出口|进口|增加|减少|提高|降低)(?:{VERBS}))了?$"
)
_COUNTED_AS = {"人": "人数", "名": "人数", "户": "户数"}
# 90%以上可以按计划实现: what is told of a share, not what it is of
_TELLS = re.compile("^(?:以上|左右|以下|多)?(?:可以?|能够?|已经?|都|在|将|按|由|是|集中|来自|用于|没有|得到)")
_PART_OF = re.compile("^(?:为|约为|等于|相当于|仅?为)[\u4e00-\u9fff]{2,14}$")
# 清理规章2300件，废止830件: another deed to the same things
_SAME_AGAIN = re.compile(
    "^(?:基本|全部|已|按期|如期|提前)*(?:建成|开工|竣工|投产|完成|废止|修订|取消|下放|毕业|办结|审结|解决|修改|宣布失效"
    "|注销|吊销|关闭|淘汰|归还|收回|偿还|还清|支付|缴纳"
    "|续建|新建|改造|交付|停止执行)了?$"
)
_FOR_EACH = re.compile(
    "(?P<each>人均|户均|平均每[人户亩]|每[人户亩]平均|每[人户]每[年月])(?:达到?|为|[约是有]|只有)*\\s?$"
)
_EACH = re.compile("人均|户均|亩均|平均|每[人户亩]")
_HAVE = ("的有", "的是", "的为", "的共有", "的约有", "的达", "的已有", "的只有")
_MADE = re.compile(rf"^(?:全面|共|新)?(?:{VERBS})+")
_REACHED = re.compile("^(?:覆盖(?![面率])|惠及|涉及|遍及|受益)了?(?P<who>[\u4e00-\u9fff]{1,12})$")
# 超过1100万人的预期目标
_TARGET = re.compile("(?:年初|全年|年度|原定)?(?:预定|预期|既定|规定|计划|调控|控制)*(?:目标|指标|任务)$")
_HEADED = frozenset(["个", "家", "所", "座", "处", "项", "种", "条", "名", "人", "户"])
# One character that names a thing by itself, not a particle.
_THINGS = frozenset("钢煤铁糖纸布盐油棉粮猪羊牛鱼茶烟电表纱丝锡铜铝铅锌酒碱麻药水")
_HAVING = re.compile(r"的(?:[共约]?有|达到?|[将已]有)$")  # 建设单位，能够完成的有
_LED_TO = re.compile(r"^[^，,]{0,8}(?:把|将|使)(?:这个|这一|该|此)(?P<what>比例|比重|份额|数字|指标)$")
_PRONOUN = re.compile("此项|(?<=[政央方])还|用于?这些方面的|这方面的?|为此|^再|^又|拟|将")
_OF_WHOLE = re.compile(r"所?占(?:的?比重)?$|(?<!占)的?比重$")


def _earlier_object(own: str, context: Context) -> str:
    """继续发行国债，…今年先发行1万亿元: what the verb took before, in the same sentence."""
    found = _VERB_ALONE.match(own)
    at = context.sofar.rfind(found["verb"]) if found else -1
    if found is None or at < 0:
        return ""
    taken = re.match("[\u4e00-\u9fff“”]{2,20}", context.sofar[at + len(found["verb"]) :].lstrip("了"))
    return taken.group() if taken else ""


def _carried(context: Context) -> str:
    if context.fresh and context.noun:
        return context.noun
    return context.last or context.noun or topic_of(context.clause) or context.heading


@dataclass(slots=True)
class _Wanted:
    """A figure whose subject is looked for: its words, and what they say so far."""

    around: Around
    context: Context
    masked: str
    own: str
    used: int

    @property
    def counted(self) -> bool:
        return self.around.unit in _HEADED

    def behind(self) -> str:
        return clean_after(self.around.after, self.around.after_masked)


Named = tuple[str, str] | None  # the subject and the rule


def _pointers(it: _Wanted) -> None:
    """What stands for nothing by itself (追加了, 增加到) is emptied; shares get whose they are."""
    carried = _carried(it.context)
    if _MOVED_TO.match(it.own) or _AGAIN.match(it.own):
        it.own, it.used = "", 0
    elif it.own.startswith("用于") and it.around.unit == "%" and carried:
        it.own = f"{it.own}的{head_of(carried)}"
    elif carried and it.around.unit == "%" and it.around.level and it.used:
        told = _TELLS.match(it.around.after)
        if told and len(core(it.around.before, it.around.before_masked)) <= 1:
            it.own, it.used = "", 0


def _purpose(it: _Wanted) -> Named:
    """支持技术改造，安排资金150亿元: money is named by what it is for."""
    context = it.context
    if not it.around.level or not _FUNDS.match(it.own):
        return None
    if BARE.match(it.own) and (context.fresh or context.base):
        return None
    if purpose := _PURPOSE.match(it.around.ahead):
        return f"{it.own}支持{purpose['purpose']}", "purpose"
    if context.topic and context.topic[-4:] not in it.own:
        return _PRONOUN.sub("", context.topic + it.own), "purpose"
    return None


def _share(it: _Wanted) -> str:
    """What a share is of whom (占全国总数的28%, 为预算收入的一半), "" for no share."""
    around, context, own = it.around, it.context, it.own
    if around.level and around.unit == "%" and (part := _PART_OF.match(own)) and _carried(context):
        context.last = _carried(context)
        return f"{context.last}{part.group()}"
    if context.of_share and own and it.masked.endswith("的") and not it.masked.startswith("占"):
        return f"{context.last}占{own}"
    return ""


def _share_said(it: _Wanted) -> str:
    context = it.context
    closes = it.masked.endswith(("占", "占到", "占了"))
    if it.around.unit in {"%", "‰"} and (share := share_in(it.own, context, closes)):
        context.last = share
        return share
    if not _SHARE_OF.match(it.own) or not (context.last or context.noun):
        return ""
    context.last = (context.fresh and context.noun) or context.last or context.noun
    return context.last + it.own


def _of_noun(it: _Wanted) -> Named:
    """The noun is in a clause before, the verb in this (建设单位，能够完成的有50个)."""
    around, context, own, masked = it.around, it.context, it.own, it.masked
    closes = masked.endswith(_HAVE) and not it.used
    if own and closes and around.unit in _COUNTED_AS and len(context.noun) > 10:
        return f"{own}的{_COUNTED_AS[around.unit]}", "head-carried"
    if context.fresh and context.noun.endswith("的") and around.level:
        return context.noun + (it.behind() if around.closing else ""), "noun-before"
    if context.fresh and own and context.noun not in own and _HAVING.search(masked):
        return f"{own}的{_POINTS_BACK.sub('', context.noun)}", "noun-before"
    nothing = not own.startswith("用于") and not own[: -len(around.after) or None].strip()
    if nothing and masked.endswith("有") and context.last and _DOING.match(around.after):
        return f"{it.behind().replace('了', '')}的{context.whole or context.last}", "of-which"
    if closes and it.counted and (context.noun or context.last):
        head = _COUNTED_AS.get(around.unit) or context.whole or head_of(context.noun or context.last)
        return f"{own}的{head}", "head-carried"
    return None


def _left_out(it: _Wanted) -> Named:
    """The clause says nothing: what an earlier one said goes on."""
    own, around = it.own, it.around
    level_alone = around.kind == "change" and own == "水平"  # 比计划的38亿斤的水平超过1亿斤
    if not level_alone and (len(own) > 1 or (own and it.used) or own in _THINGS):
        return None
    own = _carried(it.context) or (it.behind() if around.level else "")
    if (each := _FOR_EACH.search(around.before)) and not _EACH.search(own):
        own = each["each"] + own if len(own) <= 5 else own + each["each"]
    return own, "carried"


def _object_before(it: _Wanted) -> Named:
    """A verb whose object an earlier clause holds (清理规章2300件，废止830件)."""
    context, own = it.context, it.own
    same = context.unit == it.around.unit and not it.used and 4 <= len(context.last) <= 20
    if same and _SAME_AGAIN.match(own):
        return own + _MADE.sub("", context.last), "object-before"
    taken = _earlier_object(own, context)
    return (own + taken, "object-before") if taken else None


def _pointed_back(it: _Wanted) -> Named:
    """这个比重, 该项目, 把这个比例: what a pronoun points to."""
    context, own = it.context, it.own
    if (led := _LED_TO.match(own)) and context.said:
        return context.named(led["what"]) or context.said, "pointed-back"
    points = _POINTS_BACK.match(own)
    if points is None:
        return None
    rest = own[points.end() :]
    if len(rest) > 10:
        return rest, "own"
    bare = rest.lstrip("的")
    if len(bare) >= 4 and "的" in bare and not context.named(bare):
        return bare, "own"
    return context.named(rest) or context.last or context.noun or own, "pointed-back"


def _completed(it: _Wanted) -> Named:
    """Verbs and attributes that need a noun of the sentence beside them."""
    context, own = it.context, it.own
    if _ONLY_VERBS.match(own) and context.clause:
        found = _PROBLEM.match(context.clause)
        own += found[1] if found and len(found[1]) <= 16 and not ADVERBIAL.search(context.clause) else ""
        return own, "object-before"
    if it.used and context.last and _TARGET.match(own):
        return context.last + own, "object-before"
    if _GENERIC_OBJECT.match(own):
        return context.heading + own, "heading"
    if (joined := _JOINED_BY.match(own)) and 2 <= len(context.last) <= 12:
        return f"{joined['verb']}{context.last}的{joined['who']}", "object-before"
    if reached := _REACHED.match(own):
        whose = ATTRIBUTE.sub("", context.last) if context.base else context.topic
        if whose and reached["who"] not in whose:
            return (whose if 2 <= len(whose) <= 16 else "") + own, "reached"
    if own.endswith("方面") and it.counted and context.last and not it.used:
        return own[:-2].removesuffix("等") + head_of(context.last), "head-carried"
    if VERB_LED.match(own):
        own = topic_of(context.clause) + own
        context.base = re.sub(rf"^(?:{VERBS})", "", own) if "率" not in own else own
        return own, "beyond" if it.used else "own"
    if len(own) <= 6 and ATTRIBUTE.search(own):
        fresh = context.fresh and BARE.match(own)
        return (hung_on(context.noun) + own if fresh else with_base(own, context)), "attribute"
    return None


def _in_whole(own: str, it: _Wanted) -> str:
    """在工业总产值中，国营工业占59%: in what a share is taken."""
    whole = it.context.whole
    if not whole or whole in own or ("占" in own[:-1] and "所占" not in own):
        return own
    if "占" in own or "比重" in own:
        return _OF_WHOLE.sub(f"占{whole}比重", own, count=1)
    shares = it.around.unit == "%" and it.around.level and it.masked.endswith(("占", "占到", "占了"))
    return f"{own}占{whole}比重" if shares else own


def _among(own: str, rule: str, it: _Wanted) -> str:
    """新建公园12个，其中口袋公园8个: the deed goes on for the part."""
    if not it.masked.startswith("其中") or not it.counted or rule != "own" or VERB_LED.match(own):
        return own
    made = _MADE.match(it.context.last)
    return made.group() + own if made and it.context.last[-2:] == own[-2:] else own


def subject_of(around: Around, context: Context) -> tuple[str, int, str]:
    """The subject of a figure, how far beyond it its words reach, and the rule.

    The context gives what the clause leaves out, and keeps what later figures may need.
    """
    own, used = own_subject(around)
    if used < 0:
        return as_header(own), 0, "compared"
    it = _Wanted(around, context, around.before_masked.rstrip(), own, used)
    if named := _purpose(it):
        context.base = context.base or named[0]
        context.last, context.said, context.fresh = named[0], named[0], False
        return named[0], used, named[1]
    _pointers(it)
    if context.of_share and it.counted and around.before.lstrip().startswith("占"):
        thing = clean_after(around.after.partition("的")[0], around.after_masked.partition("的")[0])
        return core(around.before.lstrip()[1:], it.masked.lstrip()[1:]) + thing, 0, "whole"
    if share := _share(it):
        context.said = share
        return share, it.used, "share-of"
    found = _of_noun(it) or _left_out(it) or _object_before(it) or _pointed_back(it)
    if found is None and (share := _share_said(it)):
        context.said, context.fresh = share, False
        return share, it.used, "share-of"
    own, rule = found or _completed(it) or (it.own, "beyond" if it.used else "own")
    own = as_header(_among(_in_whole(own, it), rule, it), around.unit, around.kind)
    context.base = context.base or own
    context.last, context.said, context.fresh = own, own, False
    return own, it.used, rule
