import uuid
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog import grades
from catalog.models.collections import Collection
from catalog.models.trees import Place, Tag
from catalog.models.types import Attribution, CitedReference, CoinType

if TYPE_CHECKING:
    from catalog.access import Visitor


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    WANTED = "wanted", _("Wanted")
    BIDDING = "bidding", _("Bidding")
    ORDERED = "ordered", _("Ordered")
    OWNED = "owned", _("Owned")
    FOR_SALE = "for_sale", _("For sale")
    SOLD = "sold", _("Sold")
    MISSING = "missing", _("Missing")
    GIVEN = "given", _("Given away")


HELD = (Status.OWNED, Status.FOR_SALE)


class CoinQuerySet(models.QuerySet["Coin"]):
    def live(self) -> "CoinQuerySet":
        return self.filter(deleted_at=None)

    def trashed(self) -> "CoinQuerySet":
        return self.filter(deleted_at__isnull=False)

    def held(self) -> "CoinQuerySet":
        return self.live().filter(status__in=HELD)

    def visible_to(self, user: "Visitor") -> "CoinQuerySet":
        """Trashed coins too: the trash is a page like any other."""
        return self.filter(collection__in=Collection.objects.visible_to(user))

    def editable_by(self, user: "Visitor") -> "CoinQuerySet":
        return self.filter(collection__in=Collection.objects.editable_by(user))

    def for_list(self) -> "CoinQuerySet":
        return self.select_related(
            "collection", "authority", "denomination", "mint", "metal", "region", "place"
        ).prefetch_related("photos", "tags", "references")

    def for_page(self) -> "CoinQuerySet":
        return self.for_list().select_related("type", "collection__owner")


class Coin(Attribution):
    """One piece that somebody owns, wants or once had."""

    class Axis(models.IntegerChoices):
        H1, H2, H3, H4, H5, H6, H7, H8, H9, H10, H11, H12 = range(1, 13)

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="coins")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("inventory number"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.OWNED)
    type = models.ForeignKey(
        CoinType,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="coins",
        verbose_name=_("type"),
    )
    mint_mark = models.CharField(_("mint mark"), max_length=20, blank=True)
    variety = models.CharField(_("variety"), max_length=120, blank=True)

    # What is true of this piece only; no look-up of a type ever writes here.
    weight = models.DecimalField(_("weight"), max_digits=9, decimal_places=3, null=True, blank=True)
    diameter = models.DecimalField(
        _("diameter"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    thickness = models.DecimalField(
        _("thickness"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    die_axis = models.PositiveSmallIntegerField(_("die axis"), choices=Axis, null=True, blank=True)
    edge = models.CharField(_("edge"), max_length=200, blank=True)
    grade = models.CharField(_("grade"), max_length=20, blank=True)
    grade_rank = models.PositiveSmallIntegerField(null=True, editable=False)
    grade_service = models.CharField(_("grading service"), max_length=40, blank=True)
    certificate = models.CharField(_("certificate number"), max_length=60, blank=True)
    grade_details = models.CharField(_("designation or details"), max_length=120, blank=True)
    place = models.ForeignKey(
        Place, models.SET_NULL, null=True, blank=True, related_name="coins",
        verbose_name=_("storage place"),
    )  # fmt: skip
    notes = models.TextField(_("notes"), blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="coins", verbose_name=_("tags"))
    custom = models.JSONField(_("own fields"), default=dict, blank=True)

    # Computed from trades and valuations in the collection's currency, so that a list can sort by
    # them and a dashboard can sum them; null where a rate is missing.
    cost = models.DecimalField(
        _("cost"), max_digits=16, decimal_places=2, null=True, editable=False
    )
    value = models.DecimalField(
        _("value"), max_digits=16, decimal_places=2, null=True, editable=False
    )
    acquired_on = models.DateField(_("acquired"), null=True, editable=False)

    created_at = models.DateTimeField(_("added"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    import_session = models.ForeignKey(
        "catalog.ImportSession", models.SET_NULL, null=True, editable=False, related_name="coins"
    )

    objects = CoinQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("coin")
        verbose_name_plural = _("coins")
        indexes = [
            models.Index(fields=["collection", "deleted_at", "-created_at"], name="coin_newest"),
            # all that facets count, so that they are counted without reading the coins themselves
            models.Index(
                fields=[
                    "collection",
                    "deleted_at",
                    "status",
                    "authority",
                    "denomination",
                    "mint",
                    "metal",
                    "region",
                    "place",
                    "type",
                    "year_from",
                    "year_to",
                    "grade_rank",
                    "acquired_on",
                    "weight",
                ],
                name="coin_facets",
            ),
            models.Index(fields=["collection", "-changed_at"], name="coin_changed"),
            models.Index(fields=["collection", "authority"], name="coin_authority"),
            models.Index(fields=["collection", "denomination"], name="coin_denomination"),
            models.Index(fields=["collection", "mint"], name="coin_mint"),
            models.Index(fields=["collection", "year_from"], name="coin_year"),
            models.Index(fields=["collection", "grade_rank"], name="coin_grade"),
            models.Index(fields=["collection", "value"], name="coin_value"),
            models.Index(fields=["type", "year_from", "mint_mark"], name="coin_slot"),
            models.Index(fields=["certificate"], name="coin_certificate"),
        ]

    def __str__(self) -> str:
        return self.title or self.composed_title or str(_("Coin without a name"))

    def get_absolute_url(self) -> str:
        return reverse("coin", args=[self.pk])

    @property
    def composed_title(self) -> str:
        """What a label would say: who, what, where; and when, if that tells more than two words do."""
        from catalog.telling import struck

        parts = [str(term) for term in (self.authority, self.denomination, self.mint) if term]
        return ", ".join([*parts, struck(self)] if len(parts) in (1, 2) and struck(self) else parts)

    def prepare(self) -> None:
        """What `save` computes, for those who write many coins at once."""
        self.grade_rank = grades.parse(self.grade)[1] if self.grade else None

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def discard(self, by: "Visitor") -> None:
        from catalog.models.changes import FieldChange

        self.deleted_at = timezone.now()
        self.save(update_fields=["deleted_at"])
        self.touch()
        FieldChange.note(self, "trash", False, True, by)

    def restore(self, by: "Visitor") -> None:
        from catalog.models.changes import FieldChange

        self.deleted_at = None
        self.save(update_fields=["deleted_at"])
        self.touch()
        FieldChange.note(self, "trash", True, False, by)

    def touch(self) -> None:
        """A new version for whoever holds an ETag; a stale write then meets 412."""
        Coin.objects.filter(pk=self.pk).update(version=F("version") + 1, changed_at=timezone.now())
        self.refresh_from_db(fields=["version", "changed_at"])


class CoinReference(CitedReference):
    coin = models.ForeignKey(Coin, models.CASCADE, related_name="references")

    class Meta(CitedReference.Meta):
        constraints = [models.UniqueConstraint("coin", "text", name="coin_cites_once")]
