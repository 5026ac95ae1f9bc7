"""What is asked of whoever sends a labelled set, before and after a worker has looked at it."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.imports.forms import not_too_large
from catalog.models import Collection, User
from catalog.sentences import sentence
from identify import wording
from identify.labelling.arriving import OWN, limits
from identify.labelling.unpacking import SetRefused, contents
from identify.models import LabelledSet


class LabelledSetForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The set, as a ZIP"),
        help_text=gettext_lazy(
            "A folder for each class; or the photos with a list: CSV with the columns file and value, or COCO."
        ),
        widget=forms.FileInput(attrs={"accept": ".zip"}),
    )
    field = forms.ChoiceField(label=gettext_lazy("What the classes are of"))
    own = forms.CharField(
        label=gettext_lazy("Its name, if it is something of your own"),
        required=False, max_length=50, strip=True,
    )  # fmt: skip
    collection = forms.ModelChoiceField(
        Collection.objects.none(), label=gettext_lazy("Into the collection"), empty_label=None
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        names = [(name, said) for name, said in wording.FIELDS.items()]
        field = cast(forms.ChoiceField, self.fields["field"])
        field.choices = [*names, (OWN, _("Something of your own"))]
        mine = Collection.objects.editable_by(user)
        cast(forms.ModelChoiceField, self.fields["collection"]).queryset = mine
        self.fields["collection"].initial = mine.filter(owner=user).first() or mine.first()

    def clean_file(self) -> UploadedFile:
        """What the door refuses is said at once; photos are looked at in the background."""
        file = not_too_large(self.cleaned_data["file"])
        try:
            contents(cast(Any, file), limits())
        except SetRefused as refusal:
            raise ValidationError(sentence(refusal)) from None
        file.seek(0)
        return file

    def clean(self) -> dict[str, Any]:
        data = cast(dict[str, Any], super().clean())
        own = " ".join((data.get("own") or "").casefold().split())
        if data.get("field") == OWN and not (own and own.isprintable()):
            self.add_error("own", _("Give it a name, like tokens."))
        data["field"] = OWN + own if data.get("field") == OWN else data.get("field")
        return data

    @transaction.atomic
    def start(self) -> LabelledSet:
        data, file = self.cleaned_data, self.cleaned_data["file"]
        one = LabelledSet(
            user=self.user, collection=data["collection"], field=data["field"], name=file.name[:200]
        )
        one.file.save("set.zip", file, save=False)
        one.save()
        one.enqueue()
        return one


class TakeForm(forms.Form):
    copies = forms.ChoiceField(
        label=gettext_lazy("Photos that are copies of each other"),
        choices=LabelledSet.Copies.choices,
        initial=LabelledSet.Copies.ONE,
        widget=forms.RadioSelect,
    )
    with_trouble = forms.BooleanField(
        label=gettext_lazy("Also what is blank, noise or too small"), required=False
    )
