"""Honours: titles given, awards won, ways of working that others adopt."""

from __future__ import annotations

import re

from taizhang.reading.statements.wordings import Rule, words
from taizhang.reading.statements.words import AWARD, PLACE_OF_FAME, TITLE

HONOURS: tuple[Rule, ...] = (
    Rule(
        "pending",
        "honour",
        "pending",
        signals=words("拟 有望"),
        pattern=re.compile(
            r"(?:拟|有望)(?:获得?|被|授予)(?:批准)?(?:命名|认定|评定|评|确定|列|授予)?(?:为|"
            r"入)?(?P<o>.{2,40})$"
        ),
    ),
    Rule(
        "designated",
        "honour",
        "held",
        signals=words("被 经 获"),
        pattern=re.compile(
            r"(?:被|经|获)(?P<by>[^被]{0,18}?)(?:确定|认定|评定|评选|评|列|选|遴选|命名|"
            r"确认|公布|推荐|推选|授牌|表彰|通报|定)(?:为|成|入)(?P<o>[^的]{2,})"
        ),
    ),
    Rule(
        "awarded",
        "honour",
        "held",
        signals=words("授予"),
        pattern=re.compile(
            rf"(?:被|获)(?P<by>[^被]{{0,18}}?)授予(?:了)?(?P<o>.{{2,40}}?(?:{AWARD}|"
            rf"{TITLE}).{{0,8}})"
        ),
    ),
    Rule(
        "won",
        "honour",
        "held",
        signals=words("荣获 喜获 获评 获颁 荣膺 荣登 斩获 摘得 夺得 捧得 蝉联 连获 连续获 获选 当选为 获授"),
        pattern=re.compile(
            r"(?:荣获|喜获|获评|获颁|荣膺|荣登|斩获|摘得|夺得|捧得|蝉联|连获|连续获评|"
            r"获选为?|当选为|获授)(?:了)?(?P<o>(?!.{0,6}丰收|.{0,12}胜利|的).{2,})"
        ),
    ),
    Rule(
        "praised-by-above",
        "honour",
        "held",
        signals=words("激励 表扬 表彰 嘉奖 肯定"),
        tail=16,
        family="award",
        pattern=re.compile(
            r"(?:获得?|得到|受到|被)(?:了)?(?P<by>.{0,16}?)(?P<o>(?:督查激励|通报表扬|"
            r"通报表彰|通报嘉奖|表彰|表扬|嘉奖|通报肯定|督查表扬|"
            r"真抓实干.{0,4}激励).{0,16})$"
        ),
    ),
    Rule(
        "got-award",
        "honour",
        "held",
        signals=words(
            "称号 荣誉 奖 表彰 表扬 激励 殊荣 优秀 良好 等次 第一名 冠军 金牌 红旗 锦旗 认定 命名 授牌"
        ),
        tail=21,
        family="award",
        pattern=re.compile(
            r"(?:获得?|取得|赢得|"
            rf"捧回)(?:了)?(?P<o>.{{0,36}}?(?:{AWARD}))(?:[、和及与].{{0,20}})?$"
        ),
        never=re.compile(r"(?:为|以)$"),
    ),
    Rule(
        "renamed",
        "honour",
        "held",
        signals=words("命名为 授牌为 认定为 评定为"),
        pattern=re.compile(r"(?:正式|成功)?(?:命名|授牌|认定|评定)(?:为)(?P<o>.{2,40})"),
    ),
    Rule(
        "listed",
        "honour",
        "held",
        signals=words("入选 入围 上榜 跻身 晋升 升格 荣列 进入"),
        pattern=re.compile(
            r"(?:成功|正式|再次|连续[\u4e00-\u9fff\d]{1,4}年){0,4}(?:入选|入围|上榜|跻身|"
            r"晋升为|升格为|荣列|进入(?=.{0,8}(?:百强|第一方阵|名录|"
            r"名单)))(?:了)?(?P<o>.{0,40})$"
        ),
    ),
    Rule(
        "became-first",
        "honour",
        "held",
        signals=words("成为"),
        pattern=re.compile(
            r"(?:成为|建成为)(?P<o>.{0,18}(?:首批|首个|首家|首座|首例|唯一|第一[个家批座]|"
            r"示范[区县市点基城单]|试点|先行[区市示]|国家级|省级|自治区级|百强|遗产|样板|"
            r"标杆).{1,24})$"
        ),
        never=re.compile(r"(?:使|让|推动|促使)[^,]{0,10}$"),
    ),
    Rule(
        "got-approved-as",
        "honour",
        "held",
        signals=words("获批 获准"),
        pattern=re.compile(
            r"(?:成功|顺利|正式)?(?:获批|获准)(?:成为|为|建设|设立|创建|列为|列入|"
            rf"开展)?(?P<o>.{{0,24}}(?:{TITLE}|开发区|高新区|保税区|自贸区|园区|名单|资质|"
            r"一级|甲级).{0,12})$"
        ),
    ),
    Rule(
        "created",
        "honour",
        "held",
        signals=words("创建 创成 申报 申创 建成"),
        pattern=re.compile(
            r"(?:成功|顺利|已|圆满)(?:创建|创成|申报|申创|建成|获评|蝉联)(?:成为|为|"
            rf"成)?(?P<o>.{{0,16}}(?:{TITLE}).{{0,16}})$|(?:创成|"
            rf"创建成(?:为)?)(?P<p>.{{0,16}}(?:{TITLE}).{{0,16}})$"
        ),
    ),
    Rule(
        "written-into",
        "honour",
        "adopted",
        signals=words("写入 载入 写进 编入 收入 收录 录入"),
        pattern=re.compile(
            r"(?:被)?(?:写入|载入|写进|编入|收入|收录(?:进|入|于)|录入)(?P<o>《.+》.{0,6}|"
            r".{0,20}(?:宪法|党章|章程|规划|方案|报告|纲要|案例|名录|目录|教材|清单|文件))$"
        ),
    ),
    Rule(
        "passed-for-title",
        "honour",
        "held",
        signals=words("通过"),
        pattern=re.compile(
            r"(?:顺利|成功|高分|一次性){0,4}通过(?:了)?(?P<o>.{1,30}(?:认定|认证|复审|复评|复核|"
            r"命名|达标评审|等级评审|创建验收|考核评估|国家评估))$"
        ),
    ),
    Rule(
        "spread",
        "honour",
        "adopted",
        signals=words("推广 推介 交流 刊发 转发 宣传 肯定 采用 通报"),
        tail=0,
        pattern=re.compile(
            r"(?:经验|做法|模式|案例|成果|举措|经验做法|工作法|机制)(?:被|获|得到|先后|在|"
            r"获得|向|由|受到|全|"
            rf"作为)?.{{0,12}}?(?P<o>(?:{PLACE_OF_FAME}).{{0,10}}(?:复制推广|推广|推介|交流|"
            r"刊发|转发|宣传|肯定|采用|通报))$"
        ),
        about="either",
    ),
)
