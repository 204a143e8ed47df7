"""Checked, immutable definitions: what the files of a district mean.

Built by the loader only (`load`), after every check has passed; every other part relies on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from sqlglot import exp

BUILT_IN_ROLES = frozenset(("administrator", "importer", "auditor"))
"""`administrator` may do everything; `importer` may hand in when facts were first recorded elsewhere; no step
asks for `auditor`, who reads where the appointment says.
"""


class Mechanism(StrEnum):
    """What kind of record a programme keeps (see docs/explanation/records.md)."""

    REGISTER = "register"
    PROJECT = "project"
    CASE = "case"
    SERVICE = "service"
    OBSERVATION = "observation"
    DUTY = "duty"
    ASSESSMENT = "assessment"


class FieldType(StrEnum):
    """Types of fields, with the type of their column in the logical table."""

    TEXT = "text"  # VARCHAR
    NUMBER = "number"  # DECIMAL(18, decimals); JSON string in entries once normalised
    MONEY = "money"  # DECIMAL(18, 2), in yuan
    WHOLE = "whole"  # BIGINT
    CHOICE = "choice"  # VARCHAR, one of `choices`
    CODE = "code"  # VARCHAR, a code of code list `codes`
    DATE = "date"  # DATE
    TIME = "time"  # TIMESTAMP, the district's own wall clock
    YES_NO = "yes_no"  # BOOLEAN
    POINT = "point"  # no column; {"lon": …, "lat": …} (CGCS2000)
    SHAPE = "shape"  # no column; GeoJSON Polygon or MultiPolygon
    PERSON = "person"  # BIGINT, the random person number
    REFERENCE = "reference"  # VARCHAR, the id of another record
    FILES = "files"  # no column; list of SHA-256 digests (hex)
    AREA = "area"  # VARCHAR, an area's code
    BODY = "body"  # VARCHAR, a body's code


@dataclass(frozen=True, slots=True)
class Name:
    """What people call a thing, Chinese first."""

    zh: str
    en: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record type."""

    id: str
    type: FieldType
    name: Name
    required: bool = False  # in the entry that opens the record
    personal: bool = False  # encrypted in the ledger; never a column
    unit: str = ""
    decimals: int = 4
    low: Decimal | None = None
    high: Decimal | None = None
    choices: Mapping[str, Name] = field(default_factory=dict)
    codes: str = ""
    to: str = ""  # reference: "programme.record_type"
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step: from which states, to which (None keeps the state), what it asks for, who may take it."""

    id: str
    name: Name
    moves: Mapping[str, str | None]  # source state → target state; None: the state is kept
    fields: tuple[str, ...] = ()  # fields that the step may set
    asks: tuple[str, ...] = ()  # fields that the step must set
    role: str = ""  # "" : whoever may open
    reason: bool = False  # the entry must carry a reason
    times: int | None = None  # how often one record may take it
    limit: str = ""  # the time limit that it extends, suspends or resumes
    acts: Literal["", "extend", "suspend", "resume", "urge", "reopen", "patrol"] = ""
    by: Duration | None = None  # extend: by how much at the most


class Clock(StrEnum):
    """Which time a duration counts."""

    WORKING = "working"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Duration:
    """`30 working minutes`, `4 working hours`, `5 working days`, `7 days`."""

    amount: int
    unit: Literal["minutes", "hours", "days"]
    clock: Clock


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit: the clock starts when the record enters `start`, and stops when it enters `until`.

    `within` is fixed, or None when it stands with each code (attribute `within` of the item in field `by`).
    It gives the column `<id>_due` (TIMESTAMP); on time means `<until>_at <= <id>_due`.
    """

    id: str
    start: str  # a state
    until: str  # a state
    within: Duration | None
    by: str = ""  # the code field whose items carry `within`


@dataclass(frozen=True, slots=True)
class Expects:
    """Who owes observations how often: each distinct `each` (a field, `area` or `body`), every `every`."""

    each: str
    every: Literal["day", "month", "quarter", "year"]
    on: str  # the date column that says for when it was reported


@dataclass(frozen=True, slots=True)
class RecordType:
    """One kind of record of a programme. `key` is `programme.id`."""

    programme: str
    id: str
    name: Name
    mechanism: Mechanism
    fields: Mapping[str, Field]
    states: tuple[str, ...]  # the first is the one a record opens in
    ends: frozenset[str]  # states in which nothing more is owed
    steps: Mapping[str, Step]
    limits: Mapping[str, Limit] = field(default_factory=dict)
    opens: str = ""  # role that may open
    amends: str = ""  # role that may amend; "" : as opens
    voids: str = ""  # role that may void; "" : as opens
    varies: frozenset[str] = frozenset()  # fields, area, body: change over time, by steps
    reported: bool = False  # totals taken over from another system, each with its document
    expects: Expects | None = None
    every: Duration | None = None  # duty: how often a round is due
    term: tuple[str, str] = ("", "")  # duty: the date fields of the first and last day of the term
    unique: tuple[str, ...] = ()  # fields that together may stand in only one record that is not void

    @property
    def key(self) -> str:
        return f"{self.programme}.{self.id}"


