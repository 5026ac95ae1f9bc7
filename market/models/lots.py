from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from market.models.pages import RawPage
from market.models.sources import Source
from market.records import LotRecord, SaleRecord

if TYPE_CHECKING:
    from catalog.access import Visitor
    from catalog.models import User
    from market.models.details import Price


# To a database two rows without an owner are not alike
OWN, SHARED = Q(owner__isnull=False), Q(owner__isnull=True)


class Sale(models.Model):
    source = models.ForeignKey(Source, models.PROTECT, related_name="sales")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    house = models.CharField(_("house"), max_length=200, blank=True)
    code = models.CharField(_("number"), max_length=100)
    title = models.CharField(_("title"), max_length=300, blank=True)
    day = models.DateField(_("day"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)

    class Meta:
        ordering = ["-day", "house", "code"]
        verbose_name = _("sale")
        verbose_name_plural = _("sales")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "owner", "house", "code"], name="sale_once", condition=OWN
            ),
            models.UniqueConstraint(
                fields=["source", "house", "code"], name="sale_shared_once", condition=SHARED
            ),
        ]

    def __str__(self) -> str:
        return f"{self.house} {self.title or self.code}".strip()


class LotQuerySet(models.QuerySet["Lot"]):
    def visible_to(self, user: "Visitor") -> "LotQuerySet":
        """One's own, and what the site itself has fetched."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(owner=user.pk) | Q(owner=None))

    def counted(self) -> "LotQuerySet":
        """What stands in searches and charts: sold or unsold, and nothing that sets it apart."""
        return self.filter(excluded_reason="", status__in=[Lot.Status.SOLD, Lot.Status.UNSOLD])

    def priced(self) -> "LotQuerySet":
        """What may speak for a price: sold, one coin, and nothing that sets it apart."""
        return self.filter(status=Lot.Status.SOLD, excluded_reason="")

    def record(
        self, record: LotRecord, source: Source, owner: "User | None", page: RawPage | None = None
    ) -> "tuple[Lot, str]":
        """The lot as it now stands, and `new`, `changed` or `unchanged`. What is poorer never takes the
        place of what is richer: a cut text, an empty field, a sale that is open again. Own lots are
        apart from everybody else's, so that nobody's upload can rewrite what another relies on."""
        from market.recording import write

        with transaction.atomic():
            return write(record, source, owner, page)


class Lot(models.Model):
    class Status(models.TextChoices):
        SOLD = "sold", _("Sold")
        UNSOLD = "unsold", _("Unsold")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        OPEN = "open", _("Open")
        UNKNOWN = "unknown", _("Unknown")

    class Excluded(models.TextChoices):
        GROUP = "group", _("Several coins in one lot")
        REPLICA = "replica", _("A copy")
        FOURREE = "fourree", _("Plated")
        MOUNTED = "mounted", _("Mounted")
        DUPLICATE = "duplicate", _("Another lot is the same")
        OTHER = "other", _("Another reason")

    source = models.ForeignKey(Source, models.PROTECT, related_name="lots")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="market_lots"
    )
    sale = models.ForeignKey(Sale, models.SET_NULL, null=True, related_name="lots")
    source_lot_id = models.CharField(_("number at the source"), max_length=200)
    lot_number = models.CharField(_("lot"), max_length=40, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True)
    is_cut = models.BooleanField(_("text is cut off"), default=False)
    language = models.CharField(_("language"), max_length=2, blank=True)
    image_url = models.URLField(_("photo"), max_length=1000, blank=True)
    status = models.CharField(_("state"), max_length=9, choices=Status, default=Status.UNKNOWN)
    n_coins = models.PositiveIntegerField(_("coins"), default=1)
    excluded_reason = models.CharField(
        _("does not count because"), max_length=10, choices=Excluded, blank=True
    )
    # Names of the fields that a person has set: what a page says no longer moves them
    by_hand = models.JSONField(default=list, blank=True)
    # Not yet held against what people watch for
    is_fresh = models.BooleanField(default=True, editable=False)
    warnings = models.JSONField(default=list, blank=True)
    raw_page = models.ForeignKey(RawPage, models.SET_NULL, null=True, related_name="lots")
    first_seen = models.DateTimeField(default=timezone.now, editable=False)
    last_seen = models.DateTimeField(default=timezone.now, editable=False)

    objects = LotQuerySet.as_manager()

    class Meta:
        ordering = ["-sale__day", "pk"]
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "owner", "source_lot_id"], name="lot_once", condition=OWN
            ),
            models.UniqueConstraint(
                fields=["source", "source_lot_id"], name="lot_shared_once", condition=SHARED
            ),
        ]
        indexes = [
            models.Index(fields=["status", "sale"], name="lot_status_sale"),
            # all that a search asks of a lot itself, so that its text is not read
            models.Index(
                fields=["excluded_reason", "status", "owner", "sale"], name="lot_searched"
            ),
            models.Index(fields=["id"], name="lot_fresh", condition=Q(is_fresh=True)),
        ]

    def __str__(self) -> str:
        return self.title or self.description[:80] or self.source_lot_id

    @property
    def told_prices(self) -> list["Price"]:
        """What was expected first, what it came to last."""
        kinds = self.prices.model.Kind.values
        return sorted(self.prices.all(), key=lambda price: kinds.index(price.kind))

    def settle(self, status: str, excluded_reason: str) -> None:
        """A person's word: the next page that has this lot leaves it alone."""
        said = {"status": status, "excluded_reason": excluded_reason}
        for name, value in said.items():
            if getattr(self, name) != value:
                setattr(self, name, value)
                self.by_hand = [*{*self.by_hand, name}]
        with transaction.atomic():
            self.save(update_fields=[*said, "by_hand"])
            renew_quotes([self.pk])

    def correct(self, values: dict[str, object]) -> None:
        """A person's word on what the text says of the coin; a text that is read again leaves it."""
        from market.recording import correct

        with transaction.atomic():
            self.by_hand = list(dict.fromkeys([*self.by_hand, *correct(self, values)]))
            self.save(update_fields=["by_hand"])
            renew_quotes([self.pk])


def sale_of(record: SaleRecord, source: Source, owner: Any) -> Sale | None:
    """A sale without a number and without a day is none that anybody could find again."""
    code = record.code or (record.day.isoformat() if record.day else "")
    if not code:
        return None
    values = {"title": record.title[:300], "day": record.day, "currency": record.currency[:3]}
    sale, made = Sale.objects.get_or_create(
        source=source, owner=owner, house=record.house[:200], code=code[:100], defaults=values
    )
    missing = {name: value for name, value in values.items() if value and not getattr(sale, name)}
    if missing and not made:
        for name, value in missing.items():
            setattr(sale, name, value)
        sale.save(update_fields=list(missing))
        if "day" in missing:
            renew_quotes(sale.lots.values_list("pk", flat=True))
    return sale


def renew_quotes(pks: Iterable[int]) -> None:
    from market.models.quotes import Quote

    Quote.objects.renew(pks)
