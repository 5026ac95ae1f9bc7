from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Coin, Collection, FieldChange, Photo

if TYPE_CHECKING:
    from catalog.access import Visitor
    from catalog.models import User
    from identify.labelling.training import TrainingRow

UNREAD_WEIGHT = 0.3  # of a word that was accepted with all the others, perhaps without a look


class LabelQuerySet(models.QuerySet["Label"]):
    def standing(self) -> "LabelQuerySet":
        return self.filter(withdrawn_at=None)

    def visible_to(self, user: "Visitor") -> "LabelQuerySet":
        return self.filter(photo__coin__collection__in=Collection.objects.visible_to(user))

    def for_training(self, field: str) -> "list[TrainingRow]":
        """One row a photo whose people agree, two thirds of them; what is disputed teaches nobody."""
        from identify.labelling.training import rows

        return rows(self, field)

    def judging(self, field: str) -> "list[TrainingRow]":
        return [row for row in self.for_training(field) if row.judges]


class How(models.TextChoices):
    TYPED = "typed", _("Typed")
    CORRECTED = "corrected", _("Corrected")
    VIEWED = "viewed", _("Accepted after a look")
    UNREAD = "unread", _("Accepted with all the others")
    IMPORTED = "imported", _("Imported")


class Label(models.Model):
    """What one person says of one field of one photo. Append-only: who changes his mind says a new one,
    and the former is withdrawn. `shown` is what somebody else, or the model, had said to him before."""

    How = How

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="labels")
    field = models.CharField(_("field"), max_length=60)
    value = models.CharField(_("label"), max_length=400)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+",
        verbose_name=_("by"),
    )  # fmt: skip
    at = models.DateTimeField(_("at"), default=timezone.now)
    how = models.CharField(_("how"), max_length=9, choices=How, default=How.TYPED)
    shown = models.CharField(max_length=400, blank=True)
    suggestion = models.ForeignKey(
        "identify.Suggestion", models.SET_NULL, null=True, related_name="labels"
    )
    change = models.ForeignKey(
        "identify.ClassChange", models.SET_NULL, null=True, related_name="labels"
    )
    # the line of the coin's history that it was written with, on the coin's form
    row = models.ForeignKey(FieldChange, models.SET_NULL, null=True, related_name="+")
    # the two answers that stood side by side, if somebody judged between them
    trial = models.ForeignKey(
        "identify.ShadowOpinion", models.SET_NULL, null=True, related_name="labels"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    objects = LabelQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        permissions = [("curate", "Can curate labels at the desk")]
        constraints = [
            models.UniqueConstraint(
                "photo", "field", "by", condition=Q(withdrawn_at=None), name="label_stands_once"
            )
        ]
        indexes = [models.Index(fields=["field", "value"], name="label_value")]

    def __str__(self) -> str:
        return f"{self.field}: {self.value}"

    @property
    def coin(self) -> Coin:
        return self.photo.coin

    @property
    def weight(self) -> float:
        return UNREAD_WEIGHT if self.how == How.UNREAD else 1.0

    @property
    def judges(self) -> bool:
        """Only what a person wrote himself may say whether a model is right."""
        return self.how in (How.TYPED, How.CORRECTED)

    @property
    def contradicts(self) -> str:
        """The value that was before his eyes and that he said something else to."""
        return self.shown if self.shown != self.value else ""

    # --- what a person says ----------------------------------------------------------
    @classmethod
    @transaction.atomic
    def say(
        cls, photo: Photo, field: str, value: str, by: "User | None", how: str = How.TYPED,
        **more: Any,
    ) -> "Label":  # fmt: skip
        """A word accepted unread takes no word away that he has looked at. The photo's row is locked, so
        that of two clicks one finds the other's."""
        Photo.objects.select_for_update(of=("self",)).get(pk=photo.pk)
        former = cls.objects.standing().filter(photo=photo, field=field, by=by).first()
        if former and by and how == How.UNREAD and former.how != How.UNREAD:
            return former
        if former and by:
            former.withdraw(by)
        return cls.objects.create(
            photo=photo, field=field, value=value[:400], by=by, how=how, **more
        )

    def withdraw(self, by: "User | None") -> bool:
        """It stays on record. Of two who withdraw it, the first did."""
        standing = type(self).objects.standing().filter(pk=self.pk)
        return bool(standing.update(withdrawn_at=timezone.now(), withdrawn_by=by))


class PhotoFlagQuerySet(models.QuerySet["PhotoFlag"]):
    def standing(self) -> "PhotoFlagQuerySet":
        return self.filter(withdrawn_at=None)

    def visible_to(self, user: "Visitor") -> "PhotoFlagQuerySet":
        return self.filter(photo__coin__collection__in=Collection.objects.visible_to(user))

    def unfit(self) -> "PhotoFlagQuerySet":
        """What must not teach a model."""
        return self.standing().exclude(kind=PhotoFlag.Kind.DUPLICATE)


class PhotoFlag(models.Model):
    """What is wrong with a photo, as one person sees it."""

    class Kind(models.TextChoices):
        BAD = "bad", _("Bad photo")
        NO_COIN = "no_coin", _("Not a coin")
        TWO_COINS = "two_coins", _("Two coins")
        DUPLICATE = "duplicate", _("The same specimen again")
        FAKE = "fake", _("Not genuine")

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="flags")
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    objects = PhotoFlagQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("flag of a photo")
        verbose_name_plural = _("flags of photos")
        constraints = [
            models.UniqueConstraint(
                "photo", "kind", "by", condition=Q(withdrawn_at=None), name="flag_stands_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.photo_id}"

    @classmethod
    def raise_for(cls, photo: Photo, kind: str, by: "User", note: str = "") -> "PhotoFlag":
        found, _made = cls.objects.get_or_create(
            photo=photo, kind=kind, by=by, withdrawn_at=None, defaults={"note": note[:300]}
        )
        return found

    def withdraw(self, by: "User") -> bool:
        standing = type(self).objects.standing().filter(pk=self.pk)
        return bool(standing.update(withdrawn_at=timezone.now(), withdrawn_by=by))
