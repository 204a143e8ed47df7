"""Coverage: all of a class are reached or done, or none is left."""

from __future__ import annotations

import re

from taizhang.reading.statements.wordings import Rule, words

COVERAGE: tuple[Rule, ...] = (
    Rule(
        "full-coverage",
        "coverage",
        "all",
        signals=words("覆盖 贯通"),
        tail=6,
        pattern=re.compile(
            r"(?:基本)?(?:实现|达到|做到|完成|已)?(?:全域|全面|全员|全方位|全流程|全过程|"
            r"全部|整体)?(?:的)?[“\"]?(?:全覆盖|(?:全域|全面|全员)覆盖|全贯通)[”\"]?(?:目标|"
            r"任务)?$"
        ),
        about="either",
        beside_figures=True,
    ),
    Rule(
        "every-one",
        "coverage",
        "all",
        signals=words(
            "尽 村通 村有 村都 乡通 乡有 乡都 镇通 镇有 组通 户通 户有 户都 校通 县有 县通 站有 站通"
        ),
        pattern=re.compile(
            r"[“\"]?(?:应([\u4e00-\u9fff])尽\1|([村乡镇组户校县站])\2(?:通|有|都有|建|"
            r"能)[\u4e00-\u9fff]{0,6})[”\"]?(?=$|[、和的]|目标)"
        ),
        about="either",
        never=re.compile(r"(?:要求|原则|坚持|按照)$"),
        beside_figures=True,
    ),
    Rule(
        "all-done",
        "coverage",
        "all",
        signals=words("全部 全数 悉数 无一例外 百分之百"),
        pattern=re.compile(
            r"(?:已经?)?(?:全部|全数|悉数|无一例外|百分之百)(?:都|已|按期|按时|如期|顺利|"
            r"提前|高质量){0,4}(?:实现|得到|予以|依法)?(?:动态)?"
            r"(?:整改|销号|完成|办结|办理|达标|脱贫|摘帽|出列|退出|开工|竣工|完工|建成|交付|"
            r"投用|投入使用|投产|兑现|落实|到位|发放|清零|清退|清偿|解决|化解|查处|"
            r"建立|建档|实行|实施|取消|停止|关闭|关停|淘汰|拆除|入库|入统|上线|开通|通车|"
            r"通电|通水|通邮|通网|联网|接入|纳入|移交|验收|治理|消除|复工|复产|复课|免除|"
            r"免收|"
            r"免费|回收|回迁|安置|入住|入园|入学|参保|签约|返还|整治|修复|公开|配备|配齐|"
            r"合格|成立|改造|搬迁|启用|受理|审结|答复|回复|公布|覆盖|优秀|直达|下达|拨付|"
            r"实名)"
            r"(?!率)"
        ),
        about="either",
        never=re.compile(r"[的]$|(?:要|能|可|可以|应)$"),
        beside_figures=True,
    ),
    Rule(
        "all-of-a-class",
        "coverage",
        "all",
        signals=words(
            "所有 每个 每一 每家每户 家家户户 全体 各乡 各镇 各村 各县 各区 各市 各社区 "
            "各街道 各学校 各单位 各部门 各个"
        ),
        pattern=re.compile(
            r"(?:所有|每一?个|每家每户|家家户户|全体|各个?(?:乡|镇|村|县|区|市|社区|街道|"
            r"学校|单位|部门)[\u4e00-\u9fff、]{0,8}?)(?:[\u4e00-\u9fff、]{1,16}?)?(?:全部|"
            r"均已?|都已?)(?:实现|建立|建成|建有|设立|达到|"
            r"实行|开展|成立|配备|推行|落实|纳入|安装|开设|制定|编制|参加|享受)(?:了)?"
        ),
        about="object",
        never=re.compile(r"(?:让|使|是|包括|确保|保证)"),
    ),
    Rule(
        "none-left",
        "coverage",
        "none-left",
        signals=words(
            "清零 归零 零死亡 零事故 零发生 零上访 零感染 零新增 零报告 零发案 零投诉 零违规 零失误 零差错"
        ),
        tail=4,
        pattern=re.compile(
            r"(?:动态|实现|全部|基本|已|持续|保持|“){0,4}(?:清零|归零|(?:零(?:死亡|事故|发生|"
            r"上访|感染|新增|报告|发案|投诉|增长点|违规|失误|差错)))[”\"]?(?:目标)?$"
        ),
        about="either",
        beside_figures=True,
    ),
    Rule(
        "eradicated",
        "coverage",
        "none-left",
        signals=words("消除 消灭 根除 取缔 清除 解决"),
        pattern=re.compile(
            r"(?:(?:全面|全部|彻底|历史性|整体)(?:地)?(?:消除|消灭|根除|取缔|清除|"
            r"解决)(?:了)?(?P<o>[^的]{2,24})?)$"
        ),
        about="either",
    ),
)
