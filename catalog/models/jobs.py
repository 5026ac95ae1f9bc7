import uuid
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.sentences import SentenceField

# A worker beats at least this often, or it is dead and another may take over.
LEASE = timedelta(seconds=60)


class LostLease(Exception):
    """Another worker has taken over: stop, and let the transaction roll back."""


class JobQuerySet(models.QuerySet["Any"]):
    def of(self, user: Any) -> Self:
        return self.filter(user=user) if user.is_authenticated else self.none()

    def stalled(self) -> Self:
        """Work that nobody does: its worker died, or its task was lost."""
        working = (self.model.State.WAITING, self.model.State.RUNNING)
        return self.filter(state__in=working, beat_at__lt=timezone.now() - LEASE)


class Job(models.Model):
    """Something made in the background for one person. Claimed by a conditional update, so that a
    second delivery of the task does nothing; a worker that dies leaves it claimable again."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    task: ClassVar[str]

    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    failure = SentenceField(blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    lease = models.UUIDField(null=True, editable=False)
    beat_at = models.DateTimeField(default=timezone.now, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]

    @property
    def is_working(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def is_stalled(self) -> bool:
        return self.is_working and self.beat_at < timezone.now() - LEASE

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0

    # --- what a person asks for ------------------------------------------------
    def enqueue(self) -> None:
        from django_q.tasks import async_task

        task, key = self.task, self.pk
        transaction.on_commit(lambda: async_task(task, key, group=f"{task} {key}"))

    def retry(self) -> bool:
        """Again after a failure, or after a worker that died; of two clicks one does nothing."""
        failed = Q(state=self.State.FAILED)
        working = (self.State.WAITING, self.State.RUNNING)
        dead = Q(state__in=working, beat_at__lt=timezone.now() - LEASE)
        again = (
            type(self)
            ._default_manager.filter(failed | dead, pk=self.pk)
            .update(state=self.State.WAITING, failure="", lease=None, beat_at=timezone.now())
        )
        if again:
            self.refresh_from_db()
            self.enqueue()
        return bool(again)

    # --- what a worker does ----------------------------------------------------
    def claim(self) -> bool:
        now, lease = timezone.now(), uuid.uuid4()
        free = Q(state=self.State.WAITING) | Q(
            Q(lease=None) | Q(beat_at__lt=now - LEASE), state=self.State.RUNNING
        )
        mine = type(self)._default_manager.filter(free, pk=self.pk)
        if not mine.update(state=self.State.RUNNING, lease=lease, beat_at=now):
            return False
        self.refresh_from_db()
        return True

    def beat(self, **values: Any) -> None:
        mine = type(self)._default_manager.filter(pk=self.pk, lease=self.lease)
        if self.lease is None or not mine.update(beat_at=timezone.now(), **values):
            raise LostLease
        for name, value in values.items():
            setattr(self, name, value)

    def settle(self, state: str, **values: Any) -> None:
        self.beat(state=state, finished_at=timezone.now(), **values)
        type(self)._default_manager.filter(pk=self.pk, lease=self.lease).update(lease=None)

    def fail(self, why: str) -> None:
        self.settle(self.State.FAILED, failure=why)

    def let_go(self) -> None:
        """Whoever finds it standing still in a minute goes on."""
        self.beat()
        type(self)._default_manager.filter(pk=self.pk, lease=self.lease).update(lease=None)

    def hand_on(self) -> None:
        """Out of time: the next task goes on at once, from where this one came to."""
        self.let_go()
        self.enqueue()
