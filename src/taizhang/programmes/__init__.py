"""Programme files → checked definitions; what entries do to records; the tables that figures rely on.

    definitions = load(folder)                       every problem at once, with file, line and column
    checker = Checker(definitions)
    entry = checker.check(sent)                      an Entry, or a list of problems
    outcome = apply(record_type, document, entry, context)
    document = replay(record_type, entries, context)

Pure: no database, no network, nothing written. Rules: docs/explanation/records.md.
"""

from taizhang.programmes.applying import Outcome, apply, replay
from taizhang.programmes.checking import Checker
from taizhang.programmes.definition import (
    CodeItem,
    CodeList,
    Definitions,
    Duration,
    Expects,
    Field,
    FieldType,
    Indicator,
    Limit,
    Measure,
    Mechanism,
    Name,
    NameField,
    Programme,
    Rank,
    RecordType,
    Sentence,
    Standing,
    StatementRule,
    Step,
)
from taizhang.programmes.district_shape import (
    DISTRICT_FILE,
    AreaShape,
    BodyShape,
    DistrictShape,
    district_problems,
    read_district,
)
from taizhang.programmes.durations import parse_duration, write_duration
from taizhang.programmes.entry import ULID, Entry, EntryKind
from taizhang.programmes.loading import load
from taizhang.programmes.normalising import SHANGHAI
from taizhang.programmes.playing import Context
from taizhang.programmes.report_sentences import resolve_slot
from taizhang.programmes.statement_rules import ASSERTS
from taizhang.programmes.suggestions import unknown
from taizhang.programmes.tables import (
    LogicalTable,
    column_type,
    logical_tables,
    recurring_columns,
    varying_columns,
)
from taizhang.programmes.working_time import OFFICE_HOURS, Calendar
from taizhang.programmes.yaml_tree import YamlTree, read_yaml

__all__ = [
    "ASSERTS",
    "DISTRICT_FILE",
    "OFFICE_HOURS",
    "SHANGHAI",
    "ULID",
    "AreaShape",
    "BodyShape",
    "Calendar",
    "Checker",
    "CodeItem",
    "CodeList",
    "Context",
    "Definitions",
    "DistrictShape",
    "Duration",
    "Entry",
    "EntryKind",
    "Expects",
    "Field",
    "FieldType",
    "Indicator",
    "Limit",
    "LogicalTable",
    "Measure",
    "Mechanism",
    "Name",
    "NameField",
    "Outcome",
    "Programme",
    "Rank",
    "RecordType",
    "Sentence",
    "Standing",
    "StatementRule",
    "Step",
    "YamlTree",
    "apply",
    "column_type",
    "district_problems",
    "load",
    "logical_tables",
    "parse_duration",
    "read_district",
    "read_yaml",
    "recurring_columns",
    "replay",
    "resolve_slot",
    "unknown",
    "varying_columns",
    "write_duration",
]
