"""What a figure is of: the words around it in its clause, and what clauses before carry over."""

from __future__ import annotations

import re
from dataclasses import dataclass

from taizhang.reading.phrases import core, linked, plain
from taizhang.reading.vocabulary import EVALUATION, EXAMPLES

_BEFORE_NAMED = re.compile(r"^([\u4e00-\u9fff]{2})[^“]*、[^“]*(“[^”]*”)$")
_AFTER_LEAD = re.compile(r"^(?:的|提供|开展|用于|左右|以上|以下|以内|多|余)+")
_AFTER_TAIL = re.compile(r"(?:(?:建设|工作)|[，,、和及与并]|以及)+$")
_ATTRIBUTE = re.compile(
    r"(?:率|总值|量|面积|金额|额|投资|收入|成绩|排名|数|数量|比重|占比|总量|增速|产值|人数|均价|利润"
    r"|税收|产量|单产|亩产|规模|里程|价格|成本|支出|总额|余额|比例|份额|寿命|能力|投入|增加值|周转量"
    r"|吞吐量|供应)$"
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
_VERB_LED = re.compile(rf"^(?:{VERBS})")
_ONLY_VERBS = re.compile(rf"^(?:{VERBS}|[、和并了])+$")
_GENERIC_OBJECT = re.compile(rf"^(?:{VERBS})(?:违法|违规)?(?:行为|案件|问题|事项)$")
_PROBLEM = re.compile(rf"^(?:[\u4e00-\u9fff]{{2}}化)?(?:{VERBS})*(.*?)(?:问题|难题|工作)?$")
_ADVERBIAL = re.compile(
    r"^(?:扣除|剔除|按|按照|比|较|(?:与|同|跟).*(?:相比|比较|一道|一起)$|经过|由于|因此|为了|通过|到"
    r"|截至|据|根据|在|从|其中|如果|即使|虽然|尽管|只要|除|随着|自|当|"
    r"使|并且|而且|但|这|那|他们|我们|不仅|不但|例如|比如|同时|特别|尤其|一是|二是|三是|四是|五是|六是"
    r"|第|各级|必须|要|应)|(?:时|后|中|上|下|方面|期间|以来|情况下|基础上|相比|比较)$"
)
_SINCE = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:[从自由在]\ue002|近年来|首次|再次|出现|连续)")
_AND_SO = re.compile("^(?:例如|比如|其中|同时|另外|此外)")
_WITHIN = re.compile(r"^在(?P<whole>[^，,]{2,20}?)(?:中|里|内)$")
_ON_GROUNDS = re.compile(r"^(?P<noun>[^，,在按]{2,16})在[^，,]*(?:基础上|情况下|条件下|同时)$")
_FIELD = re.compile(r"^在(?P<field>[\u4e00-\u9fff]{2,10})方面$")
_POINTS_BACK = re.compile(r"^(?:这个|这一|这些|该|此|上述|其(?![他它中余])|它|他们|这项|这部分)")
_SHARE_OF = re.compile(
    r"^(?:所?占|相当于|等于|(?:超额)?完成(?:了)?(?:年度|全年|原定|年|国家|五年)?(?:计划|预算)|为(?:年初|调整|年度|全年)?(?:预算|计划|目标)|比重|比例"
    r")"
)
_TWO_PARTS = re.compile(rf"^(?:{VERBS})[^、]*、(?P<second>[^、]*)$")
_VERB_NOUN = re.compile(rf"(?:{VERBS})了?$")
_PREDICATE = re.compile(
    "[了要将把被让着]|使(?!用)|继续|努力|超过|完成|取得|得到|实行|进行$|有(?:很大|较大|所|了)|不足$|涵盖|包括"
    "|等$|良好|较快|较大|较多|改善|提高$|加快|稳步|明显|显著"
)
_RELATIVE = re.compile(r"的[\u4e00-\u9fff、]{1,14}$")
_JOINT = re.compile(r"、|和|及|以及|与")
_COMMA = re.compile("、")
_AND = re.compile("和|及|以及|与")


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
    whole: str = ""  # in what a share is taken (在工农业总产值中，…)
    of_share: bool = False  # whether the clause tells a share (占全国1786个县的28%)
    fresh: bool = False  # whether `noun` stands between the last figure and this

    def new_sentence(self) -> None:
        self.clause = self.base = self.noun = self.whole = ""
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
        bare = _AND_SO.sub("", text.strip())
        if within := _WITHIN.match(bare):
            self.whole = within["whole"]
            return
        if grounds := _ON_GROUNDS.match(bare):
            self.noun, self.fresh = grounds["noun"], True
            return
        if field := _FIELD.match(bare):
            self.noun, self.fresh = field["field"], True
            return
        since = _SINCE.search(masked)
        named = core(text[: since.start()], masked[: since.start()]) if since else core(text, masked)
        if named and len(named) <= 30 and not _ADVERBIAL.search(bare) and _names(named):
            self.noun, self.fresh = named, True


