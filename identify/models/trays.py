import uuid
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Coin, Collection
from catalog.models.jobs import Job, JobQuerySet
from identify.shoebox.circles import Circle, from_json, to_json

if TYPE_CHECKING:
    from catalog.access import Visitor


def stored_path(tray: "Tray", name: str) -> str:
    return f"trays/{uuid.uuid4().hex}{PurePosixPath(name).suffix.lower()[:6]}"


class TrayQuerySet(JobQuerySet):
    def visible_to(self, user: "Visitor") -> "TrayQuerySet":
        return self.filter(collection__in=Collection.objects.visible_to(user))

    def editable_by(self, user: "Visitor") -> "TrayQuerySet":
        return self.filter(collection__in=Collection.objects.editable_by(user))


class Tray(Job):
    """One photo with many coins on it. A worker finds them, a person says which are meant and which
    belong together, a worker cuts them out; the photo stays as where they come from."""

    class Step(models.TextChoices):
        LOOK = "look", _("Finding the coins")
        MAKE = "make", _("Making the coins")

    class Holds(models.TextChoices):
        ANY = "", _("Tell by the photo: two of one size are the two faces of one coin")
        APART = "apart", _("Every coin is another")
        PAIRS = "pairs", _("Both faces of each, side by side or one above the other")

    task = "identify.tasks.tray"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="trays")
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="trays")
    holds = models.CharField(
        _("what lies on it"), max_length=5, choices=Holds, default=Holds.ANY, blank=True
    )
    step = models.CharField(max_length=4, choices=Step, default=Step.LOOK)
    original = models.FileField(upload_to=stored_path, max_length=200)
    preview = models.FileField(upload_to="trays", max_length=200, blank=True)
    name = models.CharField(_("file name"), max_length=200, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    spread: Any = models.JSONField(default=list)
    notes: Any = models.JSONField(default=list)
    coins: "models.ManyToManyField[Coin, TrayCoin]" = models.ManyToManyField(
        Coin, through="TrayCoin", related_name="+"
    )

    objects = TrayQuerySet.as_manager()

    class Meta(Job.Meta):
        verbose_name = _("tray")
        verbose_name_plural = _("trays")

    def __str__(self) -> str:
        return self.name or f"{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("identify:tray", args=[self.pk])

    @property
    def circles(self) -> list[Circle]:
        return from_json(self.spread)

    @property
    def is_laid_out(self) -> bool:
        """The coins are found, and it is a person's turn."""
        return self.step == self.Step.LOOK and self.state == self.State.DONE

    @property
    def is_made(self) -> bool:
        return self.step == self.Step.MAKE and self.state == self.State.DONE

    @property
    def twin(self) -> "Tray | None":
        """The same photo, of which coins were made before."""
        same = Tray.objects.filter(collection=self.collection_id, sha256=self.sha256)
        return same.filter(step=self.Step.MAKE).exclude(pk=self.pk).first()

    # --- what a person asks for ------------------------------------------------
    def arrange(self, circles: list[Circle]) -> bool:
        """False once coins are being made of it: what was decided then stands."""
        changed = self.open_ones().update(spread=to_json(circles))
        self.refresh_from_db()
        return bool(changed)

    def make_coins(self, circles: list[Circle], total: int) -> bool:
        """Of two who press, or of two presses, the second does nothing."""
        begun = self.open_ones().update(
            step=self.Step.MAKE, state=self.State.WAITING, spread=to_json(circles), total=total,
            done=0, finished_at=None, beat_at=timezone.now(),
        )  # fmt: skip
        self.refresh_from_db()
        if begun:
            self.enqueue()
        return bool(begun)

    def open_ones(self) -> "TrayQuerySet":
        return Tray.objects.filter(pk=self.pk, step=self.Step.LOOK, state=self.State.DONE)

    # --- what a worker does ----------------------------------------------------
    def lay_out(self, circles: list[Circle], preview: str) -> None:
        self.settle(self.State.DONE, spread=to_json(circles), preview=preview)

    @transaction.atomic
    def count(self, number: int, coin: Coin) -> None:
        """Beside the coin, in its transaction: a worker that lost its place leaves no second coin."""
        self.beat(done=self.done + 1)
        TrayCoin.objects.create(tray=self, number=number, coin=coin)


class TrayCoin(models.Model):
    """Which coin came from which circle. A circle becomes a coin once."""

    tray = models.ForeignKey(Tray, models.CASCADE, related_name="made")
    number = models.PositiveSmallIntegerField()
    coin = models.ForeignKey(Coin, models.CASCADE, related_name="from_trays")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint("tray", "number", name="tray_coin_once")]

    def __str__(self) -> str:
        return f"{self.tray_id}: {self.number}"


@receiver(post_delete, sender=Tray)
def files_go_too(instance: Tray, **kwargs: Any) -> None:
    names = [file.name for file in (instance.original, instance.preview) if file.name]
    storage = instance.original.storage
    for name in names:
        transaction.on_commit(partial(storage.delete, name), robust=True)
