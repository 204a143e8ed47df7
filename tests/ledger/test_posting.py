"""Posting: who may, what is refused and why, what is harmless, and what an entry makes of a record."""

from __future__ import annotations

import pytest
from district import EAST, ROOT, WEST, build, post, refused, sent, system, ulid


@pytest.fixture(autouse=True)
def district(ledger: str) -> None:
    build()


def test_a_record_opens_and_moves() -> None:
    from taizhang.ledger import queries

    first = post(sent(100)).positions[ulid(100)]
    accept = sent(101, "step", record=ulid(100), step="accept", happened="2022-03-01T11:30:00")
    post(accept, by="chief")
    kept = queries.record(ulid(100))
    assert kept.supersedes == first
    assert (kept.document["state"], kept.document["closing_due"]) == ("accepted", "2022-03-01T15:30:00")
    assert queries.record(ulid(100), first).document["state"] == "opened"
    assert [entry.kind for entry in queries.entries_of(ulid(100))] == ["open", "step"]
    assert queries.entries_of(ulid(100))[1].area == WEST
    assert queries.verify(deep=True).whole


def test_roles_and_areas() -> None:
    accept = sent(101, "step", record=ulid(100), step="accept")
    assert refused(sent(100), accept) == {("not-allowed", "officer")}
    assert refused(sent(100, area=EAST)) == {("not-allowed", "officer")}
    assert refused(sent(100), by="chief") == {("not-allowed", "officer")}
    post(sent(100))
    # A step may not be smuggled in by naming an area where the officer has the role.
    post(system(102, "appointment", officer="chief2", role="chief", area=EAST), by="root")
    assert refused({**accept, "area": EAST}, by="chief2") == {("not-allowed", "officer")}
    assert refused(system(103, "area", code="990101003", name="南", level="subdistrict")) == {
        ("not-allowed", "officer")
    }


def test_only_an_importer_hands_in_recorded_and_other_officers() -> None:
    from taizhang.ledger import queries

    assert refused(sent(100, recorded="2022-03-01T10:00:00")) == {("importer-only", "recorded")}
    assert refused(sent(100, officer="clerk"), by="chief") == {("importer-only", "officer")}
    post(sent(100, officer="clerk", recorded="2022-03-02T10:00:00"), by="mover")
    assert queries.entry(ulid(100)).recorded == "2022-03-02T10:00:00+08:00"
    assert refused(sent(101, officer="nobody", recorded="2022-03-02T10:00:00"), by="mover") == {
        ("not-allowed", "officer")
    }


def test_an_appointment_ends() -> None:
    end = sent(110, "step", "system.appointment", record=ulid(5), step="end", happened="2022-01-01T00:00:00")
    post(end, by="root")
    assert refused(sent(100)) == {("not-allowed", "officer")}


def test_unknown_names_and_references() -> None:
    house = sent(100, type="requests.household", payload={"number": "7"})
    assert refused(sent(101, area="nowhere")) >= {("unknown-area", "area")}
    assert refused(sent(101, body="nobody")) == {("unknown-body", "body")}
    wrong = sent(101, payload={"amount": "1", "household": ulid(100)})
    assert refused(wrong) == {("unknown-reference", "household")}
    post(house, wrong)
    other = sent(102, payload={"amount": "1", "household": ulid(101)})
    assert refused(other) == {("unknown-reference", "household")}
    absent = sent(103, "step", record="absent", step="accept")
    assert refused(absent, by="chief") == {("no-such-record", "record")}


def test_every_problem_of_every_entry_is_told() -> None:
    bad = sent(100, payload={"amount": "much", "colour": "red"})
    worse = {**sent(101), "id": "7", "happened": "yesterday"}
    found = refused(bad, worse, sent(102))
    assert found >= {("not-a-number", "amount"), ("not-a-ulid", "id"), ("not-a-time", "happened")}
    assert any(field == "colour" for _, field in found)


def test_partial_takes_the_good_and_gives_back_the_bad() -> None:
    from taizhang.ledger import queries

    bad = sent(101, payload={"amount": "much"})
    posted = post(sent(100), bad, sent(102), partial=True, source="f.jsonl")
    assert (posted.taken, set(posted.positions)) == (2, {ulid(100), ulid(102)})
    [(given, problems)] = posted.refused
    assert given == bad
    assert problems[0].place.source == "f.jsonl"
    assert queries.record(ulid(101)) is None


def test_the_same_is_harmless_and_other_content_refused() -> None:
    from taizhang.ledger import queries

    person = {"id_number": "11010519491231002X", "name": "某甲"}
    entry = sent(100, payload={"amount": "1", "phone": "5550100", "person": person})
    position = post(entry).positions
    before = queries.position()
    again = post(entry, entry)
    assert (again.positions, again.taken, again.known) == (position, 0, 1)
    assert queries.position() == before
    other = {"id_number": "440524188001010014"}
    for change in ({"amount": "2"}, {"phone": "5550101"}, {"person": other}):
        assert refused({**entry, "payload": {**entry["payload"], **change}}) == {("id-taken", "id")}
    assert refused({**entry, "happened": "2022-03-01T10:00:01"}) == {("id-taken", "id")}
    assert refused(sent(200), {**sent(200), "payload": {"amount": "3"}}) == {("id-taken", "id")}
    assert queries.verify(deep=True).whole