def _names(clause: str) -> bool:
    """Whether a clause without figure is a noun phrase, so that later figures can be of it."""
    if _PREDICATE.search(clause):
        return False
    return not _VERB_LED.match(clause) or bool(_ATTRIBUTE.search(clause) or _RELATIVE.search(clause))


def topic_of(clause: str) -> str:
    """What an evaluating clause evaluates (住房条件持续改善 → 住房条件); empty where it is none."""
    match = EVALUATION.search(clause)
    return clause[: match.start()] if match else ""


def _clean_before(before: str, masked: str) -> str:
    if match := EXAMPLES.search(before):
        whole = before[: match.start()]
        before, masked = (
            (whole, masked[: match.start()]) if "、" not in whole and "“" not in whole else ("", "")
        )
    elif "等各类" in before:
        at = before.rindex("等各类") + 3
        before, masked = before[at:], masked[at:]
    own = core(before, masked)
    if two := _TWO_PARTS.match(own):
        own = two["second"] if _ATTRIBUTE.search(two["second"]) else own
    return _BEFORE_NAMED.sub(r"\1\2", own)


def _clean_after(after: str, masked: str) -> str:
    opened = re.search("[（(]", after)
    end = opened.start() if opened else len(after)
    return _AFTER_TAIL.sub("", _AFTER_LEAD.sub("", plain(after[:end], masked[:end])))[:24]


@dataclass(frozen=True, slots=True)
class Around:
    """The words around a figure in its clause, each as read and blanked; `closing`: no figure follows."""

    before: str
    before_masked: str
    after: str
    after_masked: str
    closing: bool


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
    if kind == "multiple" and (against := _AGAINST.search(masked)):
        before, masked = before[: against.start()], masked[: against.start()]
    own = _clean_before(before, masked)
    if not _takes_after(around, kind, own):
        return own, 0
    used = len(around.after)
    if not around.closing and (next_verb := _NEXT_VERB.search(around.after)):
        used = next_verb.start()
    return own + _clean_after(around.after[:used], around.after_masked[:used]), used


