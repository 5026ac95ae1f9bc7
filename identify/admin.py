from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin, TabularInline

from identify import wording
from identify.models import (
    Batch,
    Identification,
    ModelVersion,
    State,
    TrainingRun,
    Tray,
    VersionChange,
)


class LookOnly(ModelAdmin):
    """What is decided, is decided where one sees what it is about: on the pages of teaching."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("its page"))
    def page(self, one: Any) -> str:
        return format_html('<a href="{}">{}</a>', one.get_absolute_url(), one)


@admin.register(TrainingRun)
class TrainingRunAdmin(LookOnly):
    list_display = (
        "title", "field", "user", "state", "done", "total", "failure", "created_at", "finished_at",
    )  # fmt: skip
    list_select_related = ("user",)
    list_filter = ("state", "field")
    search_fields = ("title", "user__username", "failure")
    fields = (
        "page", "title", "field", "user", "state", "wish", "done", "total", "failure", "plan",
        "data_hash", "created_at", "started_at", "finished_at",
    )  # fmt: skip


class VersionChangeInline(TabularInline):
    model = VersionChange
    extra = 0
    fields = ("at", "old", "new", "by", "reason")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ModelVersion)
class ModelVersionAdmin(LookOnly):
    list_display = ("title", "number", "field", "state", "right", "user", "created_at")
    list_select_related = ("user",)
    list_filter = ("state", "field")
    search_fields = ("title", "user__username", "sha256")
    fields = (
        "page", "title", "field", "number", "state", "user", "metrics", "sha256", "data_hash",
        "code_version", "path", "created_at",
    )  # fmt: skip
    inlines = (VersionChangeInline,)

    @admin.display(description=_("right at once"))
    def right(self, version: ModelVersion) -> str:
        share = version.metrics.get("top1")
        return "–" if share is None else f"{100 * share:.0f} %"


class Looked(ModelAdmin):
    """To look at, and to start again. Trying again changes no fact, so whoever may look may do it."""

    actions: tuple[str, ...] = ("try_again",)

    @admin.action(description=_("Try again"), permissions=["change_nothing"])
    def try_again(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        n = sum(job.retry() for job in chosen)
        text = ngettext("%(n)s is tried again.", "%(n)s are tried again.", n) % {"n": n}
        self.message_user(request, text, messages.SUCCESS if n else messages.WARNING)

    def has_change_nothing_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Identification)
class IdentificationAdmin(Looked):
    """What failed and why, and once more."""

    list_display = (
        "coin", "state", "why", "attempts", "current", "model", "user", "created_at", "finished_at",
    )  # fmt: skip
    list_select_related = ("coin", "user", "coin__authority", "coin__denomination", "coin__mint")
    list_filter = ("state", "reason", "model")
    search_fields = ("coin__title", "user__username", "failure")

    @admin.display(description=_("reason"))
    def why(self, job: Identification) -> str:
        if job.state == State.FAILED:
            return job.failure[:200] or wording.failure_words(job.reason)
        return wording.abstained_words(job.reason) if job.state == State.ABSTAINED else job.reason


@admin.register(Tray)
class TrayAdmin(Looked):
    """Photos of many coins: what went wrong, without showing where somebody keeps his coins."""

    list_display = (
        "name", "collection", "user", "step", "state", "failure", "done", "total", "created_at",
        "finished_at",
    )  # fmt: skip
    list_select_related = ("collection", "user")
    list_filter = ("step", "state", "holds")
    search_fields = ("name", "user__username", "failure")
    exclude = ("original", "preview", "lease")


@admin.register(Batch)
class BatchAdmin(Looked):
    """Photos that came together, and files among them that were none."""

    list_display = ("created_at", "collection", "user", "coins_of", "refused")
    list_select_related = ("collection", "user")
    search_fields = ("collection__name", "user__username")
    exclude = ("coins",)
    actions = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Batch]:
        return Batch.objects.with_sizes().order_by("-created_at", "-pk")

    @admin.display(description=_("coins"))
    def coins_of(self, batch: Any) -> int:
        return int(batch.size)

    @admin.display(description=_("refused"))
    def refused(self, batch: Batch) -> int:
        return len(batch.refusals)
