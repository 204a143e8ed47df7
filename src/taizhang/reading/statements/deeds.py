"""Campaigns that were carried out, and duties that are in force."""

from __future__ import annotations

import re

from taizhang.reading.statements.wordings import Rule, either, words
from taizhang.reading.statements.words import CAMPAIGN

_TAKEN = words("采取 采用 运用 推行 实行 创新 探索 推广 构建 首创")

DEEDS: tuple[Rule, ...] = (
    Rule(
        "modes",
        "campaign",
        "carried-out",
        signals=_TAKEN,
        pattern=re.compile(
            rf"(?:{either(_TAKEN)})(?:了)?(?P<o>[“\"][^”\"]{{2,24}}[”\"])(?:等)?(?:的)?(?:工作|服务|管理|"
            r"治理)?(?:模式|方式|工作法|机制|办法|举措|做法|方法|打法)"
        ),
        about="object",
    ),
    Rule(
        "campaign-results",
        "campaign",
        "results",
        signals=words("成果 成效 胜利 战果 进展 效果"),
        tail=0,
        pattern=re.compile(
            rf"(?:专项)?(?:斗争|行动|整治|治理|攻坚战|保卫战|阻击战|严打|{CAMPAIGN})(?:活动|"
            r"工作)?(?:已|均)?(?:取得|收到|见到|获得|取得了)(?P<o>.{0,8}(?:成果|成效|胜利|"
            r"战果|进展|效果))$"
        ),
        about="before",
    ),
    Rule(
        "campaign",
        "campaign",
        "carried-out",
        signals=words(
            "专项 攻坚 保卫战 歼灭战 阻击战 会战 大检查 大排查 大整治 大清查 大起底 大走访 "
            "大练兵 整治 治理 百日 严打 扫黄打非 除恶"
        ),
        tail=14,
        pattern=re.compile(
            rf"(?:{CAMPAIGN})[”\"]?(?:活动|行动|工作|试点)?(?:(?:深入|扎实|全面|有力|持续|"
            r"有序|顺利|强力|纵深){0,4}(?:推进|开展|实施|进行|打响|启动))?$"
        ),
        about="object",
    ),
    Rule(
        "drive",
        "campaign",
        "carried-out",
        signals=words(
            "行动 运动 活动 整治 治理 严打 攻坚 会战 排查 检查 竞赛 斗争 巡查 普查 演练 比武 清查 清理整顿"
        ),
        tail=0,
        pattern=re.compile(
            r"(?:开展|实施|推进|启动|发起|打响|打好|打赢|"
            r"深化)(?:了)?(?:[\u4e00-\u9fff]{2,6}的(?=[^,]{2,38}(?:斗争|"
            r"竞赛)$))?(?P<o>[^的]{2,36}?(?:的(?=斗争))?(?:行动|运动|活动|整治|治理|严打|攻坚|会战|"
            r"大排查|大检查|竞赛|斗争|执法检查|巡查|普查|演练|比武|清查|清理整顿))$"
        ),
        about="object",
        never=re.compile(r"(?:的|为|能|可)$"),
    ),
    Rule(
        "crackdown",
        "campaign",
        "carried-out",
        signals=words("力度 高压态势"),
        tail=0,
        family="enforcement",
        pattern=re.compile(
            r"(?:加大|保持|持续加大|不断加大)(?:了)?(?:对)?(?P<o>[^的]{2,30}?(?:治理|整治|"
            r"打击|执法|查处|监管|禁烧|管控|惩治|巡查|稽查|检查|抽检|防治|督查|查办)(?:管理|"
            r"检查|监管|整治|处置)?的?(?:工作)?(?:力度|高压态势))$"
        ),
        about="object",
    ),
    Rule(
        "banned",
        "campaign",
        "carried-out",
        signals=words("禁"),
        tail=6,
        family="enforcement",
        pattern=re.compile(
            r"(?:加强|强化|抓好|严格)(?P<o>[^的]{2,12}禁[烧捕渔放种毒赌牧伐挖](?:管理|工作|"
            r"监管|执法|巡查)?)$"
        ),
        about="object",
    ),
    Rule(
        "fought",
        "campaign",
        "carried-out",
        signals=words("打击 整治 惩治 查处 取缔"),
        family="enforcement",
        pattern=re.compile(
            r"(?:严厉|依法|重拳|坚决|从严|精准|有力){0,4}(?:打击|整治|惩治|查处|"
            r"取缔)(?:了)?(?P<o>[^的]{2,30}?(?:犯罪|违法行为|活动|乱象|问题|行为|诈骗|走私|"
            r"侵权|“[^”]{1,12}”))$"
        ),
        about="object",
    ),
    Rule(
        "measures",
        "campaign",
        "in-force",
        signals=words('“ "'),
        pattern=re.compile(
            r"(?:深入|全面|大力|持续|扎实|制定|出台|积极|加快|组织){0,4}(?:实施|推进|推行|落实|"
            r"出台|"
            r"推出)(?:了)?(?P<o>[“\"](?![一二三四五六七八九十]+五[”\"])[^”\"]{2,24}[”\"][^的]{0,12}(?:行动|"
            r"措施|工程|举措|政策|方案|行动计划|[\u4e00-\u9fff\d]{1,3}条))$"
        ),
        about="object",
    ),
    Rule(
        "duty",
        "duty",
        "in-force",
        signals=words("责任 长制 包保 负责制 承诺制 一岗双责 党政同责 包联 机制 制度"),
        tail=4,
        family="duty",
        pattern=re.compile(
            r"(?:全面|严格|层层|切实|认真|进一步|持续|深入|坚决|不断|逐级|有效|从严|积极|"
            r"推动|普遍|广泛){0,4}(?:落实|压实|夯实|严格执行|执行|压紧压实|扛牢|扛实|签订|"
            r"层层签订|拧紧|靠实)(?:了|好)?(?P<o>[^的]{0,30}?(?:责任制度|责任制|责任书|责任|"
            r"[\u4e00-\u9fff]长制|[、”]?[路河湖山楼]长制|包保(?:制度|机制|责任)?|负责制|"
            r"承诺制|一岗双责[”\"]?|党政同责|包联制度|属地管理(?:机制|制度)?|(?:管理|监管|"
            r"长效|联动|问责|追责|约谈|值班|报告|公示|登记|审批|审查|考核|巡查|检查)(?:机制|"
            r"制度)))(?:体系)?$"
        ),
        about="object",
    ),
    Rule(
        "duty-system",
        "duty",
        "in-force",
        signals=words(
            "责任 长制 负责制 包保 承诺制 包干 网格化管理 联系点 挂钩联系 挂图作战 包联 "
            "挂牌督办 问责制 属地管理"
        ),
        tail=4,
        family="duty",
        pattern=re.compile(
            r"(?:全面|严格|普遍|广泛|积极|率先|大力|继续|创新){0,4}(?:实行|推行|实施|"
            r"建立(?:健全)?|健全|完善|构建|施行)(?:了|起)?(?:[多各][种样]形式的|不同形式的|严格的)?(?P<o>[^的]{0,30}?(?:责任制|"
            r"责任体系|责任链条|[\u4e00-\u9fff]长制|长负责制|分级包保|包保(?:制度|机制|"
            r"责任制)?|负责制|承诺制|包干制?|网格化管理|联系点制度|挂钩联系(?:制度)?|"
            r"挂图作战|包联(?:制度|机制)?|挂牌督办|问责制|属地管理(?:机制|制度)?)[”\"]?)$"
        ),
        about="object",
    ),
)
