"""Pictures of lots: what is shown of them, and what a network sees on them."""

import uuid
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.files.storage import Storage
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from market.models.lots import Lot

if TYPE_CHECKING:
    from catalog.access import Visitor


def picture_path(_picture: "LotPicture", _name: str) -> str:
    """Random names: nobody guesses a neighbour, and nothing that was sent becomes a path."""
    key = uuid.uuid4().hex
    return f"market/pictures/{key[:2]}/{key}.webp"


class LotPictureQuerySet(models.QuerySet["LotPicture"]):
    def visible_to(self, user: "Visitor") -> "LotPictureQuerySet":
        """Whoever may see the lot: its importer alone, or everybody where the site has fetched it."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(lot__owner=user.pk) | Q(lot__owner=None))

    def editable_by(self, user: "Visitor") -> "LotPictureQuerySet":
        return self.filter(lot__owner=user.pk) if user.is_authenticated else self.none()

    def undescribed(self, version: str) -> "LotPictureQuerySet":
        """New ones first; what another version looked at waits its turn."""
        rows = self.exclude(described_by=version)
        return rows.order_by(models.Case(models.When(described_by="", then=0), default=1), "pk")


class LotPicture(models.Model):
    """Not the file that came, but what it shows, written anew: a house's photo is needed for looking
    and for nothing else, and no stranger's bytes are kept."""

    class Origin(models.TextChoices):
        PAGE = "page", _("From a saved page")
        HAND = "hand", _("Added by hand")
        FETCHED = "fetched", _("Fetched")

    lot = models.ForeignKey(Lot, models.CASCADE, related_name="pictures")
    origin = models.CharField(_("where it is from"), max_length=7, choices=Origin)
    source_url = models.URLField(max_length=1000, blank=True)
    large = models.FileField(upload_to=picture_path, max_length=120)
    thumb = models.FileField(upload_to=picture_path, max_length=120)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    # Of the file that came, as catalog has them of photos
    sha256 = models.CharField(max_length=64, db_index=True)
    dhash = models.BigIntegerField(null=True, db_index=True)
    fingerprint = models.BinaryField(max_length=32, null=True)
    added_at = models.DateTimeField(default=timezone.now)
    # The version that has looked at it; empty: none yet
    described_by = models.CharField(max_length=120, blank=True, db_index=True)
    says: Any = models.JSONField(default=dict)

    objects = LotPictureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("picture of a lot")
        verbose_name_plural = _("pictures of lots")
        constraints = [models.UniqueConstraint("lot", "sha256", name="lot_picture_once")]

    def __str__(self) -> str:
        return f"{self.lot_id}: {self.sha256[:12]}"

    @property
    def storage(self) -> Storage:
        return self.large.storage

    @property
    def files(self) -> list[str]:
        return [str(self.large.name), str(self.thumb.name)]


class LotLook(models.Model):
    """One face on a picture as a network sees it; see `catalog.describing.Look`."""

    picture = models.ForeignKey(LotPicture, models.CASCADE, related_name="looks")
    network = models.CharField(max_length=120)
    side = models.CharField(max_length=7, blank=True)
    vector = models.BinaryField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.network}: {self.picture_id}"


@receiver(post_delete, sender=LotPicture)
def files_go_too(instance: LotPicture, **_more: Any) -> None:
    """Lots are deleted by cascade, which calls no method: only this sees them all."""
    transaction.on_commit(partial(forget, instance.storage, instance.files), robust=True)


def forget(storage: Storage, names: list[str]) -> None:
    """One picture on several of a person's lots is kept once: the last that goes takes the files."""
    if not LotPicture.objects.filter(Q(large__in=names) | Q(thumb__in=names)).exists():
        for name in names:
            storage.delete(name)
