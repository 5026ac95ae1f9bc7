from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Coin
from market.models.lots import Lot


class Comparable(models.Model):
    """What a person said of a lot beside a coin. What nobody spoke of is worked out anew each time."""

    class State(models.TextChoices):
        PINNED = "pinned", _("Pinned")
        REJECTED = "rejected", _("Left out")

    coin = models.ForeignKey(Coin, models.CASCADE, related_name="market_opinions")
    lot = models.ForeignKey(Lot, models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint("coin", "lot", name="comparable_once")]

    def __str__(self) -> str:
        return f"{self.coin} {self.lot}"


class Estimate(models.Model):
    """What the method said of a coin on a day, and from what. Append-only: an old valuation can be
    explained long after the market has moved."""

    coin = models.ForeignKey(Coin, models.CASCADE, related_name="market_estimates")
    as_of = models.DateTimeField(default=timezone.now)
    basis = models.CharField(max_length=16, default="hammer")
    currency = models.CharField(max_length=3)
    point = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    low = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    high = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    n = models.PositiveIntegerField(default=0)
    n_type = models.PositiveIntegerField(default=0)
    n_effective = models.FloatField(default=0)
    tier = models.PositiveSmallIntegerField(null=True)
    verdict = models.CharField(max_length=12)
    inputs = models.JSONField(default=dict)
    method = models.CharField(max_length=40)

    class Meta:
        ordering = ["-as_of", "-pk"]
        verbose_name = _("estimate")
        verbose_name_plural = _("estimates")

    def __str__(self) -> str:
        return f"{self.coin}: {self.verdict}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("An estimate is never changed; a new one is made.")
        super().save(*args, **kwargs)
