"""The two forms of an import: a file, and where its columns go."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.imports import uploads
from catalog.imports.cells import codes
from catalog.imports.plans import title_of
from catalog.imports.readers import TableError
from catalog.imports.readers.encodings import CODE_PAGES
from catalog.imports.targets import IGNORE, NEW, choices, targets_of
from catalog.models import Collection, ImportSession, Status, User

ACCEPTED = ".csv,.tsv,.txt,.xlsx,.xls,.db"


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV, TSV, XLSX, or a collection of OpenNumismat (.db)."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    photos = forms.FileField(
        label=gettext_lazy("Photos in a ZIP"),
        required=False,
        help_text=gettext_lazy("Only if columns of the table name photo files."),
        widget=forms.FileInput(attrs={"accept": ".zip"}),
    )
    collection = forms.ModelChoiceField(
        Collection.objects.none(), label=gettext_lazy("Into the collection"), empty_label=None
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.session = user, None
        mine = Collection.objects.editable_by(user)
        cast(forms.ModelChoiceField, self.fields["collection"]).queryset = mine
        self.fields["collection"].initial = mine.filter(owner=user).first() or mine.first()

    def clean_file(self) -> UploadedFile:
        return not_too_large(self.cleaned_data["file"])

    def clean_photos(self) -> UploadedFile | None:
        photos = self.cleaned_data["photos"]
        return not_too_large(photos) if photos else None

    def save(self) -> ImportSession | None:
        """The session; or None, with the reason beside the field."""
        data = self.cleaned_data
        try:
            return uploads.receive(self.user, data["collection"], data["file"], data["photos"])
        except TableError as error:
            name = "photos" if error.code == "photos" else "file"
            self.add_error(name, _(error.template) % error.params)
            return None


def not_too_large(file: UploadedFile) -> UploadedFile:
    if (file.size or 0) > settings.MAX_IMPORT_BYTES:
        limit = filesizeformat(settings.MAX_IMPORT_BYTES)
        raise ValidationError(_("The file is larger than %(limit)s.") % {"limit": limit})
    return file


class ColumnsForm(forms.Form):
    """One select a column, named by its place: headings may hold anything."""

    status = forms.ChoiceField(
        label=gettext_lazy("Status, where the file says none"), choices=Status.choices
    )
    currency = forms.CharField(
        label=gettext_lazy("Currency, where the file says none"), min_length=3, max_length=3,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
    day_first = forms.ChoiceField(
        label=gettext_lazy("Days like 4/5/2020 are"),
        choices=[("1", gettext_lazy("day/month: 4 May")), ("", gettext_lazy("month/day: 5 April"))],
        required=False,
    )
    careful = forms.BooleanField(
        label=gettext_lazy("Keep what cannot be read in the notes"),
        help_text=gettext_lazy("Otherwise a row with an unreadable value is refused."),
        required=False,
    )

    def __init__(self, *args: Any, session: ImportSession, **kwargs: Any) -> None:
        options = session.options
        initial = {name: options.get(name) for name in ("status", "currency", "careful")}
        initial["day_first"] = "1" if options.get("day_first", True) else ""
        super().__init__(*args, **kwargs)
        self.initial = initial
        self.session = session
        self.targets = targets_of(session.collection.owner)
        offered = [
            (IGNORE, _("Leave out")),
            *choices(self.targets),
            (_("Something else"), [(NEW, _("Make it an own field"))]),
        ]
        for at, heading in enumerate(self.session.headings):
            self.fields[f"column-{at}"] = forms.ChoiceField(
                choices=offered, required=False, label=heading, initial=session.mapping.get(heading),
            )  # fmt: skip

    @property
    def columns(self) -> list[dict[str, Any]]:
        """For the template: each column's select beside some of what stands in it."""
        samples = self.session.options.get("samples", {})
        return [
            {
                "field": self[f"column-{at}"],
                "heading": title_of(self.session.preset, heading),
                "samples": samples.get(heading, []),
            }
            for at, heading in enumerate(self.session.headings)
        ]

    @property
    def settings(self) -> list[forms.BoundField]:
        return [self[name] for name in ("status", "currency", "day_first", "careful")]

    @property
    def code_pages(self) -> list[tuple[str, str]]:
        """For a text whose letters might be others than we took them for."""
        if self.session.options.get("facts", {}).get("encoding") not in CODE_PAGES:
            return []
        return [(code, _(name)) for code, name in CODE_PAGES.items()]

    def clean_currency(self) -> str:
        code = str(self.cleaned_data["currency"]).upper()
        if code not in codes():
            raise ValidationError(_("Write the three letters of the currency, like EUR or USD."))
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen: dict[str, str] = {}
        for name in [name for name in self.fields if name.startswith("column-")]:
            target = self.targets.get(cleaned.get(name, ""))
            if target is None or target.joiner is not None:
                continue
            if target.key in chosen:
                self.add_error(name, _("Only one column can go there."))
            chosen.setdefault(target.key, name)
        if not any(cleaned.get(name) for name in self.fields if name.startswith("column-")):
            self.add_error(None, _("Choose where at least one column goes."))
        return cleaned

    def save(self) -> bool:
        data, headings = self.cleaned_data, self.session.headings
        mapping = {heading: data[f"column-{at}"] for at, heading in enumerate(headings)}
        options = {name: data[name] for name in ("status", "currency", "careful")}
        asked = self.session.map_columns(mapping, options | {"day_first": bool(data["day_first"])})
        if asked:
            uploads.remember(self.session)
        return asked
