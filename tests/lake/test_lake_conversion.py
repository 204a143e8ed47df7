"""Rows equal the documents, value by value."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from plain_cases import CASE, case, case_type, rows
from plain_ledger import PlainLedger, definitions, record_type
from python_rows import table_rows

from taizhang.errors import HomeError
from taizhang.lake import Lake, LakeSettings
from taizhang.programmes import (
    Duration,
    Field,
    FieldType,
    Limit,
    Mechanism,
    Name,
    RecordType,
    Step,
    logical_tables,
    parse_duration,
)


def every_type() -> RecordType:
    """A duty with a field of every type, three of which vary, and rounds."""
    fields = {kind.value: Field(kind.value, kind, Name(kind.value)) for kind in FieldType}
    fields["secret"] = Field("secret", FieldType.TEXT, Name("密"), personal=True)
    every = parse_duration("7 days")
    assert isinstance(every, Duration)
    return record_type(
        "chiefs.chief",
        Mechanism.DUTY,
        fields=fields,
        states=("serving", "left"),
        steps={"leave": Step("leave", Name("离任"), {"serving": "left"})},
        limits={"leaving": Limit("leaving", "serving", "left", every)},
        varies=frozenset({"area", "body", "money"}),
        every=every,
        term=("date", "date"),
    )


def any_document(chance: random.Random, number: int) -> dict[str, object]:
    """A document with values at the edges of their types, some of them missing."""
    moment = (datetime(1999, 12, 31) + timedelta(seconds=chance.randrange(10**9))).isoformat()
    document: dict[str, object] = {
        "record": f"r{number}",
        "void": chance.random() < 0.1,
        "late": chance.random() < 0.5,
        "state": "serving",
        "area": "450205",
        "body": 'b\'ody "quoted"',
        "opened_at": moment,
        "serving_at": moment,
        "leave_count": chance.choice([1, 2]),
        "leaving_due": moment,
        "text": chance.choice(["中文,换行\n与引号\"'", "", "null", "𠮷"]),
        "number": str(Decimal(chance.randrange(-(10**17), 10**17)).scaleb(-4)),
        "money": chance.choice(["9999999999999999.99", "-0.01", "0.10"]),
        "whole": chance.choice([2**63 - 1, -(2**63), 0]),
        "choice": "a",
        "code": "0101",
        "date": moment[:10],
        "time": moment,
        "yes_no": chance.random() < 0.5,
        "person": chance.randrange(2**62),
        "reference": "01GW",
        "point": {"lon": "109.4", "lat": "24.3"},
        "files": ["ab" * 32],
        "secret": {"cipher": "SECRET"},
    }
    for name in chance.sample(sorted(set(document) - {"record"}), 4):
        del document[name]
    if chance.random() < 0.4:
        document["_segments"] = [
            {"valid_to": moment, "area": "1", "money": "0.30"},
            {"valid_from": moment, "area": "2"},
        ]
    if chance.random() < 0.5:
        document["_rounds"] = [
            {"round": 1, "due_from": "2022-01-01", "due_on": "2022-01-07", "done_on": "2022-01-03"},
            {"round": 2, "due_from": "2022-01-08", "due_on": "2022-01-14"},
        ]
    return document


@pytest.mark.parametrize("bulk", [1, 10_000], ids=["transfer", "direct"])
def test_rows_equal_the_documents_converted_in_python(tmp_path: Path, bulk: int) -> None:
    chance = random.Random(7)
    kind = every_type()
    ledger = PlainLedger(tmp_path / "ledger.sqlite", definitions(kind))
    documents = [any_document(chance, number) for number in range(700)]
    ledger.post((kind.key, str(d["record"]), n or None, d) for n, d in enumerate(documents))
    lake = Lake.open(LakeSettings(tmp_path, bulk=bulk, batch=300), ledger)
    assert lake.catch_up().way == ("transfer" if bulk == 1 else "direct")
    wanted: dict[str, Counter] = {table.name: Counter() for table in logical_tables(kind)}
    for number, document in enumerate(documents):
        for table, row in table_rows(kind, number + 1, number or None, document):
            wanted[table][row] += 1
    cursor = lake.cursor()
    for name, expected in wanted.items():
        found = cursor.execute(f'FROM "{name}"').fetchall()
        assert Counter(found) == expected
        assert sum(expected.values()) > 500
    lake.close()


def test_columns_are_those_of_the_logical_tables_and_nothing_personal_enters(
    lake: Lake, ledger: PlainLedger, tmp_path: Path
) -> None:
    ledger.post(rows(0, 3))
    lake.catch_up()
    ledger.post(rows(3, 600))
    lake.catch_up()
    lake.tidy()
    cursor = lake.cursor()
    names = [column[0] for column in cursor.execute(f'FROM "{CASE}"').description]
    assert names == list(logical_tables(case_type())[0].columns)
    assert "phone" not in names
    lake.close()
    written = b"".join(file.read_bytes() for file in (tmp_path / "lake").rglob("*") if file.is_file())
    assert b"urban-management" in written
    assert b"SECRET" not in written


@pytest.mark.parametrize(
    ("bulk", "wrong"),
    [
        (10_000, {"opened_at": "2022-02-30T00:00:00"}),
        (10_000, {"amount": "1,5"}),
        (10_000, {"void": "perhaps"}),
        (10_000, {"close_count": "x"}),
        (1, {"opened_at": "2022-02-30T00:00:00"}),
    ],
)
def test_a_value_that_does_not_fit_is_refused_and_leaves_the_lake_as_it_was(
    tmp_path: Path, ledger: PlainLedger, bulk: int, wrong: dict[str, str]
) -> None:
    lake = Lake.open(LakeSettings(tmp_path, bulk=bulk), ledger)
    ledger.post(rows(0, 5))
    lake.catch_up()
    ledger.post([(CASE, "good", None, case(6)), (CASE, "bad", None, case(7, **wrong))])
    with pytest.raises(HomeError, match="lake-document"):
        lake.catch_up()
    assert lake.position == 5
    assert [table.rows for table in lake.tables()] == [5]
    lake.close()
