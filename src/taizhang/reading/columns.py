"""The data dictionary: every column of what a reading gives as rows, with its type and its meaning.

Every format (JSON Lines, CSV, Parquet, workbook, notebook) takes its columns from here, and so does the
page `docs/reference/claims-columns.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from taizhang.reading.column import Column, Columns

What = Literal["claims", "statements", "findings", "text"]

_FILE = Column("file", "text", "来源文件,照命令所给", "the source, as the command was given it")
_DOCUMENT = (
    Column("title", "text", "文件标题", "the document's title"),
    Column("region", "text", "标题所称的地区", "the region that the title names"),
    Column("issuer", "text", "发文或作报告的机关", "the body that gives the report"),
    Column("year", "whole", "文件所述的年份", "the year that the document speaks of"),
    Column("date", "date", "文件自己的日期", "the document's own date"),
)
_START = Column(
    "start",
    "whole",
    "原文在提取文本中的起点,按字符(码点)数,从 0 起;`--what text` 印出提取文本",
    "where the surface begins in the extracted text, in code points from 0; `--what text` prints that text",
)

_CLAIM = (
    _FILE,
    Column("surface", "text", "原文:界限、数字、单位", "the words as printed: bound, number, measure"),
    _START,
    Column(
        "low",
        "number",
        "措辞所指的下限,基本单位,已乘开;空为不限。下降为负",
        "the least that it means, in the base unit, multiplied out; empty is open. A fall is negative",
    ),
    Column("high", "number", "措辞所指的上限;空为不限", "the most that the wording means; empty is open"),
    Column(
        "step",
        "number",
        "印出的末位在基本单位中的值:1.07万 → 100",
        "the value of the last printed place in the base unit: 1.07万 → 100",
    ),
    Column(
        "bound",
        "text",
        "exact 确数,about 约,above 超过,odd 余、多,at_least 不低于,below 不到,at_most 不超过,range 区间",
        "`exact`, `about`, `above` (超过), `odd` (余, 多), `at_least`, `below`, `at_most` or `range`",
    ),
    Column("unit", "text", "基本单位:万元记作元,排名记作位", "the base unit: 万元 is 元, a rank is 位"),
    Column(
        "kind",
        "text",
        "level 水平,change 变化,rank 排名,multiple 倍数",
        "`level`, `change`, `rank` or `multiple`",
    ),
    Column("approx", "yes-no", "有约、近、左右等词", "true with 约, 近, 左右 and their like"),
    Column(
        "basis",
        "text",
        "变化的比较基准:yoy 同比,other 其他;水平为 cumulative 累计;空为未说",
        "what a change is against: `yoy` or `other`; of a level `cumulative`; empty where nothing is said",
    ),
    Column(
        "modality",
        "text",
        "achieved 已完成,expected 预计,planned 计划",
        "`achieved`, `expected` or `planned`",
    ),
    Column("subject", "text", "说的是什么,如表头", "what is counted, as a table's header would say it"),
    Column("section", "text", "所在部分的序号,如 四", "the numeral of the section, such as 四"),
    Column("period", "text", "所指年份", "the year that it holds for"),
    Column("scope", "text", "排名在谁之中,照原文:全市", "of a rank, whom it is among, as printed: 全市"),
    Column("area", "text", "句中自己点明的地区;空则为文件的地区", "the area that the sentence itself names"),
    Column("quoted", "yes-no", "转述他人的结果", "whether another's words or results are told"),
    Column("source", "text", "转述谁的,照原文", "whose words or results they are, as printed"),
    Column("sentence", "text", "所在句子", "the sentence that it stands in"),
    Column("rules", "texts", "得出各部分的规则", "the rules that made its parts"),
    *_DOCUMENT,
)
_STATEMENT = (
    _FILE,
    Column(
        "kind",
        "text",
        "coverage 覆盖,direction 走向,milestone 节点,membership 入列,honour 荣誉,agreement 协议,duty 职责,"
        "campaign 行动;appraisal 评价,不作断言",
        "`coverage`, `direction`, `milestone`, `membership`, `honour`, `agreement`, `duty`, `campaign`; "
        "`appraisal` is praise and asserts nothing",
    ),
    Column("surface", "text", "原文", "the words as printed"),
    _START,
    Column("subject", "text", "说的是什么", "what it is about"),
    Column("section", "text", "所在部分的序号", "the numeral of the section"),
    Column("period", "text", "所指年份", "the year that it holds for"),
    Column(
        "asserts", "text", "断言了什么,代码", "the code of what is asserted: `all`, `completed`, `down` …"
    ),
    Column(
        "object",
        "text",
        "补足断言的词:加入的名单、获得的称号",
        "the words that complete it: the list joined, the title",
    ),
    Column("rules", "texts", "得出各部分的规则", "the rules that made its parts"),
    *_DOCUMENT,
)
_FINDING = (
    _FILE,
    Column("finding", "text", "哪一种不一致", "which kind of inconsistency: see the reference of claims"),
    Column(
        "places",
        "places",
        "各处的[起, 止),按提取文本的字符数",
        "each place as [start, end) in code points of the extracted text",
    ),
    Column("arithmetic", "text", "算式,用文字说明", "the arithmetic, in words"),
    Column("certainty", "text", "有多确定", "how sure it is"),
    Column("why", "text", "为何这样确定,或为何不更确定", "why it is as sure as it is, and no surer"),
    Column("surfaces", "texts", "各处的原文", "the words at each place"),
    *_DOCUMENT,
)
_TEXT = (_FILE, Column("text", "text", "提取文本", "the extracted text"))

COLUMNS: Final[Mapping[What, Columns]] = {
    "claims": Columns(_CLAIM),
    "statements": Columns(_STATEMENT),
    "findings": Columns(_FINDING),
    "text": Columns(_TEXT),
}
"""What is read → its columns, in the order of every format."""
