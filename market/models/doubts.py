"""Lots that contradict themselves or each other, and what a curator said of it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from market.models.lots import Lot

if TYPE_CHECKING:
    from catalog.access import Visitor
    from catalog.models import User


class DoubtQuerySet(models.QuerySet["Doubt"]):
    def visible_to(self, user: "Visitor") -> "DoubtQuerySet":
        """Curators see no lot that they could not see otherwise."""
        seen = Lot.objects.visible_to(user).values("pk")
        return self.filter(Q(other=None) | Q(other__in=seen), lot__in=seen)

    def waiting(self) -> "DoubtQuerySet":
        """What does not count anyway asks nobody."""
        return self.open().filter(
            Q(other=None) | Q(other__excluded_reason=""), lot__excluded_reason=""
        )

    def open(self) -> "DoubtQuerySet":
        return self.filter(state=Doubt.State.OPEN)


class Doubt(models.Model):
    class Kind(models.TextChoices):
        WEIGHT = "weight_g", _("Its weight cannot be")
        DIAMETER = "diameter_mm", _("Its diameter cannot be")
        AXIS = "die_axis_h", _("Its die axis cannot be")
        DATES = "dates", _("Its date is not of its ruler’s time")
        METAL = "metal", _("Its metal is not that of its denomination")
        PHOTO_RULER = "photo_ruler", _("Its picture shows another ruler")
        PHOTO_KIND = "photo_kind", _("Its picture shows another denomination")
        TWIN = "twin", _("Two lots that seem to be one coin")

    class State(models.TextChoices):
        OPEN = "open", _("Waits")
        KEPT = "kept", _("Right as it is")
        CORRECTED = "corrected", _("Corrected")
        SET_APART = "set_apart", _("Set apart")

    lot = models.ForeignKey(Lot, models.CASCADE, related_name="doubts")
    other = models.ForeignKey(Lot, models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    said = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = DoubtQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lot", "kind"], name="doubt_once", condition=Q(other=None)
            ),
            models.UniqueConstraint(
                fields=["lot", "other"],
                name="doubt_of_twins_once",
                condition=Q(other__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state"], name="doubt_state")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.lot}"

    def keep(self, by: "User") -> None:
        self.settle(self.State.KEPT, by)

    def set_apart(self, lot: Lot, by: "User") -> None:
        """One of the two no longer counts; of a lot alone, this one."""
        is_twin = self.kind == self.Kind.TWIN
        lot.settle(lot.status, Lot.Excluded.DUPLICATE if is_twin else Lot.Excluded.OTHER)
        self.settle(self.State.SET_APART, by)

    def correct(self, values: dict[str, object], by: "User") -> None:
        self.lot.correct(values)
        self.settle(self.State.CORRECTED, by)

    def settle(self, state: str, by: "User") -> None:
        self.state, self.by, self.at = state, by, timezone.now()
        self.save(update_fields=["state", "by", "at"])
