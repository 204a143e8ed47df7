"""The shape of programme files and code lists: which keys there are and what may stand in them.

What the keys mean together (does the step lead to a state that exists?) is checked in `record_types`,
`indicators` and `measures`. The JSON Schema for editors is made from these models.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from taizhang.programmes.definition import FieldType, Mechanism

StatementKind = Literal[
    "coverage", "direction", "milestone", "membership", "honour", "agreement", "duty", "campaign"
]
"""Kinds of statements that can be true or not; praise cannot."""


class Shape(BaseModel):
    """Settings of every shape: unknown keys are errors, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True, validate_by_name=False)


class NameShape(Shape):
    """What people call a thing. A plain text is its Chinese name."""

    zh: str = Field(min_length=1, description="中文名 / Chinese name")
    en: str = Field("", description="英文名 / English name")


def _name(value: Any) -> Any:
    return {"zh": value} if isinstance(value, str) else value


NameText = Annotated[NameShape, BeforeValidator(_name)]
Kebab = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
Snake = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=50)]


class FieldShape(Shape):
    """A field of a record."""

    type: FieldType = Field(description="类型 / type (see below)")
    name: NameText | None = Field(None, description="名称 / name, else the id")
    required: bool = Field(False, description="立案时必填 / must be given when the record opens")
    personal: bool = Field(False, description="个人信息,加密保存,不入统计 / encrypted, never a column")
    unit: str = Field("", description="单位 / unit")
    decimals: int = Field(4, ge=0, le=10, description="小数位数 / decimal places of a number")
    low: Decimal | None = Field(None, description="最小值 / least value")
    high: Decimal | None = Field(None, description="最大值 / greatest value")
    choices: dict[str, NameText] = Field(default_factory=dict, description="choice: 选项 / choices, by id")
    codes: str = Field("", description="代码表 / the code list")
    to: str = Field("", description="reference: `programme.record`")
    pattern: str = Field(
        "", description="文字须整体符合的正则 / regular expression that the whole text must match"
    )


class StepRule(Shape):
    """More about one step."""

    name: NameText | None = Field(None, description="名称 / name, else the id")
    acts: Literal["", "extend", "suspend", "resume", "urge", "reopen", "patrol"] = Field(
        "", description="特别作用 / what it does besides moving"
    )
    in_: list[str] = Field(
        default_factory=list,
        alias="in",
        description="保持状态的步骤可在哪些状态办理 / states it may be taken in",
    )
    limit: str = Field("", description="extend, suspend, resume: 时限 / the limit")
    by: str = Field("", description="最多延长多久 / extend: by how much at the most")
    times: int | None = Field(None, ge=1, description="至多几次 / how often a record may take it")
    reason: bool = Field(False, description="须写明理由 / needs a reason")
    asks: list[str] = Field(default_factory=list, description="必填字段 / fields it must set")
    fields: list[str] = Field(default_factory=list, description="可填字段 / fields it may set")


class LimitShape(Shape):
    """A time limit."""

    start: str = Field(alias="from", description="起算状态 / the state whose entry starts it")
    until: str = Field(description="停止状态 / the state whose entry ends it")
    within: str = Field(description="`5 working days`, or `by <code field>`")


class ExpectsShape(Shape):
    """Who owes observations how often."""

    each: str = Field(description="谁应报:字段、area 或 body / a field, `area` or `body`")
    every: Literal["day", "month", "quarter", "year"] = Field(description="多久一次 / how often")
    on: str = Field(description="所报日期的字段 / the date field it is for")


