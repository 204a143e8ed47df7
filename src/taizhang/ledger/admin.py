"""The ledger in Django's admin: to be looked at, not to be changed; officers can be let in and kept out."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest

from taizhang.ledger import policies
from taizhang.ledger.models import Entry, Officer, Seal, Version


class OfAdministrators:
    """Who holds the role of administrator sees everything here; nothing is added or deleted."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return policies.may_administer(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return policies.may_administer(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnly(OfAdministrators, admin.ModelAdmin):
    """Nothing can be changed here either."""

    show_full_result_count = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Entry)
class EntryAdmin(ReadOnly):
    """Entries by position."""

    list_display = ("position", "id", "type", "record")
    search_fields = ("=id", "=record")
    fields = ("position", "id", "type", "record")


@admin.register(Version)
class VersionAdmin(ReadOnly):
    """Versions by position."""

    list_display = ("position", "supersedes", "type", "record")
    search_fields = ("=record",)
    fields = ("position", "supersedes", "type", "record")


@admin.register(Seal)
class SealAdmin(ReadOnly):
    """Seals by size."""

    list_display = ("size",)
    fields = ("size", "checkpoint")


@admin.register(Officer)
class OfficerAdmin(OfAdministrators, UserAdmin):
    """Passwords, and whether an officer may sign in: who leaves is made inactive: entries bear the name.

    Officers come in by appointment, and what they may do is said by appointments.
    """

    list_display = ("username", "last_name", "first_name", "is_active", "last_login")
    list_filter = ("is_active",)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("姓名", {"fields": ("last_name", "first_name")}),
        ("登录", {"fields": ("is_active", "last_login")}),
    )
    readonly_fields = ("username", "last_login")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return policies.may_administer(request.user)
