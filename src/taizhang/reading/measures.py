"""Measure words: what a number is of. A long list, ways to compound it, and an open class beyond it."""

from __future__ import annotations

import re

# Money, lengths, areas, volumes, weights, energy, rates: a number of these always counts.
_SIZES = """
    元 角钱 分钱 毛钱 块钱 美元 欧元 港元 港币 日元 英镑 卢布 新卢布 马克 法郎 澳元 澳门元 新台币 卢比
    瑞士法郎 加元 韩元 元/平方米 元/人 元/月 元/吨 元/斤 元/公斤 元/亩 % ‰ 个百分点 百分点 个千分点 个基点
    基点 倍 微克/立方米 毫克/立方米 毫克/升 毫克/公斤 克/立方厘米 亩 公顷 平方米 平方公里 平方千米 平方尺
    平方公尺 平方厘米 市亩 顷 垧 立方米 立方公尺 立方 土方 石方 土石方 方土石 立方厘米 升 毫升 公里 千米
    米 公尺 厘米 毫米 微米 纳米 华里 市里 里 海里 丈 尺 市尺 寸 车道公里 对孔公里 皮长公里 芯公里 光年 吨
    公斤 千克 克 毫克 斤 市斤 担 市担 公担 两黄金 吨位 载重吨 载货吨 总吨 吨公里 吨海里 人公里 换算吨公里
    立方米天然气 吨标准煤 吨标煤 吨油当量 吨原油 千瓦 千瓦时 千瓦小时 兆瓦 兆瓦时 吉瓦 瓦 瓩 度电 马力
    匹马力 千伏安 千伏 伏 千卡 大卡 摄氏度 度 TEU GW MW kW KW kWh km KM km2 m2 m² ㎡ m3 m³ t kg mm cm GWh
    MWh TB PB GB MB EB Mbps Gbps Kbps P T ℃ 比特 兆比特 个标准煤
"""
# Persons, things, events.
_COUNTS = """
    家 户 个 项 件 条 座 所 处 套 栋 幢 间 名 人 人次 人份 人年 剂次 剂 场 场次 次 期次 员 位 口人 口 人口
    台 标准台 台套 辆 艘 架 台次 辆次 部 株 棵 头 只 羽 尾 匹 盏 根 块 张 本 册 亿册 篇 份 例 起 宗 笔 单
    枚 对 双 支 床 张床位 床位 张病床 病床 村 镇 班次 架次 班 课时 学时 课次 门 款 首 岗 盘 艘次 车次 标箱
    标准箱 个标箱 个标准箱 航次 班列 列 趟 批次 批 批件 车 种 类 枚次 锭 纱锭 枚纱锭 箱 包 瓶 盒 桶 袋
    吨次 眼 孔 节 盆 垛 副 具 门次 机位 车位 席 席位 摊位 幅 帧 卷 集 部集 小时 万套 部次 层 段 片 滴 颗
    粒 丛 窝 胎 省 市 县 区 乡 国 州 旗 社 厂 校 队 店 站 库 轮 轮次 组 点 分 台件 套次 例次 份次 线 路 道
    户次 家次 件次 项次 人天 张次 户数 辆份 核 机架 标准机架 卡 股 票 户家庭 台机组 机组 千线 芯 端 号
    宗次
"""
# Spans of time: they assert only where something takes, saves or reaches them (see `counting`).
_TIMES = """
    年 个月 月 天 日 个工作日 工作日 个小时 小时 分钟 秒 秒钟 周 个星期 星期 个季度 季度 岁 周岁 个世纪
    世纪 个交易日
"""
# Other ways to write a measure → the base unit as it is counted.
_SAME = {
    "平米": "平方米",
    "㎡": "平方米",
    "m2": "平方米",
    "m²": "平方米",
    "km2": "平方公里",
    "m3": "立方米",
    "m³": "立方米",
    "人口": "人",
    "口人": "人",
    "块钱": "元",
    "km": "公里",
    "KM": "公里",
    "kWh": "千瓦时",
    "kW": "千瓦",
    "KW": "千瓦",
    "MW": "兆瓦",
    "GW": "吉瓦",
    "人民币元": "元",
    "元人民币": "元",
    "元钱": "元",
    "瓩": "千瓦",
    "千瓦小时": "千瓦时",
    "度电": "度电",
    "员": "名",
    "百分点": "个百分点",
    "基点": "个基点",
    "市斤": "斤",
    "吨标煤": "吨标准煤",
    "标准箱": "标准箱",
    "kg": "公斤",
    "户家庭": "户",
}
SIZES = frozenset(_SIZES.split())
TIMES = frozenset(_TIMES.split())
_COUNTED = frozenset(_COUNTS.split())
MEASURES: dict[str, str] = {word: word for word in SIZES | TIMES | _COUNTED} | _SAME
_LONGEST = max(map(len, MEASURES))

