"""Stripping a stretch of text to what it names: times, adverbs, comparisons and linking verbs fall away."""

from __future__ import annotations

import re

from taizhang.reading.masks import MASK, TIME

WINDOW = 90  # a subject is looked for in so many characters before its figure
_N = "[一二两三四五六七八九十百几\\d]"
_LEAD = re.compile(
    r"(?:[\s\u3000]|在[^，,在]{1,6}(?:期间|时期)|如前所[说述]|先(?![进后行])|(?:有人|有些人|他们|外界|国际社会)(?:认为|说|估计|称|宣称|断言)"
    rf"|(?:到|截至|截止|至|自|从|在|由)?{TIME}+(?:上半年|下半年|以来|期间|开始|起|间|的|底|末|以前|以后"
    rf"|之前|之后|时|前|后|中(?![央国小部等学心型东西华外])|和|至|到|这|夏季|冬季|{_N}+年)*"
    rf"|(?:近|这|在这|过去|在过去|今后|在今后|未来|最近|前|后|头|在|经过)?{_N}+多?个?(?:年|月)多?(?:来"
    rf"|间|内|中|里|的时间里?|期间|时间)?(?![度产均计制末])"
    rf"|{MASK}+(?:计划|规划)?(?:期间|时期|以来|期末)|第(?:{_N}+个五年|{MASK}+)(?:计划)?(?:期间|时期|期末)?[内的]?"
    r"|(?:全国)?解放(?:以来|前|后)|建国(?:以来|初期)|以来|上半年|下半年|(?:在本年内|[去今明当同]年(?!度"
    r"|鉴)|本年(?!度|收入|支出|末))|上一?年|全年|年内|年[初末底]|目前|现在|当前|至今|截[至止]目前|到现在"
    r"|到目前为止"
    r"|近年来|一年来|其中|预计|估计|可以|可(?!再生|持续|支配|燃|用|比|耕|采|控)|累计|共计|总共|一共|合计"
    r"|总计|共(?!同|产|青|建|享|和|用)|有(?![色机效关序力线限偿些])|已经?(?!婚)|并且?(?![网购存])"
    r"|而且?|但是?|同时|还(?![款贷])|也|均(?![衡价])|都(?!市)|又|再(?!就业|生|贷|保|融|分配|投资)"
    r"|就(?![业学医])|仅|只(?!要)|先后|分别|成功|各类|我们|我[国省市县区州]的?"
    r"|全[国省市区县州盟旗](?![面民性各])(?!人(?!均|口))(?:的|范围内)?"
    r"|另外|此外|因此|所以|这样|那么|如果|虽然|尽管|由于|特别是|尤其是|主要是|包括|加上|使得|使(?!用)"
    r"|将(?!军)|应当|应(?![急用届收])|要(?![素求点])|必须|需要|争取|力争|确保|计划(?!生育|单列|经济|外)"
    r"|拟(?!定)|实际(?!利用|使用|工资|收入|投资|增长)|一律|是(?!否)|从?居(?![民住委])|位居|跃居|稳居|位列|并列"
    r"|实现|大约|约(?!束)|即|按照?[^，,]{2,12}?(?:计算|折算)|(?:扣除|剔除)[^，,]{2,12}?因素[后外]?"
    r"|长(?=$|达)|为(?=到)|的|比如|例如|对于?(?![外口策华象])|把|以(?!工代|上|下|内|及|来|人|色)|从而"
    r"|以及|和(?![平谐])|及(?!时)|与|或|单是|达到了?|了|平均为|主要|仍然?|一般(?!公共|预算|贸易|性|工业|均)|大体上|其(?![他它余])|为(?=$"
    r"|全)|在(?=$)|在(?:今|本|明|去)年(?!度)内?|会(?!计|议|员)|约有|才|终于|首次|连续多年)+"
)
_TAIL = re.compile(
    r"(?:达到|达|(?:由|在|为|到|是)(?:每[人月年亩吨户天斤]|人均)+|连续(?:[一二两三四五六七八九十\d]+|多)年|(?<=[额入出量值资])完成|(?<![行作])为|等于|相当于|是|共计|总计|合计|总共|约|(?<![甚以直及])至|到|了|已经?"
    r"|(?<![平人户年月])均|都|各(?!国|地)|(?<!现)实现|(?<!公)共(?!$)|共|仅|只|占|累计|分别|有(?<!所有)(?<!国有)"
    r"|完成到|[:：、的\s（(]|(?<!成)就|(?<![偿归交退])还|也|又|再|将|要|目前的?|现在的?"
    r"|扣除[^，,]{2,10}因素|拟定|一般|一直|首次|则|年[底末]|拟?按|平均每年|每年平均|每年|年均|(?:[近这]?[一二两三四五六七八九十]+|\d+)年(?:来"
    r"|间|内|共)?"
    r"|可以?|应当?|必须|大约|大概|仍然?|不|却|才|会|(?<![产职功性节智效动电核机])能|能够|预计|估计|可达"
    r"|高达|多达|总数达|合起来|大体上|只是|控制在?|保持在?|稳定在?|维持在?|保持|稳定"
    r"|(?:增加|增长|提高|上升|下降|降低|减少|扩大|发展|提升|回升|回落|缩短|缩小|压缩|压减|增|减|升|降|跌"
    r"|调整|上调|下调|调高|调低|改|转|跃升|跃|推进|恢复|延长|精简|缩减)[到至为成]|突破|超过|由|从|在|位居|跃居"
    r"|稳居|(?<![定民移邻])居|位列|(?<=[\u4e00-\u9fff]{3})从[\u4e00-\u9fff]{1,5}|[去上今明]年底?|前三年|"
    rf"(?<=[\u4e00-\u9fff”]{{2}})(?:增加|减少|增长|提高|上升|下降|降低|增产|减产|增收|减收|扩大|提升"
    rf"|缩短|压缩|延长|再)|比{TIME}+|{TIME}+)+$"
)
_COMPARISON = re.compile(
    r"(?:(?:同|与|跟)(?:\ue002|上年|去年|前)[^，,]{0,16}"
    r"|(?<![占贷入构之同环对相])[比较](?![重例率较值价照特利如赛好大多快高低少达为由从提降升缩])[^，,]{1,16})$"
)
# What only places the figure in time, or only compares it: no subject.
_PLACES = re.compile(
    r"^(?:[比较](?![重例赛价值照利特])|(?:同|与|跟)[^，,]{0,20}(?:\ue002+的?$|相比|比较)|作?比较$|相比$|每[人户](?:每[年月])?$"
    r"|(?:远远|大大)?(?:超过|高于|低于)了?|在[^，,]{1,12}(?:期|时|后|前|中|间|方面|上|下)$"
    r"|在?连续[一二两三四五六七八九十\d]+年$|[^，,]{1,6}(?:时|以后|以前|之后|期间|初期)$|(?:增加|减少"
    r"|增长|下降|提高|降低|上升|增产|减产|扩大|缩短|压缩|发展|提升)$)"
)
_INNER = re.compile(
    rf"{TIME}+(?:的|上半年|下半年|底|末|以来|时)?|(?<=[\u4e00-\u9fff])(?:已经?|累计"
    rf"|(?<!公)共(?=[完批新培投建筹])|将(?=[达增安投]))(?=[\u4e00-\u9fff])|预计|全年(?=[实完])|各(?=$)"
)
_NOTE_MARK = re.compile(r"[(（]\d{1,3}[)）]|[①-⑳]")
_BRACKETED = re.compile(r"[(（][^()（）]{0,30}[)）]的?")


