"""What can be chosen of each kind of export. `kind` and `query` stand in hidden fields beside."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.exports.restore import ArchiveRefused, open_archive
from catalog.exports.selection import Selection
from catalog.models import Collection, Export, Restoration, User
from catalog.sentences import sentence

Kind = Export.Kind
PAPERS = [("a4", "A4"), ("letter", gettext_lazy("Letter"))]
# What `printing` can do; named here too, so that a page need not load what makes PDF files
FLIP_FIELDS = {
    "denomination": gettext_lazy("denomination"),
    "mint": gettext_lazy("mint"),
    "date": gettext_lazy("date"),
    "metal": gettext_lazy("metal"),
    "references": gettext_lazy("references"),
    "legends": gettext_lazy("legends"),
    "size": gettext_lazy("weight and diameter"),
    "grade": gettext_lazy("grade"),
    "certificate": gettext_lazy("certificate number"),
    "place": gettext_lazy("storage place"),
    "number": gettext_lazy("inventory number"),
    "code": gettext_lazy("QR code"),
}


class ExportForm(forms.Form):
    """One of these for each kind; asks only what makes a difference to the file."""

    kind: ClassVar[str]
    needs_coins: ClassVar[bool] = True
    on_paper: ClassVar[bool] = False

    def __init__(self, *args: Any, user: User, query: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("prefix", self.kind)
        super().__init__(*args, **kwargs)
        self.user, self.query = user, query

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        selection = Selection(self.user, self.query, self.on_paper)
        if self.needs_coins and not selection.coins().exists():
            raise ValidationError(_("There is no coin in this selection. Choose some first."))
        return cleaned

    def options(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    @transaction.atomic
    def start(self) -> Export:
        export = Export.objects.create(
            user=self.user, kind=self.kind, query=self.query, options=self.options()
        )
        export.enqueue()
        return export


class WorkbookForm(ExportForm):
    kind = Kind.XLSX


class ArchiveForm(ExportForm):
    kind = Kind.ARCHIVE
    needs_coins = False
    collections = forms.ModelMultipleChoiceField(
        Collection.objects.none(),
        label=gettext_lazy("Collections"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one collection.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Collection.objects.owned_by(self.user)
        field: Any = self.fields["collections"]
        field.queryset = own
        field.initial = [collection.pk for collection in own]

    def options(self) -> dict[str, Any]:
        return {"collections": [one.pk for one in self.cleaned_data["collections"]]}


class PaperForm(ExportForm):
    on_paper = True
    paper = forms.ChoiceField(label=gettext_lazy("Paper"), choices=PAPERS, initial="a4")


class InsuranceForm(PaperForm):
    kind = Kind.INSURANCE
    photos = forms.BooleanField(label=gettext_lazy("With photos"), initial=True, required=False)
    costs = forms.BooleanField(
        label=gettext_lazy("With what was paid"), initial=True, required=False
    )


class LabelForm(PaperForm):
    skip = forms.IntegerField(
        label=gettext_lazy("Labels already used on the first sheet"),
        min_value=0, max_value=200, initial=0, required=False,
    )  # fmt: skip


class FlipsForm(LabelForm):
    kind = Kind.FLIPS
    field_order = ("paper", "size", "fields", "skip")
    size = forms.ChoiceField(
        label=gettext_lazy("Size"),
        choices=[
            ("2x2", gettext_lazy("2 × 2 inch flips")),
            ("1.5x1.5", gettext_lazy("1½ × 1½ inch flips")),
        ],
    )
    lines = forms.MultipleChoiceField(
        label=gettext_lazy("Beside the name, print"),
        choices=[(name, capfirst(label)) for name, label in FLIP_FIELDS.items()],
        initial=["denomination", "mint", "date", "references", "size", "grade", "number", "code"],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def options(self) -> dict[str, Any]:
        options = super().options()
        options["fields"] = options.pop("lines")
        return options


class BoxesForm(LabelForm):
    kind = Kind.BOXES
    field_order = ("paper", "size", "skip")
    size = forms.ChoiceField(
        label=gettext_lazy("Size"),
        choices=[
            ("box", gettext_lazy("Boxes, 96 × 48 mm")),
            ("tray", gettext_lazy("Trays, 64 × 24 mm")),
        ],
    )


FORMS: dict[str, type[ExportForm]] = {
    one.kind: one for one in (WorkbookForm, ArchiveForm, InsuranceForm, FlipsForm, BoxesForm)
}


class RestoreForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The archive"), widget=forms.FileInput(attrs={"accept": ".zip"})
    )

    def clean_file(self) -> UploadedFile:
        """What the door refuses is said at once; the checksums take their time in the background."""
        file = self.cleaned_data["file"]
        if file.size > settings.MAX_IMPORT_BYTES:
            raise ValidationError(
                _(
                    "This file is larger than %(most)s. Whoever runs this site can restore it by hand."
                )
                % {"most": filesizeformat(settings.MAX_IMPORT_BYTES)}
            )
        try:
            open_archive(file)
        except ArchiveRefused as refusal:
            raise ValidationError(sentence(refusal)) from None
        file.seek(0)
        return file

    @transaction.atomic
    def start(self, user: User) -> Restoration:
        file = self.cleaned_data["file"]
        job = Restoration(user=user, name=file.name[:200])
        job.file.save(f"{uuid.uuid4().hex}.zip", file, save=False)
        job.save()
        job.enqueue()
        return job