# What may follow a measure's last character so that it is none, but the head of another word.
_HEADS = """
    家 庭 园 长 乡 政 用电 喻 具 属 家户 务 禽 畜
    人 民 大 才 均 工 类 力 员 权 口学 文 格 为 造 身 心 行 物 家 间
    条 例 件 款 约 文 理 块
    处 理 置 级 长 分 罚 于 在 方 境
    个 年 五年 体 人 别 性
    元 化 结构 素 旦 宵 年 首 器 件 勋
    次 会 全 代 党 方 序 于 要 国 大会 数 区域 贷 世界大战 革命 分配 能源
    分 之 别 类 级 为 布 局 析 步 期 管 工 子 公司 担 设 配 离 红 散 段 享 解
    天 然 空 气 下 使 津 安 府 津市 灾
    例 如 行 外 会
    位 一体 于 置 居 次
    名 牌 录 列 单 优 特 义上 义利率 义汇率 额 城 校 胜
    部 门 委 分 队 署 级 长 属 落 件
    起 来 步 草 点 到 源 义 伏 码 了
    对 外 口 于 接 照 标 策 抗 话 立 象 比 台 华 我 美 日 苏 待 应 此 这 中 农 各
    本 级 地 市 区 县 科 年 身 国 领 土 届 次 质 来 文 报 人 账 月 季
    头 部 脑 等
    口 岸 径 号 头 袋 粮 气
    单 位 一 项 独 边 靠 产
    班 子 组 车
    间 接 隔 的
    米 粮 面
    门 类 前 户 槛 下 峡
    支 持 部 撑 援 出 付 柱 农 前
    块 状
    村 庄 居 民 干部 级 委
    镇 区 域 压 江
    台 账 湾 州 胞 独 海 山 风 商
    根 本 据 源 治
    石 油 化 头
    场 所 地 馆 合 面 战 斗争 运动 革命
    张 家 贴 力 开
    户 籍 均 主 口
    份 额 子
    首 批 次 个 届 位 先 要 脑 都 府 相 创 歌
    款 项 待
    担 当 保 负 任 心 忧
    套 路 用 取
    里 面 程 的 长
    度 过 假 量
    项 目
    株 洲 连
    种 植 子 养 族 粮 田 地 种 树 草 棉 业 群
    类 似 别 型
    点 多 钟 半 要 火 名 评 燃 建
    双 边 方 重 向 双 减 创 下降 轮
    只 有 能 要 是 占 需 用 剩 见 好
    批 评 准 发 复 示 判 次 量
    包 括 干 产 括 容 装 头 办 揽 村 销 公
    列 为 入 车 席 举 强 宁 出 第 在
    轮 换 船 番 流
    组 织 成 建 合 长
    队 伍 员
    社 会 员 办 区 有 队
    国 家 有 内 际 营 民 务 外 防 集团 庆 产 别 债 企 人
    省 级 委 内 会 属 份 直 际 力
    市 场 级 委 区 民 容 内 政 县 属 辖 直
    县 级 委 城 域 内 乡 属 以 区 办
    区 域 别 分 级 划 位 间
    乡 村 镇 级 亲 土 办
    校 园 外 长 办 内 舍
    站 在 岗 起 立 住 稳
    路 线 网 径 面
    道 路 德 理
    线 路 上 下 城市 工作 工人
    层 次 面 出 级
    段 时
    片 面 区
    卷 入
    集 中 体 团 成 约 群 资 市 合 聚
    幅 度 员
    副 总 主 省 食 业
    节 约 能 日 假 水 省 支 余 制
    眼 前 光
    孔 子
    股 份 东 权 市
    票 据 证
    卡 片
    号 召 称
    席 卷 位会
    粒 度
    日 本 用 益 常 内 前 均 元贷
    周 围 转 边 到 总 恩 刊
    厂 长 矿 办 商 房
    店 员
    库 容 存 区
    车 间 站 辆 祸
    桶 装
    箱 式
    枚 举
    核 心 准 武 电 查 定 算 实
    端 正 口
    岗 位
    尺 度
    丈 夫
    顷 刻
    升 级 至 到 为 学 高
    方 面 针 式 法 案 向 便
    克 服
    匹 配
    员 工 额
    P M
    瓦 解 斯
    盘 活 点
    倍 增 加 数 受
"""
_NOT_BEFORE = {
    head: tuple(words.split())
    for head, words in (line.split(maxsplit=1) for line in _HEADS.strip().splitlines())
}
_SCALE_WORD = re.compile(r"(?:级|型|式|制)(?!标准煤)")
_PER = re.compile(
    r"/(?:平方米|立方米|平方公里|公里|千瓦时|公斤|吨|亩|公顷|人次|人|户|天|日|小时|年|月|升|套|次|辆|件"
    r"|秒)"
)
# Beyond the list: a short noun-like word that closes its clause can only be the measure (8000箱, 3000粒).
_CLOSED_BY = (
    r"(?=[，,。；;、！？!?）)（(\n]|$|以上|以下|左右|以内|上下|增加|减少|提高|下降|上升|降[到至为低]"
    r"|增[到至长]|扩大|发展到)"
)
_FUNCTION = (
    "的了在是和与及为有被把将着过等年月日时以之至到比版型期代大中者局面流步要不也都就还已可能应向从对"
    "由于因而且并或又则其各每这那哪所让使再更最很太才只仅约近超达增减升降涨跌上下前后左右内外起来去级"
    "式做抓办一二两三四五六七八九十百千万亿零〇余多几半强成番折角分"
)
_OPEN = re.compile(
    rf"(?![{_FUNCTION}])[\u4e00-\u9fff](?:(?![{_FUNCTION}])[\u4e00-\u9fff]){{0,2}}{_CLOSED_BY}"
)
_OPEN_LATIN = re.compile(r"[A-Za-z]{1,4}(?![A-Za-z\d])")
# Whom a number without any measure counts.
_PERSONS = re.compile(
    r"(?:[\u4e00-\u9fff、\ue000]{0,12}?)(?:(?P<household>(?:农户|住户|用户|家庭|居民户"
    r"|户)(?!的?[\u4e00-\u9fff]{0,3}(?:学生|儿童|子女|人口|老人|成员|孩子|劳动力)))|人口"
    r"|人民(?!政府|币|代表|法院|检察|警察|武装|公社|军|银行|团体|内部)|农民|居民"
    r"|职工|学生|毕业生|在校生|寄宿生|新生|考生|大学生|研究生|患者|群众|劳动力|劳动者|党员|干部|妇女"
    r"|儿童|老人|老年人|青年|知识分子|工人|教师|官兵|社员"
    r"|移民|侨民|难民|灾民|渔民|牧民|市民|网民|壮年|游客|旅客|民工|大军|城镇职工|青壮年|同胞|选民|军队"
    r"|员工|中国人|人才|人(?![均工力大民]))"
)
_TIME_AFTER = re.compile("[多余]?[年月日天岁]")
_STOP = re.compile(r"[，,。；;：:（(]")
_PERSON_BEFORE = re.compile(
    r"(?:人口|人数|人员|员额|老人|儿童|妇女|青年|教师|工人|裁员|农民|职工|学生|劳动力|居民|党员|群众"
    r"|参军|会员|学员|网民|就业|规模)[，,]?[\u4e00-\u9fff\d.\ue002]{0,14}$"
)
_PERSON_TIMES_BEFORE = re.compile(r"人次[\u4e00-\u9fff\d.]{0,12}$")
_HOUSEHOLD_BEFORE = re.compile(r"(?:用户|农户|户数|住户|家庭)[\u4e00-\u9fff]{0,8}$")


