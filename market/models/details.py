"""What is known of a lot: what it cost in which sense, and what its text says of the coin."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Authority, Denomination, Mint
from market.models.lots import Lot


class Price(models.Model):
    class Kind(models.TextChoices):
        ESTIMATE_LOW = "estimate_low", _("Estimate, from")
        ESTIMATE_HIGH = "estimate_high", _("Estimate, to")
        START = "start", _("Starting price")
        HAMMER = "hammer", _("Hammer price")
        PREMIUM_INCLUDED = "premium_included", _("Price with premium")
        ASK = "ask", _("Asking price")

    lot = models.ForeignKey(Lot, models.CASCADE, related_name="prices")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    # At the rate of the day of the sale; null where there is no day, or no rate
    eur = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    usd = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    fx_date = models.DateField(null=True)
    raw_text = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["kind"]
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        constraints = [models.UniqueConstraint("lot", "kind", name="price_once")]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class LotAttributes(models.Model):
    """Read from the text by market.extract. Words of our vocabulary where it knows them; `*_text`
    always, so that a word that is added later can be found."""

    lot = models.OneToOneField(Lot, models.CASCADE, related_name="attributes")
    authority = models.ForeignKey(Authority, models.SET_NULL, null=True, related_name="+")
    denomination = models.ForeignKey(Denomination, models.SET_NULL, null=True, related_name="+")
    mint = models.ForeignKey(Mint, models.SET_NULL, null=True, related_name="+")
    ruler_text = models.CharField(max_length=120, blank=True)
    denomination_text = models.CharField(max_length=60, blank=True)
    mint_text = models.CharField(max_length=120, blank=True)
    metal = models.CharField(max_length=4, blank=True)
    date_from = models.IntegerField(null=True)
    date_to = models.IntegerField(null=True)
    weight_g = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    diameter_mm = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    axis_h = models.PositiveSmallIntegerField(null=True)
    grade = models.CharField(max_length=8, blank=True)
    grade_ord = models.FloatField(null=True)
    service = models.CharField(max_length=8, blank=True)
    sheldon = models.PositiveSmallIntegerField(null=True)
    has_pedigree = models.BooleanField(default=False)
    spans = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)

    class Meta:
        verbose_name = _("what the text says")
        verbose_name_plural = _("what the texts say")
        indexes = [
            # How a word of the vocabulary was written: asked for each coin that is compared
            models.Index(fields=["denomination", "denomination_text"], name="lotattr_money_as"),
            models.Index(fields=["authority", "ruler_text"], name="lotattr_ruler_as"),
            models.Index(fields=["mint_text", "lot"], name="lotattr_mint"),
        ]

    def __str__(self) -> str:
        return f"{self.ruler_text} {self.denomination_text}".strip()


class LotReference(models.Model):
    lot = models.ForeignKey(Lot, models.CASCADE, related_name="references")
    text = models.CharField(max_length=200)
    canonical_key = models.CharField(max_length=250, db_index=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class LotFlag(models.Model):
    lot = models.ForeignKey(Lot, models.CASCADE, related_name="flags")
    flag = models.CharField(max_length=30)
    side = models.CharField(max_length=10, blank=True)
    severity = models.CharField(max_length=10, blank=True)
    negated = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["flag"], name="lotflag_flag")]

    def __str__(self) -> str:
        return self.flag
