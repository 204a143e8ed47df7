"""The Django app of the ledger, and the admin site that goes by its appointments."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    """Puts the database's guards back after every migration."""

    name = "taizhang.ledger"
    label = "ledger"
    verbose_name = "台账"

    def ready(self) -> None:
        post_migrate.connect(_guard, sender=self)


class LedgerAdminConfig(admin_apps.AdminConfig):
    """Django's admin, with the ledger's own site."""

    default = False  # of this module `LedgerConfig` is the app
    default_site = "taizhang.ledger.admin_site.LedgerSite"


def _guard(using: str, **_: Any) -> None:
    from django.db import connections

    from taizhang.ledger.guards import put_up

    put_up(connections[using])