def measure_at(text: str, position: int) -> tuple[str, int] | None:
    """The base unit and the end of the listed measure at this place; a space may precede."""
    if text[position : position + 1] == " ":
        position += 1
    for length in range(min(_LONGEST, len(text) - position), 0, -1):
        word = text[position : position + length]
        if word not in MEASURES:
            continue
        end = position + length
        not_before = _NOT_BEFORE.get(word)
        if not_before and text.startswith(not_before, end):
            continue
        if _SCALE_WORD.match(text, end) and word not in {"%", "‰"}:
            return None  # 万吨级, 千瓦级: a size that names a class
        unit = MEASURES[word]
        if (
            word.isascii()
            and word.isalpha()
            and text[end : end + 1].isascii()
            and text[end : end + 1].isalnum()
        ):
            return None
        if per := _PER.match(text, end):
            return unit + per.group(), per.end()
        if unit.endswith("元") and text.startswith("人民币", end):
            end += 3
        return unit, end
    return None


def open_measure(text: str, position: int) -> tuple[str, int] | None:
    """A measure that no list has: a short noun that its clause ends with, or a sign in Latin letters."""
    if text[position : position + 1] == " ":
        position += 1
    found = _OPEN.match(text, position) or _OPEN_LATIN.match(text, position)
    return (found.group(), found.end()) if found else None


def persons_at(text: str, start: int, end: int) -> str:
    """Whom a number without a measure counts (3700多万学生, 人口达2.5亿): 人 or 户, else ""."""
    if _TIME_AFTER.match(text, end):
        return ""
    follows = text[end : end + 18]
    stop = _STOP.search(follows)
    found = _PERSONS.match(follows[: stop.start()] if stop else follows)
    if found:
        return "户" if found["household"] else "人"
    before = text[max(0, start - 24) : start]
    if "人次" in before and _PERSON_TIMES_BEFORE.search(before):
        return "人次"
    if _PERSON_BEFORE.search(before):
        return "人"
    return "户" if _HOUSEHOLD_BEFORE.search(before) else ""