def _with_base(own: str, context: Context) -> str:
    """总面积, 出口额: an attribute by itself hangs on what the sentence speaks of."""
    base = context.base
    attribute = _ATTRIBUTE.search(base)
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
    rule = "beyond" if used else "own"
    masked = around.before_masked.rstrip()
    if context.of_share and own and masked.endswith("的") and not masked.startswith("占"):
        context.said = f"{context.last}占{own}"
        return context.said, used, "share-of"
    if context.fresh and own and context.noun not in own and _HAVING.search(masked):
        own, rule = f"{own}的{_POINTS_BACK.sub('', context.noun)}", "noun-before"
    elif len(own) <= 1 and not (own and used) and own not in _THINGS:
        own = _carried(context) or (
            _clean_after(around.after, around.after_masked) if kind == "level" else ""
        )
        rule = "carried"
    elif points := _POINTS_BACK.match(own):
        own, rule = context.named(own[points.end() :]) or context.last or context.noun or own, "pointed-back"
    elif _SHARE_OF.match(own) and (context.last or context.noun):
        context.last = (context.fresh and context.noun) or context.last or context.noun
        context.fresh, context.said = False, context.last + own
        return context.said, used, "share-of"
    elif _ONLY_VERBS.match(own) and context.clause:
        found = _PROBLEM.match(context.clause)
        own += found[1] if found and len(found[1]) <= 16 and not _ADVERBIAL.search(context.clause) else ""
        rule = "object-before"
    elif _GENERIC_OBJECT.match(own):
        own, rule = context.heading + own, "heading"
    elif _VERB_LED.match(own):
        own = topic_of(context.clause) + own
        context.base = re.sub(rf"^(?:{VERBS})", "", own) if "率" not in own else own
    elif len(own) <= 6 and _ATTRIBUTE.search(own):
        fresh = context.fresh and _BARE.match(own)
        own, rule = (context.noun + own if fresh else _with_base(own, context)), "attribute"
    if context.whole and context.whole not in own and ("占" in own or "比重" in own):
        own = _OF_WHOLE.sub(f"占{context.whole}比重", own, count=1)
    if not context.base:
        context.base = own
    context.last, context.said, context.fresh = own, own, False
    return own, used, rule


# One character that names a thing by itself, not a particle.
_THINGS = frozenset("钢煤铁糖纸布盐油棉粮猪羊牛鱼茶烟电表")
_NO_PART = re.compile(r"[并且而]|(?:的)?(?:新)?(?:大关|台阶)|(?:安排|的?目标|的?水平)(?:$|[，,。；;])")
_HAVING = re.compile(r"的(?:[共约]?有|达到?|[将已]有)$")  # 建设单位，能够完成的有
_BARE = re.compile(
    r"^(?:成绩|规模|收入|投资|总|年|实际|平均|人均|户均|亩均|出口|进口|营业|销售|净|合同|协议|投资|资金"
    r"|建筑|占地|服务|灌溉|全年|世界|年末|其中)*"
    r"(?:率|总值|量|面积|金额|额|投资|收入|成绩|排名|数|数量|比重|占比|总量|增速|产值|人数|均价|利润"
    r"|税收|产量|单产|亩产|规模|里程|价格|成本|支出|总额|余额|比例|份额)$"
)
_OF_WHOLE = re.compile(r"所?占(?:的?比重)?|(?<!占)的?比重")
_AGAINST = re.compile(r"(?:等于|相当于|是|为|达到)(?:\ue002|[^，,]{1,24}的?$)[^，,]*$")
_NEXT_VERB = re.compile(rf"(?:[、，,和并及]|以及)\s*(?:{VERBS})了?\s*$")


def _carried(context: Context) -> str:
    if context.fresh and context.noun:
        return context.noun
    return context.last or context.noun or topic_of(context.clause) or context.heading


def _parts(text: str, count: int) -> list[str]:
    """The members of a list of so many; 、 divides before 和 where both stand in it."""
    for joint in (_JOINT, _COMMA, _AND):
        parts = [part for part in joint.split(text) if part]
        if len(parts) == count > 1:
            return parts
    return []


def shared_out(subject: str, count: int) -> list[str]:
    """The subjects of `count` parallel figures (粮食、棉花产量分别…): as many parts, or all the whole."""
    heads, _, predicate = subject.partition("分别")
    parts = _parts(heads, count)
    if not parts:
        return [subject] * count
    if predicate:
        return [part + predicate for part in parts]
    tail = _ATTRIBUTE.search(parts[-1])
    if tail and len(parts[-1]) - len(tail.group()) >= 1:
        parts = [part if _ATTRIBUTE.search(part) else part + tail.group() for part in parts]
    return parts
