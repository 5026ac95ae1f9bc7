from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models.coins import Coin


class Trade(models.Model):
    """A coin bought or sold: each purchase is one tax lot, its fees and shipping kept apart."""

    class Kind(models.TextChoices):
        PURCHASE = "purchase", _("Purchase")
        SALE = "sale", _("Sale")

    coin = models.ForeignKey(Coin, models.CASCADE, related_name="trades")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.PURCHASE)
    date = models.DateField(pgettext_lazy("a day", "date"), null=True, blank=True)
    price = models.DecimalField(_("price"), max_digits=16, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    fees = models.DecimalField(_("fees and premium"), max_digits=16, decimal_places=2, default=0)
    shipping = models.DecimalField(_("shipping"), max_digits=16, decimal_places=2, default=0)
    party = models.CharField(_("dealer, house or person"), max_length=200, blank=True)
    sale = models.CharField(_("auction or shop"), max_length=200, blank=True)
    lot = models.CharField(_("lot"), max_length=40, blank=True)
    tax_lot = models.CharField(_("tax lot"), max_length=60, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["-date", "-pk"]
        verbose_name = _("purchase or sale")
        verbose_name_plural = _("purchases and sales")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.price} {self.currency}"


class Valuation(models.Model):
    """What somebody thought a coin was worth on a day. Append-only: a new opinion is a new row."""

    coin = models.ForeignKey(Coin, models.CASCADE, related_name="valuations")
    date = models.DateField(pgettext_lazy("a day", "date"))
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    source = models.CharField(_("source"), max_length=200)
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-date", "-pk"]
        verbose_name = _("valuation")
        verbose_name_plural = _("valuations")

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"
