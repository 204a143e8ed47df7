"""The admin: reached by administrators of the ledger alone; officers are made inactive, not deleted."""

from __future__ import annotations

from typing import Any

import pytest
from district import build, post, sent

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def district(sqlite: object) -> None:
    build()


def signed_in(username: str) -> Any:
    from django.test import Client

    from taizhang.ledger import actions

    actions.set_password(username, PASSWORD)
    client = Client(headers={"host": "localhost"})
    client.post("/admin/login/", {"username": username, "password": PASSWORD})
    return client


def test_an_administrator_by_appointment_comes_in_and_others_do_not() -> None:
    post(sent(100))
    root = signed_in("root")
    page = root.get("/admin/")
    assert page.status_code == 200
    for model in ("entry", "version", "seal", "officer"):
        assert root.get(f"/admin/ledger/{model}/").status_code == 200
    assert root.get("/admin/ledger/entry/1/change/").status_code == 200
    assert root.post("/admin/ledger/entry/1/change/", {"type": "x"}).status_code == 403
    assert signed_in("clerk").get("/admin/").status_code == 302


def test_an_officer_is_made_inactive_and_never_deleted() -> None:
    from taizhang.errors import UnknownName
    from taizhang.ledger import actions
    from taizhang.ledger.models import Officer

    clerk = Officer.objects.get(username="clerk")
    root = signed_in("root")
    assert root.post(f"/admin/ledger/officer/{clerk.pk}/delete/", {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [clerk.pk], "post": "yes"}
    root.post("/admin/ledger/officer/", chosen)
    assert Officer.objects.filter(pk=clerk.pk).exists()
    changed = {"last_name": "王", "first_name": "兰"}  # is_active is left out: an empty box
    assert root.post(f"/admin/ledger/officer/{clerk.pk}/change/", changed).status_code == 302
    with pytest.raises(UnknownName):
        actions.officer("clerk")
    assert root.get("/admin/ledger/officer/add/").status_code == 403