def core(text: str, masked: str) -> str:
    """What a stretch names, in its own words; `masked` is the same stretch with dates and names blanked."""
    if len(text) > WINDOW:
        text, masked = text[-WINDOW:], masked[-WINDOW:]
    start = lead.end() if (lead := _LEAD.match(masked)) else 0
    end = len(masked)
    compared = _COMPARISON.search(masked, start)
    if compared:
        end = compared.start()
    if tail := _TAIL.search(masked[start:end]):
        end = start + tail.start()
    if compared is None and (compared := _COMPARISON.search(masked[start:end])):
        end = start + compared.start()
    if _PLACES.match(masked[start:end]) or _PLACES.match(masked[start:]):
        return ""
    return plain(text[start:end], masked[start:end])


def plain(text: str, masked: str) -> str:
    """The stretch without its dates, note marks and adverbs."""
    kept, position = [], 0
    for match in _INNER.finditer(masked):
        kept.append(text[position : match.start()])
        position = match.end()
    kept.append(text[position:])
    bare = _NOTE_MARK.sub("", "".join(kept))
    return _BRACKETED.sub("", bare).strip("，,。；;、：:》 \u3000（）()")


def linked(masked: str) -> bool:
    """Whether a linking verb closes the stretch (达到, 为): what follows the figure is not its subject."""
    return bool(_LINK.search(masked))


_LINK = re.compile(
    r"(?:(?:增加|增长|提高|上升|下降|降|减少|扩大|提升)[到至为低][^，,]{0,10}|作?比较|相比|达到?|为|是|占|[到至]|有|超过|突破|保持在?|控制在?|稳定在?|增加|减少|增长|提高"
    r"|上升|下降|降低|约|居)了?\s?(?:\ue002+的?|[去上]年底?的?)?$"
)
