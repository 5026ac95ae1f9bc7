from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from identify import wording
from identify.models import Identification, State


@admin.register(Identification)
class IdentificationAdmin(ModelAdmin):
    """What failed and why, and once more."""

    list_display = (
        "coin", "state", "why", "attempts", "current", "model", "user", "created_at", "finished_at",
    )  # fmt: skip
    list_select_related = ("coin", "user", "coin__authority", "coin__denomination", "coin__mint")
    list_filter = ("state", "reason", "model")
    search_fields = ("coin__title", "user__username", "failure")
    actions = ("try_again",)

    @admin.display(description=_("reason"))
    def why(self, job: Identification) -> str:
        if job.state == State.FAILED:
            return job.failure[:200] or wording.failure_words(job.reason)
        return wording.abstained_words(job.reason) if job.state == State.ABSTAINED else job.reason

    @admin.action(description=_("Try again"), permissions=["change_nothing"])
    def try_again(self, request: HttpRequest, chosen: QuerySet[Identification]) -> None:
        n = sum(job.retry() for job in chosen)
        text = ngettext("%(n)s is tried again.", "%(n)s are tried again.", n) % {"n": n}
        self.message_user(request, text, messages.SUCCESS if n else messages.WARNING)

    def has_change_nothing_permission(self, request: HttpRequest) -> bool:
        """Trying again changes no fact, so whoever may look may do it."""
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
