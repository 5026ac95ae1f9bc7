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
    sharpness = forms.FloatField(
        label=_("Sharpness"), required=False, min_value=0, max_value=3,
        widget=slider(0, 3, 0.05),
    )  # fmt: skip
    denoise = forms.FloatField(
        label=_("Take away grain"), required=False, min_value=0, max_value=1,
        widget=slider(0, 1, 0.05),
    )  # fmt: skip
    greyscale = forms.BooleanField(label=_("Shades of grey"), required=False)
    polar = forms.BooleanField(label=_("Unroll the legend"), required=False)
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
                "sharpness": edit.sharpness,
                "denoise": edit.denoise,
                "greyscale": edit.greyscale,
                "polar": edit.polar,
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
            sharpness=1 if data["sharpness"] is None else data["sharpness"],
            denoise=data["denoise"] or 0,
            greyscale=data["greyscale"],
            polar=data["polar"],
            crop=None if whole else disc,
        )

    def query(self) -> str:
        """What the form says now, for the address of a preview."""
        values = {name: self[name].value() for name in self.fields}
        # 0 is said too: no sharpness is not the usual one
        said = {
            name: value
            for name, value in values.items()
            if value is not False and value not in (None, "")
        }
        return urlencode(said)


def turned(angle: float) -> float:
    """Between -180 and 180."""
    return (angle + 180) % 360 - 180
