"""What a statement is about, and what of it is asserted: the words around its predicate."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.reading.statements.wordings import Rule

_LEAD = re.compile(
    r"^(?:[\s、—]*(?:了|标志着|表明|全年|今年|去年|年内|同时|目前|现在|我们|我[国省市县区乡镇]|辖区(?=.{2})|其中|并|还|也|均|都|已经?|又|先后|相继|分别|一年来|五年来|以来|截至目前|"
    r"积极|深入|大力|持续|扎实|全面|严格|切实|认真|进一步|不断|加快|着力|因而|因此|但是?|而且?|从而|特别是|尤其是|这些|全力|有序|稳步|统筹|继续|始终|坚决|坚持|广泛|依法|常态化|推动|努力|精心|成功|率先|"
    r"实现|做到|完成|将|把|使|对(?!外|口|接|标|照)|由(?!于)|一是|二是|三是|四是|五是|[\d一二三四五六七八九]{1,4}年来?))+"
)
_DESCRIBED = re.compile(r"^(?:长达|全长|总长|总投资|投资)[^,的]{1,16}的(?=.{2})")
_VERBS = re.compile(
    r"^(?:开展|推进|推动|实施|组织|落实|加强|加大|强化|打好|打响|打赢|深化|启动|保持|完善|建设|抓好|建成|完成|加快|实行|推行|进行|抓|落细|压实|健全|建立|全面)+"
)
_TAIL = re.compile(
    r"(?:[、\s的]|等(?:各类|各项|重点|一批)?(?:领域|行业|方面|环节|地区|部位|问题|项目|工作|工程)?|领域|正式|顺利|全面|成功|已经?|相继|先后|均|都|也|又|实现|基本|全部|进一步|"
    r"被|获|拟|再次|首次|连续[一二三四五六七八九\d]年|再|已被|双双|还|并|工作|力度|是|虽然|虽|将|始终|扎实地|正在|正|取得了?|保持了?|日益|呈现出?|得到了?)+$"
)
_NOUN_OF_DEED = re.compile(r"(?:(?<=禁[\u4e00-\u9fff])管理|力度|高压态势|工作|专项行动|行动)+$")
_RATE = re.compile(r"(?<=[\u4e00-\u9fff]{4})[\u4e00-\u9fff]{2}率$")
# Stages that a work goes through: no work of its own.
_STAGE = re.compile(
    r"^(?:征地|征收|征拆|拆迁|征迁|搬迁|主体|主体结构|主体工程|土建|装修|桩基|基坑|地基|基础|安置房|安置房建设|安置|选房|选址|设计|勘察|招标|前期|前期工作|室外工程|配套工程|"
    r"管网|绿化|外立面|土方|路基|路面|桥梁|隧道|设备安装|安装|调试|验收|回迁|一期|二期|三期)(?:工程|工作|建设|施工|安装)?$"
)
_WORK = re.compile(r"项目|工程|改造|小区|片区|地块|村|园|楼|厂|路|桥")
_GROWN = re.compile(
    r"(?P<what>[^的]{2,24}?)(?:工作)?(?:力度)?(?:持续|不断|进一步|明显|逐步|继续|全面|深入|稳步|广泛|顺利|有序|扎实)*"
    r"(?:加大|加强|加快|开展|推进|实施|深化|展开|进行|活跃|发展|完善|推开|启动)$"
)
_ADVERBIAL = re.compile(r"^在[^,]{1,40}[中上内里下间](?:又|也|再次|再度|首次)?$")
_DESIGNATION = re.compile(
    r"(?:区|点|站|县|市|城市?|基地|单位|企业|试点|称号|乡|镇|村|社区|园区|学校|中心|示范|项目|等次|奖|街区|景区|工厂|车间|品牌|名录|名单)[”\"]?$"
)


def object_of(match: re.Match[str]) -> str:
    """The object that the wording captured, empty where it has none."""
    groups = match.groupdict()
    return unquoted((groups.get("o") or groups.get("p") or "").strip("、 "))


def unquoted(words: str) -> str:
    """Without quotation marks around the whole, and without one whose fellow is missing."""
    if words[:1] == "“" and words.find("”") == len(words) - 1:
        return words[1:-1]
    if words.count("“") != words.count("”"):
        return words.removesuffix("“").removeprefix("”")
    return words


def _cleaned(words: str) -> str:
    bare = _DESCRIBED.sub("", _LEAD.sub("", words.strip(" \u3000—")))
    bare = bare[1:] if bare[:1] == "的" else bare
    return _TAIL.sub("", bare).strip("、 ") if len(bare) > 1 else bare


def _own_country(words: str) -> str:
    found = re.search("我[国省市县区乡镇]", words)
    return found.group() if found else ""


def named_before(words: str) -> str:
    """What the clause before tells of, of which praise without a subject speaks; "" where that is unclear."""
    before = re.split("[,，;；:：。]", words.rstrip(",，"))[-1]
    match = _GROWN.match(before)
    return _cleaned(match["what"]) if match else ""


def subject_of(rule: Rule, match: re.Match[str], clause: str, carried: str) -> tuple[str, bool]:
    """What the statement is about, and whether its clause names that itself before the predicate."""
    lead = clause[: match.start()]
    before = "" if _ADVERBIAL.match(lead) else _cleaned(lead) or _own_country(lead)
    if rule.about == "object" or (rule.kind in {"campaign", "duty"} and _VERBS.match(before)):
        what = object_of(match) or clause[: match.start()]
        if not object_of(match):
            what = _VERBS.sub("", _cleaned(what)) or _VERBS.sub("", _cleaned(clause))
        what = _NOUN_OF_DEED.sub("", what) or what
        return _TAIL.sub("", what) or clause, bool(before) and rule.about != "object"
    bare = _VERBS.sub("", before) if rule.about == "either" else before
    if bare:
        return unquoted(re.sub("(?<=[\u4e00-\u9fff])实现", "", bare)), True
    if rule.about == "either" and (what := object_of(match)):
        return what, False
    return _RATE.sub("", _VERBS.sub("", carried)) or object_of(match), False


def stage_of_works(one: str, two: str) -> bool:
    """Whether the second is a stage of the work that the first names."""
    return bool(_STAGE.match(two) and _WORK.search(one) and not _STAGE.match(one))


def parts_of(rule: Rule, match: re.Match[str], clause: str) -> Iterator[tuple[int, int, str]]:
    """(first, past, object) of each thing that the clause asserts: several titles make several statements."""
    what = object_of(match)
    if rule.name == "designated" and "、" in what and "“" not in what:
        begin = clause.rfind(what)
        pieces = what.split("、")
        if all(len(piece) >= 4 and _DESIGNATION.search(piece) for piece in pieces):
            first = 0
            for piece in pieces:
                end = begin + len(piece)
                yield first, end if piece is not pieces[-1] else len(clause), piece
                begin = first = end + 1
            return
    yield 0, len(clause), what
