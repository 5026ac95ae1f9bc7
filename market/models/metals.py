from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MetalPrice(models.Model):
    """What a gram of fine metal fetches today, as its owner typed it in. Nobody is asked over the
    network; the day says how old it is."""

    class Metal(models.TextChoices):
        GOLD = "AV", _("Gold")
        SILVER = "AR", _("Silver")
        ELECTRUM = "EL", _("Electrum")
        PLATINUM = "PT", _("Platinum")
        BILLON = "BI", _("Billon")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="metal_prices")
    metal = models.CharField(_("metal"), max_length=2, choices=Metal)
    per_gram = models.DecimalField(
        _("price of a gram"),
        max_digits=12,
        decimal_places=4,
        validators=[MinValueValidator(Decimal("0.0001"))],
    )
    currency = models.CharField(_("currency"), max_length=3)
    fineness = models.PositiveSmallIntegerField(
        _("usual fineness, in thousandths"),
        default=900,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
    )
    day = models.DateField(_("day"), default=timezone.localdate)

    class Meta:
        ordering = ["metal"]
        verbose_name = _("price of a metal")
        verbose_name_plural = _("prices of metals")
        constraints = [models.UniqueConstraint("owner", "metal", name="metal_price_once")]

    def __str__(self) -> str:
        return f"{self.get_metal_display()} {self.per_gram} {self.currency}"
