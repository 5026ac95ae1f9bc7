"""Background tasks: what waits, what failed and why, and once more."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_q.admin import FailAdmin, QueueAdmin, ScheduleAdmin, TaskAdmin
from django_q.models import Failure, OrmQ, Schedule, Success, Task
from unfold.admin import ModelAdmin

for model in (Failure, Success, Schedule, OrmQ):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


@admin.register(Failure)
class FailureAdmin(FailAdmin, ModelAdmin):
    list_display = ("name", "func", "started", "attempt_count", "reason")

    @admin.display(description=_("reason"))
    def reason(self, task: Task) -> str:
        """The last line of the traceback says what went wrong."""
        lines = str(task.result or "").strip().splitlines()
        return lines[-1][:200] if lines else ""


@admin.register(Success)
class SuccessAdmin(TaskAdmin, ModelAdmin):
    pass


@admin.register(Schedule)
class ScheduledAdmin(ScheduleAdmin, ModelAdmin):
    pass


@admin.register(OrmQ)
class WaitingAdmin(QueueAdmin, ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
