"""The ledger in Django's admin: to be looked at, not to be changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest

from taizhang.ledger.models import Entry, Officer, Seal, Version


class ReadOnly(admin.ModelAdmin):
    """Nothing can be added, changed or deleted here."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
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


admin.site.register(Officer, UserAdmin)
