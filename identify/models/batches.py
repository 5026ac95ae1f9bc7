import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models import Coin, Collection
from catalog.sentences import kept

if TYPE_CHECKING:
    from catalog.access import Visitor
    from identify.models.identifications import IdentificationQuerySet


class BatchQuerySet(models.QuerySet["Batch"]):
    def visible_to(self, user: "Visitor") -> "BatchQuerySet":
        return self.filter(collection__in=Collection.objects.visible_to(user))

    def editable_by(self, user: "Visitor") -> "BatchQuerySet":
        return self.filter(collection__in=Collection.objects.editable_by(user))

    def with_sizes(self) -> "BatchQuerySet":
        alive = models.Count("coins", filter=models.Q(coins__deleted_at=None))
        return self.annotate(size=alive)


class Batch(models.Model):
    """Photos that came together, and what was said of them. It knows coins, not identifications: a second
    look at a coin takes the first one's place."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="batches")
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="batches")
    coins = models.ManyToManyField(Coin, related_name="batches")
    refusals: Any = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("batch")
        verbose_name_plural = _("batches")

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("identify:batch", args=[self.key])

    def looks(self) -> "IdentificationQuerySet":
        """What is said, or will be, of its coins."""
        from identify.models.identifications import Identification

        alive = self.coins.live().values("pk")
        return Identification.objects.filter(coin__in=alive, current=True)

    def forget_if_empty(self) -> None:
        if not self.refusals and not self.coins.exists():
            self.delete()

    @transaction.atomic
    def take(self, coins: Iterable[Coin], refusals: Iterable[tuple[str, str]]) -> None:
        """Files arrive several at a time; each keeps its place, also what could not be read."""
        self.coins.add(*coins)
        if news := [[name, kept(why)] for name, why in refusals]:
            locked = Batch.objects.select_for_update().get(pk=self.pk)
            self.refusals = [*locked.refusals, *news]
            self.save(update_fields=["refusals"])
