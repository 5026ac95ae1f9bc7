from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from catalog.models import Export, ImportSession


class LookOnly(ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ImportSession)
class ImportSessionAdmin(LookOnly):
    list_display = (
        "name", "user", "collection", "preset", "state", "done", "total", "refused", "created_at",
    )  # fmt: skip
    list_select_related = ("user", "collection")
    list_filter = ("state", "preset")
    search_fields = ("name", "user__username")


@admin.register(Export)
class ExportAdmin(LookOnly):
    list_display = ("kind", "user", "state", "done", "total", "created_at", "finished_at")
    list_select_related = ("user",)
    list_filter = ("state", "kind")