@dataclass(frozen=True, slots=True)
class Standing:
    """Counted while it stands at the period's end: from column `start` until column `end` ("" : for ever)."""

    start: str
    end: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A checked aggregate over one logical table, for an area and a period.

    `value` is a sqlglot tree of aggregates (`count`, `count(distinct …)`, `sum`, `avg`, `min`, `max`, `last`,
    each maybe with `filter (where …)`) with arithmetic between them; columns are unqualified names of `of`.
    Exactly one of `on` (flow: the row's date lies in the period) and `standing` (stock: it stands at the
    period's end) is set. `area` is the column that attributes a row to an area.
    `each` groups the rows of an area by that column first: `having` is tested on each group, and `value`
    (always `count(*)`) counts the groups that pass.
    `area` is "" with `areas`. The node classes that trees consist of, and what `days_between` and
    `hours_between` mean, stand in `taizhang.programmes.measure_language`.
    `covered` counts the areas of that level which have at least one row; `areas` counts the areas of that
    level themselves, with no rows at all (`of` is then "").
    """

    of: str  # record type key, `….rounds` of a duty, or "" with `areas`
    value: exp.Expression | None
    where: exp.Expression | None = None
    on: str = ""
    standing: Standing | None = None
    area: str = "area"
    each: str = ""
    having: exp.Expression | None = None
    covered: str = ""
    areas: str = ""
    text: str = ""  # as it is written, for explanations


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank: among a group of `peers`, or ("" ) among the areas of the same level within the district."""

    peers: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A definition of a figure. `key` is `programme.id`.

    With `formula` it is built from other indicators (quoted columns name their keys) and has no measures.
    """

    programme: str
    id: str
    name: Name
    aliases: tuple[str, ...]
    numerator: Measure | None
    denominator: Measure | None
    formula: exp.Expression | None
    unit: str
    factor: int = 1  # what a ratio is multiplied by: 100 for "%", 1000 for "‰"
    better: Literal["higher", "lower", ""] = ""
    targets: Mapping[str, Decimal] = field(default_factory=dict)  # period as written → value
    amber: Decimal | None = None  # light is amber while within this share of the target
    rank: Rank | None = None
    persons: Literal["", "residence", "place"] = ""
    by: tuple[str, ...] = ()  # choice and code fields it may be broken down by
    about: Name | None = None  # the definition in words
    source: str = ""  # the rule it comes from
    version: str = ""  # first 12 hex digits of the SHA-256 of its canonical definition

    @property
    def key(self) -> str:
        return f"{self.programme}.{self.id}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the report; `{indicator}` and `{indicator.rank}` stand for live figures."""

    section: str
    zh: str
    en: str = ""


@dataclass(frozen=True, slots=True)
class NameField:
    """The field by which a statement names a record: its own, or one of the record that it refers to."""

    slot: Literal["subject", "object", "clause"]  # the words of the statement that name it
    field: str  # of the measure's table; a reference where `through` is set
    through: str = ""  # the field of the record that `field` refers to


@dataclass(frozen=True, slots=True)
class StatementRule:
    """What a statement's wording means: what has to be so in the records for it to be true.

    Either `holds`, a condition whose quoted columns name `indicator.part` (all of them in `figures`), or
    records: those that `measure` counts, of which each that the statement names must be there.
    """

    programme: str
    indicator: str  # key of the indicator that the statement is about
    kind: str
    asserts: tuple[str, ...]  # codes; none: whatever a statement of the kind asserts
    about: tuple[str, ...]  # words by which texts speak of it; none: the indicator's name and aliases
    holds: exp.Expression | None = None
    figures: tuple[tuple[str, str], ...] = ()  # indicator key, part of its figure
    measure: Measure | None = None
    names: tuple[NameField, ...] = ()
    text: str = ""  # as it is written, for explanations


@dataclass(frozen=True, slots=True)
class Programme:
    """One line of work."""

    id: str
    name: Name
    lead: str
    records: Mapping[str, RecordType]
    indicators: Mapping[str, Indicator]
    report: tuple[Sentence, ...]
    about: Name | None = None
    sources: tuple[str, ...] = ()
    statements: tuple[StatementRule, ...] = ()

    @property
    def roles(self) -> frozenset[str]:
        """The roles that the programme speaks of."""
        found = {role for r in self.records.values() for role in (r.opens, r.amends, r.voids)}
        found |= {step.role for r in self.records.values() for step in r.steps.values()}
        return frozenset(found - {""})


@dataclass(frozen=True, slots=True)
class CodeItem:
    """One code, valid from `start` until before `end` (None: open)."""

    code: str
    name: Name
    parent: str = ""
    within: Duration | None = None
    weight: Decimal | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class CodeList:
    """A versioned list of codes."""

    id: str
    name: Name
    version: str
    items: Mapping[str, CodeItem]


@dataclass(frozen=True, slots=True)
class Definitions:
    """Everything that is in force: programmes (the built-in `system` too) and code lists.

    `version` is the SHA-256 (hex) over all the files.
    """

    programmes: Mapping[str, Programme]
    codes: Mapping[str, CodeList]
    version: str

    def record_type(self, key: str) -> RecordType:
        """The record type `programme.id`; KeyError when there is none."""
        programme, _, record = key.partition(".")
        return self.programmes[programme].records[record]

    def indicator(self, key: str) -> Indicator:
        """The indicator `programme.id`; KeyError when there is none."""
        programme, _, indicator = key.partition(".")
        return self.programmes[programme].indicators[indicator]

    @property
    def roles(self) -> frozenset[str]:
        """The built-in roles and those that any programme speaks of."""
        return BUILT_IN_ROLES.union(*(programme.roles for programme in self.programmes.values()))

    @property
    def record_types(self) -> tuple[RecordType, ...]:
        return tuple(r for p in self.programmes.values() for r in p.records.values())

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(i for p in self.programmes.values() for i in p.indicators.values())

    @property
    def statements(self) -> tuple[StatementRule, ...]:
        return tuple(rule for p in self.programmes.values() for rule in p.statements)
