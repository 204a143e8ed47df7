"""What a figure is of: the words around it in its clause, and what clauses before carry over."""

from __future__ import annotations

import re
from dataclasses import dataclass

from taizhang.reading.vocabulary import EVALUATION, EXAMPLES

_LEAD = re.compile(
    r"^(?:\s|预计|全年|今年|去年|年内|可|累计|共计?|共?有(?![效关序力])|已|其中|同时|并|还|也|均|成功|先后|分别|仅|各类|一年来|五年来|我们|以来|截至目前|目前|"
    r"(?:截至)?\d{4}年(?:度|底|末)?|全[国省市区县州盟旗](?!面)|为(?=$|全))+"
)
_TAIL = re.compile(
    r"(?:达到|达|(?<!行)为|是|共计|总计|合计|约|至|到|了|已|均|实现|共|仅|占|累计|分别|有|完成到|[:：、的\s])+$"
)
_NOTE_MARK = re.compile(r"[(（]\d{1,3}[)）]|[①-⑳]")
_INNER = re.compile(r"(?<=[\u4e00-\u9fff])(?:已|累计|共)(?=[\u4e00-\u9fff])|预计|全年(?=[实完])")
_BEFORE_NAMED = re.compile(r"^([\u4e00-\u9fff]{2})[^“]*、[^“]*(“[^”]*”)$")
_AFTER_LEAD = re.compile(r"^(?:的|提供|开展|用于|左右|以上)+")
_AFTER_TAIL = re.compile(r"(?:建设|工作)$")
_ATTRIBUTE = re.compile(
    r"(?:率|面积|金额|额|投资|收入|成绩|排名|数|数量|比重|占比|总量|增速|产值|人数|均价|利润|税收)$"
)
# Official verbs of doing: a clause that begins with one has no subject of its own.
VERBS = (
    "新建|新增|改造|提升|建成|完成|推进|实施|开展|举办|开办|发放|投入|查处|交付|拆除|划定|设置|化解|排查|整治|追回|接待|落实|培育|孵化|引进|"
    "签约|建设|开工|竣工|发展|治理|解决|办理|处置|提供|打造|完善|优化|扩建|改建|修建|修复|种植|植树|造林|建立|组织|培训|帮助|帮扶|资助|补贴|争取|"
    "清理|清退|追缴|破获|抓获|受理|审结|挽回|新开工|启动|安置|救助|减免|兑现|出台|取消|下放|新设|招引|盘活|整改|检查|巡查"
)
_VERB_LED = re.compile(rf"^(?:{VERBS})")
_ONLY_VERBS = re.compile(rf"^(?:{VERBS})+$")
_GENERIC_OBJECT = re.compile(rf"^(?:{VERBS})(?:违法|违规)?(?:行为|案件|问题|事项)$")
_PROBLEM = re.compile(rf"^(?:[\u4e00-\u9fff]{{2}}化)?(?:{VERBS})*(.*?)(?:问题|难题|工作)?$")


@dataclass(slots=True)
class Context:
    """What earlier clauses leave for later ones; one for each paragraph."""

    heading: str = ""  # the topic of the last heading sentence
    clause: str = ""  # the clause before, where it carries no figure
    base: str = ""  # the subject that attributes of this sentence hang on
    last: str = ""  # the subject of the figure before

    def new_sentence(self) -> None:
        self.clause = self.base = ""


def topic_of(clause: str) -> str:
    """What an evaluating clause evaluates (住房条件持续改善 → 住房条件); empty where it is none."""
    match = EVALUATION.search(clause)
    return clause[: match.start()] if match else ""


def _clean_before(before: str) -> str:
    bare = _NOTE_MARK.sub("", before)
    if match := EXAMPLES.search(bare):
        bare = bare[: match.start()] if "、" not in bare and "“" not in bare else ""
    elif "等各类" in bare:
        bare = bare.rpartition("等各类")[2]
    bare = _LEAD.sub("", bare)
    bare = _INNER.sub("", _TAIL.sub("", bare))
    return _BEFORE_NAMED.sub(r"\1\2", bare)


def _clean_after(after: str) -> str:
    return _AFTER_TAIL.sub("", _AFTER_LEAD.sub("", _NOTE_MARK.sub("", after).strip()))


def own_subject(before: str, after: str) -> str:
    """The subject that the clause itself gives."""
    return _clean_before(before) + _clean_after(after)


def subject_of(before: str, after: str, kind: str, context: Context) -> str:
    """The subject of a figure; takes from the context what the clause leaves out, leaves its own."""
    own = own_subject(before, after)
    if not own or (kind == "change" and len(own) <= 1):
        own = context.last or topic_of(context.clause) or context.heading
    elif _ONLY_VERBS.match(own) and context.clause:
        found = _PROBLEM.match(context.clause)
        own += found[1] if found else ""
    elif _GENERIC_OBJECT.match(own):
        own = context.heading + own
    elif _VERB_LED.match(own):
        own = topic_of(context.clause) + own
        context.base = re.sub(rf"^(?:{VERBS})", "", own) if "率" not in own else own
    elif context.base and len(own) <= 6 and _ATTRIBUTE.search(own):
        own = context.base + own
    if not context.base:
        context.base = own
    context.last = own
    return own
