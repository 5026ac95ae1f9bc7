import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.coins import Coin, Status

if TYPE_CHECKING:
    from catalog.access import Visitor


class FieldChange(models.Model):
    """One field of one coin went from one value to another. Append-only: undoing adds a row.

    `old` and `new` are what `catalog.fields` stores for the field: plain JSON; a word of the
    vocabulary is `[id, name]`, so that the history reads well when the word is long gone."""

    class Source(models.TextChoices):
        HAND = "hand", _("by hand")
        BULK = "bulk", _("bulk edit")
        IMPORT = "import", _("import")
        SUGGESTION = "suggestion", _("suggestion, accepted")
        TYPE = "type", _("from the type")
        API = "api", _("API")
        UNDO = "undo", _("undo")

    coin = models.ForeignKey(Coin, models.CASCADE, related_name="changes")
    field = models.CharField(max_length=60)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    source = models.CharField(max_length=10, choices=Source, default=Source.HAND)
    batch = models.UUIDField(default=uuid.uuid4, db_index=True)
    undoes = models.ForeignKey("self", models.SET_NULL, null=True, related_name="undone_by")

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["coin", "-at"], name="change_of_coin")]

    def __str__(self) -> str:
        return f"{self.field}: {self.old} → {self.new}"

    @classmethod
    def note(cls, coin: Coin, field: str, old: Any, new: Any, by: "Visitor") -> "FieldChange":
        return cls.objects.create(
            coin=coin, field=field, old=old, new=new, by=by if by.is_authenticated else None
        )


class StatusChange(models.Model):
    """The life of a coin, with the day it happened and why. Append-only."""

    coin = models.ForeignKey(Coin, models.CASCADE, related_name="status_changes")
    old = models.CharField(max_length=8, choices=Status, blank=True)
    new = models.CharField(max_length=8, choices=Status)
    on = models.DateField(_("on"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"

    @classmethod
    def first(cls, coin: Coin, by: Any) -> "StatusChange":
        """Unsaved, for those who write many coins at once."""
        return cls(coin=coin, new=coin.status, by=by, on=timezone.localdate())
