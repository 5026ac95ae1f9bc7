from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from market.inflation import Series

EARLIEST, LATEST = 1700, 2200


class PriceLevelQuerySet(models.QuerySet["PriceLevel"]):
    def series(self, currency: str) -> Series:
        """What is known of one currency; empty where nobody has loaded anything."""
        by_month: dict[tuple[int, int], Decimal] = {}
        for year, month, level in self.filter(currency=currency).values_list(
            "year", "month", "level"
        ):
            by_month[year, month] = level
        return Series(by_month)

    def replace(self, currency: str, levels: dict[tuple[int, int], Decimal]) -> int:
        """All at once, or nothing: a series of two bases would be worse than none."""
        rows = [
            PriceLevel(currency=currency, year=year, month=month, level=level)
            for (year, month), level in levels.items()
        ]
        self.filter(currency=currency).delete()
        return len(PriceLevel.objects.bulk_create(rows))


class PriceLevel(models.Model):
    """Consumer prices as an index, brought by whoever runs the site: none is shipped."""

    currency = models.CharField(_("currency"), max_length=3)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    )
    month = models.PositiveSmallIntegerField(
        _("month"), default=0, validators=[MaxValueValidator(12)],
        help_text=_("0: the mean of the whole year"),
    )  # fmt: skip
    level = models.DecimalField(
        _("index"), max_digits=14, decimal_places=4, validators=[MinValueValidator(Decimal("0.0001"))]
    )  # fmt: skip

    objects = PriceLevelQuerySet.as_manager()

    class Meta:
        ordering = ["currency", "-year", "-month"]
        verbose_name = _("level of prices")
        verbose_name_plural = _("levels of prices")
        constraints = [
            models.UniqueConstraint("currency", "year", "month", name="price_level_once")
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.year}-{self.month:02}" if self.month else f"{self.currency} {self.year}"  # fmt: skip
