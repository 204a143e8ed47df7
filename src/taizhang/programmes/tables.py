"""The logical tables that figures may rely on: one per record type, the columns by rule.

A row is one *version* of a record (or one segment of it, where fields vary over time). Lake and engines
provide these tables; nobody reads the ledger's own.

    record      VARCHAR    the record's id
    position    BIGINT     of the entry that made this version
    supersedes  BIGINT     the position of the version before, or null
    void        BOOLEAN    voided records count nowhere
    state       VARCHAR
    area, body  VARCHAR
    opened_at   TIMESTAMP  when the opening entry happened
    late        BOOLEAN    the entry came into a closed period
    valid_from  TIMESTAMP  null: since ever   } only on types with varying columns (`varying_columns`):
    valid_to    TIMESTAMP  null: for ever     } those with `varies`, and those whose steps lead back
    <state>_at        TIMESTAMP  when it last entered that state (the first state: when it opened); null
                                 again where the record went back before it
    first_<state>_at  TIMESTAMP  when it first did
    <step>_count      BIGINT     how often the step was taken (0 when never)
    <limit>_due       TIMESTAMP  when the limit runs out
    <field>           by FieldType; personal fields, points, shapes and files have no column

A duty has a second table `<key>.rounds`, one row a round of each version: record, position, supersedes, void,
area, body and the duty's fields as above, and round (BIGINT), due_from (DATE), due_on (DATE, the last day),
done_on (DATE or null).

The state of things as of position P: the rows with position <= P whose position no row with position <= P
supersedes, less the void ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from taizhang.programmes.definition import Field, FieldType, Mechanism, RecordType

COLUMN_TYPES: Mapping[FieldType, str] = {
    FieldType.TEXT: "VARCHAR",
    FieldType.MONEY: "DECIMAL(18,2)",
    FieldType.WHOLE: "BIGINT",
    FieldType.CHOICE: "VARCHAR",
    FieldType.CODE: "VARCHAR",
    FieldType.DATE: "DATE",
    FieldType.TIME: "TIMESTAMP",
    FieldType.YES_NO: "BOOLEAN",
    FieldType.PERSON: "BIGINT",
    FieldType.REFERENCE: "VARCHAR",
    FieldType.AREA: "VARCHAR",
    FieldType.BODY: "VARCHAR",
}


@dataclass(frozen=True, slots=True)
class LogicalTable:
    """Name (`programme.record` or `programme.record.rounds`) and columns, in order: name → SQL type."""

    name: str
    columns: Mapping[str, str]


def column_type(field: Field) -> str | None:
    """The SQL type of a field's column, or None where it has none."""
    if field.personal and field.type is not FieldType.PERSON:
        return None
    if field.type is FieldType.NUMBER:
        return f"DECIMAL(18,{field.decimals})"
    return COLUMN_TYPES.get(field.type)


def goes_back(record_type: RecordType) -> bool:
    """Whether a step leads back: to a state that the record may have been in, or out of an end state."""
    leads: dict[str, set[str]] = {state: set() for state in record_type.states}
    for step in record_type.steps.values():
        for source, target in step.moves.items():
            if target is not None and target != source:
                leads.setdefault(source, set()).add(target)
    ends = record_type.ends
    if any(source in ends and targets - ends for source, targets in leads.items()):
        return True
    while inner := {source for source, targets in leads.items() if not targets & leads.keys()}:
        leads = {source: targets for source, targets in leads.items() if source not in inner}
    return bool(leads)  # what cannot be taken off from its ends has a ring in it


def varying_columns(record_type: RecordType) -> frozenset[str]:
    """The columns that each segment of a version has for itself; with any, rows have valid_from and valid_to.

    What `varies` names, and, where steps lead back, when it entered its states and when its limits run out.
    """
    if not goes_back(record_type):
        return record_type.varies
    times = {f"{state}_at" for state in record_type.states} | {f"{limit}_due" for limit in record_type.limits}
    return record_type.varies | times


def recurring_columns(record_type: RecordType) -> frozenset[str]:
    """Those of the varying columns that may have several values in one record's time, one after another.

    Not the time of a state that is entered once, nor when a limit runs out that starts in such a state and
    that no step extends or holds: a date of these lies in one segment at the most.
    """
    once = {state for state in record_type.states if not _entered_again(record_type, state)}
    moved = {step.limit for step in record_type.steps.values()}
    steady = {f"{state}_at" for state in once}
    steady |= {
        f"{limit.id}_due"
        for limit in record_type.limits.values()
        if limit.start in once and limit.id not in moved and limit.by not in record_type.varies
    }
    return varying_columns(record_type) - (steady - record_type.varies)


def _entered_again(record_type: RecordType, state: str) -> bool:
    """Whether steps lead from a state back to it."""
    seen: set[str] = set()
    pending = [state]
    while pending:
        source = pending.pop()
        for step in record_type.steps.values():
            target = step.moves.get(source)
            if target is not None and target not in seen:
                if target == state:
                    return True
                seen.add(target)
                pending.append(target)
    return False


def logical_tables(record_type: RecordType) -> tuple[LogicalTable, ...]:
    """The logical tables of a record type: its versions, and for a duty also its rounds."""
    base = {
        "record": "VARCHAR",
        "position": "BIGINT",
        "supersedes": "BIGINT",
        "void": "BOOLEAN",
        "late": "BOOLEAN",
        "state": "VARCHAR",
        "area": "VARCHAR",
        "body": "VARCHAR",
        "opened_at": "TIMESTAMP",
    }
    fields = {f.id: kind for f in record_type.fields.values() if (kind := column_type(f))}
    columns = dict(base)
    if varying_columns(record_type):
        columns |= {"valid_from": "TIMESTAMP", "valid_to": "TIMESTAMP"}
    for state in record_type.states:
        columns |= {f"{state}_at": "TIMESTAMP", f"first_{state}_at": "TIMESTAMP"}
    columns |= {f"{step}_count": "BIGINT" for step in record_type.steps}
    columns |= {f"{limit}_due": "TIMESTAMP" for limit in record_type.limits}
    columns |= fields
    tables = [LogicalTable(record_type.key, columns)]
    if record_type.mechanism is Mechanism.DUTY and record_type.every:
        rounds = base | fields | {"round": "BIGINT", "due_from": "DATE", "due_on": "DATE", "done_on": "DATE"}
        tables.append(LogicalTable(f"{record_type.key}.rounds", rounds))
    return tuple(tables)
