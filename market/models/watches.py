"""What somebody waits for, and the lots that came."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Coin
from market.models.lots import Lot

if TYPE_CHECKING:
    from catalog.access import Visitor


class WatchQuerySet(models.QuerySet["Watch"]):
    def of(self, user: "Visitor") -> "WatchQuerySet":
        return self.filter(user=user.pk) if user.is_authenticated else self.none()


class Watch(models.Model):
    """Every value that is said must fit; a watch that says nothing is refused by its form."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="market_watches"
    )
    name = models.CharField(_("name"), max_length=120)
    coin = models.ForeignKey(Coin, models.SET_NULL, null=True, blank=True, related_name="+")
    lot = models.ForeignKey(Lot, models.SET_NULL, null=True, blank=True, related_name="+")
    reference_key = models.CharField(_("reference"), max_length=250, blank=True)
    ruler_text = models.CharField(_("ruler"), max_length=120, blank=True)
    denomination_text = models.CharField(_("denomination"), max_length=60, blank=True)
    metal = models.CharField(_("metal"), max_length=4, blank=True)
    grade_from = models.FloatField(_("grade, at least"), null=True, blank=True)
    max_price = models.DecimalField(
        _("costs at most"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    only_open = models.BooleanField(_("only lots that can still be had"), default=True)
    by_mail = models.BooleanField(_("also by e-mail"), default=True)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WatchQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("watch")
        verbose_name_plural = _("watches")
        indexes = [models.Index(fields=["is_active"], name="watch_active")]

    def __str__(self) -> str:
        return self.name


class WatchHit(models.Model):
    watch = models.ForeignKey(Watch, models.CASCADE, related_name="hits")
    lot = models.ForeignKey(Lot, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint("watch", "lot", name="watch_hit_once")]

    def __str__(self) -> str:
        return f"{self.watch}: {self.lot}"
