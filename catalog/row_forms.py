"""Forms of what hangs on a coin in rows of its own: trades, valuations, provenance, attachments."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Attachment, Coin, Provenance, Trade, Valuation

MAX_ATTACHMENT = 25 * 1024 * 1024
# What a browser is told when the file is fetched again; anything else is plain bytes to it.
ATTACHMENT_TYPES = {
    "pdf": "application/pdf", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png",
    "webp": "image/webp", "txt": "text/plain", "eml": "message/rfc822", "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}  # fmt: skip
LARGEST = 10**13  # SQLite keeps fifteen digits, and two are cents
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CurrencyField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"size": 4, "maxlength": 3, "autocapitalize": "characters"})
        super().__init__(
            max_length=3, min_length=3, widget=widget, label=gettext_lazy("Currency"), **kwargs
        )

    def clean(self, value: Any) -> str:
        code = str(super().clean(value)).upper()
        if not (code.isascii() and code.isalpha()):
            raise ValidationError(_("Write the three letters of the currency, like EUR or USD."))
        return code


def check_amount(amount: Any) -> None:
    if amount < 0:
        raise ValidationError(_("An amount cannot be below zero."))
    if amount >= LARGEST:
        raise ValidationError(_("This amount is too large."))


class TradeForm(forms.ModelForm):
    currency = CurrencyField()

    class Meta:
        model = Trade
        fields = (
            "kind", "date", "price", "currency", "fees", "shipping", "party", "sale", "lot", "tax_lot",
            "url", "note",
        )  # fmt: skip
        widgets = {"date": DAY}
        help_texts = {
            "price": gettext_lazy("The price itself: hammer price or price asked."),
            "fees": gettext_lazy("Buyer's premium and other fees, in the same currency."),
            "tax_lot": gettext_lazy("Leave empty: each purchase becomes a tax lot of its own."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("price", "fees", "shipping"):
            try:
                check_amount(cleaned.get(name) or 0)
            except ValidationError as error:
                self.add_error(name, error)
        if (day := cleaned.get("date")) and day > timezone.localdate():
            self.add_error("date", _("This day has not come yet."))
        return cleaned


class ValuationForm(forms.ModelForm):
    currency = CurrencyField()

    class Meta:
        model = Valuation
        fields = ("date", "amount", "currency", "source", "note")
        widgets = {"date": DAY}
        help_texts = {
            "source": gettext_lazy("Who says so: a catalogue, a dealer, an auction, you."),
        }

    def clean_amount(self) -> Any:
        check_amount(self.cleaned_data["amount"])
        return self.cleaned_data["amount"]


class ProvenanceForm(forms.ModelForm):
    class Meta:
        model = Provenance
        fields = ("holder", "event", "date", "lot", "url", "note")
        help_texts = {
            "event": gettext_lazy("Auction, collection, find, publication …"),
            "date": gettext_lazy("As precisely as you know: 12 May 1998, 1930s, before 1914."),
        }


class AttachmentForm(forms.ModelForm):
    class Meta:
        model = Attachment
        fields = ("kind", "file", "name")
        help_texts = {"name": gettext_lazy("Leave empty to keep the name of the file.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False
        if self.instance.pk:
            del self.fields["file"]

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        ending = file.name.rpartition(".")[2].lower()
        if ending not in ATTACHMENT_TYPES:
            raise ValidationError(
                _("Files of this kind cannot be attached. Use one of: %(kinds)s.")
                % {"kinds": ", ".join(sorted(ATTACHMENT_TYPES))}
            )
        if file.size > MAX_ATTACHMENT:
            raise ValidationError(_("This file is larger than 25 MB."))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file and not cleaned.get("name"):
            cleaned["name"] = file.name[:200]
        return cleaned


def starting_values(kind: str, coin: Coin) -> dict[str, Any]:
    today = timezone.localdate()
    if kind in {"trade", "valuation"}:
        return {"currency": coin.collection.currency, "date": today}
    return {}
