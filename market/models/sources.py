from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """Where lots come from: one row for each parser. Nothing is fetched from a source that is not
    enabled, and nobody enables one without having read its terms."""

    class Kind(models.TextChoices):
        USER = "user", _("Pasted by people")
        TABLE = "csv", _("Tables")
        SAVED_PAGE = "saved_page", _("Saved pages")
        FETCH = "fetch", _("Fetched pages")
        API = "api", _("Programming interface")

    slug = models.SlugField(_("parser"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    host = models.CharField(_("host"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SAVED_PAGE)
    enabled = models.BooleanField(_("may be fetched"), default=False)
    pictures_too = models.BooleanField(
        _("pictures too"), default=False,
        help_text=_("Also the photo of each lot, from this source’s own hosts only."),
    )  # fmt: skip
    terms_note = models.TextField(_("what its terms say"), blank=True)
    terms_checked_on = models.DateField(_("terms read on"), null=True, blank=True)
    terms_checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False,
        related_name="+", verbose_name=_("terms read by"),
    )  # fmt: skip
    daily_quota = models.PositiveIntegerField(_("pages a day at most"), default=200)
    min_delay_s = models.PositiveIntegerField(_("seconds between two pages"), default=5)

    class Meta:
        ordering = ["name"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.CheckConstraint(
                condition=Q(enabled=False) | Q(terms_checked_on__isnull=False),
                name="source_terms_read",
                violation_error_message=_("Read the terms first, and say on which day."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class PremiumRuleQuerySet(models.QuerySet["PremiumRule"]):
    def on(self, house: str, day: date) -> "PremiumRule | None":
        """The rule of a house on a day; where two hold, the one that began later."""
        begun = Q(from_date=None) | Q(from_date__lte=day)
        lasting = Q(to_date=None) | Q(to_date__gte=day)
        fitting = self.filter(begun, lasting, house__iexact=house)
        return fitting.order_by(models.F("from_date").desc(nulls_last=True)).first()


class PremiumRule(models.Model):
    """What a house adds to the hammer, from a day to a day. `tiers`: [[up to, per cent], …], the last
    with null for "any more"."""

    house = models.CharField(_("house"), max_length=200)
    from_date = models.DateField(_("from"), null=True, blank=True)
    to_date = models.DateField(_("to"), null=True, blank=True)
    tiers = models.JSONField(_("tiers"), default=list)
    vat_note = models.CharField(_("tax"), max_length=300, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    origin = models.CharField(_("where this is from"), max_length=300, blank=True)

    objects = PremiumRuleQuerySet.as_manager()

    class Meta:
        ordering = ["house", "from_date"]
        verbose_name = _("buyer's premium")
        verbose_name_plural = _("buyers' premiums")

    def __str__(self) -> str:
        return self.house

    def paid(self, hammer: Decimal) -> Decimal:
        """What a buyer pays: each part of the hammer price at the rate of its tier."""
        paid, below = hammer, Decimal(0)
        for limit, per_cent in self.tiers:
            end = hammer if limit is None else min(hammer, Decimal(str(limit)))
            paid += max(Decimal(0), end - below) * Decimal(str(per_cent)) / 100
            below = max(below, end)
        return paid.quantize(Decimal("0.01"))

    def hammer_of(self, paid: Decimal) -> Decimal:
        """What the hammer fell at, from what the buyer paid: each tier in its turn."""
        hammer, left = Decimal(0), paid
        for limit, per_cent in self.tiers:
            share = 1 + Decimal(str(per_cent)) / 100
            room = None if limit is None else Decimal(str(limit)) - hammer
            part = left / share if room is None else min(left / share, max(Decimal(0), room))
            hammer, left = hammer + part, left - part * share
        return (hammer + left).quantize(Decimal("0.01"))
