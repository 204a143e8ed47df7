"""The admin site: open to who holds the role of administrator in the ledger today."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest

from taizhang.ledger import policies


class LedgerSite(AdminSite):
    """Asks the appointments; Django's own marks (staff, superuser) say nothing here."""

    site_title = site_header = "台账 / Taizhang"
    login_form = AuthenticationForm

    def has_permission(self, request: HttpRequest) -> bool:
        return policies.may_administer(request.user)
