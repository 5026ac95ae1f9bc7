import uuid
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Collection
from catalog.models.jobs import Job, JobQuerySet


def stored_path(one: "LabelledSet", name: str) -> str:
    return f"labelled-sets/{uuid.uuid4().hex}{PurePosixPath(name).suffix.lower()[:6]}"


class LabelledSet(Job):
    """Photos with their classes, sent in a ZIP. A worker looks at it and says what it found; a person
    decides; a worker takes it in. What was taken is the collection's, and the ZIP goes."""

    class Step(models.TextChoices):
        LOOK = "look", _("Looking at it")
        TAKE = "take", _("Taking it in")

    class Copies(models.TextChoices):
        ONE = "one", _("One photo of each group of copies")
        TOGETHER = "together", _("All of them; copies are kept on one side of every test")

    task = "identify.tasks.labelled_set"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="+")
    field = models.CharField(_("what the classes are of"), max_length=60)
    name = models.CharField(_("file name"), max_length=200)
    file = models.FileField(upload_to=stored_path, max_length=200, blank=True)
    step = models.CharField(max_length=4, choices=Step, default=Step.LOOK)
    copies = models.CharField(max_length=8, choices=Copies, default=Copies.ONE)
    with_trouble = models.BooleanField(default=False)  # blank, noise, no coin: as they are
    findings: Any = models.JSONField(default=dict)
    report: Any = models.JSONField(default=dict)

    objects = JobQuerySet.as_manager()

    class Meta(Job.Meta):
        verbose_name = _("labelled set")
        verbose_name_plural = _("labelled sets")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("identify:labelled-set", args=[self.pk])

    @property
    def is_looked_at(self) -> bool:
        return self.step == self.Step.LOOK and self.state == self.State.DONE

    @property
    def is_taken(self) -> bool:
        return self.step == self.Step.TAKE and self.state == self.State.DONE

    # --- what a person asks for ------------------------------------------------
    def take(self, copies: str, with_trouble: bool) -> bool:
        """Of two presses the second does nothing."""
        waiting = LabelledSet.objects.filter(
            pk=self.pk, step=self.Step.LOOK, state=self.State.DONE
        ).exclude(file="")
        begun = waiting.update(
            step=self.Step.TAKE, state=self.State.WAITING, copies=copies, with_trouble=with_trouble,
            total=0, done=0, finished_at=None, beat_at=timezone.now(),
        )  # fmt: skip
        self.refresh_from_db()
        if begun:
            self.enqueue()
        return bool(begun)

    # --- what a worker does ----------------------------------------------------
    def finish(self, report: dict[str, Any]) -> None:
        self.settle(self.State.DONE, report=report, done=self.total)
        self.file.delete(save=False)
        LabelledSet.objects.filter(pk=self.pk).update(file="")


@receiver(post_delete, sender=LabelledSet)
def file_goes_too(instance: LabelledSet, **kwargs: Any) -> None:
    if instance.file.name:
        delete = partial(instance.file.storage.delete, instance.file.name)
        transaction.on_commit(delete, robust=True)
