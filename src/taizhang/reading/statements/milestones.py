"""Milestones: stages that a work has reached."""

from __future__ import annotations

import re

from taizhang.reading.statements.wordings import Rule, either, words
from taizhang.reading.statements.words import BUILT, HABIT, NAMED_WORK, WORKS

_PUT_TO_USE = words("启用 投用 开通 开放 投运 开行")

MILESTONES: tuple[Rule, ...] = (
    Rule(
        "approved",
        "milestone",
        "approved",
        signals=words("批 核准 审定 审议 通过 验收 评审 审查 批准"),
        tail=6,
        pattern=re.compile(
            r"(?:已|顺利|成功|正式|全部|先后|相继){0,4}(?:获批(?:复)?(?:实施|建设|立项|设立|"
            r"开工|成立)?|(?:获|获得|经|得到|报经?)(?P<by>.{0,14}?)(?:批准|批复|核准|"
            r"审批通过|审议通过|审定)(?:实施|建设|立项|设立|成立|印发)?|"
            r"通过(?:了)?(?P<o>.{0,18}(?:验收|评审|审批|审查|审定|批准)))$"
        ),
    ),
    Rule(
        "set-up",
        "milestone",
        "in-use",
        signals=words(
            "挂牌 揭牌 揭幕 正式成立 正式运行 正式运营 正式启动 正式实施 正式上线 运行 组建成立 试运营"
        ),
        pattern=re.compile(
            rf"{HABIT}(?:挂牌成立|揭牌成立|挂牌运行|挂牌|揭牌|揭幕|正式成立|正式运行|"
            r"正式运营|正式启动|正式实施|正式上线|上线运行|组建运行|组建成立|投入试运行|"
            r"试运行|试运营)(?:了)?$|(?:挂牌|揭牌)成立(?:了)?(?P<o>.{2,30})$"
        ),
        about="either",
    ),
    Rule(
        "in-use",
        "milestone",
        "in-use",
        signals=words("投入 投用 投产 投运 达产 启用 开园 开馆 开诊 开业 开街 开城 通车 通航 并网 首航"),
        tail=6,
        pattern=re.compile(
            rf"{HABIT}(?:(?:竣工|建成|完工|改造|落成|贯通)(?:并|后)?(?:已|正式|顺利|"
            r"全面)?)?(?:投入(?:使用|商业运营|商业运行|试运营|运营|运行|生产|试运行|服务)|投用|投产|投运|达产|启用|"
            r"开园|开馆|开诊|开业|开街|开城|通车(?:运营)?|通航|并网发电|并网|首航)(?:运营|"
            r"运行|使用|发电)?(?:了)?$"
        ),
    ),
    Rule(
        "serving",
        "milestone",
        "in-use",
        signals=words("开学 开放 开行 开航 开通 通水 通气 通电 发电 运营 运行 上线"),
        tail=6,
        pattern=re.compile(
            rf"{HABIT}(?:(?:竣工|建成|完工|改造|落成)(?:并|后)?(?:已|正式|顺利|"
            r"全面)?)?(?:开学|免费开放|对外开放|开放|开行|开航|开通(?:运营|运行|使用)?|通水|"
            r"通气|通电|发电|运营|运行|上线(?:运行)?)(?:了)?$"
        ),
        needs=BUILT,
    ),
    Rule(
        "put-to-use",
        "milestone",
        "in-use",
        signals=_PUT_TO_USE,
        pattern=re.compile(rf"^{HABIT}(?:{either(_PUT_TO_USE)})(?:了)?(?P<o>[^的]{{2,30}})$"),
        about="object",
        needs=BUILT,
    ),
    Rule(
        "delivered",
        "milestone",
        "delivered",
        signals=words("交付 交房 移交 回迁"),
        tail=5,
        pattern=re.compile(rf"{HABIT}(?:完成)?(?:交付(?:使用|入住)?|交房|移交|回迁入住|回迁)(?:了)?$"),
        about="before",
    ),
    Rule(
        "completed",
        "milestone",
        "completed",
        signals=words("竣工 完工 落成 封顶 合龙 贯通 建成 完成"),
        tail=7,
        pattern=re.compile(
            rf"(?:开工[和并])?{HABIT}(?:建设)?(?:竣工|完工|落成|封顶|合龙|贯通|建成|建成开园|"
            r"主体完工|完成(?:交付|验收|搬迁|改造|建设|签约|选址|审批|招标|征收|征拆|签订|"
            r"整改)?)(?:验收|通过验收|建设)?(?:了)?$"
        ),
        about="before",
        never=re.compile(
            r"(?:的|得|能|可|以|为|[^完]成功|不|任务|目标|计划|指标|各项工作|使命|建设|"
            r"超[额額]|完成|[好利面]地|好|上)$"
        ),
    ),
    Rule(
        "completed-object",
        "milestone",
        "completed",
        signals=words("建成 完成 落成"),
        pattern=re.compile(
            rf"^{HABIT}(?:建成|完成|新建成|落成)(?:了|并投入使用|投用|"
            r"开放)?(?P<o>[^的]{2,40}?(?:建设|改造|搬迁|征收|征地|征拆|拆迁|验收|招标|"
            r"主体工程|主体|编制|修编|改制|划定|普查|换届|扩建|修缮|迁建|升级|整治|确权|"
            r"登记|评估))$"
        ),
        about="object",
    ),
    Rule(
        "built-object",
        "milestone",
        "completed",
        signals=words("建成"),
        pattern=re.compile(
            rf"^{HABIT}(?:建成|建成投用|建成启用|建成开放|建成投产|"
            r"新建成)(?:了)?(?P<o>[^的]{2,40})$"
        ),
        about="object",
        needs=BUILT,
    ),
    Rule(
        "started",
        "milestone",
        "started",
        signals=words("动 开工 开建 奠基 启动 施工"),
        tail=4,
        pattern=re.compile(
            rf"{HABIT}(?:破土动工|开工建设|开工|动工建设|动工|开建|奠基|启动建设|启动实施|"
            r"启动|进场施工|开工在建)(?:了)?$"
        ),
        about="before",
        needs=WORKS,
    ),
    Rule(
        "launched",
        "milestone",
        "started",
        signals=words("启动"),
        tail=4,
        pattern=re.compile(
            r"(?:正式|全面|陆续|相继|顺利|已经?|均|都){0,3}(?:启动实施|(?<=专项)启动|(?<=专项陆续)启动)(?:了)?$"
        ),
        about="before",
        never=re.compile(r"(?:的|[以并且])$"),
    ),
    Rule(
        "started-object",
        "milestone",
        "started",
        signals=words("开工 动工 启动 开建"),
        pattern=re.compile(
            rf"^{HABIT}(?:新(?=开))?(?:开工|动工|启动|开工建设|启动建设|开建)(?:建设|"
            r"实施)?(?:了)?(?P<o>(?!一批)[^的]{2,40})$"
        ),
        about="object",
        needs=WORKS,
    ),
    Rule(
        "under-way",
        "milestone",
        "under-way",
        signals=words("推进 建设 实施 施工 进行 推动 展开 进展顺利"),
        tail=2,
        pattern=re.compile(
            r"(?:正|正在|正处于|已)?(?:加快|有序|有力|顺利|扎实|稳步|全面|加速|强力|抓紧|"
            r"快速|深入|持续|积极|高效|如期|全力|按期|有效|稳妥|提速){1,4}(?:地)?(?:推进|建设|"
            r"实施|施工|进行|推动|展开)(?:中|之中)?$|(?:进展顺利|正在(?:建设|施工|推进|实施|"
            r"抓紧建设))(?:中|之中)?$"
        ),
        about="before",
        needs=WORKS,
    ),
    Rule(
        "works",
        "milestone",
        "under-way",
        signals=words("建设 改造 扩建 前期 修缮 施工 迁建 整修"),
        tail=2,
        pattern=re.compile(
            r"^(?:加快|全力|扎实|有序|积极|大力|持续|稳步|有力|全面|统筹|强力|高标准|"
            r"高质量){0,4}(?:推进|推动|完善|启动|抓好|实施|建设|"
            r"加快)(?P<o>[^的]{2,40}?)(?:(?:配套|基础|公共)?设施)?(?:前期工作|前期|建设|"
            r"扩建|改造|改扩建|提升改造|升级改造|修缮|施工|迁建|整修|提质改造)(?:项目|工程|"
            r"工作)?$"
        ),
        about="object",
        needs=NAMED_WORK,
    ),
)
