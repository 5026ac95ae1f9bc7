"""The ways in: a text, saved pages, a table and its columns; and what a person says of a lot."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.imports.forms import not_too_large
from catalog.models import User
from catalog.refusals import Refusal
from market import columns, pictures
from market.fetching.fetcher import allows, host_of
from market.models import FetchTask, Lot, LotPicture, Source, Upload
from market.parsers.base import LARGEST
from market.parsers.table import FIELDS
from market.preview import Preview, preview
from market.receiving import receive_table, receive_upload

MOST_FILES = 50
LONGEST_PASTE = 500_000
FIELD_NAMES: dict[str, Any] = {
    "lot_id": gettext_lazy("Number of the lot, for good"),
    "house": gettext_lazy("Auction house"),
    "sale": gettext_lazy("Number of the sale"),
    "sale_title": gettext_lazy("Title of the sale"),
    "day": gettext_lazy("Day of the sale"),
    "lot_number": gettext_lazy("Number in the sale"),
    "title": gettext_lazy("Title"),
    "description": gettext_lazy("Text of the lot"),
    "url": gettext_lazy("Address of the lot"),
    "image_url": gettext_lazy("Address of its photo"),
    "currency": gettext_lazy("Currency"),
    "status": gettext_lazy("Sold or not"),
    "estimate": gettext_lazy("Estimate"),
    "start": gettext_lazy("Starting price"),
    "hammer": gettext_lazy("Hammer price"),
    "premium_included": gettext_lazy("Price with premium"),
    "ask": gettext_lazy("Asking price"),
}
assert FIELD_NAMES.keys() == FIELDS.keys()


def sentence(refusal: Refusal) -> str:
    text = _(refusal.template)
    return text % refusal.params if refusal.params else text


class Address(forms.URLField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", max_length=1000, required=False, **kwargs)


class PasteForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Text of a lot, or of several"), max_length=LONGEST_PASTE,
        widget=forms.Textarea(attrs={"rows": 9, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "As the house writes it, with the price below: “Hammer price: 320 EUR”. Several lots: an empty line between them."
        ),
    )  # fmt: skip
    url = Address(label=gettext_lazy("Where it stands"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.previews: list[Preview] = []
        try:
            if "text" in cleaned and "url" in cleaned:
                self.previews = preview(cleaned["text"], cleaned["url"])
        except Refusal as refusal:
            self.add_error("text", sentence(refusal))
        return cleaned


class PictureForm(forms.Form):
    """Refused by the same names as a photo of a coin."""

    picture = forms.FileField(
        label=gettext_lazy("Picture of the lot"),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=gettext_lazy("JPEG, PNG, WebP, HEIC, TIFF or BMP. Both faces may be on it."),
    )

    def __init__(self, *args: Any, required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["picture"].required = required

    def clean_picture(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["picture"]
        if file:
            try:
                pictures.examine(file, file.name or "")
            except Refusal as refusal:
                raise ValidationError(sentence(refusal)) from None
        return file

    def save(self, lot: Lot) -> bool:
        """False, with why, where there is no room or no time."""
        file = self.cleaned_data["picture"]
        try:
            pictures.keep(lot, file, file.name, LotPicture.Origin.HAND)
        except Refusal as refusal:
            self.add_error("picture", sentence(refusal))
        return not self.errors


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of files, each of which has to be one."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data]
        if len(files) > MOST_FILES:
            raise ValidationError(_("At most %(limit)s files at once.") % {"limit": MOST_FILES})
        cleaned = [super(FilesField, self).clean(one, initial) for one in files or [None]]
        for one in cleaned:
            if (one.size or 0) > 2 * LARGEST:
                limit = 2 * LARGEST // 1_000_000
                raise ValidationError(
                    _("“%(name)s” is larger than %(limit)s MB; save fewer lots a page.")
                    % {"name": one.name, "limit": limit}
                )
        return cleaned


class PagesForm(forms.Form):
    saved = FilesField(
        label=gettext_lazy("Saved pages"),
        widget=ManyFiles(attrs={"accept": ".html,.htm,.mhtml,.mht,.json", "multiple": True}),
        help_text=gettext_lazy("HTML, MHTML or JSON, as your browser saves them; several at once."),
    )
    url = Address(
        label=gettext_lazy("Address, if the file does not say"),
        help_text=gettext_lazy("Most saved pages know where they are from."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Beside another form that asks for an address
        super().__init__(*args, **{"auto_id": "pages_%s"} | kwargs)

    def save(self, user: User) -> list[Upload]:
        data = self.cleaned_data
        return [
            receive_upload(user, one.name or "page", one.read(), kind="page", url=data["url"])
            for one in data["saved"]
        ]


class AddressForm(forms.Form):
    """Of a site that this one may ask; others are saved in the browser instead."""

    url = forms.URLField(
        label=gettext_lazy("Address of a page"), max_length=1000, assume_scheme="https",
        help_text=gettext_lazy("What is found there is seen by everybody on this site."),
    )  # fmt: skip

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if not url.startswith("https://"):
            raise ValidationError(_("Only pages that come encrypted (https) are fetched."))
        self.source = next(
            (one for one in Source.objects.filter(enabled=True) if allows(one, host_of(url))), None
        )
        if self.source is None:
            raise ValidationError(
                _(
                    "This site does not ask that host. Save the page in your browser and bring the file."
                )
            )
        return url

    def save(self, user: User) -> tuple[FetchTask, bool]:
        assert self.source is not None
        return FetchTask.ask_for(self.source, self.cleaned_data["url"], user)


class TableForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Table"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        help_text=gettext_lazy("CSV or XLSX, a lot in each row."),
    )

    def clean_file(self) -> UploadedFile:
        file = not_too_large(self.cleaned_data["file"])
        try:
            self.looked_at = columns.look_at(file)
        except Refusal as refusal:
            raise ValidationError(sentence(refusal)) from None
        file.seek(0)
        return file

    def save(self, user: User) -> Upload:
        found, mapping = self.looked_at
        return receive_table(user, self.cleaned_data["file"], found, mapping)


class ColumnsForm(forms.Form):
    """One select a column, named by its place: headings may hold anything."""

    day_first = forms.ChoiceField(
        label=gettext_lazy("Days like 4/5/2020 are"), required=False,
        choices=[
            ("", gettext_lazy("Please choose")),
            ("day", gettext_lazy("day/month: 4 May")),
            ("month", gettext_lazy("month/day: 5 April")),
        ],
        help_text=gettext_lazy("The table does not show which number is the day."),
    )  # fmt: skip

    def __init__(self, *args: Any, upload: Upload, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.upload = upload
        self.headings: list[str] = upload.columns.get("headings", [])
        self.ambiguous: list[str] = upload.columns.get("ambiguous", [])
        offered = [("", _("Leave out")), *((key, name) for key, name in FIELD_NAMES.items())]
        for at, heading in enumerate(self.headings):
            self.fields[f"column-{at}"] = forms.ChoiceField(
                choices=offered, required=False, label=heading, initial=upload.mapping.get(heading)
            )
        if not self.ambiguous:
            del self.fields["day_first"]

    @property
    def columns(self) -> list[dict[str, Any]]:
        samples = self.upload.columns.get("samples", {})
        return [
            {"field": self[f"column-{at}"], "heading": heading, "samples": samples.get(heading, [])}
            for at, heading in enumerate(self.headings)
        ]

    @property
    def mapping(self) -> dict[str, str]:
        chosen = {
            heading: self.cleaned_data.get(f"column-{at}", "")
            for at, heading in enumerate(self.headings)
        }
        return {heading: field for heading, field in chosen.items() if field}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: set[str] = set()
        for at, _heading in enumerate(self.headings):
            field = cleaned.get(f"column-{at}", "")
            if field and field in seen:
                self.add_error(f"column-{at}", _("Only one column can go there."))
            seen.add(field)
        if not seen & {"title", "description"}:
            self.add_error(None, _("No column holds the lot's text. Say which one does."))
        days = [heading for heading, field in self.mapping.items() if field == "day"]
        if set(days) & set(self.ambiguous) and not cleaned.get("day_first"):
            self.add_error("day_first", _("Say which number is the day."))
        return cleaned

    def save(self) -> bool:
        said = self.cleaned_data.get("day_first")
        return self.upload.map_columns(self.mapping, day_first=said == "day" if said else None)


class LotForm(forms.ModelForm):
    class Meta:
        model = Lot
        fields = ["status", "excluded_reason"]

    def save(self, commit: bool = True) -> Lot:
        lot = Lot.objects.get(pk=self.instance.pk)
        lot.settle(self.cleaned_data["status"], self.cleaned_data["excluded_reason"])
        return lot
