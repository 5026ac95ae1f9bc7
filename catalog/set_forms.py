from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.fields import read_place, read_type
from catalog.models import CoinSet, CoinType, Collection, SetSlot, Status, User


class SetForm(forms.ModelForm):
    class Meta:
        model = CoinSet
        fields = ("name", "description")
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}


class SlotForm(forms.ModelForm):
    """A slot of one's own: a label, or a type with a year."""

    type = forms.CharField(
        label=gettext_lazy("Type"),
        required=False,
        widget=forms.TextInput(
            attrs={
                "data-suggest": reverse_lazy("term-search", args=["type"]),
                "autocomplete": "off",
            }
        ),
        help_text=gettext_lazy("A coin of this type fills the slot by itself."),
    )
    label = forms.CharField(label=gettext_lazy("Label"), required=False, max_length=200)

    class Meta:
        model = SetSlot
        fields = ("label", "type", "year", "mint_mark")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_type(self) -> CoinType | None:
        found = read_type(self.cleaned_data["type"], self.user)
        return CoinType.objects.get(pk=found[0]) if found else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("label"):
            parts = [cleaned.get("type"), cleaned.get("year"), cleaned.get("mint_mark")]
            cleaned["label"] = " ".join(str(part) for part in parts if part)[:200]
        if not cleaned["label"]:
            raise ValidationError(_("Give the slot a label or a type."))
        return cleaned


class RunForm(forms.Form):
    """Which dates and mints of a type to add, and what is the same for all of them."""

    collection = forms.ModelChoiceField(
        Collection.objects.none(), label=gettext_lazy("Collection"), empty_label=None
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Status"), choices=Status.choices, initial=Status.OWNED
    )
    grade = forms.CharField(label=gettext_lazy("Grade"), required=False, max_length=20)
    place = forms.CharField(
        label=gettext_lazy("Storage place"),
        required=False,
        widget=forms.TextInput(attrs={"data-suggest": reverse_lazy("term-search", args=["place"])}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["collection"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Collection.objects.editable_by(user)

    def clean_grade(self) -> str:
        from catalog.fields import read_grade

        return read_grade(self.cleaned_data["grade"], User())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if collection := cleaned.get("collection"):
            cleaned["place"] = read_place(cleaned.get("place", ""), collection.owner)
        return cleaned
