"""What curators keep beside the labels: which answers are certain, which photos show one specimen, what
became of a class, and the frozen sets that models are made from."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Photo


class Gold(models.Model):
    """An answer that is certain. It is slipped into the queue, and shows how often a curator errs."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="gold")
    field = models.CharField(max_length=60)
    value = models.CharField(max_length=400)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "photo", "field", condition=Q(retired_at=None), name="gold_stands_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.value}"


class Skip(models.Model):
    """Somebody would rather not say; the queue does not ask him again."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="+")
    field = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint("photo", "field", "by", name="skipped_once")]

    def __str__(self) -> str:
        return f"{self.field}: {self.photo_id}"


class SpecimenGroup(models.Model):
    """Photos of one and the same piece, or copies of one photo. Proposed by the machine, confirmed or
    refused by a person; no split ever has a confirmed one on both of its sides."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        CONFIRMED = "confirmed", _("One specimen")
        REFUSED = "refused", _("Different specimens")

    class Why(models.TextChoices):
        SAME_FILE = "same_file", _("the same file")
        NEAR = "near", _("nearly the same picture")
        AUGMENTED = "augmented", _("copies of one photo")
        ALIKE = "alike", _("look alike to the model")
        HAND = "hand", _("put together by hand")

    key = models.CharField(max_length=64, unique=True)  # of the photos, so that none comes twice
    state = models.CharField(max_length=9, choices=State, default=State.PROPOSED)
    why = models.CharField(max_length=9, choices=Why, default=Why.HAND)
    photos = models.ManyToManyField(Photo, related_name="specimen_groups")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("specimen")
        verbose_name_plural = _("specimens")

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.key[:12]}"


class ClassChange(models.Model):
    """A class was renamed, merged or split. The labels that came of it point here. Append-only."""

    class Action(models.TextChoices):
        RENAME = "rename", _("renamed")
        MERGE = "merge", _("merged")
        SPLIT = "split", _("split")

    field = models.CharField(max_length=60)
    action = models.CharField(max_length=6, choices=Action)
    before: Any = models.JSONField(default=list)
    after: Any = models.JSONField(default=list)
    count = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.field}: {', '.join(self.before)} → {', '.join(self.after)}"


class DatasetVersion(models.Model):
    """A set of labels, frozen. `sha256` is over its sorted lines, so two that are equal have one hash."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    sha256 = models.CharField(max_length=64)
    card: Any = models.JSONField(default=dict)
    listing = models.FileField(upload_to="datasets", max_length=200)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("dataset version")
        verbose_name_plural = _("dataset versions")

    def __str__(self) -> str:
        return self.name
