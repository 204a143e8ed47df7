"""Agreements with others, and membership: what belongs to what."""

from __future__ import annotations

import re

from taizhang.reading.statements.wordings import Rule, words

RELATIONS: tuple[Rule, ...] = (
    Rule(
        "agreed-with",
        "agreement",
        "in-force",
        signals=words("签约 签订 签署 签定 缔结 订立 达成 结成 结为 建立 共建 外交关系 建交"),
        pattern=re.compile(
            r"(?:已|先后|相继|分别|还|又|再次){0,4}(?:与|同)(?P<o>(?!各国|一切国家|许多国家|"
            r"世界各国|所有国家|其他国家)[^的]{1,60}?)(?:正式|成功|先后|相继|分别|又|已|"
            r"共同){0,4}(?:签约|签订|签署|签定|缔结|订立|达成(?!.{0,12}共识)|结成|结为|"
            r"建立(?=.{0,10}(?:外交关系|伙伴关系|合作关系|友好关系|结对|帮扶关系|协作关系|"
            r"联盟))|合作共建|结对共建|恢复外交关系|建交)(?!和半)"
        ),
        about="object",
    ),
    Rule(
        "signed",
        "agreement",
        "in-force",
        signals=words("签订 签署 签定 缔结 订立 达成 续签"),
        pattern=re.compile(
            r"(?:正式|成功|相继|先后|分别|又|已){0,4}(?:签订|签署|签定|缔结|订立|达成|"
            r"续签)(?:了|并实施)?(?P<o>.{0,50}?(?:协议书|协议|协定|合同|条约|备忘录|议定书|"
            r"公约|声明|公报|意向书|契约))(?:$|[、和及])"
        ),
        about="object",
        never=re.compile(r"(?:的|为|推动|争取|谈判)$"),
    ),
    Rule(
        "signed-up",
        "agreement",
        "in-force",
        signals=words("签约"),
        tail=4,
        pattern=re.compile(r"(?:成功|正式|集中|已|顺利){0,4}签约(?:落地|落户|入驻|合作|成功)?$"),
        needs=re.compile(r"(?:项目|企业|公司|集团|基金|基地|中心|园|厂)$"),
    ),
    Rule(
        "taken-into",
        "membership",
        "member",
        signals=words("纳入 划入 归入 归并 并入 接入 划归"),
        pattern=re.compile(
            r"(?:正式|全部|全面|统一|成功|首次|率先|已|先后|均|都|被|逐步){0,4}(?:纳入|划入|"
            r"归入|归并(?:入|到)|并入|接入|划归|整体并入)(?:到|了)?(?P<o>(?!.{0,12}轨道|"
            r"范围|条件|标准).{2,40})$"
        ),
        about="either",
        never=re.compile(r"(?:不|未|的)$"),
    ),
    Rule(
        "joined",
        "membership",
        "member",
        signals=words("加入 参加"),
        pattern=re.compile(
            r"(?:正式|成功|先后|相继|已经?|首批|自愿){0,4}(?:加入|"
            r"参加)(?:了)?(?P<o>[^的]{2,40}(?:组织|联盟|集团|合作社|医联体|医共体|共同体|"
            r"公约|协定|条约|协会|联合体|网络|俱乐部|基金|计划|银行|国际公约|》|同盟|机制))$"
        ),
        never=re.compile(r"(?:促进|推动|争取|的|为|谈判|支持|不)$"),
    ),
    Rule(
        "became-member",
        "membership",
        "member",
        signals=words("成为 当选 担任"),
        pattern=re.compile(
            r"(?:成为|当选(?:为)?|担任)(?P<o>.{1,30}(?:成员国|成员单位|成员|会员国|会员单位|"
            r"会员|理事国|理事单位|理事|缔约国|委员|主席国|加盟单位|签署国|观察员国|"
            r"观察员))$"
        ),
    ),
    Rule(
        "spans",
        "membership",
        "includes",
        signals=words("涵盖 囊括 覆盖"),
        pattern=re.compile(
            r"(?:主要|已|现已|业务|范围){0,4}(?:涵盖|囊括|覆盖(?!面|范围|"
            r"率))(?:了)?(?P<o>[^、]{1,20}(?:、[^、]{1,20}){1,12}?(?:等[\u4e00-\u9fff]{0,10})?)$"
        ),
        never=re.compile("(?:健全|扩大|建立|形成|构建|完善|实现)$"),
    ),
    Rule(
        "moved-in",
        "membership",
        "includes",
        signals=words("入驻 进驻 落户"),
        pattern=re.compile(r"(?:已|成功|正式|相继|先后|签约|陆续){0,4}(?:入驻|进驻|落户)(?P<o>.{0,24})$"),
        needs=re.compile(
            r"(?:项目|企业|公司|集团|总部|机构|研究院|中心|银行|品牌|商户|店|门店|团队|所|"
            r"院|”|等)$"
        ),
    ),
)
