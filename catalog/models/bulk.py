import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from catalog.models.people import User

LEASE = timedelta(seconds=60)
AT_ONCE = 500  # more than a second of work goes to the background


class BulkEdit(models.Model):
    """One field of many coins set to one value; or, with `undoes`, an earlier edit taken back. The coins
    are those that were found when somebody said yes, whatever the filter would find later."""

    class Mode(models.TextChoices):
        SET = "set", _("Replace")
        ADD = "add", _("Add")
        REMOVE = "remove", _("Remove")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bulk_edits")
    field = models.CharField(max_length=60)
    value = models.JSONField(null=True)
    mode = models.CharField(max_length=6, choices=Mode, default=Mode.SET)
    reason = models.CharField(max_length=300, blank=True)
    on = models.DateField(null=True)
    coin_ids = models.JSONField(default=list)
    batch = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    undoes = models.OneToOneField(
        "self", models.CASCADE, null=True, blank=True, related_name="undone_by"
    )
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    failure = models.TextField(blank=True)
    lease = models.UUIDField(null=True, editable=False)
    beat_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("bulk edit")
        verbose_name_plural = _("bulk edits")

    def __str__(self) -> str:
        return f"{self.field}: {self.total}"

    def get_absolute_url(self) -> str:
        return reverse("bulk", args=[self.pk])

    @classmethod
    def begin(
        cls,
        user: "User",
        coin_ids: Sequence[int],
        field: str,
        value: Any,
        mode: str = Mode.SET,
        reason: str = "",
        on: date | None = None,
    ) -> "BulkEdit":
        edit = cls.objects.create(
            user=user, coin_ids=list(coin_ids), total=len(coin_ids), field=field, value=value,
            mode=mode, reason=reason, on=on,
        )  # fmt: skip
        edit.start()
        return edit

    def undo(self) -> "BulkEdit":
        """Asked twice, it is done once."""
        undoing, is_new = BulkEdit.objects.get_or_create(
            undoes=self,
            defaults={"user": self.user, "field": self.field, "coin_ids": self.coin_ids,
                      "total": self.total},
        )  # fmt: skip
        if is_new:
            undoing.start()
        return undoing

    def start(self) -> None:
        if self.total <= AT_ONCE:
            self.run()
        else:
            self.enqueue()

    def enqueue(self) -> None:
        from django_q.tasks import async_task

        key = self.pk
        transaction.on_commit(lambda: async_task("catalog.bulk.run", key, group=f"bulk edit {key}"))

    def resume(self) -> None:
        """After a failure, or when the worker died: it goes on where it stopped."""
        long_ago = timezone.now() - LEASE
        never_begun = Q(beat_at=None, created_at__lt=long_ago)
        stalled = Q(state=self.State.FAILED) | Q(beat_at__lt=long_ago) | never_begun
        unfinished = BulkEdit.objects.filter(stalled, pk=self.pk).exclude(state=self.State.DONE)
        if unfinished.update(
            state=self.State.WAITING, lease=None, failure="", beat_at=timezone.now()
        ):
            self.enqueue()

    def run(self) -> None:
        from catalog import bulk

        if self.claim():
            try:
                bulk.perform(self)
            except Exception as error:
                self.settle(self.State.FAILED, f"{type(error).__name__}: {error}")
                raise
            self.settle(self.State.DONE)

    def claim(self) -> bool:
        """True for the one worker that may go on; a second delivery of the task does nothing."""
        now, lease = timezone.now(), uuid.uuid4()
        free = Q(lease=None) | Q(beat_at__lt=now - LEASE)
        working = (self.State.WAITING, self.State.RUNNING)
        mine = BulkEdit.objects.filter(free, pk=self.pk, state__in=working)
        if not mine.update(lease=lease, beat_at=now, state=self.State.RUNNING):
            return False
        self.refresh_from_db()
        return True

    def note(self, seen: int, changed: int) -> bool:
        """First in the transaction of every part; False when another worker has taken over."""
        self.done, self.changed = self.done + seen, self.changed + changed
        mine = BulkEdit.objects.filter(pk=self.pk, lease=self.lease)
        return bool(mine.update(done=self.done, changed=self.changed, beat_at=timezone.now()))

    def settle(self, state: str, failure: str = "") -> None:
        mine = BulkEdit.objects.filter(pk=self.pk, lease=self.lease)
        mine.update(state=state, failure=failure, finished_at=timezone.now(), lease=None)
        self.refresh_from_db()

    @property
    def is_working(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def is_stalled(self) -> bool:
        beat = self.beat_at or self.created_at
        return self.is_working and beat < timezone.now() - LEASE
