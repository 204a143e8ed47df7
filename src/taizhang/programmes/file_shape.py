"""The shape of programme files and code lists: which keys there are and what may stand in them.

What the keys mean together (does the step lead to a state that exists?) is checked in `record_types`,
`indicators` and `measures`. The JSON Schema for editors is made from these models.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from taizhang.programmes.definition import FieldType, Mechanism


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

    type: FieldType
    name: NameText | None = None
    required: bool = Field(False, description="立案时必填 / must be given when the record opens")
    personal: bool = Field(False, description="个人信息,加密保存,不入统计 / encrypted, never a column")
    unit: str = ""
    decimals: int = Field(4, ge=0, le=10, description="小数位数 / decimal places of a number")
    low: Decimal | None = None
    high: Decimal | None = None
    choices: dict[str, NameText] = Field(default_factory=dict)
    codes: str = Field("", description="代码表 / the code list")
    to: str = Field("", description="reference: `programme.record`")
    pattern: str = Field(
        "", description="文字须整体符合的正则 / regular expression that the whole text must match"
    )


class StepRule(Shape):
    """More about one step."""

    name: NameText | None = None
    acts: Literal["", "extend", "suspend", "resume", "urge", "reopen", "patrol"] = ""
    in_: list[str] = Field(
        default_factory=list,
        alias="in",
        description="保持状态的步骤可在哪些状态办理 / states it may be taken in",
    )
    limit: str = ""
    by: str = Field("", description="最多延长多久 / extend: by how much at the most")
    times: int | None = Field(None, ge=1)
    reason: bool = False
    asks: list[str] = Field(default_factory=list, description="必填字段 / fields it must set")
    fields: list[str] = Field(default_factory=list, description="可填字段 / fields it may set")


class LimitShape(Shape):
    """A time limit."""

    start: str = Field(alias="from")
    until: str
    within: str = Field(description="`5 working days`, or `by <code field>`")


class ExpectsShape(Shape):
    """Who owes observations how often."""

    each: str
    every: Literal["day", "month", "quarter", "year"]
    on: str


class RecordShape(Shape):
    """A record type."""

    mechanism: Mechanism
    name: NameText | None = None
    fields: dict[Snake, FieldShape] = Field(default_factory=dict)
    states: list[Snake] = Field(default_factory=list)
    ends: list[str] | None = None
    steps: dict[Snake, dict[Snake, Snake]] = Field(
        default_factory=dict, description="state: {step: state it leads to}"
    )
    step_rules: dict[Snake, StepRule] = Field(default_factory=dict)
    limits: dict[Snake, LimitShape] = Field(default_factory=dict)
    roles: dict[str, Kebab] = Field(default_factory=dict, description="open, amend, void or a step: who may")
    varies: list[str] = Field(default_factory=list)
    unique: list[str] = Field(default_factory=list)
    reported: bool = False
    expects: ExpectsShape | None = None
    every: str = ""
    term: list[str] = Field(default_factory=list, max_length=2)


class StandingShape(Shape):
    """From when until when a record stands."""

    start: str = Field(alias="from")
    to: str = ""


def _measure(value: Any) -> Any:
    return {"value": value} if isinstance(value, str) else value


class MeasureShape(Shape):
    """A measure; a plain text is its `value`."""

    value: str = ""
    of: str = ""
    where: str = ""
    on: str = ""
    standing: StandingShape | None = None
    area: str = ""
    each: str = ""
    having: str = ""
    covered: str = ""
    areas: str = ""


class RankShape(Shape):
    """Ranked among named peers, or among the areas of the same level."""

    peers: str = ""


MeasureText = Annotated[MeasureShape, BeforeValidator(_measure)]


class IndicatorShape(Shape):
    """An indicator. `of`, `on`, `standing`, `area` and `where` beside the measures hold for each of them."""

    name: NameText
    about: NameText | None = None
    aliases: list[str] = Field(default_factory=list)
    of: str = ""
    on: str = ""
    standing: StandingShape | None = None
    area: str = ""
    where: str = ""
    numerator: MeasureText | None = None
    denominator: MeasureText | None = None
    value: MeasureText | None = None
    formula: str = ""
    unit: str = ""
    targets: dict[str, Decimal] = Field(default_factory=dict)
    amber: Decimal | None = Field(None, gt=0)
    better: Literal["higher", "lower", ""] = ""
    rank: RankShape | None = None
    persons: Literal["", "residence", "place"] = ""
    by: list[str] = Field(default_factory=list)
    source: str = ""


class SentenceShape(Shape):
    """A sentence of the report."""

    section: str
    zh: str
    en: str = ""


class ProgrammeShape(Shape):
    """A programme file."""

    programme: Kebab
    name: NameText
    about: NameText | None = None
    lead: Annotated[str, Field(description="牵头单位代码 / a body's code")] = ""
    sources: list[str] = Field(default_factory=list)
    records: dict[Kebab, RecordShape] = Field(default_factory=dict)
    indicators: dict[Kebab, IndicatorShape] = Field(default_factory=dict)
    report: list[SentenceShape] = Field(default_factory=list)


class CodeItemShape(Shape):
    """A code. `from` is the first day it is valid, `to` the first on which it no longer is."""

    name: NameText
    parent: str = ""
    within: str = ""
    weight: Decimal | None = None
    start: str = Field("", alias="from")
    end: str = Field("", alias="to")


def _item(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class CodeListShape(Shape):
    """A code list. An item that is a plain text is its name."""

    codes: Kebab
    name: NameText
    version: str
    items: dict[str, Annotated[CodeItemShape, BeforeValidator(_item)]]
