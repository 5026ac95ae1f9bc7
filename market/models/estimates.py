from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog import money
from catalog.models import Coin
from catalog.refusals import Refusal, gettext_noop
from market.models.lots import Lot

if TYPE_CHECKING:
    from catalog.access import Visitor
    from market.appraisal import Appraisal
    from market.worth import Terms

SOURCE = "market estimate"
NOTHING_TO_TAKE = gettext_noop("There is no estimate to take.")
OTHER_MONEY = gettext_noop(
    "An estimate in the money of another year is no value of today: show prices in the money of their day first."
)


class ComparableQuerySet(models.QuerySet["Comparable"]):
    """Opinions are the coin's, not a person's: who may edit the coin shares them."""

    def pin(self, coin: Coin, lot: Lot) -> None:
        self.update_or_create(coin=coin, lot=lot, defaults={"state": Comparable.State.PINNED})

    def reject(self, coin: Coin, lot: Lot) -> None:
        self.update_or_create(coin=coin, lot=lot, defaults={"state": Comparable.State.REJECTED})

    def reset(self, coin: Coin, lot: Lot | None = None) -> None:
        """Of one lot, or of all that this coin was compared with."""
        found = self.filter(coin=coin)
        (found.filter(lot=lot) if lot else found).delete()


class Comparable(models.Model):
    """What a person said of a lot beside a coin. What nobody spoke of is worked out anew each time."""

    class State(models.TextChoices):
        PINNED = "pinned", _("Pinned")
        REJECTED = "rejected", _("Left out")

    coin = models.ForeignKey(Coin, models.CASCADE, related_name="market_opinions")
    lot = models.ForeignKey(Lot, models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State)
    at = models.DateTimeField(auto_now=True)

    objects = ComparableQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("coin", "lot", name="comparable_once")]

    def __str__(self) -> str:
        return f"{self.coin} {self.lot}"


class EstimateQuerySet(models.QuerySet["Estimate"]):
    def make(self, coin: Coin, user: "Visitor", terms: "Terms | None" = None) -> "Estimate":
        from market.appraisal import appraise

        if terms and terms.money_of:
            raise Refusal("other_money", OTHER_MONEY)
        return self.keep(appraise(coin, user, terms), user)

    @transaction.atomic
    def take(self, coin: Coin, user: "Visitor", terms: "Terms | None" = None) -> "Estimate":
        """The estimate of this moment becomes a valuation, and stays explained."""
        kept = self.make(coin, user, terms)
        if kept.point is None:
            raise Refusal("no_estimate", NOTHING_TO_TAKE)
        note = f"{kept.low}–{kept.high} {kept.currency}, n = {kept.n}, {kept.method}"
        amount = kept.point.quantize(Decimal(1)) if kept.point >= 10 else kept.point
        money.value_coin(coin, user, amount, kept.currency, SOURCE, note=note)
        return kept

    def keep(self, appraisal: "Appraisal", user: "Visitor") -> "Estimate":
        author = user if user.is_authenticated else None
        return self.create(coin=appraisal.coin, by=author, **appraisal.to_row())


class Estimate(models.Model):
    """What the method said of a coin on a day, and from what. Append-only: an old valuation can be
    explained long after the market has moved."""

    coin = models.ForeignKey(Coin, models.CASCADE, related_name="market_estimates")
    # Each sees lots of his own: whose market it was
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
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

    objects = EstimateQuerySet.as_manager()

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
