from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.coins import Coin
from catalog.models.people import User
from catalog.models.types import CoinType
from catalog.models.vocabulary import Authority


class CoinSet(models.Model):
    """A series somebody wants to complete: a list of slots, some filled by coins that are owned."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sets")
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("set")
        verbose_name_plural = _("sets")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def from_series(cls, owner: User, key: str) -> "CoinSet":
        """A set with the slots of a known series; LookupError where there is none of that key."""
        from catalog import series

        return series.start(owner, key)


class SetSlot(models.Model):
    """Filled by the coin put there by hand, else by any held coin of that type, year and mint mark,
    or of that authority. Without a year, any year and mint will do."""

    set = models.ForeignKey(CoinSet, models.CASCADE, related_name="slots")
    position = models.PositiveIntegerField(default=0)
    label = models.CharField(_("label"), max_length=200)
    type = models.ForeignKey(CoinType, models.SET_NULL, null=True, blank=True)
    authority = models.ForeignKey(Authority, models.SET_NULL, null=True, blank=True)
    year = models.IntegerField(_("year"), null=True, blank=True)
    mint_mark = models.CharField(_("mint mark"), max_length=20, blank=True)
    variety = models.CharField(_("variety"), max_length=120, blank=True)
    coin = models.ForeignKey(Coin, models.SET_NULL, null=True, blank=True, related_name="slots")

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label
