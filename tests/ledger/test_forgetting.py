"""Forgetting a person: what can no longer be read, who may, and what the ledger says of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from district import EAST, build, post, refused, sent, system, ulid

WHO = {"id_number": "11010519491231002X", "name": "某甲"}
OTHER = {"id_number": "440524188001010014", "name": "某乙"}


@pytest.fixture(autouse=True)
def district(ledger: str) -> None:
    build()
    post(
        system(50, "appointment", officer="guard", role="privacy-officer"),
        system(51, "appointment", officer="eastern", role="clerk", area=EAST, programme="requests"),
        by="root",
    )


def number_in(entry: int) -> int:
    from taizhang.ledger import queries

    return int(queries.entry(ulid(entry)).payload["person"]["number"])


def read(entry: int, by: str = "clerk") -> str:
    from taizhang.ledger import actions, queries

    return queries.personal_text(ulid(entry), "phone", by=actions.officer(by))


def forget(number: int, by: str = "root", reason: str = "本人申请") -> int:
    from taizhang.ledger import actions

    return actions.forget(number, by=actions.officer(by), reason=reason)


def test_personal_texts_go_with_the_person_and_no_others() -> None:
    from taizhang.errors import UnknownName
    from taizhang.ledger import actions, persons, queries

    post(
        sent(100, payload={"amount": "1", "phone": "5550100", "person": WHO}),
        sent(101, payload={"amount": "1", "phone": "5550101", "person": OTHER}),
        sent(102, payload={"amount": "1", "phone": "5550102"}),
    )
    post(sent(103, "step", record=ulid(100), step="note", payload={"phone": "5550103"}))
    assert [read(n) for n in (100, 101, 102, 103)] == ["5550100", "5550101", "5550102", "5550103"]
    checkpoint = actions.seal().file
    number = number_in(100)
    forget(number)
    for entry in (100, 103):
        with pytest.raises(UnknownName, match="forgotten"):
            read(entry)
    assert [read(n) for n in (101, 102)] == ["5550101", "5550102"]
    assert persons.identity_of(number_in(101)) == OTHER
    with pytest.raises(UnknownName):
        persons.identity_of(number)
    assert queries.verify(checkpoint, deep=True).whole


def test_a_record_that_named_the_person_once_loses_its_texts_too() -> None:
    from taizhang.errors import UnknownName

    post(sent(100, payload={"amount": "1", "phone": "5550100", "person": WHO}))
    amend = sent(101, "amend", record=ulid(100), reason="认错人", payload={"person": OTHER})
    post(amend, by="chief")
    forget(number_in(100))
    with pytest.raises(UnknownName, match="forgotten"):
        read(100)


def test_the_ledger_says_who_forgot_which_number_and_why_and_nothing_else() -> None:
    from taizhang.ledger import queries

    post(sent(100, payload={"amount": "1", "person": WHO}))
    number = number_in(100)
    position = forget(number, by="guard")
    [version] = queries.versions(position - 1, position, 1)
    [entry] = queries.entries_of(version.record)
    assert (entry.type, entry.officer, entry.reason) == ("system.forgetting", "guard", "本人申请")
    assert entry.payload == {"person": number}


def test_who_may_not_and_who_says_no_reason_forgets_nobody() -> None:
    from taizhang.errors import EntryError, UnknownName
    from taizhang.ledger import persons, queries

    post(sent(100, payload={"amount": "1", "phone": "5550100", "person": WHO}))
    number, before = number_in(100), queries.position()
    with pytest.raises(EntryError, match="not-allowed"):
        forget(number, by="clerk")
    with pytest.raises(EntryError, match="no-reason"):
        forget(number, reason=" ")
    with pytest.raises(UnknownName, match="unknown-person"):
        forget(number + 1)
    assert persons.identity_of(number) == WHO
    assert read(100) == "5550100"
    assert queries.position() == before


def test_a_forgetting_is_not_posted_of_somebody_who_is_known() -> None:
    post(sent(100, payload={"amount": "1", "person": WHO}))
    claim = system(101, "forgetting", person=number_in(100))
    assert refused({**claim, "reason": "r"}, by="root") == {("person-still-known", "person")}
    assert refused({**claim, "payload": {"person": 7}}, by="root") == {("no-reason", "reason")}


def test_personal_texts_are_read_by_those_who_work_the_record() -> None:
    from taizhang.errors import NotAllowed, UnknownName

    post(sent(100, payload={"amount": "1", "phone": "5550100"}))
    assert [read(100, by=who) for who in ("clerk", "chief", "guard")] == ["5550100"] * 3
    for who in ("eastern", "mover"):
        with pytest.raises(NotAllowed):
            read(100, by=who)
    with pytest.raises(UnknownName, match="no-personal-text"):
        read(999)
    with pytest.raises(UnknownName, match="no-personal-text"):
        read(1, by="root")


# PostgreSQL keeps dead rows until it is vacuumed.
@pytest.mark.parametrize("ledger", ["sqlite"], indirect=True)
def test_on_sqlite_no_byte_of_it_stays_in_the_file(ledger: str) -> None:
    from django.conf import settings

    from taizhang.ledger.models import Key, Person

    post(sent(100, payload={"amount": "1", "phone": "5550100", "person": WHO}))
    secrets = [
        *Person.objects.values_list("wrapped", flat=True),
        *Key.objects.values_list("wrapped", flat=True),
    ]
    assert len(secrets) == 2
    forget(number_in(100))
    for file in Path(settings.HOME).glob("ledger.sqlite3*"):
        content = file.read_bytes()
        assert not any(bytes(secret) in content for secret in secrets)