class RecordShape(Shape):
    """A record type."""

    mechanism: Mechanism = Field(description="机制 / which kind of record (see below)")
    name: NameText | None = Field(None, description="名称;不写则用编号 / name, else the id")
    fields: dict[Snake, FieldShape] = Field(
        default_factory=dict, description="字段 / fields, by id in snake_case"
    )
    states: list[Snake] = Field(
        default_factory=list,
        description="状态,首个为立案状态 / states, the first opens; else in order of mention",
    )
    ends: list[str] | None = Field(
        None, description="终结状态;不写则为无步骤离开的状态 / end states; else those that no step leaves"
    )
    steps: dict[Snake, dict[Snake, Snake]] = Field(
        default_factory=dict, description="state: {step: state it leads to}"
    )
    step_rules: dict[Snake, StepRule] = Field(
        default_factory=dict, description="单个步骤的规则 / more about single steps"
    )
    limits: dict[Snake, LimitShape] = Field(default_factory=dict, description="时限 / time limits, by id")
    roles: dict[str, Kebab] = Field(default_factory=dict, description="open, amend, void or a step: who may")
    varies: list[str] = Field(
        default_factory=list,
        description="随时间变化的字段 / fields, `area`, `body` that change over time through steps",
    )
    unique: list[str] = Field(
        default_factory=list,
        description="合起来不可重复的字段 / fields that together stand in one record only",
    )
    reported: bool = Field(
        False, description="上报数,须有 document / totals from elsewhere, with a required `document`"
    )
    expects: ExpectsShape | None = Field(None, description="应报 / who owes observations how often")
    every: str = Field("", description="duty: `7 days` a round")
    term: list[str] = Field(
        default_factory=list,
        max_length=2,
        description="duty: 任期起止字段 / date fields of the first and last day",
    )


class StandingShape(Shape):
    """From when until when a record stands."""

    start: str = Field(alias="from", description="起始日期列 / the date column from which it stands")
    to: str = Field("", description="终止日期列 / until which; empty: for ever")


def _measure(value: Any) -> Any:
    return {"value": value} if isinstance(value, str) else value


class MeasureShape(Shape):
    """A measure; a plain text is its `value`."""

    value: str = Field("", description="聚合式 / aggregates")
    of: str = Field("", description="台账类型,与指标不同时写 / record type, where not the indicator's")
    where: str = Field("", description="条件 / condition over a row")
    on: str = Field("", description="日期列:流量 / date column: a flow")
    standing: StandingShape | None = Field(None, description="存量 / a stock")
    area: str = Field("", description="归属区划列 / the column that attributes rows to areas")
    each: str = Field("", description="分组列 / groups within an area")
    having: str = Field("", description="组的条件 / condition over a group")
    covered: str = Field("", description="有记录的某级区划数 / areas of that level with a row")
    areas: str = Field("", description="某级区划总数 / all areas of that level")


class RankShape(Shape):
    """Ranked among named peers, or among the areas of the same level."""

    peers: str = Field(
        "", description="同类地区组;空为同级区划 / a group of peers; empty: areas of the same level"
    )


MeasureText = Annotated[MeasureShape, BeforeValidator(_measure)]


class IndicatorShape(Shape):
    """An indicator. `of`, `on`, `standing`, `area` and `where` beside the measures hold for each of them."""

    name: NameText = Field(description="名称 / name")
    about: NameText | None = Field(None, description="定义 / the definition in words")
    aliases: list[str] = Field(default_factory=list, description="别名 / names by which reports call it")
    of: str = Field("", description="台账类型 / `case`, `programme.case`, `chief.rounds`")
    on: str = Field("", description="各度量的 on / for each measure")
    standing: StandingShape | None = Field(None, description="各度量的 standing / for each measure")
    area: str = Field("", description="各度量的 area / for each measure")
    where: str = Field("", description="各度量的条件,与其自身的并用 / for each measure, besides its own")
    numerator: MeasureText | None = Field(None, description="分子 / numerator")
    denominator: MeasureText | None = Field(None, description="分母 / denominator")
    value: MeasureText | None = Field(None, description="无分母的度量 / a figure with no denominator")
    formula: str = Field("", description="由其他指标计算 / from other indicators")
    unit: str = Field("", description="单位;% ‰ 的比率乘 100、1000 / unit; ratios in % and ‰ are multiplied")
    targets: dict[str, Decimal] = Field(default_factory=dict, description="期间: 目标 / period: value")
    amber: Decimal | None = Field(
        None, gt=0, le=1, description="达到目标的此份额为黄灯 / amber from this share of the target"
    )
    better: Literal["higher", "lower", ""] = Field(
        "", description="越高越好还是越低越好 / which way is better"
    )
    rank: RankShape | None = Field(None, description="排名 / rank")
    persons: Literal["", "residence", "place"] = Field(
        "", description="按居住地或发生地 / persons count by residence or place"
    )
    by: list[str] = Field(
        default_factory=list, description="可细分的字段 / choice and code fields it may be broken down by"
    )
    source: str = Field("", description="依据 / the rule it comes from")


