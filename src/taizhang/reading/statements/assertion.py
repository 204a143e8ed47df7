"""Whether a clause asserts: wishes, plans, conditions and denials do not."""

from __future__ import annotations

import re

# From such a word on, the rest of the sentence says what is to be, not what is.
_AHEAD = re.compile(
    r"(?<![重主需紧首必纲摘只还就概简扼提次机想也若切])要(?![求素点闻害塞领道紧么职件是义员地案览])"
    r"|必须|应当|应该|务必|务求|力争|力求|力促|(?<![斗战竞抗])争取(?![到了得])|确保(?!了)|打算|下一步|今后|未来[一二三五几\d]|明年|新的一年|下半年"
    r"|(?<![适相反响供对感效顺回答一理因])应(?![急用对有届邀变战诉声聘征收保退享检尽接查助养救改种管补培配登兑纳得付缴返访办建列签治])(?=[\u4e00-\u9fff])"
    r"|(?<![即主干上少中大老良名])将(?![^,，。；;]{2,24}(?:纳入|列入|划入|并入))(?=于|在|会|继续|进一步|全面|逐步|建成|开工|竣工|实现|达到|完成|启动|投入|成为|取得|得到|获得|出现|努力|坚持|加快|大力|积极|着力|重点|围绕|按照|推动|推进|组织|实施|开展|新|基本|陆续|逐年|大大|有|更|可|能|不|为|是|用|从|以|把|对)"
    r"|计划(?=在|于|新|建|到|开展|完|实|年|今|明|用|投)|准备(?=在|新|建|开)|希望|建议|倡议|呼吁|如果|倘若|假如|只要|一旦|只有|除非|无论|不论|任务是|目标是|原则是|号召|要求"
)
# Such a word takes only its own clause back, or what it leads to within it.
_UNSAID = re.compile(
    r"没有|有待|仍需|还需|尚需|亟待|[就便]能|原定|原计划|不可能|可能|有信心|决心|愿意|考虑|不反对|由于|因为|如此|假使|即使|才(?=[投建完开])|可望|尚未|还未|未能|从未|并未|未[^来必免]|不能|不够|不足以|无法|难以|尚不|还不|不再|不是|并非|避免|防止|不得|不准|不许|为了|以便|以期|为[^,]{1,20}(?:提供|打下|奠定|创造)"
    r"|能否|是否|如何|怎样|什么|可以|能够|才能|便于|有利于|有助于|旨在|致力于|努力(?!下)|谋划|筹备|拟(?!获|被)|逐步(?=建|实|形|推|完)|加快(?=实现|形成|建立|建成|完成)"
    r"|(?:推动|促进|推进|力促|加快|支持|引导|鼓励|帮助)(?:.{0,30})(?:全覆盖|[村户组]通|应[\u4e00-\u9fff]尽|尽早|早日|尽快)|尽快|早日|尽早|即将|有望|预计|不断追求|鼓励|允许|(?:支持|引导|动员)(?=.{0,20}(?:加入|纳入|参加|申报|创建|开展|入选))"
)

# What follows a predicate and makes it part of a name, or of a time.
_NOT_SAID_AFTER = re.compile(
    r"了?(?:的(?!$)|之[后前际]|以[来后前]|后(?!$)|时(?!$)|期间|过程|情况|问题|工程$|和部分|及部分|条件|政策|限制|任务|率|者)"
)
_CLAUSE_OF_TIME = re.compile(
    r"(?:以来|之后|以后|之前|以前|之际|时候|期间|过程中|基础上|情况下|前提下|同时|时|后|前)$"
)
# A clause that such a verb leads tells what is pursued, not how things stand.
_PURSUED = re.compile(
    r"^(?:[\s、]*(?:进一步|不断|继续|积极|大力|努力|着力|切实|有效|持续|全面|加快|更好|更加|坚决|稳步|逐步|有力|充分|也|并|还|从而|以|来|去|都|又|就|再))*"
    r"(?:促进|推动|推进|力促|加强|加快|提高|提升|保持|使|让|为|保障|维护|支持|引导|深化|扩大|努力|坚持|增强|确保|把|将|有利|优化|完善|改善|实现(?!了)|改进|注重|更加注重|走|向|依靠|随着|"
    r"快于|高于|低于|大于|由于|因|如果|加大|强化|健全|对(?!外)|应对|解决|调动|巩固|落实|满足|适应|根据|围绕|按照|带动|激发|鼓励|帮助|控制|遏制|防止|降低|减少|增加|缩小|抑制|稳定|合理|严格|大幅(?:提高|降低|增加|减少))"
)


def said_until(sentence: str) -> int:
    """Up to which place a sentence says what is; behind it stands what is to be."""
    match = _AHEAD.search(sentence)
    return match.start() if match else len(sentence)


def unsaid(words: str, rest: str) -> bool:
    """Whether words up to a predicate's end deny or wish it, or those after make it part of a name."""
    return bool(_UNSAID.search(words) or _NOT_SAID_AFTER.match(rest) or _CLAUSE_OF_TIME.search(rest or words))


def pursued(words: str) -> bool:
    """Whether a clause that begins so tells what is pursued."""
    return bool(_PURSUED.match(words))
