from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from market.models import LotAttributes


class CorrectionForm(forms.ModelForm):
    class Meta:
        model = LotAttributes
        fields = [
            "ruler_text", "denomination_text", "metal", "date_from", "date_to", "weight_g", "diameter_mm",
            "axis_h",
        ]  # fmt: skip
        labels = {
            "ruler_text": _("Ruler"), "denomination_text": _("Denomination"), "metal": _("Metal"),
            "date_from": _("Struck, from"), "date_to": _("Struck, to"), "weight_g": _("Weight"),
            "diameter_mm": _("Diameter"), "axis_h": _("Die axis"),
        }  # fmt: skip
        help_texts = {
            "ruler_text": _("In English, as in other lots."),
            "metal": _("AV, AR, AE …"),
            "date_from": _("Years before Christ are below 0."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False  # what a text does not say is right as it is

    def clean_axis_h(self) -> int | None:
        axis: int | None = self.cleaned_data["axis_h"]
        if axis is not None and not 1 <= axis <= 12:
            raise forms.ValidationError(_("A die axis is an hour, from 1 to 12."))
        return axis

    def clean_metal(self) -> str:
        return str(self.cleaned_data["metal"]).strip().upper()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        start, end = cleaned.get("date_from"), cleaned.get("date_to")
        if start is not None and end is not None and start > end:
            self.add_error("date_to", _("It ends before it begins."))
        for name in ("weight_g", "diameter_mm"):
            if (cleaned.get(name) or 1) <= 0:
                self.add_error(name, _("Write a number above 0."))
        return cleaned

    def changed(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.changed_data}
