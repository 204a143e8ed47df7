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
    Programme,
    Rank,
    RecordType,
    Sentence,
    Standing,
    Step,
)
from taizhang.programmes.durations import parse_duration, write_duration
from taizhang.programmes.entry import ULID, Entry, EntryKind
from taizhang.programmes.loading import load
from taizhang.programmes.normalising import SHANGHAI
from taizhang.programmes.playing import Context
from taizhang.programmes.report_sentences import resolve_slot
from taizhang.programmes.suggestions import unknown
from taizhang.programmes.tables import LogicalTable, column_type, logical_tables, varying_columns
from taizhang.programmes.working_time import OFFICE_HOURS, Calendar

__all__ = [
    "OFFICE_HOURS",
    "SHANGHAI",
    "ULID",
    "Calendar",
    "Checker",
    "CodeItem",
    "CodeList",
    "Context",
    "Definitions",
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
    "Outcome",
    "Programme",
    "Rank",
    "RecordType",
    "Sentence",
    "Standing",
    "Step",
    "apply",
    "column_type",
    "load",
    "logical_tables",
    "parse_duration",
    "replay",
    "resolve_slot",
    "unknown",
    "varying_columns",
    "write_duration",
]
