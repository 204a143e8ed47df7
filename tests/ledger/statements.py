"""Entries to append."""

from __future__ import annotations

from taizhang.programmes.entry import Entry, EntryKind


def opened(number: int, **more: object) -> Entry:
    said = {
        "id": f"{number:026d}",
        "kind": EntryKind.OPEN,
        "type": "demo.thing",
        "record": f"r{number}",
        "happened": "2022-03-01T08:15:00+08:00",
        "area": "450205",
        "body": "b",
        "officer": "o",
        "recorded": "2022-03-01T08:15:00+08:00",
        "payload": {"amount": f"{number}.00"},
    }
    return Entry(**(said | more))


def append(*numbers: int) -> range:
    from django.db import transaction

    from taizhang.ledger.appending import Prepared, home_errors
    from taizhang.ledger.appending import append as write

    with home_errors(), transaction.atomic():
        return write([Prepared(opened(n), {"record": f"r{n}"}, None) for n in numbers])
