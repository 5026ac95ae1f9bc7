import uuid
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.coins import Coin
from catalog.models.collections import Collection
from catalog.sentences import SentenceField

if TYPE_CHECKING:
    from catalog.access import Visitor

# A worker beats at least this often, or it is dead and another may take over.
LEASE = timedelta(seconds=60)


class LostLease(Exception):
    """Another worker has taken over: stop, and let the transaction roll back."""


class ImportSessionQuerySet(models.QuerySet["ImportSession"]):
    def visible_to(self, user: "Visitor") -> "ImportSessionQuerySet":
        return self.filter(collection__in=Collection.objects.visible_to(user))

    def editable_by(self, user: "Visitor") -> "ImportSessionQuerySet":
        return self.filter(collection__in=Collection.objects.editable_by(user))

    def stalled(self) -> "ImportSessionQuerySet":
        """Work that nobody does: its worker died, or its task was lost."""
        return self.filter(state__in=WORKING, beat_at__lt=timezone.now() - LEASE)


class ImportSession(models.Model):
    """A file on its way into a collection: uploaded, mapped, checked, run, perhaps undone."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Uploaded")
        READING = "reading", _("Checking")
        CHECKED = "checked", _("Checked")
        RUNNING = "running", _("Importing")
        DONE = "done", _("Imported")
        FAILED = "failed", _("Failed")
        UNDOING = "undoing", _("Undoing")
        UNDONE = "undone", _("Undone")

    # Never once coins are on their way, or they would be made again.
    MAPPABLE = Q(state__in=(State.UPLOADED, State.CHECKED)) | Q(state=State.FAILED, done=0)

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="imports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="imports")
    file = models.FileField(upload_to="imports/%Y/%m", max_length=300)
    photos = models.FileField(upload_to="imports/%Y/%m", max_length=300, blank=True)
    name = models.CharField(_("file name"), max_length=200)
    preset = models.CharField(_("comes from"), max_length=20, default="table")
    mapping = models.JSONField(default=dict, blank=True)
    options = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.UPLOADED)
    failure = SentenceField(blank=True)
    failed_in = models.CharField(max_length=8, choices=State, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    batch = models.UUIDField(default=uuid.uuid4, editable=False)
    lease = models.UUIDField(null=True, editable=False)
    beat_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ImportSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("import", args=[self.pk])

    # --- what a person asks for ------------------------------------------------
    def map_columns(self, mapping: dict[str, str], options: dict[str, Any]) -> bool:
        """As often as one likes, but never once coins are on their way."""
        return self._ask(
            State.READING, self.MAPPABLE, mapping=mapping,
            options=self.options | options, total=0, done=0, refused=0, failed_in="", failure="",
        )  # fmt: skip

    @transaction.atomic
    def begin_anew(self, mapping: dict[str, str]) -> bool:
        """The file is read differently now: what was checked before no longer holds."""
        values = {"preset": self.preset, "options": self.options, "mapping": mapping}
        mine = ImportSession.objects.filter(self.MAPPABLE, pk=self.pk)
        begun = mine.update(
            state=State.UPLOADED, failed_in="", failure="", total=0, refused=0, **values
        )
        if begun:
            self.rows.all().delete()
        self.refresh_from_db()
        return bool(begun)

    def start(self) -> bool:
        return self._ask(State.RUNNING, Q(state=State.CHECKED), done=0, started_at=timezone.now())

    def begin_undo(self, *, with_changed: bool) -> bool:
        options = self.options | {"undo_changed": with_changed}
        return self._ask(State.UNDOING, Q(state__in=(State.DONE, State.FAILED)), options=options)

    def resume(self) -> bool:
        """Goes on where it stopped, after a failure or a worker that died."""
        if self.state == State.FAILED and self.failed_in:
            return self._ask(self.failed_in, Q(state=State.FAILED), failed_in="", failure="")
        return self.wake()

    def wake(self) -> bool:
        """Hands stalled work to the queue again; only one of several who notice does so."""
        stalled = ImportSession.objects.stalled().filter(pk=self.pk, state=self.state)
        woken = bool(stalled.update(beat_at=timezone.now(), lease=None))
        if woken:
            self._enqueue()
        return woken

    def _ask(self, state: str, allowed: Q, **values: Any) -> bool:
        """A conditional update: of two clicks, one does nothing."""
        values |= {"state": state, "beat_at": timezone.now(), "lease": None}
        asked = ImportSession.objects.filter(allowed, pk=self.pk).update(**values)
        if asked:
            self.refresh_from_db()
            self._enqueue()
        return bool(asked)

    def _enqueue(self) -> None:
        from django_q.tasks import async_task

        task, key = f"catalog.imports.tasks.{WORKING[self.state]}", self.pk
        transaction.on_commit(lambda: async_task(task, key, group=f"import {key}"))

    @property
    def headings(self) -> list[str]:
        return list(self.options.get("headings", []))

    @property
    def may_map(self) -> bool:
        fresh = self.state in (State.UPLOADED, State.CHECKED)
        return fresh or (self.state == State.FAILED and not self.done)

    @property
    def is_working(self) -> bool:
        return self.state in WORKING

    @property
    def is_stalled(self) -> bool:
        return bool(self.is_working and self.beat_at and self.beat_at < timezone.now() - LEASE)

    # --- what a worker does ----------------------------------------------------
    def claim(self, state: str) -> bool:
        """True for the one worker that may go on; a second delivery of the task does nothing."""
        now, lease = timezone.now(), uuid.uuid4()
        free = Q(lease=None) | Q(beat_at__lt=now - LEASE)
        mine = ImportSession.objects.filter(free, pk=self.pk, state=state)
        if not mine.update(lease=lease, beat_at=now):
            return False
        self.refresh_from_db()
        return True

    def beat(self, **values: Any) -> None:
        """First in every transaction of a worker: whoever was taken over rolls back here."""
        mine = ImportSession.objects.filter(pk=self.pk, lease=self.lease)
        if self.lease is None or not mine.update(beat_at=timezone.now(), **values):
            raise LostLease

    def count(self, done: int = 0, refused: int = 0) -> None:
        self.beat(done=F("done") + done, refused=F("refused") + refused)

    def settle(self, state: str, **values: Any) -> None:
        self.beat(state=state, finished_at=timezone.now(), **values)
        ImportSession.objects.filter(pk=self.pk, lease=self.lease).update(lease=None)
        self.refresh_from_db()

    def let_go(self) -> None:
        """Out of time: the next task goes on at once."""
        self.beat()
        ImportSession.objects.filter(pk=self.pk, lease=self.lease).update(lease=None)
        self._enqueue()

    def fail(self, why: str) -> None:
        self.settle(State.FAILED, failure=why, failed_in=self.state)


@receiver(post_delete, sender=ImportSession)
def remove_files(instance: ImportSession, **_more: Any) -> None:
    """Collections and users are deleted by cascade, which calls no method: only this sees them all."""
    for file in (instance.file, instance.photos):
        if file:
            transaction.on_commit(partial(file.storage.delete, str(file.name)), robust=True)


State = ImportSession.State
WORKING = {State.READING.value: "check", State.RUNNING.value: "run", State.UNDOING.value: "undo"}


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def ready(self) -> "ImportRowQuerySet":
        return self.filter(state__in=(ImportRow.State.GOOD, ImportRow.State.WARNED))

    def waiting_for_photos(self) -> "ImportRowQuerySet":
        return self.filter(state=ImportRow.State.ADDED)


class ImportRow(models.Model):
    class State(models.TextChoices):
        GOOD = "good", _("Good")
        WARNED = "warned", _("With a remark")
        REFUSED = "refused", _("Refused")
        ADDED = "added", _("Imported, photos to follow")
        DONE = "done", _("Imported")

    session = models.ForeignKey(ImportSession, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    raw = models.JSONField(default=list)
    messages = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.GOOD)
    coin = models.ForeignKey(Coin, models.SET_NULL, null=True, related_name="+")

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint("session", "number", name="import_row_once")]
        indexes = [models.Index(fields=["session", "state", "number"], name="importrow_state")]

    def __str__(self) -> str:
        return f"{self.session} {self.number}"


class ImportMapping(models.Model):
    """Which column went to which field the last time this user had a file with these headings."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    headings_digest = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("user", "headings_digest", name="import_mapping_once")
        ]

    def __str__(self) -> str:
        return self.headings_digest[:12]