def test_nothing_personal_is_in_an_entry_and_forgetting_keeps_the_chain() -> None:
    from taizhang.ledger import actions, queries
    from taizhang.ledger.models import Entry, Version

    person = {"id_number": "11010519491231002X", "name": "某甲"}
    entry = sent(100, payload={"amount": "1", "phone": "5550100", "person": person})
    post(entry)
    rows = [*Entry.objects.values_list("canonical", flat=True)]
    rows += Version.objects.values_list("document", flat=True)
    for row in rows:
        for secret in ("11010519491231002X", "5550100", "某甲"):
            assert secret.encode() not in bytes(row)
    checkpoint = actions.seal().file
    number = queries.entry(ulid(100)).payload["person"]["number"]
    actions.forget(number, by=actions.officer("root"), reason="本人申请")
    assert queries.verify(checkpoint, deep=True).whole
    assert post(entry).known == 1


def test_unique_values() -> None:
    house = sent(100, type="requests.household", payload={"number": "7"})
    post(house)
    assert refused({**house, "id": ulid(101)}) == {("not-unique", "number")}
    amend = {"record": ulid(100), "reason": "抄错", "payload": {"number": "8"}}
    post(sent(102, "amend", "requests.household", **amend))
    post({**house, "id": ulid(101)})
    back = {**amend, "payload": {"number": "7"}}
    assert refused(sent(103, "amend", "requests.household", **back)) == {("not-unique", "number")}
    post(sent(104, "void", "requests.household", record=ulid(101), reason="重复"))
    post(sent(103, "amend", "requests.household", **back))


def test_what_happened_earlier_is_put_in_its_place() -> None:
    from taizhang.ledger import queries

    post(sent(100))
    post(sent(101, "step", record=ulid(100), step="accept", happened="2022-03-02T10:00:00"), by="chief")
    post(sent(102, "step", record=ulid(100), step="close", happened="2022-03-02T11:00:00"))
    early = sent(103, "step", record=ulid(100), step="close", happened="2022-03-01T11:00:00")
    assert {code for code, _ in refused(early)} == {"wrong-state"}
    void = sent(104, "void", record=ulid(100), target=ulid(102), reason="误点")
    post({**void, "happened": "2022-03-03T10:00:00"}, by="chief")
    assert queries.record(ulid(100)).document["state"] == "accepted"
    assert queries.verify(deep=True).whole


def test_a_closed_period_takes_late_entries_with_a_reason_and_marks_them() -> None:
    from taizhang.ledger import queries

    post(system(110, "closing", programme="requests", area=WEST, period="2022-03"), by="root")
    assert refused(sent(100)) == {("period-closed", "reason")}
    post(sent(101, happened="2022-04-01T10:00:00"))
    post(sent(100, reason="漏报"))
    assert queries.record(ulid(100)).document["late"] is True
    assert queries.record(ulid(101)).document["late"] is False
    reopen = sent(111, "step", "system.closing", record=ulid(110), step="reopen", reason="补录")
    post(reopen, by="root")
    post(sent(102))
    assert queries.record(ulid(102)).document["late"] is False


def test_the_setting_as_of_a_position() -> None:
    from datetime import date

    from taizhang.ledger import queries

    before = queries.position()
    post(system(110, "target", indicator="requests.x", area=WEST, period="2022", value="95"), by="root")
    move = sent(
        111, "step", "system.area", record=ulid(3), step="move", happened="2022-06-01T00:00:00",
        payload={"parent": WEST},
    )  # fmt: skip
    post(move, by="root")
    then, now = queries.setting(before), queries.setting()
    assert (then.targets, len(now.targets)) == ((), 1)
    spans = {(s.parent, s.start, s.end) for s in now.areas if s.code == EAST}
    assert spans == {(ROOT, date(2021, 1, 1), date(2022, 6, 1)), (WEST, date(2022, 6, 1), None)}
    assert [s.parent for s in then.areas if s.code == EAST] == [ROOT]
    assert (now.root, now.own_peer) == (ROOT, "试验区")
    # The clerk of the west may now act in the east, which lies in it.
    post(sent(100, area=EAST))


def test_definitions_come_into_force_as_entries() -> None:
    from district import REQUESTS

    from taizhang.errors import DefinitionError
    from taizhang.ledger import queries

    before = queries.position()
    record = next(v.record for v in queries.versions(0, 9, 9) if v.document.get("kind") == "programme")
    revise = sent(110, "step", "system.definition", record=record, step="revise")
    with pytest.raises(DefinitionError):
        post({**revise, "payload": {"text": REQUESTS.replace("type: money", "type: mony")}}, by="root")
    assert queries.position() == before
    assert refused(sent(111, payload={"amount": "-1"})) == {("too-low", "amount")}
    post({**revise, "payload": {"text": REQUESTS.replace("low: 0", "low: -5")}}, by="root")
    post(sent(111, payload={"amount": "-1"}))
    assert queries.definitions(before).version != queries.definitions().version
    assert queries.verify(deep=True).whole


def test_founding_again_is_harmless_and_another_district_is_refused() -> None:
    from district import DISTRICT, FILES

    from taizhang.errors import HomeError
    from taizhang.ledger import actions, queries

    before = queries.position()
    actions.found(FILES, administrator="root", password="correct horse battery", importer="mover")
    assert queries.position() == before
    other = FILES | {"district.yaml": DISTRICT.replace("990101", "990102")}
    with pytest.raises(HomeError, match="home-taken"):
        actions.found(other, administrator="root", password="correct horse battery")


def test_deep_verifying_names_a_version_that_was_changed() -> None:
    from django.db import connection

    from taizhang.ledger import queries

    position = post(sent(100)).positions[ulid(100)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT document FROM ledger_version WHERE position = %s", [position])
        forged = bytes(cursor.fetchone()[0]).replace(b'"1.00"', b'"9.00"')
        cursor.execute("UPDATE ledger_version SET document = %s WHERE position = %s", [forged, position])
    assert queries.verify().whole
    assert [(b.code, b.position) for b in queries.verify(deep=True).breaches] == [("version-wrong", position)]