def _fields(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


FieldPaths = Annotated[list[str], BeforeValidator(_fields)]


class NamesShape(Shape):
    """Where the names stand that a statement names: fields, or `reference.field`."""

    subject: FieldPaths = Field(default_factory=list, description="主语所指 / fields that the subject names")
    object: FieldPaths = Field(default_factory=list, description="宾语所指 / fields that the object names")
    clause: FieldPaths = Field(default_factory=list, description="全句所指 / fields that the clause names")


class StatementShape(Shape):
    """What a statement without a number means: a condition over figures, or records that must be there.

    Without `holds` there must be records that the indicator counts, or those of `of`, `where`, `on` or
    `standing`; with `names`, one for each thing that the statement names.
    """

    indicator: str = Field(description="所对应的指标 / the indicator that it is about")
    kind: StatementKind = Field(description="表述种类 / kind of statement")
    asserts: list[str] = Field(
        default_factory=list, description="所断言;空为该种的全部 / what is asserted; empty: all of the kind"
    )
    about: list[str] = Field(
        default_factory=list,
        description="报告中的说法;空为指标的名称和别名 / words of reports; empty: the indicator's names",
    )
    holds: str = Field("", description="指标条件 / condition over indicators")
    of: str = Field("", description="台账类型,与指标不同时写 / record type, where not the indicator's")
    where: str = Field(
        "", description="记录条件,与指标的并用 / condition over a row, besides the indicator's"
    )
    on: str = Field("", description="日期列:期内 / date column: within the period")
    standing: StandingShape | None = Field(None, description="期末存续 / standing at the period's end")
    names: NamesShape = Field(
        default_factory=NamesShape, description="所点名的记录 / the records that it names"
    )


class SentenceShape(Shape):
    """A sentence of the report."""

    section: str = Field(description="报告章节 / section of the report")
    zh: str = Field(description="中文;{指标} 为实时数 / Chinese; {indicator} is live")
    en: str = Field("", description="英文 / English")


class ProgrammeShape(Shape):
    """A programme file."""

    programme: Kebab = Field(description="编号 / id, kebab-case")
    name: NameText = Field(description="名称 / name")
    about: NameText | None = Field(None, description="说明 / what it is about")
    lead: Annotated[str, Field(description="牵头单位代码 / a body's code")] = ""
    sources: list[str] = Field(default_factory=list, description="依据 / the rules it comes from")
    records: dict[Kebab, RecordShape] = Field(
        default_factory=dict, description="台账类型 / record types, by id"
    )
    indicators: dict[Kebab, IndicatorShape] = Field(
        default_factory=dict, description="指标 / indicators, by id"
    )
    statements: list[StatementShape] = Field(
        default_factory=list, description="不含数字的表述 / statements without a number"
    )
    report: list[SentenceShape] = Field(
        default_factory=list, description="报告语句 / sentences of the report"
    )


class CodeItemShape(Shape):
    """A code. `from` is the first day it is valid, `to` the first on which it no longer is."""

    name: NameText = Field(description="名称 / name")
    parent: str = Field("", description="上级代码 / parent code")
    within: str = Field("", description="时限 / time limit")
    weight: Decimal | None = Field(None, description="权重 / weight")
    start: str = Field("", alias="from", description="首个有效日 / first day it is valid")
    end: str = Field("", alias="to", description="首个失效日 / first day it no longer is")


def _item(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class CodeListShape(Shape):
    """A code list. An item that is a plain text is its name."""

    codes: Kebab = Field(description="编号 / id, kebab-case")
    name: NameText = Field(description="名称 / name")
    version: str = Field(description="版本 / version")
    items: dict[str, Annotated[CodeItemShape, BeforeValidator(_item)]] = Field(
        description="代码 / items, by code"
    )
