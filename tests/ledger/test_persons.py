"""Persons get one number each, and can be forgotten."""

from __future__ import annotations

import pytest
from district import build


def written_number(identity: dict[str, str]) -> int:
    from taizhang.ledger.appending import append
    from taizhang.ledger.identities import Identities

    identities = Identities()
    identities.fetch([identity])
    number = identities.number(identity)
    append([], identities=identities.take_new())
    return number


def test_found_again_and_forgotten(ledger: str) -> None:
    from django.db import connection

    from taizhang.errors import UnknownName
    from taizhang.ledger import actions, persons

    build()
    who = {"id_number": "99010119900101001x", "name": "某甲"}
    number = written_number(who)
    assert written_number({**who, "id_number": "99010119900101001X"}) == number
    assert persons.identity_of(number) == who
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity FROM ledger_person")
        assert b"9901" not in bytes(cursor.fetchone()[0])
    actions.forget(number, by=actions.officer("root"), reason="本人申请")
    with pytest.raises(UnknownName):
        persons.identity_of(number)
    assert written_number(who) != number


def test_the_same_text_gives_the_same_cipher_and_no_nonce_twice() -> None:
    from taizhang.ledger import keys

    key = keys.new_data_key()
    first = keys.seal_text(key, "e1", "phone", "123")
    assert first == keys.seal_text(key, "e1", "phone", "123")
    assert (
        len(
            {
                first[:16],
                keys.seal_text(key, "e1", "phone", "124")[:16],
                keys.seal_text(key, "e2", "phone", "123")[:16],
            }
        )
        == 3
    )
    assert keys.open_text(key, "e1", "phone", first) == "123"
