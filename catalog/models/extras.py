from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models.coins import Coin


class Provenance(models.Model):
    """One link of the chain of owners and sales, oldest first."""

    coin = models.ForeignKey(Coin, models.CASCADE, related_name="provenance")
    position = models.PositiveIntegerField(default=0)
    holder = models.CharField(_("owner, house or publication"), max_length=200)
    event = models.CharField(_("how"), max_length=200, blank=True)
    date = models.CharField(_("when"), max_length=60, blank=True)
    lot = models.CharField(_("lot"), max_length=40, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("provenance")
        verbose_name_plural = _("provenance")

    def __str__(self) -> str:
        return self.holder


class Attachment(models.Model):
    class Kind(models.TextChoices):
        INVOICE = "invoice", _("Invoice")
        CERTIFICATE = "certificate", _("Certificate")
        OTHER = "other", _("Other")

    coin = models.ForeignKey(Coin, models.CASCADE, related_name="attachments")
    kind = models.CharField(_("kind"), max_length=11, choices=Kind, default=Kind.OTHER)
    name = models.CharField(_("name"), max_length=200)
    file = models.FileField(_("file"), upload_to="attachments/%Y/%m", max_length=300)
    size = models.PositiveBigIntegerField(default=0, editable=False)
    sha256 = models.CharField(max_length=64, editable=False, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name


class CustomField(models.Model):
    """A field that a collector invented; its values stand in `Coin.custom` under `key`."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        NUMBER = "number", _("Number")
        DATE = "date", pgettext_lazy("kind of field", "Date")
        YES_NO = "yes_no", _("Yes or no")
        CHOICE = "choice", _("Choice")
        LINK = "link", _("Link")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="custom_fields"
    )
    key = models.SlugField(_("key"), max_length=40)
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.TEXT)
    options = models.JSONField(_("options"), default=list, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint("owner", "key", name="custom_field_once")]

    def __str__(self) -> str:
        return self.name
