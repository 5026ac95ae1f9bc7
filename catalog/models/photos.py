import uuid
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from catalog.models.coins import Coin
from catalog.models.collections import Collection
from catalog.sentences import ShortSentenceField

if TYPE_CHECKING:
    from catalog.access import Visitor


def original_path(photo: "Photo", name: str) -> str:
    """Random names: nobody guesses a neighbour, and nothing the uploader typed becomes a path."""
    key = uuid.uuid4().hex
    return f"originals/{key[:2]}/{key}{PurePosixPath(name).suffix.lower()[:6]}"


class PhotoQuerySet(models.QuerySet["Photo"]):
    def visible_to(self, user: "Visitor") -> "PhotoQuerySet":
        return self.filter(coin__collection__in=Collection.objects.visible_to(user))

    def editable_by(self, user: "Visitor") -> "PhotoQuerySet":
        return self.filter(coin__collection__in=Collection.objects.editable_by(user))


# Within a sentence; not Role's labels in lower case, which would be wrong for a German noun
FACES = {
    "obverse": _("obverse"),
    "reverse": _("reverse"),
    "edge": _("edge"),
    "both": _("both faces"),
    "other": _("other"),
}


class Photo(models.Model):
    class Role(models.TextChoices):
        OBVERSE = "obverse", _("Obverse")
        REVERSE = "reverse", _("Reverse")
        EDGE = "edge", _("Edge")
        BOTH = "both", _("Both faces")
        OTHER = "other", _("Other")

    class State(models.TextChoices):
        NEW = "new", _("Waiting for thumbnails")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    coin = models.ForeignKey(Coin, models.CASCADE, related_name="photos")
    role = models.CharField(_("shows"), max_length=7, choices=Role, default=Role.OTHER)
    position = models.PositiveIntegerField(default=0)
    original = models.FileField(upload_to=original_path, max_length=200)
    name = models.CharField(_("file name"), max_length=200, blank=True)
    format = models.CharField(max_length=10)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, db_index=True)
    # What the near-duplicate warning compares: 64 bits in a signed column find whom to look at, 256
    # decide, because two coins of one type look alike to 64
    dhash = models.BigIntegerField(null=True, db_index=True)
    fingerprint = models.BinaryField(max_length=32, null=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    source_url = models.URLField(max_length=1000, blank=True)
    edit = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=6, choices=State, default=State.NEW)
    failure = ShortSentenceField(max_length=300, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def __str__(self) -> str:
        return self.name or f"{self.get_role_display()}"

    @property
    def face(self) -> str:
        return str(FACES[self.role])


@receiver(post_delete, sender=Photo)
def files_go_too(instance: Photo, **kwargs: Any) -> None:
    """Coins and collections are deleted by cascade, which calls no method: only this sees them all."""
    from catalog import renditions

    names = [instance.original.name or "", *renditions.paths(instance)]
    storage = instance.original.storage
    transaction.on_commit(partial(renditions.forget, storage, names), robust=True)
