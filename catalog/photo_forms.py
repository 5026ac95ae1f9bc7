from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.images import EditParams

QUARTERS = [("0", _("Upright")), ("90", _("Quarter right")), ("180", _("Upside down")), ("-90", _("Quarter left"))]  # fmt: skip


def slider(low: float, high: float, step: float, **attrs: Any) -> forms.NumberInput:
    return forms.NumberInput(attrs={"type": "range", "min": low, "max": high, "step": step} | attrs)


def part(label: Any, low: float = 0) -> forms.FloatField:
    widget = forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"})
    return forms.FloatField(label=label, required=False, min_value=low, max_value=1, widget=widget)


class EditForm(forms.Form):
    """How a photo is shown. Every field may be left out and then changes nothing."""

    turn = forms.ChoiceField(
        label=_("Turn"), choices=QUARTERS, required=False, widget=forms.RadioSelect
    )
    straighten = forms.FloatField(
        label=_("Straighten"), required=False, min_value=-45, max_value=45,
        widget=slider(-20, 20, 0.1),
    )  # fmt: skip
    brightness = forms.FloatField(
        label=_("Brightness"), required=False, min_value=0.2, max_value=3,
        widget=slider(0.4, 2, 0.01),
    )  # fmt: skip
    contrast = forms.FloatField(
        label=_("Contrast"), required=False, min_value=0.2, max_value=3,
        widget=slider(0.4, 2, 0.01),
    )  # fmt: skip
    crop = forms.BooleanField(label=_("Crop to the disc"), required=False)
    cx = part(_("From the left"))
    cy = part(_("From the top"))
    r = part(_("Radius"), 0.01)

    @classmethod
    def showing(cls, edit: EditParams) -> "EditForm":
        turn = min((0, 90, 180, -90), key=lambda quarter: abs(turned(edit.rotate - quarter)))
        disc = edit.crop if edit.crop and len(edit.crop) == 3 else (0.5, 0.5, 0.5)
        return cls(
            initial={
                "turn": str(turn),
                "straighten": round(turned(edit.rotate - turn), 2),
                "brightness": edit.brightness,
                "contrast": edit.contrast,
                "crop": edit.crop is not None,
                "cx": disc[0],
                "cy": disc[1],
                "r": disc[2],
            }
        )

    def edit(self) -> EditParams:
        """Raises EditError. The form has to be valid."""
        data = self.cleaned_data
        disc = (data["cx"], data["cy"], data["r"])
        whole = None in disc or not data["crop"]
        return EditParams(
            rotate=turned(float(data["turn"] or 0) + (data["straighten"] or 0)),
            brightness=data["brightness"] or 1,
            contrast=data["contrast"] or 1,
            crop=None if whole else disc,
        )

    def query(self) -> str:
        """What the form says now, for the address of a preview."""
        values = {name: self[name].value() for name in self.fields}
        return urlencode(
            {name: value for name, value in values.items() if value not in (None, "", False)}
        )


def turned(angle: float) -> float:
    """Between -180 and 180."""
    return (angle + 180) % 360 - 180
